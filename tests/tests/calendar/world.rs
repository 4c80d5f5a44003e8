//! Calendars and instants for properties.

use jiff::{
    ToSpan,
    civil::{Date, Time, date},
};
use minqing_core::{
    calendar::{Calendar, OfficeHours},
    clock::day_start,
};
use proptest::{prelude::*, test_runner::RngSeed};

pub const DAY_MS: i64 = 86_400_000;

pub fn config() -> ProptestConfig {
    ProptestConfig { cases: 100, rng_seed: RngSeed::Fixed(8), failure_persistence: None, ..ProptestConfig::default() }
}

/// A day from 2024 to 2029: with decrees, and without.
pub fn day() -> impl Strategy<Value = Date> {
    (0..6 * 365).prop_map(|days: i32| date(2024, 1, 1).saturating_add(days.days()))
}

/// An instant of such a day, often the very minute at which the office opens or closes.
pub fn instant() -> impl Strategy<Value = i64> {
    let minute = |hour: i64, minute: i64| (hour * 60 + minute) * 60_000;
    let edges = [0, minute(8, 30), minute(12, 0), minute(14, 0), minute(17, 30), DAY_MS - 1];
    let of_day = prop_oneof![2 => 0..DAY_MS, 1 => prop::sample::select(edges.to_vec())];
    (day(), of_day).prop_map(|(day, of_day)| day_start(day) + of_day)
}

/// Instants in order.
pub fn instants<const N: usize>() -> impl Strategy<Value = [i64; N]> {
    prop::collection::vec(instant(), N).prop_map(|mut all| {
        all.sort();
        all.try_into().unwrap()
    })
}

/// The shipped calendar with own days, and sometimes other office hours.
pub fn calendar() -> impl Strategy<Value = Calendar> {
    let hours = prop_oneof![Just(OfficeHours::default()), Just(other_hours())];
    (prop::collection::vec((day(), any::<bool>()), 0..12), hours).prop_map(|(own, hours)| {
        let calendar = Calendar::shipped().with_hours(hours);
        own.into_iter().fold(calendar, |calendar, (day, working)| calendar.with_own_day(day, working, "试"))
    })
}

fn other_hours() -> OfficeHours {
    let at = |hour| Time::constant(hour, 15, 0, 0);
    OfficeHours::new(&[(at(7), at(9)), (at(9), at(11)), (at(20), at(23))]).unwrap()
}
