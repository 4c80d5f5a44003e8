//! T20 and T21: told, then rated. Property 8: one rating for each token and cycle, none by staff, and none is lost.

use minqing_core::model::{Category, EventCode as E, FeedbackWay, HandlingType as T, MatterState as S, RefusalCode as Why};
use minqing_tests::line::{
    Case,
    finish::finish,
    people::{CLERK, COLLEAGUE, LEAD, NEIGHBOUR, OFFICER, RESIDENT, WATER, Who},
    words::{accept, assign, feedback, feedback_by, plain, rate, rate_with},
};

fn at_feedback() -> Case {
    let mut case = Case::registered("2026-09-14 09:00", Category::Utilities);
    case.does(CLERK, plain(E::SolveOnSpot));
    case
}

fn told() -> Case {
    let mut case = at_feedback();
    case.does(COLLEAGUE, feedback(case.id, true));
    case
}

fn told_after_work() -> Case {
    let mut case = Case::registered("2026-09-14 09:00", Category::Utilities);
    case.does(CLERK, accept(T::Promised));
    case.does(CLERK, assign(WATER));
    finish(&mut case).expect("an end");
    case.does(LEAD, plain(E::Reopen));
    while case.state() != S::FollowUp {
        let next = minqing_tests::line::finish::next(&case).expect("a move");
        case.does(next.who, next.word);
    }
    case
}

#[test]
fn property_08_a_resident_rates_once_a_cycle_and_staff_never() {
    let mut case = told();
    let (of, stars) = (case.id, 4);
    assert_eq!(case.refuses(NEIGHBOUR, rate(of, RESIDENT, stars)), Why::Role, "with another one's token");
    assert_eq!(case.refuses(OFFICER, rate(of, RESIDENT, stars)), Why::Role, "by staff, and not said to be assisted");
    assert_eq!(case.refuses(OFFICER, rate_with(of, OFFICER.id, stars, false, true)), Why::Role, "an officer's own id is no token");
    for who in [CLERK, LEAD, minqing_tests::line::people::SUPERVISOR, minqing_tests::line::people::HANDLER] {
        assert_eq!(case.refuses(who, rate(of, who, stars)), Why::Role);
    }
    assert_eq!([0, 6].map(|stars| case.refuses(RESIDENT, rate(of, RESIDENT, stars))), [Why::Incomplete; 2]);
    let before = case.clone();
    case.does(RESIDENT, rate(of, RESIDENT, stars));
    assert_eq!(case.state(), S::Closed);
    // With the whole cluster not yet through, a second one is told why.
    let mut two = before;
    two.matter.as_mut().expect("a matter").members.push(minqing_tests::line::deeds::SECOND);
    two.does(RESIDENT, rate(of, RESIDENT, stars));
    assert_eq!(two.refuses(RESIDENT, rate(of, RESIDENT, 5)), Why::AlreadyRated);
    assert_eq!(two.refuses(NEIGHBOUR, rate(of, NEIGHBOUR, 5)), Why::AlreadyRated, "for the same matter");
}

#[test]
fn a_rating_with_an_officers_phone_is_marked_assisted() {
    let mut case = told();
    case.does(OFFICER, rate_with(case.id, RESIDENT.id, 5, false, true));
    assert!(case.m().ratings[0].assisted);
}

#[test]
fn two_stars_take_it_up_once_more_unless_the_resident_accepts() {
    let (mut unhappy, mut accepts) = (told_after_work(), told_after_work());
    unhappy.does(RESIDENT, rate(unhappy.id, RESIDENT, 2));
    assert_eq!((unhappy.state(), unhappy.m().cycle, unhappy.m().ratings.len()), (S::Handling, 3, 1));
    accepts.does(RESIDENT, rate_with(accepts.id, RESIDENT.id, 2, true, false));
    assert_eq!((accepts.state(), accepts.m().cycle), (S::Closed, 2));
    let mut three = told_after_work();
    three.does(RESIDENT, rate(three.id, RESIDENT, 3));
    assert_eq!(three.state(), S::Closed);
}

