//! What figures count of each matter, and its ratings.

use minqing_core::Id;

use super::Result;
use crate::figures::{Counted, Rating};

/// Counts of matters.
pub trait Counts: Send + Sync {
    /// Gives each matter of an area to `read`, in no order. `area`: the first digits of its id; all where it is empty.
    ///
    /// # Errors
    /// `store.failed`.
    fn each_counted(&self, area: &str, read: &mut dyn FnMut(&Counted)) -> Result<()>;

    /// The ratings of a community, in the order in which they came.
    ///
    /// # Errors
    /// `store.failed`.
    fn ratings(&self, community: &str) -> Result<Vec<Rating>>;

    /// Registered matters that were never counted, by id.
    ///
    /// # Errors
    /// `store.failed`.
    fn uncounted(&self, limit: u32) -> Result<Vec<Id>>;
}
