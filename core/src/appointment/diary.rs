//! What is known of an officer's time.

use std::collections::{BTreeMap, BTreeSet};

use super::Availability;
use crate::{
    Id,
    clock::{day_start, local_date},
};

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

impl Diary {
    /// Of somebody whose time is taken in these pieces, by appointments that begin at these moments.
    pub fn of(availability: Availability, taken: BTreeSet<i64>, starts: &[i64]) -> Self {
        let mut doors = BTreeMap::new();
        for start_ms in starts {
            *doors.entry(day_start(local_date(*start_ms))).or_default() += 1;
        }
        Self { taken, availability, doors }
    }
}
