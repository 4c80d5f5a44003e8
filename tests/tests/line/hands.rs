//! Who has a matter: assigned, returned, given for good, passed on, put off, reviewed.

use minqing_core::{
    Id,
    clock::local_date,
    model::{Allowance, Category, Clock as K, EventCode as E, HandlingType as T, MatterOutcome, MatterState as S, RefusalCode as Why, Solved},
};
use minqing_tests::line::{
    Case, Deed, instant,
    people::{CLERK, CLERK_AS_LEAD, HANDLER, LEAD, OFFICER, OTHER_HANDLER, ROADS, SUPERVISOR, WATER, Who},
    words::{accept, accept_with, assign, co_assign, co_assign_until, end_task, extend, plain, result, second, transfer},
};

fn accepted() -> Case {
    let mut case = Case::registered("2026-09-14 09:00", Category::Environment);
    case.does(CLERK, accept(T::Promised));
    case
}

fn signed() -> Case {
    let mut case = accepted();
    case.does(CLERK, assign(WATER));
    case.does(HANDLER, plain(E::Sign));
    case
}

#[test]
fn after_two_returns_the_leads_assignment_is_final() {
    let mut case = accepted();
    let k3 = |case: &Case| case.m().clocks.open(K::Handling).map(|k3| k3.started_ms);
    case.does(CLERK, assign(WATER));
    let started = k3(&case);
    case.until(case.now_ms + 3_600_000);
    case.does(HANDLER, plain(E::Return));
    assert_eq!((case.state(), case.m().department), (S::Accepted, Some(WATER)), "the first answers for it until the next has signed");
    case.does(CLERK, assign(ROADS));
    assert_eq!(case.m().department, Some(WATER));
    case.does(OTHER_HANDLER, plain(E::Return));
    assert_eq!(case.refuses(CLERK, assign(WATER)), Why::Role, "now the lead decides");
    case.does(LEAD, assign(WATER));
    assert!(case.m().is_final);
    assert_eq!(case.refuses(HANDLER, plain(E::Return)), Why::Bound);
    assert_eq!(k3(&case), started, "K3 ran all the time");
    case.does(HANDLER, plain(E::Sign));
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn it_is_returned_only_while_the_time_for_signing_runs() {
    let mut case = accepted();
    case.does(CLERK, assign(WATER));
    case.until(instant("2026-09-15 17:30"));
    let mut late = case.clone();
    late.until(instant("2026-09-15 17:31"));
    assert_eq!(late.refuses(HANDLER, plain(E::Return)), Why::TooLate);
    case.does(HANDLER, plain(E::Return));
}

#[test]
fn a_department_acts_on_what_lies_with_it() {
    let mut case = accepted();
    case.does(CLERK, assign(WATER));
    assert_eq!([E::Sign, E::Return].map(|code| case.refuses(OTHER_HANDLER, plain(code))), [Why::OtherDepartment; 2]);
    assert_eq!(case.refuses(OFFICER, plain(E::Sign)), Why::OtherDepartment);
    case.does(HANDLER, plain(E::Sign));
    assert_eq!(case.refuses(OTHER_HANDLER, plain(E::Escalate)), Why::OtherDepartment);
    assert_eq!(case.refuses(OTHER_HANDLER, result(Solved::Yes)), Why::OtherDepartment);
    assert_eq!(case.refuses(OTHER_HANDLER, extend(1)), Why::OtherDepartment);
}

#[test]
fn the_first_department_answers_for_what_is_passed_on_until_the_next_has_signed() {
    let mut case = signed();
    assert_eq!(case.refuses(LEAD, transfer(WATER)), Why::Incomplete);
    case.does(LEAD, transfer(ROADS));
    assert_eq!((case.state(), case.m().department), (S::Assigned, Some(WATER)));
    case.does(OTHER_HANDLER, plain(E::Sign));
    assert_eq!((case.state(), case.m().department), (S::Handling, Some(ROADS)));
}

#[test]
fn a_part_for_another_department_is_no_state_of_the_matter() {
    let (mut case, task) = (signed(), Id([5; 16]));
    case.does(LEAD, co_assign(task, ROADS));
    assert_eq!(case.m().department, Some(WATER));
    assert_eq!(case.refuses(LEAD, end_task(Id([6; 16]))), Why::NothingSuch);
    case.does(HANDLER, result(Solved::Yes));
    case.does(OTHER_HANDLER, end_task(task));
    assert_eq!((case.state(), case.m().tasks[0].done), (S::Review, Some(true)));
    assert_eq!(case.refuses(OTHER_HANDLER, end_task(task)), Why::NothingSuch);
}

#[test]
fn a_deadline_is_put_off_by_two_persons_once_and_before_it_is_due() {
    let length = |case: &Case| case.m().clocks.open(K::Handling).and_then(|k3| k3.allowance);
    let confirm = |case: &mut Case, who: Who, asked: Id| case.tries(&Deed::new(who, second(E::Confirm, asked))).map_err(|(why, _)| why);
    let mut case = signed();
    let asked = case.does(HANDLER, extend(5));
    assert_eq!(length(&case), Some(Allowance::Days(5)), "proposed is not put off");
    assert_eq!(confirm(&mut case, CLERK, asked), Err(Why::Role));
    let same = Who { id: HANDLER.id, ..LEAD };
    assert_eq!(confirm(&mut case, same, asked), Err(Why::SamePerson));
    assert!(confirm(&mut case, LEAD, asked).is_ok());
    assert_eq!(length(&case), Some(Allowance::Days(10)));
    assert_eq!(case.refuses(HANDLER, extend(1)), Why::Bound);
    assert_eq!(case.replay(), case.matter);

    let mut long = signed();
    let asked = long.does(HANDLER, extend(6));
    assert_eq!(confirm(&mut long, LEAD, asked), Err(Why::Role), "more than five working days");
    assert!(confirm(&mut long, SUPERVISOR, asked).is_ok());

    let mut late = signed();
    assert_eq!(late.refuses(HANDLER, extend(0)), Why::Incomplete);
    late.until(instant("2026-09-20 17:30"));
    assert_eq!(late.refuses(HANDLER, extend(1)), Why::TooLate);
}

#[test]
fn a_declined_proposal_moves_nothing() {
    let mut case = signed();
    let asked = case.does(HANDLER, extend(5));
    case.does(LEAD, second(E::Decline, asked));
    assert_eq!(case.refuses(LEAD, second(E::Confirm, asked)), Why::NothingSuch);
    assert_eq!((case.m().counts.extensions, case.replay()), (0, case.matter.clone()));
}

#[test]
fn a_third_time_only_the_supervisor_sends_a_result_back() {
    let mut case = signed();
    for _ in 0..2 {
        case.does(HANDLER, result(Solved::No));
        case.does(LEAD, plain(E::SendBack));
        assert_eq!(case.state(), S::Handling);
    }
    case.does(HANDLER, result(Solved::No));
    assert_eq!(case.refuses(LEAD, plain(E::SendBack)), Why::Bound);
    let mut passed = case.clone();
    case.does(SUPERVISOR, plain(E::SendBack));
    passed.does(LEAD, plain(E::Pass));
    assert_eq!((passed.m().outcome, passed.m().clocks.open(K::Handling)), (Some(MatterOutcome::NotSolvedExplained), None));
}

#[test]
fn nobody_reviews_their_own_result() {
    let mut case = accepted();
    case.does(LEAD, assign(CLERK.id));
    let officer = Who { id: CLERK.id, ..OFFICER };
    case.does(officer, plain(E::Sign));
    case.does(officer, result(Solved::Yes));
    assert_eq!([E::Pass, E::SendBack].map(|code| case.refuses(CLERK_AS_LEAD, plain(code))), [Why::SamePerson; 2]);
}

#[test]
fn a_matter_may_get_another_type_wherever_it_is_handled() {
    let mut case = signed();
    case.does(HANDLER, plain(E::Escalate));
    case.does(CLERK, accept_with(T::Promised, Some(8), None, None));
    let k3 = case.m().clocks.open(K::Handling).expect("K3");
    assert_eq!((case.state(), k3.allowance, k3.is_paused()), (S::Escalated, Some(Allowance::Days(8)), true));
    assert_eq!(case.refuses(CLERK, accept(T::Immediate)), Why::Type);
    assert_eq!(case.refuses(CLERK, accept_with(T::Promised, None, None, None)), Why::Incomplete);
    assert_eq!(case.refuses(CLERK, accept_with(T::Promised, Some(0), None, None)), Why::Incomplete);
}

#[test]
fn a_part_is_due_with_the_whole_at_the_latest() {
    // Signed on Monday 14 September, five working days: due on Sunday the 20th, which counts.
    let mut case = signed();
    let due = case.m().clocks.open(K::Handling).and_then(|k3| k3.due_ms(&case.calendar)).map(local_date).unwrap();
    let number = |day: jiff::civil::Date| day.strftime("%Y%m%d").to_string().parse().unwrap();
    let part = |n: u8, day| co_assign_until(Id([n; 16]), ROADS, number(day));
    assert_eq!(case.refuses(LEAD, part(1, due.tomorrow().unwrap())), Why::TooLate);
    assert_eq!(case.refuses(LEAD, part(1, local_date(case.now_ms).yesterday().unwrap())), Why::Incomplete);
    assert_eq!(case.refuses(LEAD, co_assign_until(Id([1; 16]), ROADS, 20_261_301)), Why::Incomplete, "no day");
    case.does(LEAD, part(1, due));
    case.does(LEAD, part(2, local_date(case.now_ms)));
    assert_eq!(case.m().tasks.iter().map(|task| task.due).collect::<Vec<_>>(), [Some(number(due)), Some(number(local_date(case.now_ms)))]);
}
