//! What is on its way to the office, or not even begun to be.

use minqing_core::view::{DraftRow, NoticeRow, OutboxRow, RecordState, Room};

shown! {
    /// Something half filled in.
    DraftRow {
        id: String = "The draft.",
        kind: String = "The app's word for what is filled in.",
        household: String = "The door; empty if it belongs to none.",
        content: String = "What was filled in, as the app wrote it.",
        at_ms: i64 = "When it was kept last, milliseconds since 1970.",
    }
    /// Something that was done on this phone.
    OutboxRow {
        record: String = "The record.",
        action: String = "What was done: `visit`, `matter`, `household.edit` and so on, or a word of the events.",
        household: String = "The door; empty if it belongs to none.",
        matter: String = "The matter; empty if it is about none.",
        at_ms: i64 = "When it was done, milliseconds since 1970.",
        state: RecordState = "Where the record stands.",
        files: u32 = "How many of its files are still to be sent.",
    }
    /// A notice of the office, to be read out at doors.
    NoticeRow {
        id: String = "The notice.",
        text: String = "The sentence to read out.",
        until: String = "Its last day, as `2026-09-21`.",
        since: String = "Its first day.",
    }
    /// How much room is left on the device.
    Room {
        free_bytes: Option<u64> = "Bytes; `None` where that is not known.",
        is_little: bool = "Whether that is so little that photos may soon not be kept.",
    }
}
