//! The office's calendar: Chinese statutory holidays with make-up working days, a city's own days, and office hours.
//! Every due date of the pipeline is counted by it (docs/CALENDAR.md). A calendar is a value: changing one makes another.

mod days;
mod decree;
mod due;
mod hours;
mod provisional;
mod shipped;
#[cfg(test)]
mod tests;
mod working;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{Result, clock::local_date};
use days::{Days, Known, number};

pub use crate::model::DayKind;
pub use due::{Due, MAX_DAYS, Step};
pub use hours::OfficeHours;

/// The first year of which a decree is known; days before are weekdays and weekends.
pub const FIRST_YEAR: i16 = 2007;

/// The last year of which holidays can be known; days after it are provisional weekdays and weekends.
pub const LAST_YEAR: i16 = 2099;

/// Which days the office works, and when on them.
#[derive(Clone, Debug)]
pub struct Calendar {
    version: u32,
    hours: OfficeHours,
    /// The days each year's decree names; some lie in the year before or after.
    decrees: BTreeMap<i16, Vec<Known>>,
    own: Vec<Known>,
    /// All of these by date.
    days: Days,
}

/// One day, and why it is worked or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day<'a> {
    /// The day, in Lanzhou.
    pub date: Date,
    /// What kind of day it is.
    pub kind: DayKind,
    /// The holiday it belongs to, as the decree or the city names it; empty for plain days.
    pub name: &'a str,
    /// Whether no decree has settled it yet (暂定).
    pub provisional: bool,
}

impl Calendar {
    /// The calendar of the decrees this version was built with.
    pub fn shipped() -> &'static Self {
        &shipped::SHIPPED
    }

    /// The calendar of the first so many of these decrees, as an earlier version of the program shipped it.
    pub fn shipped_first(decrees: u32) -> Self {
        let years = Self::shipped().decrees.iter().take(decrees as usize).map(|(year, days)| (*year, days.clone()));
        Self::new(decrees, OfficeHours::default(), years.collect(), Vec::new())
    }

    /// The same calendar under another number.
    #[must_use]
    pub fn numbered_as(self, version: u32) -> Self {
        Self { version, ..self }
    }

    /// Grows by one with every decree, own day and change of office hours.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The office hours of every working day.
    pub fn hours(&self) -> &OfficeHours {
        &self.hours
    }

    /// The same calendar after a year's decree was uploaded: the days that came from that year's file are replaced.
    ///
    /// # Errors
    /// `calendar.malformed` with the path of what does not fit, as `days[3].date`.
    pub fn with_year(&self, json: &str) -> Result<Self> {
        let (year, days) = decree::read(json)?;
        let mut decrees = self.decrees.clone();
        decrees.insert(year, days);
        Ok(self.changed(self.hours.clone(), decrees, self.own.clone()))
    }

    /// The same calendar with a city's own day, which wins over the decree.
    pub fn with_own_day(&self, date: Date, working: bool, name: &str) -> Self {
        let mut own = self.own.clone();
        own.push(Known { date, working, name: name.to_owned(), provisional: false });
        self.changed(self.hours.clone(), self.decrees.clone(), own)
    }

    /// The same calendar with these own days of a city in place of all that it had.
    ///
    /// # Errors
    /// `calendar.malformed` with the path of what does not fit, as `days[3].date`.
    pub fn with_own_days(&self, json: &str) -> Result<Self> {
        Ok(self.changed(self.hours.clone(), self.decrees.clone(), decree::read_own(json)?))
    }

    /// The same calendar after a part of it was set, named as the office's settings name it: a year, `own-days` or `hours`.
    ///
    /// # Errors
    /// `calendar.malformed`, `calendar.hours`.
    pub fn with_part(&self, part: &str, json: &str) -> Result<Self> {
        match part {
            "own-days" => self.with_own_days(json),
            "hours" => Ok(self.with_hours(OfficeHours::read(json)?)),
            _ => self.with_year(json),
        }
    }

    /// The same calendar with other office hours.
    pub fn with_hours(&self, hours: OfficeHours) -> Self {
        self.changed(hours, self.decrees.clone(), self.own.clone())
    }

    fn changed(&self, hours: OfficeHours, decrees: BTreeMap<i16, Vec<Known>>, own: Vec<Known>) -> Self {
        Self::new(self.version.saturating_add(1), hours, decrees, own)
    }

    fn new(version: u32, hours: OfficeHours, decrees: BTreeMap<i16, Vec<Known>>, own: Vec<Known>) -> Self {
        let undecided = (FIRST_YEAR..=LAST_YEAR).filter(|year| !decrees.contains_key(year));
        // Of two that name one day the later wins: decrees over what is provisional, own days over decrees.
        let known = undecided.flat_map(provisional::holidays).chain(decrees.values().flatten().cloned()).chain(own.iter().cloned());
        let days = Days::new(known);
        Self { version, hours, decrees, own, days }
    }

    /// What kind of day this is.
    pub fn day(&self, date: Date) -> Day<'_> {
        self.numbered(number(date), date)
    }

    fn numbered(&self, number: i32, date: Date) -> Day<'_> {
        let provisional = || date.year() >= FIRST_YEAR && !self.is_decreed(date.year());
        self.days.find(number).map_or_else(|| Day { date, kind: DayKind::plain(number), name: "", provisional: provisional() }, Known::day)
    }

    /// Whether the office works on this day.
    pub fn is_working(&self, date: Date) -> bool {
        self.days.is_working(number(date))
    }

    /// Whether this year's decree is loaded.
    pub fn is_decreed(&self, year: i16) -> bool {
        self.decrees.contains_key(&year)
    }

    /// The holidays and make-up days of a year, in order; also those that another year's decree names.
    pub fn named(&self, year: i16) -> impl Iterator<Item = Day<'_>> {
        self.days.of_year(year).map(Known::day)
    }

    /// Whether any day from `from` to `to`, both included, is provisional.
    pub fn provisional_between(&self, from: Date, to: Date) -> bool {
        let settled = |day: &Date| !self.day(*day).provisional;
        (from.year().max(FIRST_YEAR)..=to.year()).filter(|year| !self.is_decreed(*year)).any(|year| {
            let first = from.max(Date::constant(year, 1, 1));
            let last = to.min(Date::constant(year, 12, 31));
            days::from(first).take_while(|day| *day <= last).any(|day| !settled(&day))
        })
    }

    /// The year whose decree the office should look for: this year's, and from 1 November on the next one's.
    pub fn missing_year_alarm(&self, now_ms: i64) -> Option<i16> {
        let today = local_date(days::within(now_ms));
        let next = (today.month() >= 11).then_some(today.year() + 1);
        [Some(today.year()), next].into_iter().flatten().find(|year| (FIRST_YEAR..=LAST_YEAR).contains(year) && !self.is_decreed(*year))
    }
}
