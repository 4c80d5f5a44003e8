//! When, by days alone: the minute of a visit would say at whose door it was.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::clock::local_date;

/// A day on the office's wall, as `2026-09-14`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(Date);

impl Day {
    /// That of an instant, in milliseconds since 1970.
    pub fn of(ms: i64) -> Self {
        Self(local_date(ms))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}
