//! The days something is known of, sorted, each with the working days gained or lost up to it: a lookup is one search,
//! and so is a count over centuries.

use jiff::{ToSpan, civil::Date};

use super::{Day, DayKind};
use crate::clock::{DAY_MS, day_start, local_date};

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The first and the last day that lie whole within what jiff can say: 3 January of -9999, 30 December of 9999.
pub(super) const FIRST: i32 = -4_371_585;
pub(super) const LAST: i32 = 2_932_895;

/// A day of which something is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub date: Date,
    pub working: bool,
    pub name: String,
    pub provisional: bool,
}

impl Known {
    pub fn day(&self) -> Day<'_> {
        let kind = match (self.working, DayKind::plain(number(self.date))) {
            (false, _) => DayKind::Holiday,
            (true, DayKind::Weekend) => DayKind::MakeUp,
            (true, _) => DayKind::Working,
        };
        Day { date: self.date, kind, name: &self.name, provisional: self.provisional }
    }
}

/// Known days by date.
#[derive(Clone, Debug)]
pub(super) struct Days(Vec<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    number: i32,
    known: Known,
    /// Working days more than there are Mondays to Fridays, from the first known day to this one.
    gained: i32,
}

impl Days {
    /// Sorts them by date; of two for one day the later counts.
    pub fn new(known: impl Iterator<Item = Known>) -> Self {
        let mut all: Vec<_> = known.map(|known| Entry { number: number(known.date), known, gained: 0 }).collect();
        all.reverse();
        all.sort_by_key(|entry| entry.number);
        all.dedup_by_key(|entry| entry.number);
        let mut gained = 0;
        for entry in &mut all {
            gained += i32::from(entry.known.working) - i32::from(is_weekday(entry.number));
            entry.gained = gained;
        }
        Self(all)
    }

    pub fn find(&self, number: i32) -> Option<&Known> {
        let at = self.0.binary_search_by_key(&number, |entry| entry.number).ok()?;
        Some(&self.0[at].known)
    }

    pub fn of_year(&self, year: i16) -> impl Iterator<Item = &Known> {
        let first = self.0.partition_point(|entry| entry.known.date.year() < year);
        self.0[first..].iter().map(|entry| &entry.known).take_while(move |known| known.date.year() == year)
    }

    pub fn is_working(&self, number: i32) -> bool {
        self.find(number).map_or_else(|| is_weekday(number), |known| known.working)
    }

    /// How many working days lie before a day, counted from a fixed one.
    pub fn working_before(&self, number: i32) -> i64 {
        weekdays_before(number) + self.gained(self.0.partition_point(|entry| entry.number < number))
    }

    /// The working day before which so many lie; the first or last one there is where there are not so many.
    pub fn working_after(&self, before: i64) -> i32 {
        let before = before.clamp(self.working_before(FIRST), self.working_before(LAST + 1) - 1);
        let passed = self.0.partition_point(|entry| weekdays_before(entry.number + 1) + i64::from(entry.gained) <= before);
        // It is the next known day, unless a plain weekday comes first.
        let weekday = weekday_after(before - self.gained(passed));
        self.0.get(passed).map_or(weekday, |next| weekday.min(next.number))
    }

    /// What the first so many known days have gained.
    fn gained(&self, known: usize) -> i64 {
        known.checked_sub(1).map_or(0, |last| i64::from(self.0[last].gained))
    }
}

impl DayKind {
    /// What the week alone says of a day.
    pub(super) fn plain(number: i32) -> Self {
        if is_weekday(number) { Self::Working } else { Self::Weekend }
    }
}

/// A day's number; 1970-01-01 is 0.
pub(super) fn number(date: Date) -> i32 {
    // No date is further from 1970 than 4.4 million days.
    (date.duration_since(EPOCH).as_secs() / (DAY_MS / 1000)) as i32
}

/// The day of a number.
pub(super) fn date(number: i32) -> Date {
    EPOCH.saturating_add(number.clamp(FIRST, LAST).days())
}

/// The days from this one on.
pub(super) fn from(first: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok())
}

/// The nearest instant whose day lies whole within what jiff can say.
pub(super) fn within(ms: i64) -> i64 {
    // Noon in Greenwich: evening of the last day, and evening of the first.
    let noon = |day: i32| i64::from(day) * DAY_MS + DAY_MS / 2;
    ms.clamp(noon(FIRST), noon(LAST))
}

/// The number of an instant's day, and the milliseconds since its first instant.
pub(super) fn split(ms: i64) -> (i32, i64) {
    let ms = within(ms);
    let date = local_date(ms);
    (number(date), ms - day_start(date))
}

/// The instant so many milliseconds after the first of a day.
pub(super) fn join(number: i32, of_day: i64) -> i64 {
    day_start(date(number)) + of_day
}

/// Days since Monday, 29 December 1969.
fn since_monday(number: i32) -> i32 {
    number + 3
}

fn is_weekday(number: i32) -> bool {
    since_monday(number).rem_euclid(7) < 5
}

fn weekdays_before(number: i32) -> i64 {
    let days = since_monday(number);
    i64::from(days.div_euclid(7) * 5 + days.rem_euclid(7).min(5))
}

/// The weekday before which so many lie.
fn weekday_after(before: i64) -> i32 {
    (before.div_euclid(5) * 7 + before.rem_euclid(5)) as i32 - 3
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn numbers_and_days_read_back_to_the_ends_of_time() {
        assert_eq!((date(FIRST), date(LAST)), (Date::constant(-9999, 1, 3), Date::constant(9999, 12, 30)));
        for n in [FIRST, -719_528, -1, 0, 20_726, LAST] {
            assert_eq!(number(date(n)), n);
        }
        let ends = [i64::MIN, Timestamp::MIN.as_millisecond(), Timestamp::MAX.as_millisecond(), i64::MAX];
        assert_eq!(ends.map(|ms| split(ms).0), [FIRST, FIRST, LAST, LAST]);
    }

    #[test]
    fn weekdays_are_counted_as_the_week_runs() {
        for n in [-800, -3, 0, 20_726] {
            let count = (n..n + 100).filter(|day| date(*day).weekday().to_monday_one_offset() <= 5).count();
            assert_eq!(weekdays_before(n + 100) - weekdays_before(n), count as i64);
            assert!((n..n + 100).filter(|day| is_weekday(*day)).all(|day| weekday_after(weekdays_before(day)) == day));
        }
    }
}
