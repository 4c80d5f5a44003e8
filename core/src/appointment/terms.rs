//! Which times can be had: the office's rules, and the next times that fit. Pure, so that a phone proposes by the same rules
//! by which the server keeps a time; whether somebody is free the server alone knows for sure.

use serde::{Deserialize, Serialize};

use super::{BUCKET_MS, Diaries, Diary, Door, Slot, Window};
use crate::{
    clock::{DAY_MS, MINUTE_MS, day_start},
    model::NoRoomReason,
};

/// How far ahead times are looked for, in days.
const DAYS: i64 = 14;
/// Times are offered on whole quarters of an hour.
const STEP_MS: i64 = 15 * MINUTE_MS;

/// What the office has set about appointments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// For how long a time is held until somebody confirms it, in minutes.
    pub hold_minutes: u16,
    /// Kept free behind each visit, in minutes.
    pub buffer_minutes: u16,
    /// How far ahead a time must lie, in minutes.
    pub lead_minutes: u16,
    /// Appointments of one officer a day, at most.
    pub doors_a_day: u16,
    /// When nobody is called on: from and until, in minutes of the day.
    pub quiet: Vec<(u16, u16)>,
}

impl Default for Terms {
    /// Half an hour, ten minutes, two hours, twenty doors; quiet before 08:00, from 12:30 to 14:30 and after 20:30.
    fn default() -> Self {
        Self {
            hold_minutes: 30,
            buffer_minutes: 10,
            lead_minutes: 120,
            doors_a_day: 20,
            quiet: vec![(0, 8 * 60), (12 * 60 + 30, 14 * 60 + 30), (20 * 60 + 30, 24 * 60)],
        }
    }
}

impl Terms {
    /// Whether they can be kept: lengths within a day, quiet hours in order.
    pub fn is_sound(&self) -> bool {
        let minutes = 24 * 60;
        let lengths = [self.hold_minutes, self.buffer_minutes, self.lead_minutes].iter().all(|n| *n <= minutes * 7);
        lengths && self.doors_a_day > 0 && self.quiet.iter().all(|(from, until)| from < until && *until <= minutes)
    }

    /// Why a time cannot be had, named at `now_ms`; `None` if it can. `diaries`: of each officer of the slot.
    pub fn refuses(&self, slot: &Slot, now_ms: i64, door: &Door, diaries: &Diaries) -> Option<NoRoomReason> {
        if !door.fits(slot, diaries) {
            return Some(NoRoomReason::DoesNotFit);
        }
        if slot.start_ms < now_ms + i64::from(self.lead_minutes) * MINUTE_MS {
            return Some(NoRoomReason::TooSoon);
        }
        if self.is_quiet(slot) {
            return Some(NoRoomReason::Quiet);
        }
        slot.officers.iter().find_map(|officer| self.refuses_of(slot, diaries.get(officer)?))
    }

    fn refuses_of(&self, slot: &Slot, diary: &Diary) -> Option<NoRoomReason> {
        if !diary.availability.works(slot) {
            return Some(NoRoomReason::OffWork);
        }
        if diary.taken.range(slot.buckets(self.buffer_minutes)).next().is_some() {
            return Some(NoRoomReason::Taken);
        }
        let doors = diary.doors.get(&day_start(slot.day())).copied().unwrap_or_default();
        (doors >= self.doors_a_day).then_some(NoRoomReason::TooMany)
    }

    /// Whether a visit touches an hour at which nobody is called on, or midnight.
    fn is_quiet(&self, slot: &Slot) -> bool {
        let (from, until) = slot.minutes_of_day();
        until > DAY_MS / MINUTE_MS || self.quiet.iter().any(|(quiet, over)| from < i64::from(*over) && i64::from(*quiet) < until)
    }

    /// The next times that can be had, the earliest first: of the length and with the officers of `like`, within `windows` where there are any,
    /// else when somebody is in.
    pub fn next(&self, like: &Slot, windows: &[Window], now_ms: i64, (door, diaries): (&Door, &Diaries), count: usize) -> Vec<Slot> {
        let first = now_ms + i64::from(self.lead_minutes) * MINUTE_MS;
        let begin = (first + STEP_MS - 1).div_euclid(STEP_MS) * STEP_MS;
        let starts = (0..DAYS * DAY_MS / STEP_MS).map(|n| begin + n * STEP_MS);
        let slots = starts.map(|start_ms| Slot { start_ms, ..like.clone() });
        let is_in = |slot: &Slot| if windows.is_empty() { door.is_in(slot) } else { windows.iter().any(|w| w.holds(slot)) };
        let fits = |slot: &Slot| is_in(slot) && self.refuses(slot, now_ms, door, diaries).is_none();
        let mut found: Vec<Slot> = Vec::new();
        for slot in slots.filter(fits) {
            // Three that overlap are no choice.
            if found.last().is_none_or(|last| last.end_ms() + i64::from(self.buffer_minutes) * MINUTE_MS <= slot.start_ms) {
                found.push(slot);
            }
            if found.len() == count {
                break;
            }
        }
        found
    }
}

/// The pieces of five minutes of the days for which times are looked for.
pub fn horizon(now_ms: i64) -> std::ops::Range<i64> {
    now_ms.div_euclid(BUCKET_MS)..(now_ms + (DAYS + 1) * DAY_MS).div_euclid(BUCKET_MS)
}
