//! What holds in every state that can be reached.

use std::collections::{BTreeMap, BTreeSet};

use minqing_core::{
    model::{Category, MatterOutcome, MatterState as S},
    pipeline::{Judgement, moves as offered},
};
use minqing_tests::line::{
    deeds::{Others, moves, remarks},
    finish::finish,
    laws,
};

use super::explored::{STATES, after};

#[test]
fn every_state_is_reached_and_each_is_legal() {
    let mut seen: BTreeMap<S, usize> = BTreeMap::new();
    for case in STATES.iter() {
        *seen.entry(case.state()).or_default() += 1;
        laws::legal(case.m()).unwrap_or_else(|law| panic!("{law}\n{:#?}", case.m()));
    }
    assert_eq!(seen.len(), S::ALL.len(), "{seen:?}");
    assert!(STATES.len() > 2_000, "{} states are too few to say anything", STATES.len());
}

#[test]
fn there_is_no_dead_end_and_an_end_stays_reachable() {
    let others = Others::of(Category::Mediation);
    for case in STATES.iter().step_by(3) {
        if case.state().is_terminal() {
            continue;
        }
        assert!(!after(case, &others).is_empty(), "nothing leads on from {:#?}", case.m());
        finish(&mut case.clone()).unwrap_or_else(|why| panic!("{why}"));
    }
}

#[test]
fn every_outcome_is_reached() {
    let outcomes: BTreeSet<_> = STATES.iter().filter_map(|case| case.m().outcome).collect();
    // What is solved in part, or not, is said by the result alone (papers.rs, superior.rs).
    assert!(BTreeSet::from([MatterOutcome::Solved, MatterOutcome::ExplainedReferred, MatterOutcome::Lapsed]).is_subset(&outcomes), "{outcomes:?}");
}

#[test]
fn what_is_accepted_was_offered() {
    let others = Others::of(Category::Mediation);
    for case in STATES.iter().step_by(5) {
        for deed in moves(case.m(), &others).into_iter().chain(remarks(case.m())) {
            if !matches!(case.judges(&deed), Judgement::Accepted { .. }) {
                continue;
            }
            let around = minqing_core::pipeline::Around { works_for: deed.who.works_for, other: deed.other.as_deref(), ..case.around() };
            let offers = offered(case.m(), deed.who.id, deed.who.role, &around);
            assert!(
                offers.iter().any(|m| m.code == deed.word.code),
                "{:?} by {:?} in {:?} is not among {offers:?}",
                deed.word.code,
                deed.who.role,
                case.state()
            );
        }
    }
}
