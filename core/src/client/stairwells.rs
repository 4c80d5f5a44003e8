//! Stairwells, as an officer looks up in them.

use super::Lists;
use crate::{
    Result,
    clock::local_date,
    store::lists,
    view::{Stairwell, StairwellRow},
};

/// Longest list given at once.
const MAX_STAIRWELLS: u32 = 500;

impl Lists {
    /// The stairwells of an estate, or of one of its buildings, or all, and the lanes; by their numbers, at most 500 at once.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn stairwells(&self, estate: Option<String>, building: Option<String>, offset: u32, limit: u32) -> Result<Vec<StairwellRow>> {
        lists::stairwells(self.store.read(), estate.as_deref(), building.as_deref(), offset, limit.min(MAX_STAIRWELLS))
    }

    /// One stairwell floor by floor; estate, building, stairwell and lane as the list of stairwells has them. At most 1,000 doors.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn stairwell(&self, of: StairwellRow) -> Result<Stairwell> {
        let today = local_date(self.at()?.estimate());
        lists::stairwell(self.store.read(), [&of.estate, &of.building, &of.stairwell, &of.lane], &today.to_string(), today.year())
    }
}
