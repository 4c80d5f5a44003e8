//! Bugs that other trackers shipped, each as a test that they would have failed.

use minqing_core::{
    calendar::Calendar,
    model::{Category, Clock as K, EventCode as E, HandlingType as T, MatterState as S, RefusalCode as Why},
    pipeline::timers,
};
use minqing_tests::line::{
    Case,
    finish::finish,
    instant,
    people::{CLERK, COLLEAGUE, EVERYBODY, HANDLER, LEAD, NEIGHBOUR, OFFICER, RESIDENT, WATER},
    words::{accept, accept_with, assign, extend, feedback, need_papers, papers_in, plain, rate, second},
};

use super::merged::{merge, two};

fn in_hand(at: &str) -> Case {
    Case::in_hand(at, Category::Mediation, accept(T::Promised))
}

fn due(case: &Case) -> Option<i64> {
    case.m().clocks.open(K::Handling).and_then(|k3| k3.due_ms(&case.calendar))
}

fn told() -> Case {
    let mut case = Case::registered("2026-09-14 09:00", Category::Utilities);
    case.does(CLERK, plain(E::SolveOnSpot));
    case.does(COLLEAGUE, feedback(case.id, true));
    case
}

#[test]
fn glpi_10594_paused_time_counts_no_closed_hours() {
    let mut case = in_hand("2026-09-14 09:00");
    let before = due(&case);
    case.until(instant("2026-09-15 17:30"));
    case.does(HANDLER, need_papers(&[0]));
    case.until(instant("2026-09-16 08:30"));
    case.does(OFFICER, papers_in(&[0]));
    assert_eq!(due(&case), before, "fifteen hours of a night are no working time");
}

#[test]
fn glpi_6902_and_15605_another_deadline_does_not_forget_the_pause() {
    let mut case = in_hand("2026-09-07 09:00");
    case.until(instant("2026-09-08 08:30"));
    case.does(HANDLER, need_papers(&[0]));
    case.until(instant("2026-09-10 08:30"));
    case.does(OFFICER, papers_in(&[0]));
    assert_eq!(due(&case), Some(instant("2026-09-16 17:30")), "five, and the two of the pause");
    let mut longer = case.clone();
    let asked = longer.does(HANDLER, extend(2));
    longer.does(LEAD, second(E::Confirm, asked));
    case.does(LEAD, accept_with(T::Promised, Some(7), None, None));
    assert_eq!((due(&longer), due(&case)), (Some(instant("2026-09-18 17:30")), Some(instant("2026-09-18 17:30"))));
}

#[test]
fn zammad_3180_no_minute_is_lost_at_midnight() {
    let mut case = Case::registered("2026-09-14 09:00", Category::Utilities);
    case.does(CLERK, accept_with(T::Papers, None, None, None));
    case.does(CLERK, assign(WATER));
    let k3 = case.m().clocks.open(K::Handling).expect("K3");
    let (midnight, calendar) = (instant("2026-09-15 00:00"), &case.calendar);
    assert_eq!(k3.used_ms(midnight + 60_000, calendar) - k3.used_ms(midnight - 60_000, calendar), 120_000);
    let days = in_hand("2026-09-14 09:00");
    let k3 = days.m().clocks.open(K::Handling).expect("K3");
    let whole = k3.used_ms(instant("2026-09-19 00:00"), calendar);
    assert_eq!(whole, 5 * calendar.hours().length_ms() - 30 * 60_000, "Monday from nine, and four whole days");
}

#[test]
fn glpi_22678_and_zammad_4432_nothing_is_escalated_at_midnight() {
    for at in ["2026-09-14 09:00", "2026-09-18 17:29", "2026-09-19 03:00", "2026-09-30 23:59"] {
        let case = in_hand(at);
        assert!(due(&case).is_some_and(|due| minqing_core::clock::local_clock(due) == "17:30"));
        for timer in timers(case.m(), &case.calendar) {
            let clock = minqing_core::clock::local_clock(timer.at_ms);
            assert!(clock.as_str() >= "08:30" && clock.as_str() <= "17:30", "{:?} at {clock}", timer.code);
            assert!(case.calendar.is_working(minqing_core::clock::local_date(timer.at_ms)));
        }
    }
}

