//! Finding matters by what somebody types, and those that are like another.

use minqing_core::{Id, model::Category};

use super::Result;
use crate::projection::MatterShown;

/// A matter that is about to be registered, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// The community's 12 digits.
    pub community: String,
    /// What it is about, and where.
    pub text: String,
    /// The door.
    pub household: Option<Id>,
    /// The category.
    pub category: Option<Category>,
}

/// A matter that may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The matter.
    pub matter: MatterShown,
    /// Whether it is at the same door.
    pub same_door: bool,
    /// Whether it is in the same building.
    pub same_building: bool,
    /// Whether it is of the same category.
    pub same_category: bool,
    /// How much of the text it shares, in per cent; rare words count more.
    pub shared: u8,
}

/// Matters by their words, codes and doors.
pub trait Finding: Send + Sync {
    /// The matters of a community that have everything that was typed: two successive Chinese characters, whole numbers and words; or the code,
    /// with or without its dash; or a plate as 3-2-501, or its beginning. What came last comes first.
    ///
    /// # Errors
    /// `store.failed`.
    fn matters_found(&self, community: &str, typed: &str, limit: u32) -> Result<Vec<MatterShown>>;

    /// The newest matters at a door, also those for which the office found it.
    ///
    /// # Errors
    /// `store.failed`.
    fn matters_at(&self, household: Id, limit: u32) -> Result<Vec<MatterShown>>;

    /// The matters of the community that are not over and may be the same, the likest first.
    ///
    /// # Errors
    /// `store.failed`.
    fn matters_like(&self, like: &Likeness, limit: usize) -> Result<Vec<Alike>>;

    /// Writes the words of matters that an older server kept. Begun again if it is cut short; doing it twice changes nothing.
    ///
    /// # Errors
    /// `store.failed`.
    fn fill_words(&self) -> Result<()>;
}
