//! How often each door is knocked at: what the office has set.

use serde::{Deserialize, Serialize};

/// The longest time between two visits that can be set, in days.
const MOST_DAYS: u16 = 366;
/// The ages from which people may be held old.
const OLD: std::ops::RangeInclusive<u16> = 50..=130;

/// After how many days somebody comes by again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cycle {
    /// Usually.
    pub days: u16,
    /// Where somebody lives alone or is old.
    pub days_alone_or_old: u16,
    /// From which age on somebody is old; years of birth alone are known.
    pub old_age: u16,
}

impl Default for Cycle {
    /// Thirty days, fourteen, eighty years.
    fn default() -> Self {
        Self { days: 30, days_alone_or_old: 14, old_age: 80 }
    }
}

impl Cycle {
    /// Whether it can be kept: 1 to 366 days, never longer for those who live alone, an age of 50 to 130.
    pub fn is_sound(&self) -> bool {
        (1..=MOST_DAYS).contains(&self.days) && (1..=self.days).contains(&self.days_alone_or_old) && OLD.contains(&self.old_age)
    }
}
