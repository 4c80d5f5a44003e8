//! When an officer works, and what the officer can do at a door.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Slot;
use crate::{
    Id,
    model::{AreaKind, DoorNeed, Language, WeekSpan, check_area_id},
};

/// Most spans of a week, days that are otherwise, and doors to keep away from.
const MAX_LIST: usize = 200;

/// What the office has set about an officer's time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Availability {
    /// The officer's week; none = at work whenever it is not quiet.
    pub shifts: Vec<WeekSpan>,
    /// Days that are otherwise.
    pub exceptions: Vec<OtherDay>,
    /// What the officer can do, of [`DoorNeed`]: all but those that follow from `languages` or from how many come.
    pub skills: Vec<DoorNeed>,
    /// What the officer speaks.
    pub languages: Vec<Language>,
    /// The grid whose round the officer walks, 15 digits; empty = the first of the officer's grids.
    pub home_grid: String,
    /// Doors of relatives, to which the officer is not sent.
    pub relatives: Vec<Id>,
}

/// A day that is otherwise than its weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherDay {
    /// The day.
    pub day: Date,
    /// When the officer works, from and until in minutes of the day; none = not at all.
    pub spans: Vec<(u16, u16)>,
}

impl Availability {
    /// Whether it can be kept: spans within their day, each day once, skills that are some.
    pub fn is_sound(&self) -> bool {
        let lists = [self.shifts.len(), self.exceptions.len(), self.relatives.len()].iter().all(|len| *len <= MAX_LIST);
        let is_span = |(from, until): &(u16, u16)| WeekSpan { weekday: 1, from_minute: *from, until_minute: *until }.is_sound();
        let spans = self.shifts.iter().all(WeekSpan::is_sound) && self.exceptions.iter().all(|other| other.spans.len() <= 8 && other.spans.iter().all(is_span));
        let mut days: Vec<Date> = self.exceptions.iter().map(|other| other.day).collect();
        days.sort_unstable();
        days.dedup();
        let skills = !self.skills.iter().any(|skill| matches!(skill, DoorNeed::Dialect | DoorNeed::TwoPersons));
        let home = self.home_grid.is_empty() || check_area_id(&self.home_grid, AreaKind::Grid, "home_grid").is_ok();
        lists && spans && days.len() == self.exceptions.len() && skills && home
    }

    /// When the officer works on a day, from and until in minutes, in the day's order; `None` = whenever it is not quiet.
    pub fn spans_on(&self, day: Date) -> Option<Vec<(u16, u16)>> {
        let other = self.exceptions.iter().find(|other| other.day == day).map(|other| other.spans.clone());
        let week = || self.shifts.iter().filter(|span| span.is_on(day)).map(|span| (span.from_minute, span.until_minute)).collect();
        let mut spans = other.or_else(|| (!self.shifts.is_empty()).then(week))?;
        spans.sort_unstable();
        Some(spans)
    }

    /// Whether a visit lies in a span in which the officer works.
    pub fn works(&self, slot: &Slot) -> bool {
        self.spans_on(slot.day()).is_none_or(|spans| spans.iter().any(|(from, until)| slot.lies_between(*from, *until)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::clock::{MINUTE_MS, day_start};

    fn weekday(weekday: u8, from_minute: u16, until_minute: u16) -> WeekSpan {
        WeekSpan { weekday, from_minute, until_minute }
    }

    fn slot(day: Date, minute: i64) -> Slot {
        Slot { start_ms: day_start(day) + minute * MINUTE_MS, minutes: 30, officers: vec![Id([1; 16])] }
    }

    #[test]
    fn a_day_that_is_otherwise_takes_the_place_of_its_weekday() {
        let wednesday = date(2026, 9, 16);
        let ill = OtherDay { day: wednesday, spans: Vec::new() };
        let works = Availability { shifts: vec![weekday(3, 840, 1080), weekday(3, 540, 720)], ..Availability::default() };
        assert_eq!(works.spans_on(wednesday), Some(vec![(540, 720), (840, 1080)]));
        assert_eq!([0, 510, 540, 690, 700, 840].map(|minute| works.works(&slot(wednesday, minute))), [false, false, true, true, false, true]);
        assert!(!works.works(&slot(date(2026, 9, 17), 600)), "a Thursday");
        let is_ill = Availability { exceptions: vec![ill.clone()], ..works };
        assert_eq!((is_ill.spans_on(wednesday), is_ill.works(&slot(wednesday, 600))), (Some(Vec::new()), false));
        let only_ill = Availability { exceptions: vec![ill], ..Availability::default() };
        assert!(only_ill.works(&slot(date(2026, 9, 17), 600)) && !only_ill.works(&slot(wednesday, 600)));
    }

    #[test]
    fn what_cannot_be_kept_is_not_sound() {
        let day = date(2026, 9, 16);
        assert!(Availability { home_grid: "620102001001001".into(), skills: vec![DoorNeed::SignLanguage], ..Availability::default() }.is_sound());
        let with = |change: fn(&mut Availability)| {
            let mut availability = Availability { exceptions: vec![OtherDay { day: date(2026, 9, 16), spans: vec![(540, 720)] }], ..Availability::default() };
            change(&mut availability);
            availability.is_sound()
        };
        assert!(with(|_| {}));
        assert!(!with(|a| a.shifts.push(weekday(8, 1, 2))));
        assert!(!with(|a| a.exceptions.push(a.exceptions[0].clone())));
        assert!(!with(|a| a.exceptions[0].spans.push((720, 540))));
        assert!(!with(|a| a.skills.push(DoorNeed::TwoPersons)));
        assert!(!with(|a| a.home_grid = "6201".into()));
        assert!(!with(|a| a.relatives = vec![Id([1; 16]); 201]));
        let unknown = serde_json::json!({ "exceptions": [{ "day": day, "spans": [], "why": "flu" }] });
        assert!(serde_json::from_value::<Availability>(unknown).is_err(), "a reason is nobody's business");
    }
}
