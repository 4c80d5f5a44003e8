//! Matters that follow one (并案): what happens to one of them and concerns another happens to both, or to neither.
//!
//! Both sides say the same at any time: a member names its master, and the master counts it. A cluster has depth 1: who follows is not
//! followed, and who is followed does not follow. Where a master comes to nothing, the oldest of those that follow it takes its place.

use std::collections::{BTreeMap, VecDeque};

use minqing_core::{
    Id,
    clock::At,
    event::{Event, Other, Said, Tell},
    model::{Clock, EventCode, MatterState, RefusalCode, Role},
    pipeline::{Around, Judgement, Matter, SYSTEM, TABLE, judge},
};

use super::verdict::Case;
use crate::{
    storage::{Result, log::KeptMatter},
    sync::Applying,
};

/// An event that another one brings with it, accepted and in no log yet.
pub(super) struct Beside {
    /// The matter to which it happens.
    pub(super) matter: Id,
    /// The event.
    pub(super) event: Event,
    /// What it makes of it.
    pub(super) judgement: Judgement,
}

/// Something that has to happen to a matter.
struct Next {
    matter: Id,
    code: EventCode,
    /// The other matter, or what was told.
    about: Id,
    /// Whose deed it is, where that role may do it; else it is the system's.
    by: (Id, Role),
}

/// Matters as they are while nothing is written.
struct Cluster {
    /// With the last ordinal of each.
    known: BTreeMap<Id, (Matter, u64)>,
}

/// What an accepted event brings with it, in order; the code of the refusal where one of the others refuses it.
pub(super) fn besides(
    a: &mut Applying<'_>,
    kept: &KeptMatter,
    case: &Case<'_>,
    judgement: &Judgement,
) -> Result<std::result::Result<Vec<Beside>, RefusalCode>> {
    let (Some(before), Judgement::Accepted { matter, ordinal, .. }) = (&kept.matter, judgement) else { return Ok(Ok(Vec::new())) };
    let mut cluster = Cluster { known: BTreeMap::new() };
    if !concerns_others(before, matter) {
        return Ok(Ok(Vec::new()));
    }
    cluster.known.insert(case.id, ((**matter).clone(), *ordinal));
    let mut queue = VecDeque::from(cluster.after(a, kept, (before, matter), case.event)?);
    let mut done = Vec::new();
    while let Some(next) = queue.pop_front() {
        let Some((before, judged)) = cluster.matter(a, kept, next.matter)?.filter(|(m, _)| next.is_open(m)) else { continue };
        let event = next.event(a, &before, judged);
        let other = cluster.matter(a, kept, next.about)?.map(|(m, _)| m);
        let around = Around { id: next.matter, calendar: &a.rules.calendar, terms: &a.rules.terms, works_for: &[], other: other.as_ref(), now_ms: a.now_ms };
        let judgement = judge(Some(&before), judged + 1, &event, case.done_at, &around);
        match &judgement {
            Judgement::Accepted { matter, ordinal, .. } => {
                cluster.known.insert(next.matter, ((**matter).clone(), *ordinal));
                queue.extend(cluster.after(a, kept, (&before, matter), &event)?);
                done.push(Beside { matter: next.matter, event, judgement });
            }
            // Who does not fit the new master, as with another category, goes on alone.
            Judgement::Refused { .. } if next.code == EventCode::Merge => queue.extend(leaves(&before)),
            Judgement::Refused { code, .. } => return Ok(Err(*code)),
        }
    }
    Ok(Ok(done))
}

/// Whether a step says anything of other matters.
fn concerns_others(before: &Matter, after: &Matter) -> bool {
    before.merged != after.merged || before.members != after.members || !after.members.is_empty() || before.told != after.told
}

impl Cluster {
    /// A matter as it is by now, with its last ordinal; nothing for one in another place.
    fn matter(&self, a: &mut Applying<'_>, kept: &KeptMatter, id: Id) -> Result<Option<(Matter, u64)>> {
        if let Some(known) = self.known.get(&id) {
            return Ok(Some(known.clone()));
        }
        let here = a.unit.matter(id)?.filter(|other| other.stream == kept.stream);
        Ok(here.and_then(|other| Some((other.matter?, other.judged))))
    }

