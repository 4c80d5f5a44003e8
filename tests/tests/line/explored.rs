//! Every state that a matter can be in after so many moves, breadth first; two states that differ only in ids and times are one.

use std::{collections::HashSet, fmt::Write as _, sync::LazyLock};

use minqing_core::{
    model::Category,
    pipeline::{Judgement, Matter},
};
use minqing_tests::line::{
    Case,
    deeds::{Others, moves},
};

/// How many moves after the registration.
const DEPTH: usize = 7;
/// The states that are looked at; those that are found later are left out.
const MOST: usize = 2_400;

/// The states that were found, the nearest first.
pub static STATES: LazyLock<Vec<Case>> = LazyLock::new(explore);

fn explore() -> Vec<Case> {
    let others = Others::of(Category::Mediation);
    let mut found = vec![bare(&Case::registered("2026-09-14 09:00", Category::Mediation))];
    let mut known: HashSet<String> = found.iter().map(|case| shape(case.m())).collect();
    let mut from = 0;
    for _ in 0..DEPTH {
        let level = from..found.len();
        from = found.len();
        for i in level {
            for next in after(&found[i], &others) {
                if found.len() < MOST && next.m().cycle <= 2 && known.insert(shape(next.m())) {
                    found.push(next);
                }
            }
        }
    }
    found
}

/// What can come next: every move that is accepted, and the next timer.
pub fn after(case: &Case, others: &Others) -> Vec<Case> {
    let mut all = Vec::new();
    for deed in moves(case.m(), others) {
        if let Judgement::Accepted { matter, ordinal, .. } = case.judges(&deed) {
            all.push(Case { matter: Some(*matter), judged: ordinal, now_ms: case.now_ms + 60_000, ..bare(case) });
        }
    }
    if let Some((at_ms, _)) = case.next_timer() {
        let mut later = bare(case);
        later.until(at_ms);
        all.push(bare(&later));
    }
    all
}

/// Without its history.
fn bare(case: &Case) -> Case {
    Case { events: Vec::new(), facts: Vec::new(), ..case.clone() }
}

/// A matter without ids, times and ordinals.
pub fn shape(m: &Matter) -> String {
    let mut text = format!("{:?} {:?} {:?} {} {:?} {:?}", m.state, m.own_state(), m.handling, m.cycle, m.first_handling, m.department.is_some());
    let proposals: Vec<_> = m.proposals.iter().map(|p| (p.code, p.role)).collect();
    let ratings: Vec<_> = m.ratings.iter().map(|r| (r.of, r.cycle, r.stars <= 2)).collect();
    let told: Vec<_> = m.told.iter().map(|t| (t.of, t.reached, t.tries.min(3))).collect();
    let back = m.back.filter(|_| m.handling.is_some());
    let _ = write!(text, "{:?} {} {back:?} {:?} {:?} {:?}", m.assigned, m.is_final, m.members, m.counts, m.papers);
    let _ = write!(text, "{:?} {:?} {ratings:?} {told:?} {proposals:?}", m.outcome, m.result.as_ref().map(|r| r.author));
    let _ = write!(text, "{:?} {:?} {}", m.lamp(), m.order(), m.undo.is_some());
    for k in m.clocks.iter() {
        let _ = write!(text, "{:?} {:?} {} {}", k.clock, k.allowance, k.is_paused(), k.ended.is_some());
    }
    text
}
