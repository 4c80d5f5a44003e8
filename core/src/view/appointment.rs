//! Appointments as screens show them.

use serde::{Deserialize, Serialize};

use super::ResidentRow;

/// An appointment in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentRow {
    /// Its id.
    pub id: String,
    /// Whose door.
    pub household: String,
    /// The matter that it is about; empty for none.
    pub matter: String,
    /// Word of an [`crate::model::AppointmentPurpose`].
    pub purpose: String,
    /// Word of an [`crate::model::AppointmentState`].
    pub state: String,
    /// Whether something of it waits for the office's verdict: until then it is to be confirmed.
    pub pending: bool,
    /// The time that was named last, milliseconds since 1970; 0 = none.
    pub start_ms: i64,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// Ids of those who come.
    pub officers: Vec<String>,
    /// How often another time was named, or the one that was named was called off.
    pub sequence: u32,
    /// Word of a [`crate::model::NoRoomReason`]: why that time cannot be had; empty where it can.
    pub no_room: String,
    /// Times that can be had in its place, milliseconds since 1970.
    pub offers: Vec<i64>,
    /// A promise that somebody moved, milliseconds since 1970; 0 = none, or all have seen it.
    pub moved_ms: i64,
    /// Ids of the officers who have not seen that.
    pub unseen: Vec<String>,
}

/// A reminder of a visit, to be sent by the officer's own phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// When somebody comes, what for, and the matter's code.
    pub text: String,
    /// Telephone numbers of the household.
    pub phones: Vec<String>,
}

/// The telephone numbers of those who live at a door, each once.
pub fn telephones(residents: Vec<ResidentRow>) -> Vec<String> {
    let living = residents.into_iter().filter(|resident| !resident.moved_out);
    let mut phones: Vec<String> = living.map(|resident| resident.phone).filter(|phone| !phone.trim().is_empty()).collect();
    phones.sort();
    phones.dedup();
    phones
}
