//! The fold: what was accepted is applied, and nothing is asked again.

use std::collections::BTreeMap;

use super::{Appointment, Step, judge::row};
use crate::{
    Id,
    event::{Event, Fact},
};

/// What was accepted of an appointment's events, by ordinal. Refused events are left out, and those without a verdict.
pub fn happened<'e>(events: impl IntoIterator<Item = &'e Event>, facts: impl IntoIterator<Item = Fact>) -> Vec<Step> {
    let events: BTreeMap<Id, &Event> = events.into_iter().map(|event| (event.id, event)).collect();
    let accepted = facts.into_iter().filter_map(|fact| {
        let verdict = fact.verdict().filter(|verdict| verdict.refused.is_none())?;
        Some((verdict.ordinal, Step::of(events.get(&verdict.event)?, verdict.ordinal, verdict.done_at).ok()?))
    });
    accepted.collect::<BTreeMap<u64, Step>>().into_values().collect()
}

impl Appointment {
    /// Folds what was accepted, by ordinal; `None` until there is a request. What no row of this version's table covers is left out.
    pub fn fold<'s>(id: Id, steps: impl IntoIterator<Item = &'s Step>) -> Option<Self> {
        steps.into_iter().fold(None, |before, step| {
            let next = row(before.as_ref(), step).ok().and_then(|row| Some(Self::before(before.as_ref(), id, step)?.moved_by(row, step)));
            next.or(before)
        })
    }
}
