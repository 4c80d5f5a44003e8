//! T11–T13: one letter of all that is missing, papers that come in, and papers that do not.

use minqing_core::{
    Id,
    event::{Alarm, Said},
    model::{Category, Clock as K, EventCode as E, HandlingType as T, MatterOutcome, MatterState as S, RefusalCode as Why},
    pipeline::{Judgement, judge_timer},
};
use minqing_tests::line::{
    Case, Deed, instant,
    people::{CLERK, COLLEAGUE, HANDLER, LEAD, OFFICER, OTHER_HANDLER, SUPERVISOR, WATER},
    words::{accept, assign, need_papers, papers_in},
};

/// Signed by the department.
fn in_hand() -> Case {
    Case::in_hand("2026-09-14 09:00", Category::Relief, accept(T::Papers))
}

/// The letter is out, on 14 September; due on 12 October, for National Day lies between.
fn letter_out() -> Case {
    let mut case = in_hand();
    case.does(HANDLER, need_papers(&[0, 1, 2]));
    case
}

fn due(case: &Case, clock: K) -> i64 {
    case.m().clocks.get(clock).and_then(|k| k.due_ms(&case.calendar)).expect("a due date")
}

#[test]
fn papers_that_come_in_parts_from_two_officers_complete_the_letter() {
    let mut case = letter_out();
    case.does(OFFICER, papers_in(&[1]));
    case.does(COLLEAGUE, papers_in(&[1, 0]));
    assert_eq!(case.state(), S::Papers, "one is missing");
    assert_eq!(case.refuses(OFFICER, papers_in(&[7])), Why::NothingSuch);
    assert_eq!(case.refuses(OFFICER, papers_in(&[])), Why::NothingSuch);
    case.does(OFFICER, papers_in(&[2]));
    assert_eq!((case.state(), case.replay()), (S::Handling, case.matter.clone()));
}

#[test]
fn papers_lead_back_to_where_the_letter_was_written() {
    let mut accepted = Case::registered("2026-09-14 09:00", Category::Relief);
    accepted.does(CLERK, accept(T::Papers));
    let mut assigned = accepted.clone();
    assigned.does(CLERK, assign(WATER));
    for (mut case, state) in [(accepted, S::Accepted), (assigned, S::Assigned), (in_hand(), S::Handling)] {
        let left = |case: &Case| case.m().clocks.open(K::Sign).map(|k2| k2.allowance_ms(&case.calendar).unwrap_or(0) - k2.used_ms(case.now_ms, &case.calendar));
        let before = left(&case);
        case.does(CLERK, need_papers(&[0]));
        case.until(instant("2026-09-21 09:00"));
        case.does(OFFICER, papers_in(&[0]));
        assert_eq!((case.state(), left(&case)), (state, before), "a week of waiting for papers is nobody's");
    }
}

#[test]
fn papers_that_never_come_lapse_after_two_reminders_and_the_resident_is_told() {
    let mut case = letter_out();
    let lapse = due(&case, K::Papers);
    assert_eq!(lapse, instant("2026-10-10 17:30"), "15 working days, with the make-up days of 20 September and 10 October");
    let mut reminded = vec![];
    while let Some((at_ms, code)) = case.next_timer().filter(|_| case.state() == S::Papers) {
        assert!(code == E::PapersLapse || case.calendar.in_office_hours(at_ms));
        reminded.extend(case.until(at_ms));
    }
    assert_eq!((reminded, case.now_ms), (vec![E::Remind, E::Remind, E::PapersLapse], lapse));
    assert_eq!((case.state(), case.m().outcome), (S::Feedback, Some(MatterOutcome::Lapsed)));
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn a_lapse_waits_for_the_phones_that_carry_the_matter_two_working_days_at_most() {
    let mut case = letter_out();
    case.phones_heard = false;
    let lapse = due(&case, K::Papers);
    let latest = case.calendar.due(lapse, 2).due_ms;
    case.until(latest - 1);
    assert_eq!(case.state(), S::Papers);
    case.until(latest);
    assert_eq!(case.state(), S::Feedback);
}

#[test]
fn papers_ticked_in_time_and_received_late_take_the_lapse_back() {
    let mut case = letter_out();
    case.until(instant("2026-10-13 10:00"));
    assert_eq!(case.state(), S::Feedback);
    let late = |at: &str| Deed { done_at: Some(instant(at)), saw: Some(4), ..Deed::new(OFFICER, papers_in(&[0, 1, 2])) };
    let (why, _) = case.tries(&late("2026-10-10 17:31")).expect_err("done after the lapse");
    assert_eq!((why, case.state()), (Why::Overtaken, S::Feedback));
    case.tries(&late("2026-10-10 17:29")).expect("done in time");
    assert_eq!((case.state(), case.m().outcome), (S::Handling, None));
    assert!(case.m().clocks.open(K::Feedback).is_none() && case.m().clocks.open(K::Handling).is_some_and(|k3| !k3.is_paused()));
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn some_papers_in_time_take_the_lapse_back_and_the_rest_lapses_again() {
    let mut case = letter_out();
    case.until(instant("2026-10-13 10:00"));
    case.tries(&Deed { done_at: Some(instant("2026-10-09 10:00")), saw: Some(4), ..Deed::new(OFFICER, papers_in(&[0, 1])) }).expect("done in time");
    assert_eq!(case.state(), S::Papers);
    case.until(case.now_ms + 60_000);
    assert_eq!((case.state(), case.m().outcome), (S::Feedback, Some(MatterOutcome::Lapsed)), "it does not wait for ever");
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn one_letter_a_cycle_a_second_by_the_lead_a_third_by_the_supervisor_alone() {
    let mut case = in_hand();
    case.does(HANDLER, need_papers(&[0]));
    case.does(OFFICER, papers_in(&[0]));
    assert_eq!([HANDLER, CLERK].map(|who| case.refuses(who, need_papers(&[1]))), [Why::Bound; 2]);
    case.does(LEAD, need_papers(&[1]));
    case.does(OFFICER, papers_in(&[1]));
    assert_eq!([HANDLER, CLERK, LEAD].map(|who| case.refuses(who, need_papers(&[2]))), [Why::Bound; 3]);
    case.does(SUPERVISOR, need_papers(&[2]));
}

#[test]
fn a_letter_lists_each_paper_once_and_is_written_by_who_has_the_matter() {
    let mut case = in_hand();
    assert_eq!(case.refuses(HANDLER, need_papers(&[])), Why::Incomplete);
    assert_eq!(case.refuses(HANDLER, need_papers(&[1, 1])), Why::Incomplete);
    assert_eq!(case.refuses(OTHER_HANDLER, need_papers(&[1])), Why::OtherDepartment);
}

#[test]
fn nothing_lapses_before_its_time_nor_without_two_reminders() {
    let mut case = letter_out();
    let alarm = Alarm { clock: K::Papers, at_ms: due(&case, K::Papers) };
    let lapses = |case: &Case| {
        let timer = (Id([9; 16]), E::PapersLapse, Said::Alarm(alarm.clone()));
        matches!(judge_timer(case.m(), case.judged + 1, timer, &case.around()), Judgement::Accepted { .. })
    };
    case.now_ms = alarm.at_ms;
    assert!(!lapses(&case), "nobody was reminded");
    let mut reminded = letter_out();
    reminded.until(alarm.at_ms - 1);
    assert!(!lapses(&reminded), "it is not due");
    reminded.now_ms = alarm.at_ms;
    assert!(lapses(&reminded));
}
