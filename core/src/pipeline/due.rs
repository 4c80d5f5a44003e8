//! What a clock comes to by a calendar: used, left, due, and when it turns yellow.

use super::{Matter, Running};
use crate::{
    calendar::Calendar,
    clock::local_date,
    model::{Allowance, Clock, Lamp},
};

/// A clock as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Milliseconds used: working time, or round the clock for an allowance in hours and for K0.
    pub used_ms: i64,
    /// Milliseconds left, 0 where it is over; `None` for K0.
    pub left_ms: Option<i64>,
    /// When it is due; `None` while it stands still, and for K0.
    pub due_ms: Option<i64>,
    /// Its own lamp.
    pub lamp: Lamp,
    /// A day between its start and its due date has no decree yet: 暂定.
    pub provisional: bool,
}

impl Matter {
    /// Which of its clocks that run now is due first, and when, milliseconds since 1970. K9 is no promise to anybody.
    pub fn next_due(&self, calendar: &Calendar) -> Option<(Clock, i64)> {
        let running = self.clocks.iter().filter(|r| r.ended.is_none() && r.clock != Clock::Publicity);
        running.filter_map(|r| Some((r.clock, r.due_ms(calendar)?))).min_by_key(|(_, due_ms)| *due_ms)
    }
}

impl Running {
    /// When it is due, milliseconds since 1970; `None` while it stands still, and for K0.
    pub fn due_ms(&self, calendar: &Calendar) -> Option<i64> {
        self.used_up_ms(self.allowance_ms(calendar)?, calendar)
    }

    /// How long it may run, in milliseconds of its own time.
    pub fn allowance_ms(&self, calendar: &Calendar) -> Option<i64> {
        let whole = match self.allowance? {
            Allowance::Days(days) => calendar.working_ms(self.started_ms, calendar.due(self.started_ms, u32::from(days)).due_ms),
            Allowance::Hours(hours) => i64::from(hours) * 3_600_000,
        };
        let at_least = self.at_least.map(|(from_ms, days)| {
            let due = calendar.due(from_ms, u32::from(days)).due_ms;
            self.used_ms(from_ms, calendar) + self.length(from_ms, due, calendar)
        });
        Some(at_least.map_or(whole, |least| whole.max(least)))
    }

    /// How much of it is used at an instant.
    pub fn used_ms(&self, now_ms: i64, calendar: &Calendar) -> i64 {
        let now_ms = self.ended.map_or(now_ms, |end| now_ms.min(end.at_ms));
        self.spans().map(|(from, to)| self.length(from, to.map_or(now_ms, |to| to.min(now_ms)), calendar)).sum()
    }

    /// When it turns yellow: 80 % used, or a working day left.
    pub fn yellow_ms(&self, calendar: &Calendar) -> Option<i64> {
        let allowance = self.allowance_ms(calendar)?;
        let most = allowance / 5 * 4;
        let used = match self.allowance? {
            Allowance::Days(_) => most.min((allowance - calendar.hours().length_ms()).max(0)),
            Allowance::Hours(_) => most,
        };
        self.used_up_ms(used, calendar)
    }

    /// All of it at an instant.
    pub fn reading(&self, now_ms: i64, calendar: &Calendar) -> Reading {
        let (used_ms, due_ms) = (self.used_ms(now_ms, calendar), self.due_ms(calendar));
        let left_ms = self.allowance_ms(calendar).map(|whole| (whole - used_ms).max(0));
        let now_ms = self.ended.map_or(now_ms, |end| now_ms.min(end.done_at));
        let passed = |moment: Option<i64>| moment.is_some_and(|moment| moment <= now_ms);
        let lamp = match (passed(due_ms), passed(self.yellow_ms(calendar))) {
            (true, _) => Lamp::Red,
            (false, true) => Lamp::Yellow,
            (false, false) => Lamp::None,
        };
        let days = self.allowance.is_some_and(|a| matches!(a, Allowance::Days(_)));
        let provisional = days && due_ms.is_some_and(|due| calendar.provisional_between(local_date(self.started_ms), local_date(due)));
        Reading { used_ms, left_ms, due_ms, lamp, provisional }
    }

    /// The instant at which so much of it is used; `None` where it stands still before.
    fn used_up_ms(&self, used_ms: i64, calendar: &Calendar) -> Option<i64> {
        let mut left = used_ms;
        for (from, to) in self.spans() {
            let Some(to) = to else { return Some(self.later(from, left, calendar)) };
            let length = self.length(from, to, calendar);
            if length >= left {
                return Some(self.later(from, left, calendar));
            }
            left -= length;
        }
        None
    }

    /// The times in which it ran, the last one open unless it stands still.
    fn spans(&self) -> impl Iterator<Item = (i64, Option<i64>)> + '_ {
        let begins = std::iter::once(Some(self.started_ms)).chain(self.pauses.iter().map(|p| p.to_ms));
        let ends = self.pauses.iter().map(|p| Some(p.from_ms)).chain(std::iter::once(None));
        begins.zip(ends).filter_map(|(from, to)| from.map(|from| (from, to)))
    }

    /// Its own time between two instants.
    fn length(&self, from_ms: i64, to_ms: i64, calendar: &Calendar) -> i64 {
        match self.allowance {
            Some(Allowance::Days(_)) => calendar.working_ms(from_ms, to_ms),
            Some(Allowance::Hours(_)) | None => (to_ms - from_ms).max(0),
        }
    }

    /// The instant at which so much of its own time has passed.
    fn later(&self, from_ms: i64, length_ms: i64, calendar: &Calendar) -> i64 {
        match self.allowance {
            Some(Allowance::Days(_)) => calendar.after(from_ms, length_ms),
            Some(Allowance::Hours(_)) | None => from_ms.saturating_add(length_ms),
        }
    }
}
