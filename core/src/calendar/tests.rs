//! The calendar of the decrees, as PIPELINE's examples and the notices say it.

use jiff::civil::{Date, date};

use super::*;
use crate::clock::day_start;

const HOUR: i64 = 3_600_000;

fn shipped() -> &'static Calendar {
    Calendar::shipped()
}

fn at(date: Date, half_hours: i64) -> i64 {
    day_start(date) + half_hours * HOUR / 2
}

fn opening(date: Date) -> i64 {
    at(date, 17)
}

fn closing(date: Date) -> i64 {
    at(date, 35)
}

fn file(year: i16, days: &[(&str, bool)]) -> String {
    let days: Vec<_> = days.iter().map(|(date, off)| serde_json::json!({"name": "试", "date": date, "isOffDay": off})).collect();
    serde_json::json!({"year": year, "papers": [], "days": days}).to_string()
}

#[test]
fn due_dates_are_those_people_counted_by_hand() {
    for (from, days, due, provisional) in [
        (date(2026, 9, 30), 3, date(2026, 10, 10), false),
        (date(2026, 2, 13), 3, date(2026, 2, 25), false),
        (date(2026, 9, 18), 3, date(2026, 9, 22), false),
        (date(2018, 12, 28), 2, date(2019, 1, 2), false),
        (date(2022, 12, 30), 1, date(2023, 1, 3), false),
        (date(2027, 2, 3), 3, date(2027, 2, 10), true),
    ] {
        for of_day in [0, 17, 32, 47] {
            let found = shipped().due(at(from, of_day), days);
            assert_eq!((found.due_ms, found.provisional), (closing(due), provisional), "{from} + {days}");
        }
    }
}

#[test]
fn each_day_on_the_way_says_why_it_counts() {
    let due = shipped().due(at(date(2026, 9, 18), 32), 3);
    let told: Vec<_> = due.steps.iter().map(|step| (step.date.day(), step.counts, step.reason, step.name)).collect();
    let expected =
        [(19, false, DayKind::Weekend, ""), (20, true, DayKind::MakeUp, "国庆节"), (21, true, DayKind::Working, ""), (22, true, DayKind::Working, "")];
    assert_eq!(told, expected);
}

#[test]
fn glpi_467_a_weekend_moved_to_a_working_day_counts() {
    let sunday = date(2026, 9, 20);
    assert!(shipped().is_working(sunday) && shipped().in_office_hours(opening(sunday)));
    assert_eq!(shipped().working_ms(at(sunday, 0), at(sunday, 48)), 7 * HOUR);
    let day = shipped().day(date(2018, 12, 29));
    assert_eq!((day.kind, day.name), (DayKind::MakeUp, "元旦"), "it stands in the next year's file");
    assert_eq!(shipped().day(date(2020, 2, 3)).kind, DayKind::Working, "a Monday that a notice calls a working day is one");
}

#[test]
fn glpi_10594_a_pause_never_counts_closed_hours() {
    let (friday, monday) = (date(2026, 9, 11), date(2026, 9, 14));
    assert_eq!(shipped().working_ms(closing(friday), opening(monday)), 0);
    assert_eq!(shipped().working_ms(closing(date(2026, 2, 14)), opening(date(2026, 2, 24))), 0, "nine days of Spring Festival");
    let left = shipped().working_ms(at(friday, 34), closing(date(2026, 9, 15)));
    assert_eq!(shipped().after(at(date(2026, 9, 12), 20), left), at(date(2026, 9, 16), 18), "papers came on a Saturday: counted from Monday's opening");
}

#[test]
fn the_end_of_a_day_comes_before_the_beginning_of_the_next() {
    let (monday, tuesday) = (date(2026, 9, 14), date(2026, 9, 15));
    assert_eq!(shipped().after(opening(monday), 7 * HOUR), closing(monday));
    assert_eq!(shipped().after(opening(monday), 7 * HOUR + 1), opening(tuesday) + 1);
    assert_eq!(shipped().after(at(monday, 25), 7 * HOUR / 2), closing(monday), "the break at noon takes no time");
    assert_eq!(shipped().after(at(monday, 25), 0), at(monday, 25), "a pause of nothing changes nothing");
}

#[test]
fn reminders_wait_for_the_next_opening() {
    let (friday, monday) = (date(2026, 9, 11), date(2026, 9, 14));
    for (asked, given) in [
        (at(friday, 16), opening(friday)),
        (at(friday, 20), at(friday, 20)),
        (at(friday, 25), at(friday, 28)),
        (closing(friday), opening(monday)),
        (at(date(2026, 9, 30), 40), opening(date(2026, 10, 8))),
    ] {
        assert_eq!(shipped().next_office_ms(asked), given);
        assert!(shipped().in_office_hours(given));
    }
}

