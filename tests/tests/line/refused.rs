//! What is refused, withdrawn and made void.

use minqing_core::model::{Category, Clock as K, EventCode as E, HandlingType as T, MatterState as S, RefusalCode as Why};
use minqing_tests::line::{
    Case,
    people::{CLERK, CLERK_AS_LEAD, HANDLER, LEAD, OTHER_CLERK, RESIDENT, SUPERVISOR, WATER},
    words::{accept, accept_with, assign, plain, refuse, second},
};

fn registered() -> Case {
    Case::registered("2026-09-14 09:00", Category::Mediation)
}

#[test]
fn a_refusal_takes_two_persons_and_one_appeal_goes_to_the_lead() {
    let mut case = registered();
    let proposed = case.does(CLERK, refuse());
    assert_eq!(case.state(), S::Registered, "proposed is not refused");
    assert_eq!(case.refuses(CLERK_AS_LEAD, second(E::Confirm, proposed)), Why::SamePerson);
    assert_eq!(case.refuses(OTHER_CLERK, second(E::Confirm, proposed)), Why::Role);
    case.does(LEAD, second(E::Confirm, proposed));
    assert_eq!(case.state(), S::Refused);
    case.until(case.now_ms + 86_400_000);
    case.does(RESIDENT, plain(E::Appeal));
    assert_eq!((case.state(), case.m().clocks.open(K::Accept).map(|k1| k1.started_ms)), (S::Registered, Some(case.now_ms)));
    assert_eq!(case.refuses(CLERK, accept(T::Promised)), Why::Role, "it goes to the lead");
    let mut again = case.clone();
    let proposed = again.does(CLERK, refuse());
    again.does(LEAD, second(E::Confirm, proposed));
    assert_eq!(again.refuses(RESIDENT, plain(E::Appeal)), Why::Bound);
    case.does(LEAD, accept(T::Promised));
    assert_eq!(case.replay(), case.matter);
    assert_eq!(again.replay(), again.matter);
}

#[test]
fn a_proposal_for_a_state_that_is_over_is_moot() {
    let mut case = registered();
    let proposed = case.does(CLERK, refuse());
    case.does(OTHER_CLERK, accept(T::Promised));
    assert_eq!(case.refuses(LEAD, second(E::Confirm, proposed)), Why::NothingSuch);
}

#[test]
fn a_matter_is_made_void_by_two_persons_before_it_is_given_away() {
    let mut case = registered();
    case.does(CLERK, accept(T::Promised));
    let proposed = case.does(CLERK, plain(E::Void));
    assert_eq!(case.refuses(CLERK_AS_LEAD, second(E::Confirm, proposed)), Why::SamePerson);
    let mut gone = case.clone();
    gone.does(LEAD, second(E::Confirm, proposed));
    assert_eq!((gone.state(), gone.replay()), (S::Void, gone.matter.clone()));
    case.does(CLERK, assign(WATER));
    assert_eq!(case.refuses(CLERK, plain(E::Void)), Why::NotAllowed);
}

#[test]
fn a_resident_withdraws_alone_but_not_a_matter_of_safety() {
    let mut case = registered();
    case.does(RESIDENT, plain(E::Withdraw));
    assert_eq!(case.state(), S::Withdrawn);

    let mut safety = Case::registered("2026-09-14 09:00", Category::Safety);
    let asked = safety.does(RESIDENT, plain(E::Withdraw));
    assert_eq!(safety.state(), S::Registered);
    assert_eq!(safety.refuses(SUPERVISOR, second(E::Confirm, asked)), Why::Role);
    safety.does(LEAD, second(E::Confirm, asked));
    assert_eq!((safety.state(), safety.replay()), (S::Withdrawn, safety.matter.clone()));
}

#[test]
fn what_turns_out_to_be_about_safety_is_withdrawn_by_two() {
    let mut case = registered();
    case.does(CLERK, accept_with(T::Escalated, None, None, Some(Category::Safety)));
    case.does(RESIDENT, plain(E::Withdraw));
    assert_eq!((case.state(), case.m().proposals.len()), (S::Accepted, 1));
    case.does(CLERK, assign(WATER));
    case.does(HANDLER, plain(E::Sign));
    assert!(case.m().proposals.is_empty());
}
