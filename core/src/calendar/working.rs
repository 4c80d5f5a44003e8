//! Working time: what lies in office hours between two instants, and where so much of it ends.

use super::{
    Calendar,
    days::{join, split},
};

impl Calendar {
    /// Working milliseconds between two instants; 0 where `to_ms` is not after `from_ms`.
    pub fn working_ms(&self, from_ms: i64, to_ms: i64) -> i64 {
        (self.worked(to_ms) - self.worked(from_ms)).max(0)
    }

    /// The first instant at which so much working time has been used from `from_ms` on; from outside office hours the
    /// count starts at the next opening. It is the end of an office day rather than the beginning of the next. Where
    /// nothing is to be used, it is `from_ms`.
    pub fn after(&self, from_ms: i64, working_ms: i64) -> i64 {
        if working_ms <= 0 {
            return from_ms;
        }
        let a_day = self.hours.length_ms();
        // The last millisecond of it lies in the day that is looked for, also where it ends with the day.
        let last = self.worked(from_ms).saturating_add(working_ms) - 1;
        let number = self.days.working_after(last.div_euclid(a_day));
        join(number, self.hours.at(last.rem_euclid(a_day) + 1))
    }

    /// Whether the office is open at this instant; at the instant of closing it is not.
    pub fn in_office_hours(&self, ms: i64) -> bool {
        let (number, of_day) = split(ms);
        self.days.is_working(number) && self.hours.contains(of_day)
    }

    /// This instant where the office is open, else the next opening.
    pub fn next_office_ms(&self, ms: i64) -> i64 {
        if self.in_office_hours(ms) {
            return ms;
        }
        let (number, of_day) = split(ms);
        let today = self.hours.opening(of_day).filter(|_| self.days.is_working(number));
        match today {
            Some(opening) => join(number, opening),
            None => join(self.days.working_after(self.days.working_before(number + 1)), self.hours.at(0)),
        }
    }

    /// Working milliseconds before an instant, counted from a fixed day.
    fn worked(&self, ms: i64) -> i64 {
        let (number, of_day) = split(ms);
        let today = if self.days.is_working(number) { self.hours.used(of_day) } else { 0 };
        self.days.working_before(number) * self.hours.length_ms() + today
    }
}
