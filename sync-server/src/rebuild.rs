//! Everything made again from the log alone, and compared with what the server keeps.

mod chain;
mod compare;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use minqing_core::{
    Id,
    appointment::{self, Appointment},
    document::Doc,
    envelope::{Hash, ItemKind},
    event::{Event, Fact, FactKind, RoundPlan},
    model::AppointmentEvent,
    pipeline::{Happened, Matter, happened},
    rounds::Planned,
};

pub use compare::{Report, check, compare};

use crate::{
    projection::{self, CoverShown},
    storage::{
        Result,
        log::{Moment, ProvenRow, StreamId},
    },
};

/// What the log says of a matter or an appointment.
#[derive(Clone, Debug, Default)]
pub struct Logged {
    /// Its home.
    pub stream: StreamId,
    /// Its events, in the order of the log.
    pub events: Vec<Event>,
    /// Its verdicts, timers and what took one back, each once however many streams carry it.
    pub facts: BTreeMap<Id, Fact>,
}

impl Logged {
    /// The fold of what was accepted of a matter.
    pub fn fold(&self, id: Id) -> Option<Matter> {
        Matter::fold(id, self.happened())
    }

    /// What was accepted, by ordinal.
    pub fn happened(&self) -> Vec<Happened> {
        happened(&self.events, self.facts.values().cloned())
    }

    /// The fold of what was accepted of an appointment.
    pub fn appointment(&self, id: Id) -> Option<Appointment> {
        Appointment::fold(id, &appointment::happened(&self.events, self.facts.values().cloned()))
    }

    /// The accepted registration, and when the server holds it done.
    pub fn registration(&self) -> Option<(&Event, i64)> {
        let verdict = |event: &Event| self.facts.values().find_map(|f| f.verdict().filter(|v| v.event == event.id && v.refused.is_none()));
        self.events.iter().find_map(|event| verdict(event).map(|v| (event, v.done_at)))
    }
}

/// What the log alone says.
#[derive(Default)]
pub struct Rebuilt {
    /// Documents with their home.
    pub documents: BTreeMap<Id, (StreamId, Doc)>,
    /// Matters.
    pub matters: BTreeMap<Id, Logged>,
    /// Appointments.
    pub appointments: BTreeMap<Id, Logged>,
    /// The round of each officer and day that was planned last: when, and its JSON.
    pub rounds: BTreeMap<(Id, Date), (i64, String)>,
    /// What was made of photos, by its fact.
    pub covers: Vec<CoverShown>,
    /// Names of the streams.
    pub streams: BTreeMap<StreamId, String>,
    /// The hashes of all items.
    pub items: BTreeSet<Hash>,
    /// Rows read.
    pub rows: u64,
    /// Rows that are missing, or whose link, hash or sum does not follow from the row before.
    pub broken: u64,
    /// Rows that their device did not sign.
    pub unsigned: u64,
    /// Items that could not be read or applied.
    pub unreadable: u64,
    /// Documents with each stream besides their home to which their rows go.
    pub shares: BTreeSet<(Id, StreamId)>,
    /// Volumes of visits that are on no phone, by each stream that had them.
    pub archived: BTreeSet<(Id, StreamId)>,
    /// Changes and events in their homes, and those in streams they are shared with.
    at_home: BTreeSet<Hash>,
    copies: BTreeSet<Hash>,
}

/// Reads the whole log.
///
/// # Errors
/// `store.failed`.
pub fn rebuild(store: &dyn Moment) -> Result<Rebuilt> {
    let mut built = Rebuilt::default();
    let mut chain = chain::Chain::default();
    let mut homes = Homes::default();
    let mut facts: BTreeMap<Id, BTreeMap<Id, Fact>> = BTreeMap::new();
    store.each_row(&mut |row| {
        built.rows += 1;
        chain.follow(&row);
        built.sort(row, &mut homes, &mut facts);
        Ok(())
    })?;
    (built.broken, built.unsigned) = chain.end(&store.stream_ends()?);
    built.streams = store.stream_ends()?.into_iter().map(|end| (end.id, end.name)).collect();
    for ((id, stream), events) in homes.events {
        let is_appointment = events.iter().any(|event| AppointmentEvent::from_number(event.code).is_some());
        let place = if is_appointment { &mut built.appointments } else { &mut built.matters };
        place.insert(id, Logged { stream, events, ..Logged::default() });
    }
    for ((id, stream), changes) in homes.changes {
        let (doc, unreadable) = apply_all(&changes);
        built.unreadable += unreadable;
        built.documents.insert(id, (stream, doc));
    }
    let at_home = |id: &Id, stream: &StreamId| built.matters.get(id).is_some_and(|logged| logged.stream == *stream);
    built.covers = homes.covers.into_iter().filter(|((id, stream), _)| at_home(id, stream)).flat_map(|(_, covers)| covers).collect();
    built.unreadable += built.copies.difference(&built.at_home).count() as u64;
    for (id, facts) in facts {
        if let Some(logged) = built.matters.get_mut(&id).or(built.appointments.get_mut(&id)) {
            logged.facts = facts;
        }
    }
    Ok(built)
}

