//! When windows and halls are open, and when besides (错时), for people who work in ordinary hours. No clock runs by it: clocks run by the
//! office hours of [`Calendar`].

use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendar,
    clock::{DAY_MS, MINUTE_MS, day_start, local_date},
    model::{DayKind, WeekSpan},
};

/// How far ahead is looked, in days.
const DAYS: i64 = 14;
/// Most places, and most spans of one.
const PLACES: usize = 20;
const SPANS: usize = 21;
/// Longest name of a place, in characters.
const NAME: usize = 40;

/// The places to which residents may come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Openings {
    /// Windows and halls.
    pub places: Vec<OpenPlace>,
}

/// A window or hall.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenPlace {
    /// What it is called, and where it is.
    pub name: String,
    /// When it is open on working days; none: by appointment alone.
    #[serde(default)]
    pub spans: Vec<WeekSpan>,
    /// When it is open besides: noon, evenings, Saturdays. Not on a holiday.
    #[serde(default)]
    pub off_hours: Vec<WeekSpan>,
}

/// Once that a place is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The place.
    pub place: String,
    /// From when, milliseconds since 1970.
    pub from_ms: i64,
    /// Until when, milliseconds since 1970.
    pub until_ms: i64,
    /// Whether outside of ordinary hours.
    pub off_hours: bool,
}

impl Openings {
    /// Whether they can be kept.
    pub fn is_sound(&self) -> bool {
        self.places.len() <= PLACES && self.places.iter().all(OpenPlace::is_sound)
    }

    /// The next openings that have not ended, at most `count`: the earliest first; for whoever works in ordinary hours those outside of them first.
    /// `free`: when somebody has time, as a door has said it; none = not known.
    pub fn next(&self, free: &[WeekSpan], calendar: &Calendar, now_ms: i64, count: usize) -> Vec<Opening> {
        let today = day_start(local_date(now_ms));
        let days = (0..DAYS).map(|n| today + n * DAY_MS);
        let mut found: Vec<Opening> = days.flat_map(|day_ms| self.on(day_ms, calendar)).filter(|opening| now_ms < opening.until_ms).collect();
        let clashes = !free.is_empty() && !self.meet(free);
        found.sort_by_key(|opening| (clashes && !opening.off_hours, opening.from_ms));
        found.truncate(count);
        found
    }

    fn on(&self, day_ms: i64, calendar: &Calendar) -> impl Iterator<Item = Opening> {
        let day = local_date(day_ms);
        let (works, is_holiday) = (calendar.is_working(day), calendar.day(day).kind == DayKind::Holiday);
        self.places.iter().flat_map(move |place| {
            let ordinary = place.spans.iter().filter(move |_| works).map(|span| (span, false));
            let besides = place.off_hours.iter().filter(move |_| !is_holiday).map(|span| (span, true));
            let at = move |minute: u16| day_ms + i64::from(minute) * MINUTE_MS;
            ordinary.chain(besides).filter(move |(span, _)| span.is_on(day)).map(move |(span, off_hours)| Opening {
                place: place.name.clone(),
                from_ms: at(span.from_minute),
                until_ms: at(span.until_minute),
                off_hours,
            })
        })
    }

    /// Whether any place is open in ordinary hours at one of these times.
    fn meet(&self, free: &[WeekSpan]) -> bool {
        let meets = |a: &WeekSpan, b: &WeekSpan| a.weekday == b.weekday && a.from_minute < b.until_minute && b.from_minute < a.until_minute;
        self.places.iter().flat_map(|place| &place.spans).any(|open| free.iter().any(|free| meets(open, free)))
    }
}

impl OpenPlace {
    fn is_sound(&self) -> bool {
        let is_named = !self.name.trim().is_empty() && self.name.chars().count() <= NAME;
        let spans = [&self.spans, &self.off_hours];
        is_named && spans.iter().all(|spans| spans.len() <= SPANS && spans.iter().all(WeekSpan::is_sound))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn spans(days: std::ops::RangeInclusive<u8>, from: u16, until: u16) -> Vec<WeekSpan> {
        days.map(|weekday| WeekSpan { weekday, from_minute: from * 60, until_minute: until * 60 }).collect()
    }

    fn hall() -> Openings {
        Openings { places: vec![OpenPlace { name: "便民大厅".into(), spans: spans(1..=7, 9, 17), off_hours: spans(6..=6, 9, 12) }] }
    }

    fn next(free: Vec<WeekSpan>, now_ms: i64, count: usize) -> Vec<(String, bool)> {
        let seen = hall().next(&free, Calendar::shipped(), now_ms, count);
        seen.into_iter().map(|o| (local_date(o.from_ms).to_string(), o.off_hours)).collect()
    }

    #[test]
    fn who_works_in_ordinary_hours_is_offered_the_others_first() {
        let noon = day_start(date(2026, 9, 16)) + 12 * 60 * MINUTE_MS;
        let said = |seen: &[(&str, bool)]| seen.iter().map(|(day, off)| ((*day).to_owned(), *off)).collect::<Vec<_>>();
        // Wednesday's is open still; the Sunday is one that is worked for the holiday of October.
        let by_time = said(&[("2026-09-16", false), ("2026-09-17", false), ("2026-09-18", false), ("2026-09-19", true), ("2026-09-20", false)]);
        assert_eq!(next(Vec::new(), noon, 5), by_time);
        assert_eq!(next(spans(2..=2, 10, 11), noon, 5), by_time, "on Tuesdays they can come");
        let evenings = next(spans(1..=5, 18, 21), noon, 3);
        assert_eq!(evenings, said(&[("2026-09-19", true), ("2026-09-16", false), ("2026-09-17", false)]), "26 September is a holiday");
        let saturday_night = day_start(date(2026, 9, 19)) + 12 * 60 * MINUTE_MS;
        assert_eq!(next(Vec::new(), saturday_night, 1), said(&[("2026-09-20", false)]), "what has ended is not offered");
    }

    #[test]
    fn names_and_spans_have_bounds() {
        assert!(hall().is_sound() && Openings::default().is_sound());
        let with = |change: fn(&mut OpenPlace)| {
            let mut openings = hall();
            change(&mut openings.places[0]);
            openings.is_sound()
        };
        assert!(!with(|place| place.name = " ".into()) && !with(|place| place.name = "厅".repeat(41)));
        assert!(!with(|place| place.off_hours[0].weekday = 8) && !with(|place| place.spans = spans(1..=1, 9, 10).repeat(22)));
        assert!(!Openings { places: vec![hall().places.remove(0); 21] }.is_sound());
    }
}
