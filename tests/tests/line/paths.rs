//! The five ways along the line, and where each of them ends.

use minqing_core::model::{Category, EventCode as E, HandlingType as T, MatterOutcome, MatterState as S, Solved};
use minqing_tests::line::{
    Case,
    people::{CLERK, COLLEAGUE, HANDLER, LEAD, OFFICER, RESIDENT},
    words::{accept, explain_refer, feedback, need_papers, papers_in, plain, rate, result, superior_answers},
};

const MONDAY: &str = "2026-09-14 09:00";

/// Accepted, assigned and signed.
fn in_hand(category: Category, handling: T) -> Case {
    Case::in_hand(MONDAY, category, accept(handling))
}

/// The result passes, the resident is told and rates.
fn told_and_rated(case: &mut Case) {
    case.does(HANDLER, result(Solved::Yes));
    case.does(LEAD, plain(E::Pass));
    rated(case);
}

fn rated(case: &mut Case) {
    assert_eq!(case.state(), S::Feedback);
    case.does(COLLEAGUE, feedback(case.id, true));
    assert_eq!(case.state(), S::FollowUp);
    case.does(RESIDENT, rate(case.id, RESIDENT, 5));
    assert_eq!((case.state(), case.replay()), (S::Closed, case.matter.clone()));
}

#[test]
fn an_immediate_matter_goes_1_2_5_20_21() {
    let mut case = Case::registered(MONDAY, Category::Utilities);
    case.does(OFFICER, accept(T::Immediate));
    case.does(OFFICER, plain(E::SolveOnSpot));
    rated(&mut case);
    assert_eq!((case.m().handling, case.m().outcome), (Some(T::Immediate), Some(MatterOutcome::Solved)));
}

#[test]
fn an_immediate_matter_that_nobody_rates_goes_1_5_20_24_and_is_closed_when_the_window_ends() {
    let mut case = Case::registered(MONDAY, Category::Utilities);
    case.does(CLERK, plain(E::SolveOnSpot));
    case.does(OFFICER, feedback(case.id, true));
    let due = case.calendar.due(case.now_ms, 10).due_ms;
    assert_eq!((case.until(due - 1), case.state()), (vec![], S::FollowUp));
    assert_eq!((case.until(due), case.state()), (vec![E::RatingWindowEnds], S::Closed));
    assert!(case.m().ratings.is_empty(), "what expired is no rating");
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn a_promised_matter_goes_1_2_7_8_17_18_20_21() {
    let mut case = in_hand(Category::Mediation, T::Promised);
    told_and_rated(&mut case);
    assert_eq!((case.m().handling, case.m().outcome), (Some(T::Promised), Some(MatterOutcome::Solved)));
}

#[test]
fn a_matter_that_lacks_papers_goes_as_a_promised_one_with_11_and_12() {
    let mut case = in_hand(Category::Relief, T::Papers);
    case.does(HANDLER, need_papers(&[0, 1]));
    assert_eq!(case.state(), S::Papers);
    case.does(CLERK, papers_in(&[0, 1]));
    assert_eq!(case.state(), S::Handling);
    told_and_rated(&mut case);
    assert_eq!((case.m().handling, case.m().outcome), (Some(T::Papers), Some(MatterOutcome::Solved)));
}

#[test]
fn an_escalated_matter_goes_1_2_7_8_14_15_17_18_20() {
    let mut case = in_hand(Category::Housing, T::Promised);
    case.does(HANDLER, plain(E::Escalate));
    assert_eq!((case.state(), case.m().handling), (S::Escalated, Some(T::Escalated)));
    case.does(LEAD, superior_answers(20_260_914));
    assert_eq!(case.state(), S::Answered);
    told_and_rated(&mut case);
}

#[test]
fn advice_goes_1_2_6_20() {
    let mut case = Case::registered(MONDAY, Category::Culture);
    case.does(CLERK, accept(T::Advice));
    case.does(CLERK, explain_refer());
    rated(&mut case);
    assert_eq!((case.m().handling, case.m().outcome), (Some(T::Advice), Some(MatterOutcome::ExplainedReferred)));
}
