//! One action of a person = one transaction: the journal as typed, the documents' smallest changes,
//! the events, the rows that lists show, and the items to send.

use std::collections::BTreeMap;

use rusqlite::Transaction;
use serde::Serialize;

use super::Client;
use crate::{
    Error, Id, Result,
    clock::At,
    document::{Doc, Writer},
    envelope::{Item, ItemKind},
    event::Event,
    frame::{MAX_ITEM, to_cbor},
    ids::{Opening, actor},
    model::{EventCode, Role},
    store::{documents, drafts, events, outbox, project},
};

/// An action while it is being carried out.
pub(super) struct Action<'t> {
    pub(super) tx: &'t Transaction<'t>,
    pub(super) officer: Id,
    pub(super) at: At,
    actor: [u8; 8],
    docs: BTreeMap<Id, Doc>,
    items: Vec<Item>,
    matters: Vec<Id>,
}

impl Client {
    /// Carries out an action that touches `records`; everything is durable when this returns, or nothing was done.
    pub(super) fn act(&mut self, records: &[Id], name: &str, typed: &impl Serialize, work: impl FnOnce(&mut Action<'_>) -> Result<()>) -> Result<()> {
        let me = self.me()?.clone();
        let at = self.at()?;
        let (opening, first) = self.pen();
        let typed = serde_json::to_string(typed).map_err(|e| Error::Store(e.to_string()))?;
        let sent = self.lists.store.write(|tx| {
            let mut action =
                Action { tx, officer: me.officer, at, actor: actor(me.device(), opening), docs: BTreeMap::new(), items: Vec::new(), matters: Vec::new() };
            work(&mut action)?;
            action.finish(records, name, &typed, opening, first)
        })?;
        let (journal, sent) = sent;
        self.opening = Some((opening, first + sent));
        self.unheard.push(journal);
        Ok(())
    }
}

impl Action<'_> {
    /// Changes a document; what is equal already makes no item.
    pub(super) fn change(&mut self, id: Id, write: impl FnOnce(&mut Writer<'_>, &Doc) -> Result<()>) -> Result<()> {
        let mut doc = match self.docs.remove(&id) {
            Some(doc) => doc,
            None => documents::load(self.tx, id)?.map_or_else(Doc::empty, |stored| stored.doc),
        };
        let before = doc.clone();
        let bytes = doc.change(self.actor, self.at.estimate() / 1000, |w| write(w, &before))?;
        if let Some(bytes) = bytes {
            self.items.push(Item { kind: ItemKind::Change.number(), doc: id, bytes });
        }
        self.docs.insert(id, doc);
        Ok(())
    }

    /// What was half filled in is written now.
    pub(super) fn ends_draft(&self, draft: &str) -> Result<()> {
        draft.parse().map_or(Ok(()), |id| drafts::drop(self.tx, id).map(drop))
    }

    /// Adds an event on a matter. `saw` and `after` say what its author knew.
    pub(super) fn event(&mut self, id: Id, matter: Id, code: EventCode, payload: Vec<u8>) -> Result<()> {
        self.event_of(id, matter, code.number(), payload)
    }

    /// The same of a matter or an appointment, by the number of its code.
    pub(super) fn event_of(&mut self, id: Id, matter: Id, code: u8, payload: Vec<u8>) -> Result<()> {
        let known = events::of_matter(self.tx, matter)?;
        let event = Event {
            id,
            code,
            by: self.officer,
            role: Role::Officer.number(),
            at: self.at,
            saw: known.iter().filter_map(|j| j.ordinal).max().unwrap_or(0),
            after: known.iter().rfind(|j| j.mine && j.is_pending()).map(|j| j.event.id),
            payload,
        };
        let bytes = to_cbor(&event);
        events::put(self.tx, matter, &event, &bytes, true)?;
        self.items.push(Item { kind: ItemKind::Event.number(), doc: matter, bytes });
        self.matters.push(matter);
        Ok(())
    }

    /// Stores everything and returns the journal's number and how many items the action made.
    fn finish(self, records: &[Id], name: &str, typed: &str, opening: Opening, first: u64) -> Result<(i64, u64)> {
        if self.items.is_empty() {
            return Err(Error::invalid("edit.empty", ""));
        }
        let journal = outbox::write_journal(self.tx, records, name, typed, self.at.estimate())?;
        for (item, n) in self.items.iter().zip(first..) {
            if item.bytes.len() > MAX_ITEM {
                return Err(Error::Malformed("item.too_large"));
            }
            outbox::put(self.tx, journal, opening, n, item)?;
            if item.kind == ItemKind::Change.number() {
                documents::note_change(self.tx, item.doc, item.hash(), None, None)?;
            }
        }
        for (id, doc) in &self.docs {
            documents::save(self.tx, *id, doc)?;
            project::document(self.tx, *id, doc)?;
        }
        for matter in &self.matters {
            project::matter(self.tx, *matter, self.docs.get(matter))?;
        }
        Ok((journal, self.items.len() as u64))
    }
}