#[test]
fn a_year_without_a_decree_is_provisional_until_it_comes() {
    let spring = shipped().day(date(2027, 2, 5));
    assert_eq!((spring.kind, spring.name, spring.provisional), (DayKind::Holiday, "春节", true));
    assert!(shipped().day(date(2027, 3, 3)).provisional && shipped().day(date(2300, 3, 3)).provisional);
    assert_eq!(shipped().day(date(1999, 10, 1)), Day { date: date(1999, 10, 1), kind: DayKind::Working, name: "", provisional: false });
    let decreed = shipped().with_year(&file(2027, &[("2027-02-05", false), ("2026-12-31", true)])).unwrap();
    assert_eq!(decreed.version(), shipped().version() + 1);
    assert_eq!(decreed.day(date(2027, 2, 5)), Day { date: date(2027, 2, 5), kind: DayKind::Working, name: "试", provisional: false });
    assert_eq!((decreed.is_working(date(2026, 12, 31)), shipped().is_working(date(2026, 12, 31))), (false, true));
    assert!(!decreed.due(at(date(2027, 2, 3), 20), 3).provisional);
}

#[test]
fn a_re_issued_year_replaces_the_days_of_its_own_file_only() {
    let first = shipped().with_year(&file(2027, &[("2026-12-31", true), ("2027-05-04", true)])).unwrap();
    let again = first.with_year(&file(2027, &[("2027-05-05", true)])).unwrap();
    let off = |calendar: &Calendar| [date(2026, 12, 31), date(2027, 5, 4), date(2027, 5, 5)].map(|day| !calendar.is_working(day));
    assert_eq!((off(&first), off(&again)), ([true, true, false], [false, false, true]));
    assert_eq!((first.version(), again.version()), (shipped().version() + 1, shipped().version() + 2));
    assert_eq!(again.day(date(2026, 10, 10)), shipped().day(date(2026, 10, 10)));
    assert!(again.with_year("{}").is_err());
}

#[test]
fn a_citys_own_day_wins_over_the_decree_whenever_that_comes() {
    let day = date(2026, 10, 8);
    let own = shipped().with_own_day(day, false, "市运会").with_own_day(date(2026, 10, 1), true, "值守");
    assert_eq!((own.day(day).kind, own.day(day).name), (DayKind::Holiday, "市运会"));
    assert!(own.is_working(date(2026, 10, 1)));
    let later = own.with_year(&file(2026, &[("2026-10-08", false)])).unwrap();
    assert!(!later.is_working(day) && later.with_own_day(day, true, "").is_working(day));
    assert_eq!(later.named(2026).count(), 2);
}

#[test]
fn what_is_provisional_is_found_in_any_span() {
    let between = |from, to| shipped().provisional_between(from, to);
    assert!(!between(date(2007, 1, 1), date(2026, 12, 31)) && !between(Date::MIN, date(2006, 12, 31)));
    assert!(between(date(2026, 12, 31), date(2027, 1, 1)) && between(Date::MIN, Date::MAX) && !between(date(2028, 1, 1), date(2027, 1, 1)));
    let own = shipped().with_own_day(date(2027, 1, 1), false, "元旦");
    assert!(!own.provisional_between(date(2026, 12, 1), date(2027, 1, 1)));
}

#[test]
fn the_alarm_rings_from_november_until_the_decree_is_there() {
    let alarm = |day: Date| shipped().missing_year_alarm(day_start(day));
    assert_eq!([alarm(date(2026, 10, 31)), alarm(date(2026, 11, 1)), alarm(date(2027, 1, 15))], [None, Some(2027), Some(2027)]);
    assert_eq!(shipped().missing_year_alarm(day_start(date(2026, 11, 1)) - 1), None, "the day is Lanzhou's");
    let decreed = shipped().with_year(&file(2027, &[("2027-01-01", true)])).unwrap();
    assert_eq!(decreed.missing_year_alarm(day_start(date(2027, 10, 31))), None);
    assert_eq!(decreed.missing_year_alarm(day_start(date(2027, 12, 31))), Some(2028));
}

#[test]
fn no_instant_is_too_far() {
    for ms in [i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX] {
        let due = shipped().due(ms, u32::MAX);
        assert!(due.steps.len() < 20_000);
        shipped().in_office_hours(shipped().next_office_ms(ms));
        shipped().missing_year_alarm(ms);
        for work in [i64::MIN, 0, 1, i64::MAX] {
            let end = shipped().after(ms, work);
            assert!(shipped().working_ms(ms, end) <= work.max(0));
        }
    }
    assert!(shipped().working_ms(i64::MIN, i64::MAX) > 0);
    assert_eq!(shipped().working_ms(i64::MAX, i64::MIN), 0);
    assert_eq!([Date::MIN, Date::MAX].map(|day| shipped().day(day).kind), [DayKind::Working, DayKind::Working]);
}
