//! An answer is taken in one transaction: states, rows, cursors, and what the lists show.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Transaction;

use super::{
    Exchanged, merge,
    rebuild::{self, Pen},
    remade, restored,
};
use crate::{
    Error, Id, Result,
    document::Doc,
    envelope::{Hash, Item, ItemKind},
    event::{Event, Fact, FactKind, SettledHow},
    guards::Guards,
    ids::{Device, Name, Opening},
    store::{documents, erased, events, guarded::guarded, meta, outbox, packs, project, purge, rounds, streams},
    sync::Answer,
    wire::{ItemState, Row},
};

/// Changes of one document that came down.
pub(super) struct Arrived {
    /// The stream they came by.
    pub(super) stream: u32,
    /// Hash, place and bytes of each.
    pub(super) changes: Vec<(Hash, u64, Vec<u8>)>,
}

/// An answer while it is being taken.
pub(super) struct Taking<'t> {
    pub(super) tx: &'t Transaction<'t>,
    /// The how-manieth exchange it is.
    pub(super) exchange: u64,
    device: Device,
    streams: Vec<String>,
    /// What arrived, by document.
    pub(super) changes: BTreeMap<Id, Arrived>,
    /// Documents that arrived whole and are kept.
    pub(super) whole: Vec<(u32, Id, Doc)>,
    pub(super) matters: BTreeSet<Id>,
    /// Documents and matters of which something of ours was put aside.
    pub(super) aside: BTreeSet<Id>,
    /// Whether a document was erased.
    pub(super) erased: bool,
    guards: Guards,
}

impl<'t> Taking<'t> {
    /// Begins: the `exchange`-th one of a device that takes these streams.
    pub(super) fn new(tx: &'t Transaction<'t>, exchange: u64, device: Device, streams: Vec<String>) -> Self {
        Self {
            tx,
            exchange,
            device,
            streams,
            changes: BTreeMap::new(),
            whole: Vec::new(),
            matters: BTreeSet::new(),
            aside: BTreeSet::new(),
            erased: false,
            guards: Guards::default(),
        }
    }

    /// With these guards.
    pub(super) fn guarded(self, guards: Guards) -> Self {
        Self { guards, ..self }
    }

    /// Stores states, rows and cursors.
    pub(super) fn take(&mut self, answer: &Answer, pen: &mut Pen) -> Result<Exchanged> {
        // As of the cursors before; the states and rows below come on top.
        for mended in answer.repair.iter().flat_map(|repair| &repair.docs) {
            self.mend(mended)?;
        }
        for (name, state) in &answer.states {
            self.state(*name, state)?;
        }
        let mut rows = 0;
        for row in &answer.rows {
            rows += match row {
                Row::Own { stream, from, to, opening, n } => self.own(*stream, *from, *to, *opening, *n)?,
                Row::Later { stream, seq, doc, hash, counts, bytes } => {
                    self.later(*stream, *seq, &Item { kind: 0, doc: *doc, bytes: bytes.clone() })?;
                    if *counts {
                        self.count(*stream, *doc, *hash)?;
                    }
                    1
                }
                Row::Blank { stream, doc, hash, counts, .. } => self.blank(*stream, *doc, *hash, *counts)?,
                Row::Item { stream, seq, device, opening, n, item } => self.row(*stream, *seq, Name { device: *device, opening: *opening, n: *n }, item)?,
            };
        }
        let mut changed = self.show()?;
        // A document that was begun anew knows nothing of what this opening wrote on it.
        pen.used |= std::mem::take(&mut self.erased);
        changed.extend(self.rebuild(pen)?);
        for (stream, seq) in self.streams.iter().zip(&answer.cursors) {
            streams::advance(self.tx, stream, *seq)?;
        }
        if !answer.end.more && !packs::is_under_way(self.tx)? {
            changed.extend(remade::finish(self.tx, pen)?);
        }
        let sum = streams::all(self.tx)?.iter().fold(0u64, |total, (_, _, sum)| total.wrapping_add(*sum));
        // Of streams that are no longer this officer's the office says nothing, and to whom may not read it names no others.
        let differs = sum != answer.end.sum && answer.scope.is_none() && answer.reads;
        meta::set(self.tx, meta::SUM_DIFFERS, differs.then_some(&[1]))?;
        meta::set(self.tx, meta::MORE, answer.end.more.then_some(&[1]))?;
        if let Some(ticket) = &answer.end.ticket {
            meta::set(self.tx, meta::TICKET, Some(ticket))?;
        }
        let is_all_here = answer.reads && !answer.end.more && !packs::is_under_way(self.tx)?;
        let moved = self.scope(answer.scope.as_ref(), is_all_here)?;
        if is_all_here {
            erased::settle(self.tx)?;
            let gone = purge::run(self.tx)?;
            // Rows of what is gone may come again: then they must come with their bytes.
            pen.used |= !gone.is_empty();
            changed.extend(gone);
        }
        // Whoever is told that may be revoked, and hears it with the next exchange.
        let escrowed = answer.states.iter().any(|(_, state)| *state == ItemState::Escrowed);
        let settled = answer.states.iter().filter(|(_, s)| s.is_final()).count();
        Ok(Exchanged {
            settled: u32::try_from(settled).unwrap_or(u32::MAX),
            rows,
            more: moved || escrowed || answer.end.more || restored::has_to_send(self.tx)?,
            differs,
            anew: false,
            changed: changed.iter().map(ToString::to_string).collect(),
        })
    }

