//! Guards that no story runs into, each by itself.

use minqing_core::{
    calendar::Calendar,
    event::{Alarm, Said},
    model::{Category, Clock as K, EventCode as E, HandlingType as T, MatterState as S, RefusalCode as Why},
    pipeline::{Judgement, judge_timer},
};
use minqing_tests::line::{
    Case, MATTER,
    people::{CLERK, HANDLER, LEAD, OFFICER, RESIDENT, WATER},
    words::{Word, accept, assign, feedback, need_papers, papers_in, plain, rate, register, result},
};

fn accepted(handling: T) -> Case {
    let mut case = Case::registered("2026-09-14 09:00", Category::Relief);
    case.does(CLERK, accept(handling));
    case
}

#[test]
fn a_registration_of_codes_nobody_knows_is_refused() {
    let good = register(Category::Relief);
    let Some(Said::Register(said)) = Said::read(good.code, &good.payload) else { panic!("a registration") };
    for wrong in [
        Said::Register(minqing_core::event::Register { kind: 99, ..said.clone() }),
        Said::Register(minqing_core::event::Register { channel: 0, ..said.clone() }),
        Said::Register(minqing_core::event::Register { category: 99, ..said.clone() }),
        Said::Register(minqing_core::event::Register { affected: 99, ..said.clone() }),
        Said::Register(minqing_core::event::Register { code: "short".into(), ..said.clone() }),
    ] {
        let word = Word { code: E::Register, payload: wrong.encode() };
        assert_eq!(Case::at("2026-09-14 09:00").refuses(OFFICER, word), Why::UnknownCode, "{wrong:?}");
    }
}

#[test]
fn what_was_promised_is_not_settled_on_the_spot() {
    assert_eq!(accepted(T::Promised).refuses(CLERK, plain(E::SolveOnSpot)), Why::Type);
    accepted(T::Immediate).does(CLERK, plain(E::SolveOnSpot));
}

#[test]
fn no_papers_are_asked_for_on_the_spot_or_for_advice() {
    for handling in [T::Immediate, T::Advice] {
        assert_eq!(accepted(handling).refuses(CLERK, need_papers(&[0])), Why::Type);
    }
}

#[test]
fn nothing_lapses_before_its_time_or_without_two_reminders() {
    let mut case = accepted(T::Papers);
    case.does(CLERK, need_papers(&[0]));
    let due = case.m().clocks.get(K::Papers).and_then(|k4| k4.due_ms(Calendar::shipped())).unwrap();
    let lapses = |case: &Case, now_ms: i64| {
        let said = Said::Alarm(Alarm { clock: K::Papers, at_ms: due });
        let around = minqing_core::pipeline::Around { now_ms, ..case.around() };
        matches!(judge_timer(case.m(), case.judged + 1, (MATTER, E::PapersLapse, said), &around), Judgement::Accepted { .. })
    };
    assert!(!lapses(&case, due), "nobody was reminded");
    case.until(due - 1);
    assert_eq!(case.m().counts.reminders, 2);
    assert!(!lapses(&case, due - 1) && lapses(&case, due));
}

#[test]
fn what_is_not_shown_is_not_taken_down() {
    let mut case = accepted(T::Promised);
    assert_eq!(case.refuses(CLERK, plain(E::TakeDownPublic)), Why::NothingSuch);
    case.does(CLERK, plain(E::DraftPublic));
    case.does(LEAD, plain(E::ApprovePublic));
    assert_eq!(case.refuses(CLERK, plain(E::TakeDownPublic)), Why::NothingSuch);
    case.does(CLERK, plain(E::ShowPublic));
    case.does(CLERK, plain(E::TakeDownPublic));
}

#[test]
fn a_new_result_is_told_anew() {
    let mut case = accepted(T::Promised);
    case.does(CLERK, assign(WATER));
    case.does(HANDLER, plain(E::Sign));
    for cycle in 1..=2 {
        assert_eq!(case.m().cycle, cycle);
        case.does(HANDLER, result(minqing_core::model::Solved::Yes));
        case.does(LEAD, plain(E::Pass));
        assert_eq!((case.state(), case.m().told.len()), (S::Feedback, 0), "nobody was told of this one");
        case.does(OFFICER, feedback(MATTER, true));
        if cycle == 1 {
            case.does(RESIDENT, rate(MATTER, RESIDENT, 1));
        }
    }
}

#[test]
fn the_time_to_sign_goes_on_when_the_papers_are_in() {
    let mut case = accepted(T::Papers);
    case.does(CLERK, assign(WATER));
    case.does(CLERK, need_papers(&[0]));
    assert!(case.m().clocks.open(K::Sign).unwrap().is_paused());
    case.does(OFFICER, papers_in(&[0]));
    assert!(!case.m().clocks.open(K::Sign).unwrap().is_paused());
    assert!(case.m().clocks.open(K::Sign).unwrap().due_ms(Calendar::shipped()).is_some());
}
