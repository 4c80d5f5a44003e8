//! Properties 3, 4, 5 and 14: what clocks come to by a calendar.

use jiff::civil::Date;
use minqing_core::{
    calendar::Calendar,
    clock::local_date,
    model::{Allowance, Category, Clock as K, EventCode as E, HandlingType as T},
    pipeline::timers,
};
use minqing_tests::line::{
    Case, instant,
    people::{CLERK, HANDLER, LEAD, OFFICER, WATER},
    words::{accept_with, assign, need_papers, papers_in, plain},
};
use proptest::{prelude::*, test_runner::RngSeed};

const MINUTE: i64 = 60_000;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 128, rng_seed: RngSeed::Fixed(3), failure_persistence: None, ..ProptestConfig::default() }
}

/// A minute of 2026 or 2027.
fn minute() -> impl Strategy<Value = i64> {
    (0..2 * 365 * 24 * 60_i64).prop_map(|n| instant("2026-01-01 00:00") + n * MINUTE)
}

fn day() -> impl Strategy<Value = Date> {
    minute().prop_map(local_date)
}

/// In hand since an instant, with so many days.
fn in_hand(at: &str, days: u16) -> Case {
    Case::in_hand(at, Category::Mediation, accept_with(T::Promised, Some(days), None, None))
}

/// A letter goes out at one instant, and is complete at another.
fn paused(case: &mut Case, from: &str, to: &str) {
    case.until(instant(from));
    case.does(HANDLER, need_papers(&[0]));
    case.until(instant(to));
    case.does(OFFICER, papers_in(&[0]));
}

fn k3_due(case: &Case) -> Option<i64> {
    case.m().clocks.open(K::Handling).and_then(|k3| k3.due_ms(&case.calendar))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn property_03_more_days_and_holidays_never_make_it_earlier(from in minute(), n in 0..30_u32, day in day()) {
        let calendar = Calendar::shipped();
        let due = |calendar: &Calendar, n| calendar.due(from, n).due_ms;
        prop_assert!(due(calendar, n + 1) >= due(calendar, n));
        prop_assert!(calendar.is_working(local_date(due(calendar, n))));
        prop_assert!(due(&calendar.with_own_day(day, false, "停电"), n) >= due(calendar, n), "a holiday more");
        prop_assert!(due(&calendar.with_own_day(day, true, "补班"), n) <= due(calendar, n), "a make-up day more");
    }

    #[test]
    fn property_05_every_minute_is_counted_once_also_at_midnight(a in minute(), b in minute(), c in minute()) {
        let calendar = Calendar::shipped();
        let mut at = [a, b, c];
        at.sort_unstable();
        let between = |from, to| calendar.working_ms(at[from], at[to]);
        prop_assert_eq!(between(0, 1) + between(1, 2), between(0, 2));
        let used = between(0, 1);
        prop_assert_eq!(calendar.working_ms(at[0], calendar.after(at[0], used)), used);
    }
}

#[test]
fn property_04_a_pause_of_no_length_is_neutral() {
    let (mut plain_one, mut with) = (in_hand("2026-09-14 09:00", 5), in_hand("2026-09-14 09:00", 5));
    paused(&mut with, "2026-09-15 10:20", "2026-09-15 10:20");
    plain_one.until(with.now_ms);
    assert_eq!(k3_due(&with), k3_due(&plain_one));
}

#[test]
fn property_04_a_pause_across_a_weekend_or_the_spring_festival_credits_working_time_alone() {
    // Friday 16:30 to Monday 9:30 are two working hours.
    let mut weekend = in_hand("2026-09-07 09:00", 8);
    let before = k3_due(&weekend);
    paused(&mut weekend, "2026-09-11 16:30", "2026-09-14 09:30");
    assert_eq!((before, k3_due(&weekend)), (Some(instant("2026-09-17 17:30")), Some(instant("2026-09-18 10:30"))));
    // Friday 13 February, 16:30, to Tuesday 24 February, 9:30: the office was closed, but for Saturday 14, a make-up day.
    let mut spring = in_hand("2026-02-09 09:00", 6);
    let before = k3_due(&spring);
    paused(&mut spring, "2026-02-13 16:30", "2026-02-24 09:30");
    assert_eq!((before, k3_due(&spring)), (Some(instant("2026-02-24 17:30")), Some(instant("2026-02-26 10:30"))));
    assert_eq!(spring.replay(), spring.matter);
}

