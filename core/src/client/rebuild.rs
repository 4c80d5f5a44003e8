//! A document that holds a change which the office put aside is made again without it; what this phone wrote on
//! top of it is written again in a fresh opening, under the same ids (docs/SYNC.md, "Accept and annotate").

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::Connection;

use crate::{
    Error, Id, Result,
    document::{Doc, Written, hash_of_change, part},
    envelope::{Hash, Item, ItemKind},
    event::Event,
    ids::{Device, Opening, actor},
    store::{
        carried, documents, events,
        outbox::{self, Kept},
        project, remake,
    },
};

/// Writes in a fresh opening. An old one must not go on: its next number stands for the change put aside.
pub(super) struct Pen {
    pub(super) device: Device,
    pub(super) opening: Opening,
    /// The number of the next item.
    pub(super) next: u64,
    /// Seconds since 1970, shown only.
    pub(super) time_s: i64,
    /// Whether a document was made again, so that the opening before must not go on.
    pub(super) used: bool,
}

impl Pen {
    /// Puts an item in the place of another; none where there is nothing new to say.
    pub(super) fn put(&mut self, db: &Connection, old: &Kept, item: Option<&Item>) -> Result<()> {
        item.map_or(Ok(()), |item| self.write(db, old.journal, item))?;
        outbox::supersede(db, old.id)
    }

    /// Writes an item of an action.
    pub(super) fn write(&mut self, db: &Connection, journal: i64, item: &Item) -> Result<()> {
        outbox::put(db, journal, self.opening, self.next, item)?;
        self.next += 1;
        self.used = true;
        if item.kind == ItemKind::Change.number() {
            documents::note_change(db, item.doc, item.hash(), None, None)?;
        }
        Ok(())
    }
}

/// Makes a document again where it, or what waits to be sent of it, rests on a change put aside. Whether it did.
pub(super) fn document(db: &Connection, id: Id, pen: &mut Pen) -> Result<bool> {
    let stored = match documents::load(db, id) {
        Ok(Some(stored)) => stored.doc,
        Ok(None) | Err(Error::Malformed(_)) => return Ok(false),
        Err(e) => return Err(e),
    };
    let sent: Vec<Kept> = outbox::of_document(db, id, ItemKind::Change)?;
    let whole = with_all(&stored, &sent);
    let sequenced = documents::changes(db, id, true)?;
    // What is neither in the log nor on its way there was put aside, or damaged before it was sent.
    let waits: HashSet<Hash> = sent.iter().filter(|kept| !kept.is_final).map(|kept| kept.hash).chain(carried::hashes(db, id)?).collect();
    let changes = changes_by_item(id, &whole);
    let aside: HashSet<[u8; 32]> = changes.iter().filter(|(item, _)| !sequenced.contains(*item) && !waits.contains(*item)).map(|(_, change)| *change).collect();
    let (mut doc, later) = part(&whole, &aside)?;
    if aside.is_empty() {
        return Ok(false);
    }
    for change in later {
        let item = Item { kind: ItemKind::Change.number(), doc: id, bytes: change };
        let Some(old) = sent.iter().find(|kept| kept.hash == item.hash() && !kept.is_final) else { continue };
        if let Some((next, new)) = written_again(&item, &whole, &doc, pen) {
            doc = next;
            pen.put(db, old, new.as_ref())?;
        }
        // What has no place yet stays as it is, to be seen, until the document has what it needs.
    }
    for (item, _) in changes.iter().filter(|(_, change)| !doc.holds(**change)) {
        documents::forget_change(db, id, *item)?;
    }
    if doc.heads() == stored.heads() {
        return Ok(false);
    }
    documents::save(db, id, &doc)?;
    project::document(db, id, &doc)?;
    pen.used = true;
    Ok(true)
}

/// The document with everything this phone wrote on it, as far as it can be read, so that all items have their names.
fn with_all(stored: &Doc, sent: &[Kept]) -> Doc {
    let mut whole = stored.clone();
    for kept in sent.iter().filter(|kept| !kept.is_sequenced()) {
        let mut next = whole.clone();
        if next.apply(std::slice::from_ref(&kept.bytes)).is_ok() {
            whole = next;
        }
    }
    whole
}

/// The hashes by which changes rest on each other, by those of the items that carry them.
fn changes_by_item(id: Id, doc: &Doc) -> HashMap<Hash, [u8; 32]> {
    remake::items(id, doc).filter_map(|item| Some((item.hash(), hash_of_change(&item.bytes)?))).collect()
}

/// What a change wrote, written on `doc`: the document then and the new change, if it says anything new.
pub(super) fn written_again(change: &Item, whole: &Doc, doc: &Doc, pen: &Pen) -> Option<(Doc, Option<Item>)> {
    let mut written = Written::read(&change.bytes, whole).ok()?;
    if doc.header().is_none() {
        written.begin_as(whole);
    }
    let mut next = doc.clone();
    let bytes = next.change(actor(pen.device, pen.opening), pen.time_s, |w| written.write(w)).ok()?;
    let new = bytes.map(|bytes| Item { bytes, ..change.clone() });
    next.header().is_some().then_some((next, new))
}

/// Writes an item that was put aside once more, as its document now stands.
pub(super) fn send_again(db: &Connection, kind: u8, id: Id, kept: &Kept, pen: &mut Pen) -> Result<()> {
    const UNREADABLE: Error = Error::State("item.unreadable");
    let item = Item { kind, doc: id, bytes: kept.bytes.clone() };
    if kind == ItemKind::Event.number() {
        return pen.put(db, kept, Some(&item));
    }
    let stored = documents::load(db, id)?.map_or_else(Doc::empty, |stored| stored.doc);
    let whole = with_all(&stored, &outbox::of_document(db, id, ItemKind::Change)?);
    let (doc, new) = written_again(&item, &whole, &stored, pen).ok_or(UNREADABLE)?;
    pen.put(db, kept, new.as_ref())?;
    documents::save(db, id, &doc)?;
    project::document(db, id, &doc)
}

/// Writes a matter's unjudged events again that came after one put aside; ids stay, only what they come after changes.
pub(super) fn events(db: &Connection, matter: Id, pen: &mut Pen) -> Result<bool> {
    let sent = outbox::of_document(db, matter, ItemKind::Event)?;
    let Some(first) = sent.iter().position(Kept::is_aside) else { return Ok(false) };
    let known = events::of_matter(db, matter)?;
    let lost: BTreeSet<Id> = known.iter().filter(|j| j.parked).map(|j| j.event.id).collect();
    let mut before = known.iter().rfind(|j| j.mine && j.is_pending() && !sent[first..].iter().any(|kept| kept.bytes == j.event.encode())).map(|j| j.event.id);
    let mut again = false;
    for old in sent[first..].iter().filter(|kept| !kept.is_final) {
        let Ok(event) = Event::decode(&old.bytes) else { continue };
        let is_stranded = event.after.is_some_and(|after| lost.contains(&after)) || again;
        let registered = known.iter().any(|j| j.counts() && j.event.id != event.id && !lost.contains(&j.event.id));
        if !is_stranded || !registered {
            continue;
        }
        let event = Event { after: before, ..event };
        before = Some(event.id);
        let item = Item { kind: ItemKind::Event.number(), doc: matter, bytes: event.encode() };
        events::replace(db, event.id, &item.bytes)?;
        pen.put(db, old, Some(&item))?;
        again = true;
    }
    Ok(again)
}
