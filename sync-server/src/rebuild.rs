//! Everything made again from the log alone, and compared with what the server keeps.

mod chain;
mod compare;

use std::collections::{BTreeMap, BTreeSet};

use minqing_core::{
    Id,
    document::Doc,
    envelope::{Hash, ItemKind},
    event::{Event, Fact, FactKind, Verdict},
    pipeline::Matter,
};

pub use compare::{Report, check, compare};

use crate::storage::{
    Result,
    log::{Moment, ProvenRow, StreamId},
};

/// An event with its verdict.
#[derive(Clone, Debug)]
pub struct JudgedEvent {
    /// The event.
    pub event: Event,
    /// The verdict; `None` only where its row is missing.
    pub verdict: Option<Verdict>,
}

/// What the log alone says.
#[derive(Default)]
pub struct Rebuilt {
    /// Documents with their home.
    pub documents: BTreeMap<Id, (StreamId, Doc)>,
    /// A matter's events, in the order of the log.
    pub matters: BTreeMap<Id, (StreamId, Vec<JudgedEvent>)>,
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
    let mut changes: BTreeMap<Id, (StreamId, Vec<Vec<u8>>)> = BTreeMap::new();
    let mut verdicts: BTreeMap<Id, Verdict> = BTreeMap::new();
    store.each_row(&mut |row| {
        built.rows += 1;
        chain.follow(&row);
        built.sort(row, &mut changes, &mut verdicts);
        Ok(())
    })?;
    (built.broken, built.unsigned) = chain.end(&store.stream_ends()?);
    built.streams = store.stream_ends()?.into_iter().map(|end| (end.id, end.name)).collect();
    for (id, (stream, changes)) in changes {
        let (doc, unreadable) = apply_all(&changes);
        built.unreadable += unreadable;
        built.documents.insert(id, (stream, doc));
    }
    built.unreadable += built.copies.difference(&built.at_home).count() as u64;
    for (_, events) in built.matters.values_mut() {
        for judged in events {
            judged.verdict = verdicts.get(&judged.event.id).cloned();
        }
    }
    Ok(built)
}

impl Rebuilt {
    fn sort(&mut self, proven: ProvenRow, changes: &mut BTreeMap<Id, (StreamId, Vec<Vec<u8>>)>, verdicts: &mut BTreeMap<Id, Verdict>) {
        let (stream, item) = (proven.row.stream, proven.row.item);
        self.items.insert(proven.hash);
        // No document has its home in a person's stream: what stands there was shared.
        if item.kind != ItemKind::Fact.number() {
            let is_copy = proven.stream_name.starts_with("person:");
            let known = if is_copy { &mut self.copies } else { &mut self.at_home };
            known.insert(proven.hash);
            if is_copy {
                return;
            }
        }
        let read = match ItemKind::from_number(item.kind) {
            Some(ItemKind::Change) => {
                changes.entry(item.doc).or_insert_with(|| (stream, Vec::new())).1.push(item.bytes);
                true
            }
            Some(ItemKind::Event) => Event::decode(&item.bytes).is_ok_and(|event| {
                let judged = JudgedEvent { event, verdict: None };
                self.matters.entry(item.doc).or_insert_with(|| (stream, Vec::new())).1.push(judged);
                true
            }),
            Some(ItemKind::Fact) => Fact::decode(&item.bytes).is_ok_and(|fact| {
                verdicts.extend(fact.verdict().map(|v| (v.event, v)));
                if FactKind::from_number(fact.kind) == Some(FactKind::Share) {
                    self.shares.insert((item.doc, stream));
                }
                true
            }),
            None => false,
        };
        self.unreadable += u64::from(!read);
    }
}

/// The fold of a matter's events, by their ordinals.
pub fn fold(events: &[JudgedEvent]) -> Option<Matter> {
    let mut judged: Vec<(&Event, u64, bool)> = events.iter().filter_map(|j| j.verdict.as_ref().map(|v| (&j.event, v.ordinal, v.refused.is_none()))).collect();
    judged.sort_by_key(|(_, ordinal, _)| *ordinal);
    Matter::fold(judged)
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
