//! The calendars of an office, each under the number by which verdicts name it: a row for each change, and one for each build
//! of the program that knew other decrees.

use minqing_core::calendar::Calendar;
use serde_json::json;

use super::{
    subject::{Part, Subject},
    value,
};
use crate::storage::Setting;

/// All calendars that there were, in order; their numbers follow one another. The last one counts; at least one.
pub(super) fn calendars(settings: &[Setting]) -> Vec<Calendar> {
    let mut all: Vec<Calendar> = Vec::new();
    let mut changes: Vec<(Part, &str)> = Vec::new();
    for (part, json) in parts(settings) {
        let before = all.last().unwrap_or_else(|| Calendar::shipped());
        let next = match part {
            // What the office set holds over what a later build brings.
            Part::Shipped => changes.iter().fold(Calendar::shipped_first(decrees(json)), |calendar, &(part, json)| changed(&calendar, part, json)),
            part => {
                changes.push((part, json));
                changed(before, part, json)
            }
        };
        let number = all.last().map_or(next.version(), |last| last.version().saturating_add(1));
        all.push(next.numbered_as(number));
    }
    if all.is_empty() { vec![Calendar::shipped().clone()] } else { all }
}

/// The row that says which decrees the program knows, unless it is there.
pub(super) fn of_this_build(settings: &[Setting], now_ms: i64) -> Option<Setting> {
    let shipped = Calendar::shipped().version();
    let known = settings.iter().rev().find(|s| subject(s) == Some(Part::Shipped));
    if known.is_some_and(|known| decrees(&known.value) == shipped) {
        return None;
    }
    let version = known.map_or(1, |known| known.version + 1);
    let value = json!({"decrees": shipped}).to_string();
    Some(Setting { kind: SHIPPED.kind().to_owned(), key: SHIPPED.key(), version, value, by: None, at_ms: now_ms, from_ms: now_ms })
}

const SHIPPED: Subject = Subject::Calendar(Part::Shipped);

fn parts(settings: &[Setting]) -> impl Iterator<Item = (Part, &str)> {
    settings.iter().filter_map(|s| Some((subject(s)?, s.value.as_str())))
}

fn subject(setting: &Setting) -> Option<Part> {
    match Subject::read(&setting.kind, &setting.key) {
        Some(Subject::Calendar(part)) => Some(part),
        _ => None,
    }
}

/// It was checked when it was set; should this version read it no longer, the calendar stays as it was.
fn changed(calendar: &Calendar, part: Part, json: &str) -> Calendar {
    value::with(calendar, part, json).unwrap_or_else(|e| {
        tracing::error!(code = e.code, "a part of the calendar does not read any more");
        calendar.clone()
    })
}

fn decrees(json: &str) -> u32 {
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    value["decrees"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;

    fn row(key: &str, value: String) -> Setting {
        Setting { kind: "calendar".into(), key: key.into(), version: 1, value, by: None, at_ms: 0, from_ms: 0 }
    }

    fn shipped(decrees: u32) -> Setting {
        row("shipped", json!({"decrees": decrees}).to_string())
    }

    fn own(date: &str) -> Setting {
        row("own-days", json!({"days": [{"name": "本地", "date": date, "isOffDay": true}]}).to_string())
    }

    #[test]
    fn a_later_build_makes_another_calendar_and_keeps_what_the_office_set() {
        let day = Date::constant(2026, 9, 14);
        let newest_decree = Date::constant(2026, 10, 8);
        let all = calendars(&[shipped(19), own("2026-09-14"), shipped(20)]);
        assert_eq!(all.iter().map(Calendar::version).collect::<Vec<_>>(), [19, 20, 21]);
        assert_eq!(all.iter().map(|c| c.is_working(day)).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(all.iter().map(|c| c.day(newest_decree).provisional).collect::<Vec<_>>(), [true, true, false]);
    }

    #[test]
    fn own_days_are_set_all_together() {
        let all = calendars(&[shipped(20), own("2026-09-14"), own("2026-09-15")]);
        let off: Vec<_> = [14, 15].map(|day| !all[2].is_working(Date::constant(2026, 9, day))).into();
        assert_eq!((off, all[2].version()), (vec![false, true], 22));
    }

    #[test]
    fn each_build_is_noted_once() {
        let first = of_this_build(&[], 7).unwrap();
        assert_eq!((first.version, first.at_ms, first.value.as_str()), (1, 7, r#"{"decrees":20}"#));
        assert_eq!(of_this_build(std::slice::from_ref(&first), 8), None);
        let later = of_this_build(&[shipped(19)], 8).unwrap();
        assert_eq!((later.version, calendars(&[shipped(19), later]).pop().unwrap().version()), (2, 20));
        assert_eq!(calendars(&[])[0].version(), 20);
    }
}
