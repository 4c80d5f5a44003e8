//! T29: lamps and orders. Property 11: within a cycle they only rise, but for what was done in time and heard of late.

use minqing_core::model::{
    Category, Clock as K, EventCode as E, HandlingType as T, Lamp, MatterState as S, PublicationState, RefusalCode as Why, SupervisionOrder as Order,
};
use minqing_tests::line::{
    Case, Deed, instant,
    people::{CLERK, COLLEAGUE, HANDLER, LEAD, RESIDENT, SUPERVISOR},
    words::{accept, alarm, feedback, plain, rate_with, result, superior_answers},
};

fn in_hand() -> Case {
    Case::in_hand("2026-09-14 09:00", Category::Mediation, accept(T::Promised))
}

/// The reply came on Monday; K6 is due on Thursday at 17:30.
fn to_be_told() -> Case {
    let mut case = in_hand();
    case.does(HANDLER, plain(E::Escalate));
    case.does(LEAD, superior_answers(20_260_914));
    case.does(HANDLER, result(minqing_core::model::Solved::Yes));
    case.does(LEAD, plain(E::Pass));
    case
}

#[test]
fn yellow_with_a_working_day_left_then_urged_ordered_and_named() {
    let mut case = in_hand();
    let seen = ["2026-09-18 08:30", "2026-09-20 17:30", "2026-09-22 17:30", "2026-09-23 08:30", "2026-09-29 08:30"].map(|at| {
        case.until(instant(at));
        (case.m().lamp(), case.m().order())
    });
    let expected = [(Lamp::None, Order::None), (Lamp::Red, Order::Urged), (Lamp::Red, Order::Urged), (Lamp::Red, Order::Ordered), (Lamp::Red, Order::Named)];
    assert_eq!(seen, expected, "the Sunday of 20 September is worked, Mid-Autumn is not; orders come in office hours");
    let mut yellow = in_hand();
    assert_eq!((yellow.until(instant("2026-09-20 08:30")), yellow.m().lamp()), (vec![E::Warn], Lamp::Yellow));
}

#[test]
fn an_order_is_answered_once() {
    let mut case = in_hand();
    assert_eq!(case.refuses(HANDLER, plain(E::AnswerOrder)), Why::NothingSuch);
    case.does(SUPERVISOR, plain(E::Order));
    case.does(HANDLER, plain(E::AnswerOrder));
    assert_eq!(case.refuses(LEAD, plain(E::AnswerOrder)), Why::NothingSuch);
    assert_eq!([E::Urge, E::Order].map(|code| case.refuses(SUPERVISOR, plain(code))), [Why::Bound; 2], "it only rises");
    case.does(SUPERVISOR, plain(E::Name));
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn the_lamp_turns_red_at_the_due_date_also_where_the_supervisor_was_quicker() {
    for code in [E::Urge, E::Order, E::Name] {
        let mut case = in_hand();
        case.does(SUPERVISOR, plain(code));
        let order = case.m().order();
        assert_eq!(case.m().lamp(), Lamp::None, "an order lights no lamp");
        case.until(instant("2026-09-20 17:30"));
        assert_eq!((case.m().lamp(), case.m().order(), case.replay()), (Lamp::Red, order, case.matter.clone()));
    }
}

#[test]
fn property_11_what_was_done_in_time_and_heard_of_late_puts_the_lamp_out() {
    let mut case = to_be_told();
    case.until(instant("2026-09-21 09:00"));
    assert_eq!((case.m().lamp(), case.m().order(), case.m().order_open), (Lamp::Red, Order::Ordered, true));
    let told = |at: &str, case: &Case| Deed { done_at: Some(instant(at)), ..Deed::new(COLLEAGUE, feedback(case.id, true)) };
    let (mut in_time, mut late) = (case.clone(), case.clone());
    in_time.tries(&told("2026-09-17 17:00", &case)).expect("accepted");
    assert_eq!((in_time.state(), in_time.m().order()), (S::FollowUp, Order::None));
    assert!(in_time.m().lamp() < Lamp::Red && !in_time.m().order_open, "nobody has to answer an order that should not have been given");
    late.tries(&told("2026-09-18 09:00", &case)).expect("accepted");
    assert_eq!((late.m().lamp(), late.m().order()), (Lamp::Red, Order::Urged), "what came before it was done stays");
    assert_eq!((in_time.replay(), late.replay()), (in_time.matter.clone(), late.matter.clone()));
}

#[test]
fn an_order_by_a_person_is_not_taken_back() {
    let mut case = to_be_told();
    case.does(SUPERVISOR, plain(E::Order));
    case.until(instant("2026-09-18 09:00"));
    case.tries(&Deed { done_at: Some(instant("2026-09-17 17:00")), ..Deed::new(COLLEAGUE, feedback(case.id, true)) }).expect("accepted");
    assert_eq!((case.m().order(), case.m().order_open), (Order::Ordered, true));
}

#[test]
fn a_new_cycle_begins_in_the_dark() {
    let mut case = in_hand();
    case.until(instant("2026-09-28 09:00"));
    case.does(HANDLER, result(minqing_core::model::Solved::No));
    case.does(LEAD, plain(E::Pass));
    case.does(COLLEAGUE, feedback(case.id, true));
    case.does(RESIDENT, plain(E::Reopen));
    assert_eq!((case.m().lamp(), case.m().order(), case.m().order_open), (Lamp::None, Order::None, false));
}

#[test]
fn a_text_is_made_public_by_two_and_stays_so_when_the_matter_closes() {
    let mut case = to_be_told();
    case.does(COLLEAGUE, feedback(case.id, true));
    assert_eq!(case.refuses(CLERK, plain(E::ShowPublic)), Why::NothingSuch);
    case.does(CLERK, plain(E::DraftPublic));
    assert_eq!(case.refuses(CLERK, plain(E::ApprovePublic)), Why::SamePerson);
    case.does(LEAD, plain(E::ApprovePublic));
    let due = case.calendar.due(case.now_ms, 10).due_ms;
    case.until(due);
    assert_eq!(case.state(), S::Closed);
    case.does(CLERK, plain(E::ShowPublic));
    let shown = |case: &Case| (case.m().publication.state, case.m().clocks.open(minqing_core::model::Clock::Publicity).is_some());
    assert_eq!(shown(&case), (PublicationState::Shown, true));
    // A rating that was given in time opens the window and closes the matter once more: the board does not care.
    let rating = Deed { done_at: Some(due - 1), ..Deed::new(COLLEAGUE, rate_with(case.id, RESIDENT.id, 5, false, true)) };
    case.tries(&rating).expect("done in time");
    assert_eq!((case.state(), shown(&case), case.replay()), (S::Closed, (PublicationState::Shown, true), case.matter.clone()));
    case.does(CLERK, plain(E::TakeDownPublic));
    assert_eq!(shown(&case), (PublicationState::TakenDown, false));
}

#[test]
fn what_a_supervisor_says_of_a_clock_lights_no_lamp() {
    let mut case = Case::registered("2026-09-14 09:00", Category::Environment);
    case.does(SUPERVISOR, alarm(E::Urge, K::Handling, case.now_ms));
    assert_eq!((case.m().lamp(), case.m().order()), (Lamp::None, Order::Urged));
}
