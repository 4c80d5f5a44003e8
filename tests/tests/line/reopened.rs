//! T22 and T23: taken up once more, and the resident asked again.

use minqing_core::model::{Allowance, Category, Clock as K, EventCode as E, HandlingType as T, MatterState as S, RefusalCode as Why, Solved};
use minqing_tests::line::{
    Case,
    finish::finish,
    people::{CLERK, COLLEAGUE, HANDLER, LEAD, OTHER_CLERK, RESIDENT, SUPERVISOR, WATER},
    words::{accept, accept_with, assign, call_back, explain_refer, feedback, plain, result, second},
};

const DAY: i64 = 86_400_000;

fn closed() -> Case {
    let mut case = Case::registered("2026-09-14 09:00", Category::Mediation);
    case.does(CLERK, accept_with(T::Promised, Some(5), None, None));
    case.does(CLERK, assign(WATER));
    finish(&mut case).expect("an end");
    case
}

#[test]
fn it_goes_to_the_same_department_with_half_of_the_first_time() {
    let mut case = closed();
    let k0 = case.m().clocks.get(K::Total).cloned().expect("K0");
    case.does(RESIDENT, plain(E::Reopen));
    let m = case.m();
    let k3 = m.clocks.open(K::Handling).expect("K3");
    assert_eq!((m.state, m.cycle, m.assigned), (S::Handling, 2, Some(WATER)));
    assert_eq!((k3.allowance, k3.started_ms, k3.pauses.len()), (Some(Allowance::Days(3)), case.now_ms, 0));
    assert_eq!(m.clocks.open(K::Total).map(|k| k.started_ms), Some(k0.started_ms), "what the resident feels goes on");
    finish(&mut case).expect("an end");
    case.does(RESIDENT, plain(E::Reopen));
    assert_eq!(case.m().clocks.open(K::Handling).and_then(|k3| k3.allowance), Some(Allowance::Days(3)), "half of the first, not of the last");
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn what_no_department_had_goes_to_the_lead() {
    let mut case = Case::registered("2026-09-14 09:00", Category::Culture);
    case.does(CLERK, accept(T::Advice));
    case.does(CLERK, explain_refer());
    finish(&mut case).expect("an end");
    case.does(RESIDENT, plain(E::Reopen));
    assert_eq!((case.state(), case.m().cycle), (S::Accepted, 2));
    case.does(LEAD, accept(T::Promised));
    case.does(LEAD, assign(WATER));
}

#[test]
fn a_resident_has_it_taken_up_twice_then_the_supervisor_decides() {
    let mut case = closed();
    for _ in 0..2 {
        case.does(RESIDENT, plain(E::Reopen));
        finish(&mut case).expect("an end");
    }
    assert_eq!(case.refuses(RESIDENT, plain(E::Reopen)), Why::Bound);
    case.does(SUPERVISOR, plain(E::Reopen));
    assert_eq!((case.m().cycle, case.replay()), (4, case.matter.clone()));
}

#[test]
fn what_the_office_takes_up_by_itself_is_not_counted_against_the_resident() {
    let mut case = closed();
    for who in [SUPERVISOR, LEAD] {
        case.does(who, plain(E::Reopen));
        finish(&mut case).expect("an end");
    }
    assert_eq!(case.m().counts.reopened, 0);
    case.does(RESIDENT, plain(E::Reopen));
}

#[test]
fn thirty_days_after_closing_it_is_over() {
    let mut case = closed();
    let closed_ms = case.m().closed_ms.expect("closed");
    case.until(closed_ms + 30 * DAY);
    let mut late = case.clone();
    case.does(RESIDENT, plain(E::Reopen));
    late.until(closed_ms + 30 * DAY + 1);
    assert_eq!([RESIDENT, SUPERVISOR, LEAD, CLERK].map(|who| late.refuses(who, plain(E::Reopen))), [Why::TooLate; 4]);
}

#[test]
fn who_handled_it_does_not_call_back() {
    let mut case = Case::registered("2026-09-14 09:00", Category::Utilities);
    case.does(CLERK, plain(E::SolveOnSpot));
    case.does(COLLEAGUE, feedback(case.id, true));
    assert_eq!(case.refuses(CLERK, call_back(case.id)), Why::SamePerson, "settled by the clerk");
    case.does(OTHER_CLERK, call_back(case.id));

    let mut advice = Case::registered("2026-09-14 09:00", Category::Culture);
    advice.does(CLERK, accept(T::Advice));
    advice.does(CLERK, explain_refer());
    advice.does(COLLEAGUE, feedback(advice.id, true));
    assert_eq!(advice.refuses(CLERK, call_back(advice.id)), Why::SamePerson, "explained by the clerk");

    let mut own = Case::registered("2026-09-14 09:00", Category::Mediation);
    own.does(CLERK, accept(T::Promised));
    own.does(LEAD, assign(CLERK.id));
    let officer = minqing_tests::line::people::Who { id: CLERK.id, ..COLLEAGUE };
    own.does(officer, plain(E::Sign));
    own.does(officer, result(Solved::Yes));
    own.does(LEAD, plain(E::Pass));
    own.does(COLLEAGUE, feedback(own.id, true));
    assert_eq!(own.refuses(CLERK, call_back(own.id)), Why::SamePerson);
}

#[test]
fn who_called_back_proposes_to_take_it_up_and_the_lead_decides() {
    let mut case = closed();
    case.does(OTHER_CLERK, call_back(case.id));
    let proposed = case.does(OTHER_CLERK, plain(E::Reopen));
    assert_eq!(case.state(), S::Closed);
    assert_eq!(case.refuses(HANDLER, second(E::Confirm, proposed)), Why::Role);
    case.does(LEAD, second(E::Confirm, proposed));
    assert_eq!((case.state(), case.m().cycle, case.m().counts.reopened), (S::Handling, 2, 0));
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn in_a_new_cycle_every_resident_is_told_anew() {
    let (mut first, mut follower) = super::merged::two();
    super::merged::merge(&mut follower, &mut first).expect("merged");
    finish(&mut first).expect("an end");
    first.does(RESIDENT, plain(E::Reopen));
    while first.state() != S::Feedback {
        let next = minqing_tests::line::finish::next(&first).expect("a move");
        first.does(next.who, next.word);
    }
    assert!(first.m().told.is_empty());
    first.does(COLLEAGUE, feedback(first.id, true));
    assert_eq!(first.state(), S::Feedback, "the other one knows the old result only");
}
