//! Rounds as the office planned them.

use jiff::civil::Date;
use minqing_core::Id;

use super::Result;

/// A round as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundKept {
    /// Whose.
    pub officer: Id,
    /// The officer's community.
    pub community: String,
    /// Of which day.
    pub day: Date,
    /// When it was planned, milliseconds since 1970.
    pub made_ms: i64,
    /// How many doors it has.
    pub doors: u32,
    /// All walking, in seconds.
    pub walking_s: u32,
    /// JSON of a [`minqing_core::rounds::Planned`].
    pub json: String,
}

/// Rounds.
pub trait Rounds: Send + Sync {
    /// The rounds of a community from one day to another, both included, by day and officer.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn rounds(&self, community: &str, from: Date, until: Date) -> Result<Vec<RoundKept>>;
}