#[test]
fn ratings_are_kept_through_reopening_and_replay_and_no_third_time_by_stars() {
    let mut case = told_after_work();
    for n in 1..=2 {
        case.does(RESIDENT, rate(case.id, RESIDENT, 1));
        assert_eq!((case.state(), case.m().ratings.len()), (S::Handling, n));
        while case.state() != S::FollowUp {
            let next = minqing_tests::line::finish::next(&case).expect("a move");
            case.does(next.who, next.word);
        }
    }
    case.does(RESIDENT, rate(case.id, RESIDENT, 1));
    assert_eq!((case.state(), case.m().counts.reopened), (S::Closed, 2), "the supervisor decides about more");
    assert_eq!(case.m().ratings.iter().map(|r| (r.cycle, r.stars)).collect::<Vec<_>>(), [(2, 1), (3, 1), (4, 1)]);
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn a_late_rating_done_in_time_opens_what_the_window_closed() {
    let mut case = told_after_work();
    let due = case.calendar.due(case.now_ms, 10).due_ms;
    case.until(due + 86_400_000);
    assert_eq!(case.state(), S::Closed);
    let late = |done_at| minqing_tests::line::Deed {
        done_at: Some(done_at),
        ..minqing_tests::line::Deed::new(OFFICER, rate_with(case.id, RESIDENT.id, 5, false, true))
    };
    let (in_time, too_late) = (late(due - 1), late(due));
    assert_eq!(case.tries(&too_late).map_err(|(why, _)| why), Err(Why::NotAllowed));
    case.tries(&in_time).expect("done in time");
    assert_eq!((case.state(), case.m().ratings.len(), case.replay()), (S::Closed, 1, case.matter.clone()));
}

#[test]
fn a_late_word_that_opens_the_window_again_does_not_leave_it_open() {
    let mut case = told();
    let due = case.calendar.due(case.now_ms, 10).due_ms;
    case.until(due);
    let note = minqing_tests::line::Deed { done_at: Some(due - 60_000), ..minqing_tests::line::Deed::new(OFFICER, plain(E::Note)) };
    case.tries(&note).expect("done while it was open");
    case.until(due + 60_000);
    assert_eq!((case.state(), case.replay()), (S::Closed, case.matter.clone()));
}

#[test]
fn property_07_nobody_is_followed_up_who_was_not_told_or_tried_three_times() {
    let mut case = at_feedback();
    for _ in 0..2 {
        case.does(OFFICER, feedback(case.id, false));
        assert_eq!(case.state(), S::Feedback);
    }
    assert_eq!(case.refuses(OFFICER, feedback(minqing_tests::line::deeds::SECOND, true)), Why::OtherMatter);
    case.does(COLLEAGUE, feedback(case.id, false));
    assert_eq!(case.state(), S::FollowUp);
}

#[test]
fn a_board_tells_nobody_in_person() {
    let mut case = at_feedback();
    for way in [FeedbackWay::Fixed, FeedbackWay::Collective] {
        assert_eq!(case.refuses(OFFICER, feedback_by(case.id, true, way)), Why::Incomplete, "a publication is no feedback");
    }
    let ways = [FeedbackWay::Individual, FeedbackWay::Dispersed, FeedbackWay::Appointment, FeedbackWay::SpecialReply];
    for way in ways {
        let mut told = case.clone();
        told.does(OFFICER, feedback_by(told.id, true, way));
        assert_eq!(told.state(), S::FollowUp);
    }
}

#[test]
fn whoever_rates_is_somebody_and_not_the_office() {
    let nobody = Who { id: minqing_core::Id([0; 16]), ..RESIDENT };
    let mut case = told();
    assert_eq!(case.refuses(nobody, rate(case.id, RESIDENT, 5)), Why::Role);
}
