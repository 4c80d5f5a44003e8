//! T14–T16: what goes to the superior and comes back.

use minqing_core::model::{Allowance, Category, Clock as K, EventCode as E, HandlingType as T, Lamp, MatterState as S, RefusalCode as Why, Solved};
use minqing_tests::line::{
    Case, instant,
    people::{CLERK, COLLEAGUE, HANDLER, LEAD, SUPERVISOR, WATER},
    words::{accept, assign, extend, feedback, plain, result, second, superior_answers},
};

fn escalated(at: &str) -> Case {
    let mut case = Case::registered(at, Category::Housing);
    case.does(CLERK, accept(T::Escalated));
    case.does(CLERK, assign(WATER));
    case.does(HANDLER, plain(E::Sign));
    case.does(HANDLER, plain(E::Escalate));
    case
}

#[test]
fn a_reply_of_30_september_2026_is_answered_by_saturday_10_october() {
    let mut case = escalated("2026-09-21 09:00");
    case.until(instant("2026-10-08 09:00"));
    case.does(LEAD, superior_answers(20_260_930));
    let due = case.m().clocks.open(K::Answer).and_then(|k6| k6.due_ms(&case.calendar));
    assert_eq!(due, Some(instant("2026-10-10 17:30")), "8 and 9 October, and the make-up day");
    case.until(instant("2026-10-10 16:00"));
    case.does(HANDLER, result(Solved::Partly));
    case.does(LEAD, plain(E::Pass));
    case.does(COLLEAGUE, feedback(case.id, true));
    case.until(instant("2026-10-12 09:00"));
    assert!(case.m().lamp() < Lamp::Red, "told on the third working day");
    let k6 = case.m().clocks.get(K::Answer).expect("K6");
    assert_eq!((k6.ended.map(|e| e.done_at), k6.pauses.len()), (Some(instant("2026-10-10 16:00")), 0));
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn nobody_told_by_the_end_of_the_third_working_day_is_red() {
    let mut case = escalated("2026-09-21 09:00");
    case.does(LEAD, superior_answers(20_260_921));
    let done = case.until(instant("2026-09-24 17:30"));
    assert_eq!((done, case.m().lamp()), (vec![E::Warn, E::Urge], Lamp::Red));
}

#[test]
fn the_date_on_the_reply_is_not_after_today() {
    let mut case = escalated("2026-09-21 09:00");
    assert_eq!(case.refuses(LEAD, superior_answers(20_260_922)), Why::Incomplete);
    assert_eq!(case.refuses(LEAD, superior_answers(20_260_931)), Why::Incomplete);
    case.does(SUPERVISOR, superior_answers(20_260_921));
}

#[test]
fn what_the_superior_returns_has_two_working_days_at_least() {
    let mut case = Case::registered("2026-09-14 09:00", Category::Sanitation);
    case.does(CLERK, accept(T::Escalated));
    case.does(CLERK, assign(WATER));
    case.does(HANDLER, plain(E::Sign));
    case.until(instant("2026-09-16 16:30"));
    case.does(HANDLER, plain(E::Escalate));
    case.until(instant("2026-09-28 10:00"));
    case.does(SUPERVISOR, plain(E::SuperiorReturns));
    let due = |case: &Case| case.m().clocks.open(K::Handling).and_then(|k3| k3.due_ms(&case.calendar));
    assert_eq!((case.state(), due(&case)), (S::Handling, Some(instant("2026-09-30 17:30"))));
    let asked = case.does(HANDLER, extend(3));
    case.does(LEAD, second(E::Confirm, asked));
    assert_eq!(due(&case), Some(instant("2026-10-10 17:30")), "three working days more than it had");
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn what_comes_back_early_keeps_what_it_had_left() {
    let mut case = escalated("2026-09-14 09:00");
    let k3 = |case: &Case| case.m().clocks.open(K::Handling).map(|k3| (k3.allowance, k3.used_ms(case.now_ms, &case.calendar), k3.allowance_ms(&case.calendar)));
    let before = k3(&case);
    case.until(instant("2026-09-16 10:00"));
    case.does(SUPERVISOR, plain(E::SuperiorReturns));
    assert_eq!(k3(&case), before);
    assert_eq!(before.and_then(|(allowance, ..)| allowance), Some(Allowance::Days(15)));
}

#[test]
fn it_goes_to_the_superior_twice_a_cycle_at_most() {
    let mut case = escalated("2026-09-14 09:00");
    case.does(SUPERVISOR, plain(E::SuperiorReturns));
    case.does(HANDLER, plain(E::Escalate));
    case.does(SUPERVISOR, plain(E::SuperiorReturns));
    assert_eq!([HANDLER, LEAD].map(|who| case.refuses(who, plain(E::Escalate))), [Why::Bound; 2]);
}
