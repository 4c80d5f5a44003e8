//! Property 2: only the transitions of the design's table fire, whoever tries what in whichever state; and each of them does fire.

use std::collections::{BTreeMap, BTreeSet};

use minqing_core::{
    Id,
    event::Said,
    model::{Category, Clock, EventCode as E, HandlingType, MatterState as S, Role, Solved},
    pipeline::{Around, Judgement, Matter, Task, judge_timer, timers},
};
use minqing_tests::line::{
    Case, Deed, MATTER,
    deeds::{Others, SECOND, moves, remarks},
    people::{CLERK, COLLEAGUE, EVERYBODY, HANDLER, LEAD, RESIDENT, ROADS, SUPERVISOR, SYSTEM, WATER},
    words::{accept, alarm, assign, extend, feedback, other, plain, refuse, register, result, second, superior_answers},
};

use super::{
    explored::STATES,
    rules::{RULES, Rule},
    wander::stories,
};

/// What the variants of a state do not change.
const MOVES: [E; 12] =
    [E::Accept, E::Assign, E::Transfer, E::NeedPapers, E::PapersIn, E::Sign, E::Return, E::Escalate, E::Result, E::Rate, E::Reopen, E::Feedback];

type Fired = (E, S, Role, S);

/// One of each kind of state, from all that can be reached in a few moves, and from long stories.
fn one_of_each() -> Vec<Case> {
    let mut some: BTreeMap<_, Case> = BTreeMap::new();
    let stories = [Category::Mediation, Category::Safety].into_iter().flat_map(|category| stories(category, 0..24));
    for case in STATES.iter().cloned().chain(stories) {
        let m = case.m();
        let proposed: Vec<_> = m.proposals.iter().map(|p| (p.code, p.payload.clone())).collect();
        let kind = (m.state, m.own_state(), m.back, m.assigned, m.handling, m.counts.reminders, proposed);
        some.entry(kind).or_insert(case);
    }
    some.into_values().collect()
}

/// The same with what can be said in every state: a text on its way to the public, an order, a task, a proposal, a follower.
fn variants(case: &Case, others: &Others) -> Vec<Case> {
    let d = |who, word| Deed::new(who, word);
    let publish = [d(CLERK, plain(E::DraftPublic)), d(LEAD, plain(E::ApprovePublic)), d(CLERK, plain(E::ShowPublic))];
    let follower = Deed { other: Some(others.member.clone()), ..d(CLERK, other(E::TakeIn, SECOND)) };
    let before = [d(HANDLER, extend(8)), d(RESIDENT, plain(E::Withdraw)), d(SUPERVISOR, plain(E::Order)), follower];
    let sequences = (1..=3).map(|n| publish[..n].to_vec()).chain(before.map(|deed| vec![deed]));
    let mut all: Vec<Case> = sequences
        .filter_map(|deeds| {
            let mut case = case.clone();
            deeds.iter().all(|deed| case.tries(deed).is_ok()).then_some(case)
        })
        .collect();
    let mut helped = case.clone();
    let task = Task { id: Id([220; 16]), to: ROADS, done: None, due: None };
    helped.matter.iter_mut().for_each(|m| m.tasks = vec![task.clone()]);
    all.push(helped);
    all
}

/// All that anybody has to say, each once.
fn everything(m: &Matter, others: &Others, which: impl Fn(E) -> bool) -> Vec<Deed> {
    let warn = Deed::new(SYSTEM, alarm(E::Warn, Clock::Handling, 0));
    let own: Vec<Deed> = moves(m, others).into_iter().chain(remarks(m)).chain([warn]).filter(|deed| which(deed.word.code)).collect();
    let mut words: Vec<&Deed> = Vec::new();
    for deed in &own {
        let named = |d: &Deed| d.other.as_ref().map(|m| (m.id, m.state));
        if !words.iter().any(|known| known.word == deed.word && named(known) == named(deed)) {
            words.push(deed);
        }
    }
    let theirs: Vec<Deed> = words.into_iter().flat_map(|deed| EVERYBODY.map(|who| Deed { who, ..deed.clone() })).collect();
    own.into_iter().chain(theirs).collect()
}

