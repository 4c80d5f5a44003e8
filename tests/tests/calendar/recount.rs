//! The shipped calendar against a slow recount: the files read anew, every minute of some weeks looked at on the office's wall.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use jiff::{Timestamp, ToSpan, civil::Date};
use minqing_core::{
    calendar::Calendar,
    clock::{LOCAL, day_start},
};
use proptest::prelude::*;

use super::world::config;

const MINUTE: i64 = 60_000;

/// Which days the files name, and whether they are worked.
static NAMED: LazyLock<BTreeMap<Date, bool>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/calendar");
    let mut named = BTreeMap::new();
    for year in 2007..=2026 {
        let text = fs::read_to_string(folder.join(format!("{year}.json"))).unwrap();
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        for day in file["days"].as_array().unwrap() {
            named.insert(day["date"].as_str().unwrap().parse().unwrap(), !day["isOffDay"].as_bool().unwrap());
        }
    }
    named
});

fn is_worked(day: Date) -> bool {
    NAMED.get(&day).copied().unwrap_or(day.weekday().to_monday_one_offset() < 6)
}

/// The minutes from one instant to another in which the office works, by their beginnings.
fn open_minutes(from: i64, to: i64) -> Vec<i64> {
    let mut open = vec![];
    let first = Timestamp::from_millisecond(from).unwrap().to_zoned_datetime(LOCAL.clone()).date();
    for day in first.series(1.day()).take_while(|day| day_start(*day) < to) {
        let (midnight, worked) = (day_start(day), is_worked(day));
        for minute in 0..24 * 60 {
            let ms = midnight + minute * MINUTE;
            if worked && (from..to).contains(&ms) && ((510..720).contains(&minute) || (840..1050).contains(&minute)) {
                open.push(ms);
            }
        }
    }
    open
}

/// From some minute near a Spring Festival or a National Day, and the minutes to the other end of some weeks.
fn span() -> impl Strategy<Value = (i64, i64)> {
    let around = prop::sample::select(vec![(1, 8), (9, 8), (12, 10)]);
    (2007..=2026_i16, around, 0..30 * 24 * 60_i64, 0..35 * 24 * 60_i64).prop_map(|(year, (month, day), minutes, long)| {
        let from = day_start(Date::constant(year, month, day)) + minutes * MINUTE;
        // 2027 has no file to count from.
        (from, (from + long * MINUTE).min(day_start(Date::constant(2027, 1, 1))))
    })
}

#[test]
fn every_day_of_twenty_years_is_what_the_files_say() {
    let days = Date::constant(2007, 1, 1).series(1.day()).take_while(|day| day.year() < 2027);
    let differs: Vec<_> = days.filter(|day| Calendar::shipped().is_working(*day) != is_worked(*day)).collect();
    assert_eq!((differs, NAMED.len()), (vec![], 678));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..config() })]

    #[test]
    fn working_time_is_what_somebody_counts_minute_by_minute((from, to) in span()) {
        let calendar = Calendar::shipped();
        let open = open_minutes(from, to);
        prop_assert_eq!(calendar.working_ms(from, to), open.len() as i64 * MINUTE);
        if let Some(first) = open.first() {
            prop_assert_eq!(calendar.next_office_ms(from), *first);
        }
        for used in [1, open.len() / 2, open.len()] {
            if let Some(last) = used.checked_sub(1).and_then(|i| open.get(i)) {
                prop_assert_eq!(calendar.after(from, used as i64 * MINUTE), last + MINUTE);
            }
        }
    }

    #[test]
    fn a_due_date_is_what_somebody_counts_day_by_day((from, _) in span(), days in 1..40_usize) {
        let event = Timestamp::from_millisecond(from).unwrap().to_zoned_datetime(LOCAL.clone()).date();
        let last = event.series(1.day()).skip(1).filter(|day| is_worked(*day)).nth(days - 1).unwrap();
        if last.year() < 2027 {
            let closing = last.at(17, 30, 0, 0).to_zoned_datetime(LOCAL.clone()).unwrap().timestamp().as_millisecond();
            prop_assert_eq!(Calendar::shipped().due(from, days as u32).due_ms, closing);
        }
    }
}