#[test]
fn property_04_another_type_keeps_what_was_used_and_the_pauses() {
    let mut case = in_hand("2026-09-07 09:00", 5);
    paused(&mut case, "2026-09-08 10:30", "2026-09-10 10:30");
    let k3 = |case: &Case| case.m().clocks.open(K::Handling).cloned().expect("K3");
    let (before, used) = (k3(&case), k3(&case).used_ms(case.now_ms, &case.calendar));
    case.does(LEAD, accept_with(T::Promised, Some(8), None, None));
    let after = k3(&case);
    assert_eq!((after.started_ms, &after.pauses, after.used_ms(case.now_ms, &case.calendar)), (before.started_ms, &before.pauses, used));
    assert_eq!(
        (after.allowance, k3_due(&case)),
        (Some(Allowance::Days(8)), Some(instant("2026-09-20 17:30"))),
        "eight and the two of the pause; Sunday 20 is worked"
    );
}

#[test]
fn property_05_reminders_come_in_office_hours_only() {
    for (category, start) in [(Category::Utilities, "2026-09-18 23:40"), (Category::Safety, "2026-09-30 21:00"), (Category::Mediation, "2026-09-19 12:30")] {
        let mut case = Case::registered(start, category);
        case.does(CLERK, accept_with(T::Papers, None, None, None));
        case.does(CLERK, assign(WATER));
        let mut lacking = case.clone();
        lacking.does(CLERK, need_papers(&[0]));
        for timer in timers(case.m(), &case.calendar).into_iter().chain(timers(lacking.m(), &lacking.calendar)) {
            let reminds = !matches!(timer.code, E::Urge | E::PapersLapse);
            assert!(!reminds || case.calendar.in_office_hours(timer.at_ms), "{:?} at {}", timer.code, minqing_core::clock::local_clock(timer.at_ms));
            assert!(timer.at_ms >= timer.alarm.at_ms);
        }
    }
}

#[test]
fn hours_run_round_the_clock() {
    let mut case = Case::registered("2026-09-18 22:00", Category::Utilities);
    case.does(CLERK, accept_with(T::Papers, None, None, None));
    case.does(CLERK, assign(WATER));
    assert_eq!(k3_due(&case), Some(instant("2026-09-19 22:00")), "water does not wait for Monday");
}

#[test]
fn property_14_a_re_issued_calendar_moves_open_clocks_and_no_state() {
    let mut case = in_hand("2026-09-14 09:00", 5);
    let calendar = case.calendar.clone();
    let ended = case.m().clocks.get(K::Sign).cloned().expect("K2");
    let (due, was) = (k3_due(&case), ended.reading(case.now_ms, &calendar));
    let stored = case.matter.clone();
    case.calendar = calendar.with_own_day(Date::constant(2026, 9, 15), false, "停电");
    assert!(k3_due(&case) > due, "what is open is counted anew");
    assert_eq!((case.replay(), &case.matter), (stored.clone(), &stored), "no calendar is asked for a state");
    // What has ended names the calendar by which it is read; core keeps one calendar, and who reads it brings that one.
    let named = case.m().clocks.get(K::Sign).and_then(|k2| k2.ended).map(|end| end.calendar);
    assert_eq!((named, case.m().clocks.get(K::Sign).map(|k2| k2.reading(case.now_ms, &calendar))), (Some(calendar.version()), Some(was)));
    assert_ne!(named, Some(case.calendar.version()));
    case.until(instant("2026-09-16 09:00"));
    case.does(HANDLER, plain(E::Escalate));
    case.does(LEAD, minqing_tests::line::words::superior_answers(20_260_916));
    assert_eq!(case.m().clocks.get(K::Handling).and_then(|k3| k3.ended).map(|end| end.calendar), Some(case.calendar.version()));
}