/// The longest way, step by step, each step also merged; masters that come to nothing, and one that has told all but its follower.
fn by_hand(category: Category, others: &Others) -> Vec<Case> {
    let steps = [
        (CLERK, accept(HandlingType::Escalated)),
        (CLERK, assign(WATER)),
        (HANDLER, plain(E::Sign)),
        (HANDLER, plain(E::Escalate)),
        (LEAD, superior_answers(20_260_914)),
        (HANDLER, result(Solved::Yes)),
        (LEAD, plain(E::Pass)),
        (COLLEAGUE, feedback(MATTER, true)),
    ];
    let mut all = vec![Case::registered("2026-09-14 09:00", category)];
    for (who, word) in steps {
        let mut next = all[all.len() - 1].clone();
        next.does(who, word);
        all.push(next);
    }
    let merge = Deed { other: Some(others.master.clone()), ..Deed::new(LEAD, other(E::Merge, SECOND)) };
    let followed = |case: &Case| {
        let mut case = case.clone();
        case.tries(&Deed { other: Some(others.member.clone()), ..Deed::new(CLERK, other(E::TakeIn, SECOND)) }).expect("taken in");
        case
    };
    let gone = [(CLERK, refuse()), (CLERK, plain(E::Void)), (RESIDENT, plain(E::Withdraw))].map(|(who, word)| {
        let mut case = followed(&all[0]);
        let proposed = case.does(who, word);
        if !case.state().is_terminal() {
            case.does(LEAD, second(E::Confirm, proposed));
        }
        case
    });
    let mut told = followed(&all[all.len() - 2]);
    told.does(COLLEAGUE, feedback(MATTER, true));
    let merged: Vec<Case> = all.iter().cloned().filter_map(|mut case| case.tries(&merge).is_ok().then_some(case)).collect();
    all.into_iter().chain(merged).chain(gone).chain([told]).collect()
}

/// What happens if everybody tries everything.
fn fired() -> BTreeSet<Fired> {
    let others = [Category::Mediation, Category::Safety].map(|category| (category, Others::of(category)));
    let mut fired = BTreeSet::new();
    let mut tries = |case: &Case, deeds: Vec<Deed>| {
        for deed in deeds {
            if let Judgement::Accepted { matter, .. } = case.judges(&deed) {
                fired.insert((deed.word.code, case.state(), deed.who.role, matter.state));
            }
        }
    };
    let mut by_itself = BTreeSet::new();
    let by_hand: Vec<Case> = others.iter().flat_map(|(category, others)| by_hand(*category, others)).collect();
    for case in one_of_each().into_iter().chain(by_hand) {
        let others = others.iter().find(|(category, _)| case.m().about.category == Some(*category)).map_or(&others[0].1, |(_, others)| others);
        tries(&case, everything(case.m(), others, |_| true));
        for variant in variants(&case, others) {
            tries(&variant, everything(variant.m(), others, |code| !MOVES.contains(&code)));
        }
        by_itself.extend(timers_fired(&case));
    }
    fired.extend(by_itself);
    fired
}

/// What the system does by itself.
fn timers_fired(case: &Case) -> BTreeSet<Fired> {
    let mut fired = BTreeSet::new();
    for timer in timers(case.m(), &case.calendar) {
        let said = (timer.id(case.m()), timer.code, Said::Alarm(timer.alarm.clone()));
        let around = Around { now_ms: timer.at_ms, ..case.around() };
        if let Judgement::Accepted { matter, .. } = judge_timer(case.m(), case.judged + 1, said, &around) {
            fired.insert((timer.code, case.state(), Role::System, matter.state));
        }
    }
    fired
}

fn allows(rule: &Rule, fired: &Fired) -> bool {
    rule.allows(fired.0, fired.1, fired.2, fired.3)
}

#[test]
fn property_02_only_the_transitions_of_the_table_fire_and_each_of_them_does() {
    let fired = fired();
    let wrong: Vec<_> = fired.iter().filter(|f| !RULES.iter().any(|rule| allows(rule, f))).collect();
    assert!(wrong.is_empty(), "not in the design: {wrong:#?}");

    let mut never = Vec::new();
    for rule in RULES {
        let mine: Vec<_> = fired.iter().filter(|f| allows(rule, f)).collect();
        let silent: Vec<_> = rule.from.iter().filter(|from| !mine.iter().any(|f| f.1 == **from)).collect();
        let idle: Vec<_> = rule.who.iter().filter(|who| !mine.iter().any(|f| f.2 == **who)).collect();
        let targets: BTreeSet<S> = rule.from.iter().flat_map(|from| rule.targets(*from)).collect();
        let missed: Vec<_> = targets.iter().filter(|to| !mine.iter().any(|f| f.3 == **to)).collect();
        if !(silent.is_empty() && idle.is_empty() && missed.is_empty()) {
            never.push(format!("{:?}: never from {silent:?}, never by {idle:?}, never to {missed:?}", rule.code));
        }
    }
    assert!(never.is_empty(), "in the design, and never seen: {never:#?}");
}

#[test]
fn nobody_registers_twice_and_only_three_roles_do() {
    for who in EVERYBODY {
        let mut case = Case::at("2026-09-14 09:00");
        let registered = case.tries(&Deed::new(who, register(Category::Mediation)));
        assert_eq!(registered.is_ok(), [Role::Resident, Role::Officer, Role::Clerk].contains(&who.role), "{:?}", who.role);
        if registered.is_ok() {
            case.refuses(who, register(Category::Mediation));
        }
    }
}
