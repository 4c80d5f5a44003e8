//! Appointments at the door.

use minqing_core::{
    client::NewAppointment,
    view::{AppointmentRow, Reminder},
};

written! {
    /// A visit that is proposed to a resident.
    NewAppointment {
        household: String = "Whose door.",
        purpose: String = "A word of [`AppointmentPurpose`].",
        matter: String = "The matter that it is about; empty for none.",
        start_ms: i64 = "When it begins, milliseconds since 1970; on whole five minutes.",
        minutes: u16 = "How long it takes, in minutes: 5 to 240.",
        companion: String = "The id of a colleague who comes, too; empty for none.",
    }
}

shown! {
    /// An appointment in a list.
    AppointmentRow {
        id: String = "Its id.",
        household: String = "Whose door.",
        matter: String = "The matter that it is about; empty for none.",
        purpose: String = "Word of what for.",
        state: String = "Word of where it stands, with what this phone did.",
        pending: bool = "Whether something of it waits for the office: until then it is to be confirmed.",
        start_ms: i64 = "The time that was named last, milliseconds since 1970; 0 = none.",
        minutes: u16 = "How long it takes, in minutes.",
        officers: Vec<String> = "Ids of those who come.",
        sequence: u32 = "How often another time was named, or the one that was named was called off.",
        no_room: String = "Word of why that time cannot be had; empty where it can.",
        offers: Vec<i64> = "Times that can be had in its place, milliseconds since 1970.",
        moved_ms: i64 = "A promise that somebody moved, milliseconds since 1970; 0 = none, or all have seen it.",
        unseen: Vec<String> = "Ids of the officers who have not seen that.",
    }
    /// A reminder of a visit, to be sent by the officer's own phone.
    Reminder {
        text: String = "When somebody comes, what for, and the matter's code.",
        phones: Vec<String> = "Telephone numbers of the household.",
    }
}