    /// What has to happen to other matters after a step of one.
    fn after(&self, a: &mut Applying<'_>, kept: &KeptMatter, (before, after): (&Matter, &Matter), event: &Event) -> Result<Vec<Next>> {
        let by = (event.by, Role::from_number(event.role).unwrap_or(Role::System));
        let (old, new) = (master(before), master(after));
        let mut next = Vec::new();
        if old != new {
            next.extend(old.map(|old| Next { matter: old, code: EventCode::LetGo, about: after.id, by }));
            next.extend(new.map(|new| Next { matter: new, code: EventCode::TakeIn, about: after.id, by }));
        }
        let let_go = before.members.iter().filter(|id| !after.members.contains(id));
        next.extend(let_go.map(|id| Next { matter: *id, code: EventCode::Detach, about: after.id, by }));
        let reached = |m: &Matter, of: Id| m.told.iter().any(|told| told.of == of && told.reached);
        let told = after.members.iter().filter(|of| reached(after, **of) && !reached(before, **of));
        next.extend(told.map(|of| Next { matter: *of, code: EventCode::Tell, about: event.id, by: (SYSTEM, Role::System) }));
        if after.state != before.state && matches!(after.state, MatterState::Withdrawn | MatterState::Void | MatterState::Refused) {
            next.extend(self.succession(a, kept, after)?);
        }
        Ok(next)
    }

    /// The oldest of those that follow a matter goes its own way, and the others follow it.
    fn succession(&self, a: &mut Applying<'_>, kept: &KeptMatter, gone: &Matter) -> Result<Vec<Next>> {
        let mut members = Vec::new();
        for id in &gone.members {
            members.extend(self.matter(a, kept, *id)?.map(|(m, _)| m).filter(|m| master(m) == Some(gone.id)));
        }
        members.sort_by_key(|m| (m.clocks.get(Clock::Total).map(|k0| k0.started_ms), m.id));
        let Some((heir, others)) = members.split_first() else { return Ok(Vec::new()) };
        let follow = others.iter().map(|m| Next { matter: m.id, code: EventCode::Merge, about: heir.id, by: (SYSTEM, Role::System) });
        Ok(leaves(heir).into_iter().chain(follow).collect())
    }
}

impl Next {
    /// Whether the other side does not say so yet.
    fn is_open(&self, m: &Matter) -> bool {
        match self.code {
            EventCode::TakeIn => !m.members.contains(&self.about),
            EventCode::LetGo => m.members.contains(&self.about),
            EventCode::Detach => master(m) == Some(self.about),
            _ => true,
        }
    }

    fn event(&self, a: &Applying<'_>, m: &Matter, judged: u64) -> Event {
        let may = TABLE.iter().any(|row| row.event == self.code && row.from.contains(&m.state) && row.who.contains(&self.by.1));
        let (by, role) = if may { self.by } else { (SYSTEM, Role::System) };
        let said = match self.code {
            EventCode::Detach => Said::Nothing,
            EventCode::Tell => Said::Tell(Tell { event: self.about }),
            _ => Said::Other(Other { matter: self.about }),
        };
        Event {
            id: a.pen.id(a.entropy, a.now_ms),
            code: self.code.number(),
            by,
            role: role.number(),
            at: At::by_server(a.now_ms),
            saw: judged,
            after: None,
            payload: said.encode(),
        }
    }
}

/// The matter that one follows.
fn master(m: &Matter) -> Option<Id> {
    m.merged.map(|(master, _)| master)
}

/// A matter leaves the one that it follows, by the system.
fn leaves(m: &Matter) -> Option<Next> {
    master(m).map(|about| Next { matter: m.id, code: EventCode::Detach, about, by: (SYSTEM, Role::System) })
}