#[test]
fn glpi_4454_staff_neither_give_nor_change_a_rating() {
    let mut case = told();
    for who in EVERYBODY.into_iter().filter(|who| who.role != minqing_core::model::Role::Resident) {
        assert_eq!(case.refuses(who, rate(case.id, who, 5)), Why::Role, "{:?}", who.role);
    }
    case.does(RESIDENT, rate(case.id, RESIDENT, 2));
    let given = case.m().ratings.clone();
    finish(&mut case).expect("an end");
    assert_eq!(case.m().ratings, given);
}

#[test]
fn glpi_5180_who_was_asked_before_the_reopening_is_asked_once_after_it() {
    let mut case = told();
    case.does(RESIDENT, rate(case.id, RESIDENT, 1));
    assert_eq!((case.state(), case.m().cycle), (S::Accepted, 2));
    assert_eq!(case.refuses(RESIDENT, rate(case.id, RESIDENT, 5)), Why::NotAllowed, "there is nothing to rate yet");
    case.does(CLERK, plain(E::SolveOnSpot));
    case.does(COLLEAGUE, feedback(case.id, true));
    case.does(RESIDENT, rate(case.id, RESIDENT, 4));
    assert_eq!(case.refuses(RESIDENT, rate(case.id, RESIDENT, 5)), Why::NotAllowed);
    assert_eq!(case.m().ratings.iter().map(|r| (r.cycle, r.stars)).collect::<Vec<_>>(), [(1, 1), (2, 4)]);
}

#[test]
fn consul_1283_no_merge_is_silent_and_the_resident_may_object() {
    let (mut master, mut member) = two();
    merge(&mut member, &mut master).expect("merged");
    assert_eq!((member.m().merged.map(|(id, _)| id), member.events.len()), (Some(master.id), 2), "it stands in the member's own history");
    member.does(NEIGHBOUR, plain(E::Detach));
    assert_eq!((member.state(), member.replay()), (S::Registered, member.matter.clone()));
}

#[test]
fn fixmystreet_897_a_closed_matter_is_opened_again() {
    let mut case = told();
    finish(&mut case).expect("an end");
    case.does(RESIDENT, plain(E::Reopen));
    assert!(!case.state().is_terminal());
}

#[test]
fn fixmystreet_2644_nobody_publishes_what_nobody_else_has_read() {
    let mut case = told();
    for who in [RESIDENT, OFFICER] {
        assert_eq!(case.refuses(who, plain(E::DraftPublic)), Why::Role);
        assert_eq!(case.refuses(who, plain(E::ShowPublic)), Why::Role);
    }
    case.does(LEAD, plain(E::DraftPublic));
    assert_eq!([E::ApprovePublic, E::ShowPublic].map(|code| case.refuses(LEAD, plain(code))), [Why::SamePerson, Why::NothingSuch]);
    case.does(CLERK, plain(E::ApprovePublic));
    case.does(LEAD, plain(E::DraftPublic));
    assert_eq!(case.refuses(LEAD, plain(E::ShowPublic)), Why::NothingSuch, "a new text is read anew");
}

#[test]
fn glpi_467_a_weekend_moved_to_a_working_day_is_worked() {
    let days = [("2026-09-18 10:00", 3, "2026-09-22 17:30"), ("2026-09-30 10:00", 3, "2026-10-10 17:30"), ("2026-02-13 10:00", 3, "2026-02-25 17:30")];
    for (from, n, to) in days {
        assert_eq!(Calendar::shipped().due(instant(from), n).due_ms, instant(to));
    }
    assert_eq!(due(&in_hand("2026-09-18 10:00")), Some(instant("2026-09-24 17:30")), "Sunday 20 September counts");
}
