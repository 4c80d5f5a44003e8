//! T1, T2 and where each type may go from there.

use minqing_core::{
    event::{Register, Said},
    frame::to_cbor,
    model::{Category, EventCode as E, HandlingType as T, MatterState as S, RefusalCode as Why},
};
use minqing_tests::line::{
    Case, Deed,
    people::{CLERK, LEAD, OFFICER, WATER},
    words::{Word, accept, accept_with, assign, explain_refer, need_papers, plain, register},
};

fn accepted(handling: T) -> Case {
    let mut case = Case::registered("2026-09-14 09:00", Category::Culture);
    case.does(CLERK, accept(handling));
    case
}

#[test]
fn a_registration_of_codes_that_nobody_knows_waits_for_a_newer_version() {
    let Some(Said::Register(known)) = Said::read(E::Register, &register(Category::Care).payload) else { panic!("a registration") };
    let wrong = [
        Register { kind: 99, ..known.clone() },
        Register { channel: 99, ..known.clone() },
        Register { category: 99, ..known.clone() },
        Register { affected: 99, ..known.clone() },
        Register { code: "7K3M".into(), ..known.clone() },
        Register { code: "7k3m9qxt".into(), ..known.clone() },
    ];
    for said in wrong {
        let word = Word { code: E::Register, payload: to_cbor(&said) };
        let refused = Case::at("2026-09-14 09:00").tries(&Deed::new(OFFICER, word));
        assert_eq!(refused.map_err(|(why, _)| why), Err(Why::UnknownCode), "{said:?}");
    }
}

#[test]
fn an_officer_accepts_only_what_is_settled_on_the_spot() {
    let mut case = Case::registered("2026-09-14 09:00", Category::Utilities);
    for handling in [T::Promised, T::Papers, T::Escalated, T::Advice] {
        assert_eq!(case.refuses(OFFICER, accept(handling)), Why::Role);
    }
    case.does(OFFICER, accept(T::Immediate));
}

#[test]
fn a_promise_has_a_deadline_and_advice_a_place_to_go_to() {
    let mut case = Case::registered("2026-09-14 09:00", Category::Culture);
    assert_eq!(case.refuses(CLERK, accept_with(T::Promised, None, None, None)), Why::Incomplete);
    assert_eq!(case.refuses(CLERK, accept_with(T::Advice, None, None, None)), Why::Incomplete);
}

#[test]
fn each_type_goes_its_own_way() {
    for handling in T::ALL.iter().copied() {
        let immediate = handling == T::Immediate;
        let advice = handling == T::Advice;
        let ways = [(OFFICER, plain(E::SolveOnSpot), immediate), (CLERK, explain_refer(), advice), (LEAD, assign(WATER), !immediate && !advice)];
        for (who, word, may) in ways.into_iter().chain([(CLERK, need_papers(&[0]), !immediate && !advice)]) {
            let mut case = accepted(handling);
            let tried = case.tries(&Deed::new(who, word.clone())).map(drop).map_err(|(why, _)| why);
            assert_eq!(tried, if may { Ok(()) } else { Err(Why::Type) }, "{:?} of {handling:?}", word.code);
            assert_eq!(case.state() == S::Accepted, !may);
        }
    }
}
