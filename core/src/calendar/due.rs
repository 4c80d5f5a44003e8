//! Due dates: day 0 is the day of the event, due is the end of office hours on the n-th working day after.

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Calendar, Day, DayKind,
    days::{self, LAST, date, join, split},
};

/// The most working days that are counted, about forty years.
pub const MAX_DAYS: u32 = 10_000;

/// A due date, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// The end of office hours of the last working day, in milliseconds since 1970.
    pub due_ms: i64,
    /// Whether any day on the way is not settled by a decree.
    pub provisional: bool,
    /// The days on the way, from the day after the event to the due date.
    pub steps: Vec<Step<'a>>,
}

/// One day on the way: counted or skipped, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Step<'a> {
    /// The day.
    pub date: Date,
    /// Whether it counts as a working day.
    pub counts: bool,
    /// Why.
    pub reason: DayKind,
    /// The holiday it belongs to; empty for plain days.
    pub name: &'a str,
    /// Whether no decree has settled it yet.
    pub provisional: bool,
}

impl Calendar {
    /// When something is due that has `days` working days from an event on; more than [`MAX_DAYS`] are counted as that
    /// many. With 0 it is due on the day of the event or, where that is closed, on the next working day.
    pub fn due(&self, from_ms: i64, days: u32) -> Due<'_> {
        let (event, _) = split(from_ms);
        let first = if days == 0 { event } else { (event + 1).min(LAST) };
        let wanted = i64::from(days.clamp(1, MAX_DAYS));
        let last = self.days.working_after(self.days.working_before(first) + wanted - 1);
        let steps: Vec<Step<'_>> = (first..=last).zip(days::from(date(first))).map(|(number, date)| self.numbered(number, date).into()).collect();
        Due { due_ms: join(last, self.hours.close()), provisional: steps.iter().any(|step| step.provisional), steps }
    }
}

impl<'a> From<Day<'a>> for Step<'a> {
    fn from(day: Day<'a>) -> Self {
        Self { date: day.date, counts: day.kind.counts(), reason: day.kind, name: day.name, provisional: day.provisional }
    }
}
