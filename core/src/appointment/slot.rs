//! Times: what a resident offers, and what is named, held and promised.

use jiff::civil::Date;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::{
    Id,
    clock::{MINUTE_MS, day_start, local_date},
};

/// Time is claimed in pieces of five minutes.
pub const BUCKET_MS: i64 = 5 * MINUTE_MS;
/// The shortest and the longest visit, in minutes.
pub(super) const MINUTES: std::ops::RangeInclusive<u16> = 5..=240;

/// Somebody may come between these two moments, milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Window {
    /// From.
    #[n(0)]
    pub from_ms: i64,
    /// Until: the visit has ended by then.
    #[n(1)]
    pub until_ms: i64,
}

impl Window {
    /// Whether a visit lies in it.
    pub fn holds(&self, slot: &Slot) -> bool {
        self.from_ms <= slot.start_ms && slot.end_ms() <= self.until_ms
    }
}

/// A time for a visit.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Slot {
    /// When it begins, milliseconds since 1970; on a whole five minutes.
    #[n(0)]
    pub start_ms: i64,
    /// How long it is, in minutes.
    #[n(1)]
    pub minutes: u16,
    /// Who comes: one officer, or two.
    #[n(2)]
    pub officers: Vec<Id>,
}

impl Slot {
    /// When it ends, milliseconds since 1970.
    pub fn end_ms(&self) -> i64 {
        self.start_ms + i64::from(self.minutes) * MINUTE_MS
    }

    /// The day on which it begins.
    pub fn day(&self) -> Date {
        local_date(self.start_ms)
    }

    /// From and until which minute of that day it lasts.
    pub(super) fn minutes_of_day(&self) -> (i64, i64) {
        let minute = |ms: i64| (ms - day_start(self.day())) / MINUTE_MS;
        (minute(self.start_ms), minute(self.end_ms()))
    }

    /// Whether it lies between two minutes of that day.
    pub(super) fn lies_between(&self, from_minute: u16, until_minute: u16) -> bool {
        let (from, until) = self.minutes_of_day();
        i64::from(from_minute) <= from && until <= i64::from(until_minute)
    }

    /// Whether it is one that can be kept: on the grid, of a sensible length, with one or two persons.
    pub fn is_sound(&self) -> bool {
        let persons = match &self.officers[..] {
            [_] => true,
            [a, b] => a != b,
            _ => false,
        };
        persons && self.start_ms.rem_euclid(BUCKET_MS) == 0 && MINUTES.contains(&self.minutes)
    }

    /// The pieces of five minutes that it takes of each officer's time, by their number since 1970: the visit and the buffer behind it. Walking
    /// is not claimed, for rounds are planned anew.
    pub fn buckets(&self, buffer_minutes: u16) -> std::ops::Range<i64> {
        let from = self.start_ms.div_euclid(BUCKET_MS);
        let minutes = i64::from(self.minutes) + i64::from(buffer_minutes);
        from..from + (minutes * MINUTE_MS + BUCKET_MS - 1) / BUCKET_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(start_ms: i64, minutes: u16, officers: &[u8]) -> Slot {
        Slot { start_ms, minutes, officers: officers.iter().map(|n| Id([*n; 16])).collect() }
    }

    #[test]
    fn a_visit_and_its_buffer_are_rounded_up_to_whole_pieces() {
        assert_eq!(slot(0, 20, &[1]).buckets(10), 0..6);
        assert_eq!(slot(300_000, 21, &[1]).buckets(10), 1..8);
        assert_eq!(slot(300_000, 5, &[1]).buckets(0), 1..2);
    }

    #[test]
    fn a_sound_slot_is_on_the_grid_with_one_or_two_persons() {
        assert!(slot(300_000, 20, &[1]).is_sound() && slot(0, 20, &[1, 2]).is_sound());
        for unsound in [slot(1, 20, &[1]), slot(0, 4, &[1]), slot(0, 241, &[1]), slot(0, 20, &[]), slot(0, 20, &[1, 1]), slot(0, 20, &[1, 2, 3])] {
            assert!(!unsound.is_sound(), "{unsound:?}");
        }
    }
}