/// What stands in each home: what left one was said again in the next.
#[derive(Default)]
struct Homes {
    changes: BTreeMap<(Id, StreamId), Vec<Vec<u8>>>,
    events: BTreeMap<(Id, StreamId), Vec<Event>>,
    covers: BTreeMap<(Id, StreamId), Vec<CoverShown>>,
}

impl Rebuilt {
    fn round(&mut self, fact: &Fact) {
        let Some(RoundPlan { json }) = fact.round() else { return };
        let Ok(planned) = Planned::read(&json) else { return };
        self.rounds.insert((planned.officer, planned.day), (planned.made_ms, json));
    }

    fn sort(&mut self, proven: ProvenRow, homes: &mut Homes, facts: &mut BTreeMap<Id, BTreeMap<Id, Fact>>) {
        let (stream, item) = (proven.row.stream, proven.row.item);
        self.items.insert(proven.hash);
        let blank = proven.row.blank;
        // No document has its home in a person's stream: what stands there was shared.
        if item.kind != ItemKind::Fact.number() {
            let is_copy = proven.stream_name.starts_with("person:");
            let known = if is_copy { &mut self.copies } else { &mut self.at_home };
            known.insert(proven.hash);
            if is_copy {
                return;
            }
        }
        // What was erased is begun anew further on.
        if blank.is_some() {
            return;
        }
        let read = match ItemKind::from_number(item.kind) {
            Some(ItemKind::Change) => {
                homes.changes.entry((item.doc, stream)).or_default().push(item.bytes);
                true
            }
            Some(ItemKind::Event) => Event::decode(&item.bytes).is_ok_and(|event| {
                homes.events.entry((item.doc, stream)).or_default().push(event);
                true
            }),
            Some(ItemKind::Fact) => Fact::decode(&item.bytes).is_ok_and(|fact| {
                let (kind, at) = (FactKind::from_number(fact.kind), (item.doc, stream));
                if matches!(kind, Some(FactKind::Enter | FactKind::Leave | FactKind::Unshare)) {
                    self.archived.remove(&at);
                }
                match kind {
                    Some(FactKind::Archive) => drop(self.archived.insert(at)),
                    Some(FactKind::Share) => drop(self.shares.insert(at)),
                    Some(FactKind::Unshare) => drop(self.shares.remove(&at)),
                    // Whatever counts of it after entering follows.
                    Some(FactKind::Leave | FactKind::Enter | FactKind::Erased) => {
                        homes.changes.remove(&at);
                        homes.events.remove(&at);
                        homes.covers.remove(&at);
                    }
                    Some(FactKind::Round) => self.round(&fact),
                    Some(FactKind::Covered) => {
                        let row = fact.covered().map(|covered| projection::cover(item.doc, fact.id, fact.server_ms, covered));
                        homes.covers.entry(at).or_default().extend(row);
                    }
                    Some(FactKind::Verdict | FactKind::Timer | FactKind::Undone) => drop(facts.entry(item.doc).or_default().insert(fact.id, fact)),
                    _ => {}
                }
                true
            }),
            None => false,
        };
        self.unreadable += u64::from(!read);
    }
}

/// Applies in the order of the log; where a row is missing, what depends on it counts as unreadable.
fn apply_all(changes: &[Vec<u8>]) -> (Doc, u64) {
    let mut doc = Doc::empty();
    if doc.apply(changes).is_ok() {
        return (doc, 0);
    }
    let mut doc = Doc::empty();
    let mut unreadable = 0;
    for change in changes {
        let mut next = doc.clone();
        match next.apply(std::slice::from_ref(change)) {
            Ok(()) => doc = next,
            Err(_) => unreadable += 1,
        }
    }
    (doc, unreadable)
}
