//! What is on its way to the office, or not even begun to be.

use serde::{Deserialize, Serialize};

use super::RecordState;

/// Something half filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// The draft.
    pub id: String,
    /// The app's word for what is filled in.
    pub kind: String,
    /// The door; empty if it belongs to none.
    pub household: String,
    /// What was filled in, as the app wrote it.
    pub content: String,
    /// When it was kept last, milliseconds since 1970.
    pub at_ms: i64,
}

/// Something that was done on this phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// The record.
    pub record: String,
    /// What was done: `visit`, `matter`, `household.edit` and so on, or a word of the events.
    pub action: String,
    /// The door; empty if it belongs to none.
    pub household: String,
    /// The matter; empty if it is about none.
    pub matter: String,
    /// When it was done, milliseconds since 1970.
    pub at_ms: i64,
    /// Where the record stands.
    pub state: RecordState,
    /// How many of its files are still to be sent.
    pub files: u32,
}

/// A notice of the office, to be read out at doors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    /// The notice.
    pub id: String,
    /// The sentence to read out.
    pub text: String,
    /// Its last day, as `2026-09-21`.
    pub until: String,
    /// Its first day.
    pub since: String,
}

/// How much room is left on the device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Bytes; `None` where that is not known.
    pub free_bytes: Option<u64>,
    /// Whether that is so little that photos may soon not be kept.
    pub is_little: bool,
}
