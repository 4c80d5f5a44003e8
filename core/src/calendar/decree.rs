//! A year's file: the days a notice of the State Council makes holidays or working days, in the shape of
//! NateScarlet/holiday-cn (`year`, `days[]` of `name`, `date`, `isOffDay`).

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::Value;

use super::{FIRST_YEAR, LAST_YEAR, days::Known};
use crate::{Error, Result};

/// Reads a file: its year, and its days.
///
/// # Errors
/// `calendar.malformed` with the path of what does not fit. A file without days is no decree: `days`.
pub(super) fn read(json: &str) -> Result<(i16, Vec<Known>)> {
    let root: Value = serde_json::from_str(json).map_err(|_| malformed(""))?;
    let year = root["year"].as_i64().and_then(|year| i16::try_from(year).ok());
    let year = year.filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year)).ok_or_else(|| malformed("year"))?;
    let days = days(&root, |date| belongs(date, year))?;
    if days.is_empty() { Err(malformed("days")) } else { Ok((year, days)) }
}

/// Reads a city's own days: the same shape without a year; none at all is fine.
///
/// # Errors
/// `calendar.malformed` with the path of what does not fit.
pub(super) fn read_own(json: &str) -> Result<Vec<Known>> {
    let root: Value = serde_json::from_str(json).map_err(|_| malformed(""))?;
    days(&root, |date| (FIRST_YEAR..=LAST_YEAR).contains(&date.year()))
}

/// The days of a file, each once.
fn days(root: &Value, belongs: impl Fn(Date) -> bool) -> Result<Vec<Known>> {
    let listed = root["days"].as_array().ok_or_else(|| malformed("days"))?;
    let mut seen = BTreeSet::new();
    let mut days = Vec::with_capacity(listed.len());
    for (i, day) in listed.iter().enumerate() {
        let wrong = |field: &str| malformed(&format!("days[{i}].{field}"));
        let date: Date = day["date"].as_str().and_then(|text| text.parse().ok()).ok_or_else(|| wrong("date"))?;
        if !belongs(date) || !seen.insert(date) {
            return Err(wrong("date"));
        }
        let name = day["name"].as_str().map(str::trim).filter(|name| is_name(name)).ok_or_else(|| wrong("name"))?;
        let off = day["isOffDay"].as_bool().ok_or_else(|| wrong("isOffDay"))?;
        days.push(Known { date, working: !off, name: name.to_owned(), provisional: false });
    }
    Ok(days)
}

/// New Year reaches back into December; nothing has reached beyond the next January.
fn belongs(date: Date, year: i16) -> bool {
    (Date::constant(year - 1, 12, 1)..=Date::constant(year + 1, 1, 31)).contains(&date)
}

/// The longest name yet is that of the parade of 2015, with 22 characters.
fn is_name(name: &str) -> bool {
    (1..=60).contains(&name.chars().count()) && !name.chars().any(char::is_control)
}

fn malformed(path: &str) -> Error {
    Error::invalid("calendar.malformed", path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(json: &str) -> String {
        let e = read(json).unwrap_err();
        assert_eq!(e.code(), "calendar.malformed");
        e.path().unwrap_or_default().to_owned()
    }

    fn file(day: &str) -> String {
        format!(r#"{{"year": 2027, "papers": [], "days": [{{"name": "元旦", "date": "2027-01-01", "isOffDay": true}}, {day}]}}"#)
    }

    #[test]
    fn a_file_that_is_no_decree_says_where_it_fails() {
        let good = r#"{"name": "元旦", "date": "2026-12-31", "isOffDay": false}"#;
        assert_eq!(read(&file(good)).unwrap().1.len(), 2);
        assert_eq!([path("{"), path("[]"), path(r#"{"year": 2027, "papers": [], "days": []}"#)], ["", "year", "days"]);
        assert_eq!([path(r#"{"year": 2006, "days": []}"#), path(r#"{"year": 99999, "days": []}"#), path(r#"{"year": 2027}"#)], ["year", "year", "days"]);
        for (day, at) in [
            ("7", "days[1].date"),
            (&good.replace("2026-12-31", "2027-02-30"), "days[1].date"),
            (&good.replace("2026-12-31", "2026-11-30"), "days[1].date"),
            (&good.replace("2026-12-31", "2027-01-01"), "days[1].date"),
            (&good.replace("元旦", " "), "days[1].name"),
            (&good.replace("元旦", r"元\n旦"), "days[1].name"),
            (&good.replace("false", "0"), "days[1].isOffDay"),
        ] {
            assert_eq!(path(&file(day)), at, "{day}");
        }
    }

    #[test]
    fn own_days_are_of_any_year_that_is_known_each_once_and_may_be_none() {
        let own = |days: &str| read_own(&format!(r#"{{"days": [{days}]}}"#)).map(|days| days.len()).map_err(|e| e.path().unwrap_or_default().to_owned());
        let day = |date: &str| format!(r#"{{"name": "古尔邦节", "date": "{date}", "isOffDay": true}}"#);
        assert_eq!(own(""), Ok(0));
        assert_eq!(own(&[day("2026-05-27"), day("2027-05-17")].join(",")), Ok(2));
        assert_eq!(own(&[day("2026-05-27"), day("2026-05-27")].join(",")), Err("days[1].date".into()));
        assert_eq!(own(&day("2006-05-27")), Err("days[0].date".into()));
        assert_eq!(read_own("{}").unwrap_err().path(), Some("days"));
    }
}
