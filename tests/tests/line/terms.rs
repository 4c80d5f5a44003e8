//! An office's own lengths of clocks: they stand in the verdict, and a replay needs nothing else.

use minqing_core::model::{Allowance, Category, Clock as K, EventCode as E, HandlingType as T, Started};
use minqing_tests::line::{
    Case,
    finish::finish,
    people::{CLERK, HANDLER, RESIDENT, WATER},
    words::{accept, accept_with, assign, plain},
};

fn own(clock: K, allowance: Allowance) -> Started {
    Started { clock, allowance }
}

#[test]
fn an_offices_own_lengths_stand_in_the_verdict_and_survive_a_replay() {
    let mut case = Case::at("2026-09-14 09:00");
    case.terms.clocks = vec![own(K::Accept, Allowance::Days(2)), own(K::Sign, Allowance::Hours(4))];
    case.terms.handling = vec![(Category::Relief, Allowance::Days(7))];
    case.does(CLERK, minqing_tests::line::words::register(Category::Relief));
    case.does(CLERK, accept(T::Papers));
    case.does(CLERK, assign(WATER));
    let told: Vec<Started> = case.facts.iter().filter_map(|f| f.verdict()).filter_map(|v| v.started).flatten().collect();
    for length in [own(K::Accept, Allowance::Days(2)), own(K::Sign, Allowance::Hours(4)), own(K::Handling, Allowance::Days(7))] {
        assert!(told.contains(&length), "{length:?} is in {told:?}");
        assert_eq!(case.m().clocks.get(length.clock).and_then(|k| k.allowance), Some(length.allowance));
    }
    // The office changes its mind: what was started stays as it was, and a phone without the office's settings agrees.
    case.terms = minqing_core::pipeline::Terms::RULES;
    assert_eq!(case.replay(), case.matter);
    case.does(HANDLER, plain(E::Sign));
    finish(&mut case).expect("an end");
    case.does(RESIDENT, plain(E::Reopen));
    assert_eq!(case.m().clocks.open(K::Handling).and_then(|k3| k3.allowance), Some(Allowance::Days(4)), "half of the seven it had first");
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn a_promise_is_kept_by_its_own_days_and_not_by_the_offices() {
    let mut case = Case::registered("2026-09-14 09:00", Category::Relief);
    case.terms.handling = vec![(Category::Relief, Allowance::Days(7))];
    case.does(CLERK, accept_with(T::Promised, Some(3), None, None));
    case.does(CLERK, assign(WATER));
    assert_eq!(case.m().clocks.open(K::Handling).and_then(|k3| k3.allowance), Some(Allowance::Days(3)));
    assert_eq!(case.replay(), case.matter);
}

#[test]
fn by_the_rules_every_category_has_its_time() {
    let days = |category| match category {
        Category::Safety => Allowance::Days(1),
        Category::Utilities => Allowance::Hours(24),
        Category::Sanitation => Allowance::Days(2),
        Category::Mediation | Category::Environment | Category::Health | Category::Culture => Allowance::Days(5),
        Category::Enlistment | Category::OldAgeAllowance | Category::Employment => Allowance::Days(5),
        Category::Relief | Category::Family | Category::Servicemen | Category::Care => Allowance::Days(10),
        Category::Housing => Allowance::Days(15),
    };
    for category in Category::ALL {
        let mut case = Case::registered("2026-09-14 09:00", *category);
        case.does(CLERK, accept(T::Papers));
        case.does(CLERK, assign(WATER));
        assert_eq!(case.m().clocks.open(K::Handling).and_then(|k3| k3.allowance), Some(days(*category)), "{category:?}");
        assert!(case.facts.iter().filter_map(|f| f.verdict()).all(|v| v.started.is_none()), "nothing that the rules say anyway");
    }
}
