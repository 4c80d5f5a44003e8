//! What the office has set, with its history: rows are added and never changed.

use minqing_core::Id;

use super::{Result, log::StreamId};

/// One thing as it was set once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What kind of thing: `categories`, `terms`, `calendar`, `departments`.
    pub kind: String,
    /// Which of them.
    pub key: String,
    /// 1 is the first of its key.
    pub version: u32,
    /// JSON.
    pub value: String,
    /// Who set it; `None` for the program and the command line.
    pub by: Option<Id>,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// From when it holds, milliseconds since 1970.
    pub from_ms: i64,
}

/// What the office has set.
pub trait Settings: Send + Sync {
    /// All of it, in the order in which it was set.
    ///
    /// # Errors
    /// `store.failed`.
    fn settings(&self) -> Result<Vec<Setting>>;

    /// How many rows have begun to hold; another number means that something has changed.
    ///
    /// # Errors
    /// `store.failed`.
    fn settings_begun(&self, now_ms: i64) -> Result<u64>;

    /// What was set of the calendar and each commons was not told, in the order in which it was set.
    ///
    /// # Errors
    /// `store.failed`.
    fn calendar_untold(&self) -> Result<Vec<(StreamId, Setting)>>;

    /// The history of one thing, newest first.
    ///
    /// # Errors
    /// `store.failed`.
    fn setting_history(&self, kind: &str, key: &str) -> Result<Vec<Setting>>;
}
