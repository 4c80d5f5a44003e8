//! What is known of an officer's time.

use std::collections::{BTreeMap, BTreeSet};

use super::Availability;
use crate::Id;

/// The diaries of several officers.
pub type Diaries = BTreeMap<Id, Diary>;

/// What is known of an officer's time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diary {
    /// Pieces of five minutes that are taken, by their number since 1970.
    pub taken: BTreeSet<i64>,
    /// When the officer works, and what the officer can do.
    pub availability: Availability,
    /// Appointments by the first moment of their day.
    pub doors: BTreeMap<i64, u16>,
}
