//! Events with their verdicts, and facts, brought into the order in which they count.

use std::collections::BTreeMap;

use super::{Step, Times};
use crate::{
    Id,
    event::{Event, Fact, Said},
};

/// What a fold takes: one accepted thing after the other, by ordinal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// An event, or a timer.
    Step(Step),
    /// A timer is taken back.
    Undone(Id),
}

/// What was accepted of a matter's events and facts, by ordinal. Refused events are left out, and those of which only one half is here.
pub fn happened<'e>(events: impl IntoIterator<Item = &'e Event>, facts: impl IntoIterator<Item = Fact>) -> Vec<Happened> {
    let events: BTreeMap<Id, &Event> = events.into_iter().map(|event| (event.id, event)).collect();
    let mut all = BTreeMap::new();
    for fact in facts {
        if let Some((ordinal, next)) = accepted(&fact, &events) {
            all.insert(ordinal, next);
        }
    }
    all.into_values().collect()
}

fn accepted(fact: &Fact, events: &BTreeMap<Id, &Event>) -> Option<(u64, Happened)> {
    if let Some(verdict) = fact.verdict().filter(|v| v.refused.is_none()) {
        let started = verdict.started.unwrap_or_default();
        let times = Times { done_at: verdict.done_at, judged_ms: fact.server_ms, calendar: verdict.calendar, started };
        let step = Step::of(events.get(&verdict.event)?, verdict.ordinal, times).ok()?;
        return Some((verdict.ordinal, Happened::Step(step)));
    }
    if let Some(timer) = fact.timer() {
        let times = Times { done_at: fact.server_ms, judged_ms: fact.server_ms, calendar: timer.calendar, started: Vec::new() };
        let step = Step::by_system(fact.id, timer.ordinal, timer.code, Said::Alarm(timer.alarm), times);
        return Some((timer.ordinal, Happened::Step(step)));
    }
    fact.undone().map(|undone| (undone.ordinal, Happened::Undone(undone.timer)))
}
