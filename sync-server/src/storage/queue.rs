//! The numbers of those who wait at the window of a community: from 1 on each day, called one after the other.

use minqing_core::Id;

use super::Result;

/// A number that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The number.
    pub n: u32,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// How many wait before it.
    pub before: u32,
    /// When it was called.
    pub called_ms: Option<i64>,
}

/// How the queue stands, as somebody at a window sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueSeen {
    /// The number that is served at this window.
    pub here: Option<u32>,
    /// How many wait.
    pub waiting: u32,
    /// The number that was taken last; 0 = none today.
    pub last: u32,
}

/// Numbers of the window.
pub trait Queue: Send + Sync {
    /// Gives the next number of a day, as 2026-09-14.
    ///
    /// # Errors
    /// `store.failed`.
    fn take_number(&self, community: &str, day: &str, now_ms: i64) -> Result<u32>;

    /// Ends what is served by somebody and calls the number that waits longest; `None` where nobody waits. Where `served` is not what they serve,
    /// it was done already, and nothing changes.
    ///
    /// # Errors
    /// `store.failed`.
    fn call_next(&self, community: &str, day: &str, by: Id, served: Option<u32>, now_ms: i64) -> Result<Option<u32>>;

    /// Ends what is served by somebody and calls nobody.
    ///
    /// # Errors
    /// `store.failed`.
    fn end_call(&self, community: &str, day: &str, by: Id, now_ms: i64) -> Result<()>;

    /// How it stands.
    ///
    /// # Errors
    /// `store.failed`.
    fn queue(&self, community: &str, day: &str, by: Id) -> Result<QueueSeen>;

    /// A number of a day.
    ///
    /// # Errors
    /// `store.failed`.
    fn number(&self, community: &str, day: &str, n: u32) -> Result<Option<Taken>>;
}