    fn state(&mut self, name: Name, state: &ItemState) -> Result<()> {
        if name.device != self.device {
            return self.carried(name, state);
        }
        outbox::set_state(self.tx, name.opening, name.n, state, self.exchange)?;
        if !self.guards.kept_until_final {
            outbox::give_up(self.tx, name.opening, name.n)?;
        }
        let Some((kind, doc, hash)) = outbox::find(self.tx, name.opening, name.n)? else { return Ok(()) };
        if matches!(state, ItemState::Quarantined(_) | ItemState::Reused) {
            self.aside.insert(doc);
        }
        match ItemKind::from_number(kind) {
            // A document of a stream this phone does not take has no row that would say so.
            Some(ItemKind::Change) => match state.seq() {
                Some(seq) => {
                    // Perhaps its home is one that this phone does not read.
                    purge::mark(self.tx, doc)?;
                    if erased::is_anew(self.tx, doc)? {
                        return documents::place_change(self.tx, doc, hash, seq);
                    }
                    documents::note_change(self.tx, doc, hash, Some(seq), None)
                }
                None => Ok(()),
            },
            Some(ItemKind::Event) => {
                self.matters.insert(doc);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Rows this phone wrote and holds.
    fn own(&mut self, stream: u32, from: u64, to: u64, opening: Opening, n: u64) -> Result<u32> {
        let mut rows = 0;
        for (seq, n) in (from..=to).zip(n..) {
            let (kind, doc, hash) = outbox::find(self.tx, opening, n)?.ok_or(Error::Malformed("frame.malformed"))?;
            self.count(stream, doc, hash)?;
            self.state(Name { device: self.device, opening, n }, &ItemState::Seq(seq))?;
            if kind == ItemKind::Change.number() && erased::is_anew(self.tx, doc)? {
                self.arrived(stream, seq, &Item { kind, doc, bytes: outbox::bytes(self.tx, opening, n)? })?;
            }
            rows += 1;
        }
        Ok(rows)
    }

    /// A row whose bytes were erased.
    pub(super) fn blank(&mut self, stream: u32, doc: Id, hash: Hash, counts: bool) -> Result<u32> {
        if counts {
            self.count(stream, doc, hash)?;
        }
        Ok(1)
    }

    /// A row in full: of another device, or of this one in an opening before.
    pub(super) fn row(&mut self, stream: u32, seq: u64, name: Name, item: &Item) -> Result<u32> {
        let hash = item.hash();
        self.own_item(name, seq, hash)?;
        if self.keep(stream, seq, name, item)? {
            self.count(stream, item.doc, hash)?;
        }
        Ok(1)
    }

    /// Keeps what a row says where it belongs. Whether it counts in the stream's sum.
    pub(super) fn keep(&mut self, stream: u32, seq: u64, name: Name, item: &Item) -> Result<bool> {
        match ItemKind::from_number(item.kind) {
            Some(ItemKind::Change) => self.arrived(stream, seq, item).map(|()| true),
            Some(ItemKind::Event) => self.keep_event(stream, seq, name, item).map(|()| true),
            Some(ItemKind::Fact) => self.keep_fact(stream, seq, item),
            None => self.later(stream, seq, item).map(|()| true),
        }
    }

    /// A change arrived, which may be here already.
    fn arrived(&mut self, stream: u32, seq: u64, item: &Item) -> Result<()> {
        let hash = item.hash();
        if documents::has_change(self.tx, item.doc, hash)? {
            return documents::note_change(self.tx, item.doc, hash, Some(seq), None);
        }
        let arrived = &mut self.changes.entry(item.doc).or_insert_with(|| Arrived { stream, changes: Vec::new() }).changes;
        if arrived.iter().all(|(h, _, _)| *h != hash) {
            arrived.push((hash, seq, item.bytes.clone()));
        }
        Ok(())
    }

    /// An item of this phone has its place.
    pub(super) fn own_item(&self, name: Name, seq: u64, hash: Hash) -> Result<()> {
        if name.device == self.device && outbox::find(self.tx, name.opening, name.n)?.is_some_and(|(_, _, h)| h == hash) {
            outbox::set_state(self.tx, name.opening, name.n, &ItemState::Seq(seq), self.exchange)?;
        }
        Ok(())
    }

    pub(super) fn keep_event(&mut self, stream: u32, seq: u64, name: Name, item: &Item) -> Result<()> {
        let Ok(event) = Event::decode(&item.bytes) else { return self.later(stream, seq, item) };
        self.matters.insert(item.doc);
        events::put(self.tx, item.doc, &event, &item.bytes, name.device == self.device)
    }

    /// Whether it counts in the stream's sum.
    pub(super) fn keep_fact(&mut self, stream: u32, seq: u64, item: &Item) -> Result<bool> {
        let fact = Fact::decode(&item.bytes).ok();
        let kind = fact.as_ref().and_then(|f| FactKind::from_number(f.kind));
        match &fact {
            Some(fact) if kind == Some(FactKind::Share) => {
                self.shared(stream, seq, fact)?;
                purge::share(self.tx, item.doc, true)?;
            }
            Some(_) if kind == Some(FactKind::Unshare) => {
                purge::share(self.tx, item.doc, false)?;
                self.left(stream, item.doc)?;
            }
            Some(_) if kind == Some(FactKind::Leave) => self.left(stream, item.doc)?,
            Some(fact) if kind == Some(FactKind::Erased) => self.begun_anew(stream, item.doc, fact.id)?,
            Some(fact) if kind == Some(FactKind::Archive) => self.archived(stream, item.doc, fact)?,
            Some(_) if kind == Some(FactKind::Enter) => self.entered(stream, item.doc)?,
            Some(fact) if kind == Some(FactKind::Round) => fact.round().map_or(Ok(()), |round| rounds::put(self.tx, &round.json))?,
            Some(fact) if kind.is_some() => {
                events::put_fact(self.tx, item.doc, fact, &item.bytes)?;
                self.settled(item.doc, fact)?;
                self.matters.insert(item.doc);
            }
            _ => self.later(stream, seq, item)?,
        }
        Ok(kind.is_none_or(FactKind::counts))
    }

    /// What the office made of an item of ours that was put aside.
    fn settled(&mut self, doc: Id, fact: &Fact) -> Result<()> {
        let Some(settled) = fact.settled().filter(|settled| settled.device == self.device.0) else { return Ok(()) };
        let Some(how) = SettledHow::from_number(settled.how) else { return Ok(()) };
        self.aside.insert(doc);
        outbox::set_settled(self.tx, settled.opening, settled.n, how)
    }

    /// Keeps what a later version will understand.
    pub(super) fn later(&self, stream: u32, seq: u64, item: &Item) -> Result<()> {
        streams::keep_later(self.tx, self.stream(stream)?, seq, item)
    }

    pub(super) fn count(&self, stream: u32, doc: Id, hash: Hash) -> Result<()> {
        streams::count(self.tx, self.stream(stream)?, doc, hash)
    }

    pub(super) fn stream(&self, index: u32) -> Result<&str> {
        self.streams.get(index as usize).map(String::as_str).ok_or(Error::Malformed("frame.malformed"))
    }

    /// Applies what arrived, document by document, and brings the lists up to date.
    pub(super) fn show(&mut self) -> Result<BTreeSet<Id>> {
        let mut changed = BTreeSet::new();
        for (stream, id, doc) in std::mem::take(&mut self.whole) {
            self.show_one(stream, id, &doc)?;
            changed.insert(id);
        }
        for (id, arrived) in std::mem::take(&mut self.changes) {
            if let Some(doc) = documents::apply(self.tx, id, &arrived.changes)? {
                self.show_one(arrived.stream, id, &doc)?;
            }
            // Perhaps what lay stranded has a place now.
            if outbox::has_aside(self.tx, id)? {
                self.aside.insert(id);
            }
            changed.insert(id);
        }
        for matter in std::mem::take(&mut self.matters) {
            guarded(self.tx, |db| project::matter(db, matter, None))?;
            changed.insert(matter);
        }
        Ok(changed)
    }

    fn show_one(&self, stream: u32, id: Id, doc: &Doc) -> Result<()> {
        documents::set_home(self.tx, id, self.stream(stream)?)?;
        if guarded(self.tx, |db| project::document(db, id, doc))? { Ok(()) } else { documents::set_damaged(self.tx, id, true) }
    }

    /// Writes again what rests on something put aside.
    pub(super) fn rebuild(&mut self, pen: &mut Pen) -> Result<BTreeSet<Id>> {
        let mut changed = BTreeSet::new();
        for id in std::mem::take(&mut self.aside) {
            let (mut document, mut events) = (false, false);
            guarded(self.tx, |db| {
                document = rebuild::document(db, id, pen)?;
                events = rebuild::events(db, id, pen)?;
                merge::withdraw(db, id)?;
                if events { project::matter(db, id, None) } else { Ok(()) }
            })?;
            if document || events {
                changed.insert(id);
            }
        }
        Ok(changed)
    }
}
