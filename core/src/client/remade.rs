//! What remains to be done for a document that was made again, and for a salvaged phone, once the log has been read:
//! own work that no item carries, or whose bytes do not fit what the document is now, is written again in a fresh
//! opening under the same ids (docs/SYNC.md, "A document is made again").

use std::collections::{BTreeSet, HashSet};

use rusqlite::Connection;

use super::rebuild::{Pen, written_again};
use crate::{
    Error, Id, Result,
    document::{Doc, actor_of_change, hash_of_change, part},
    envelope::{Item, ItemKind},
    ids::device_of,
    store::{
        documents, events,
        guarded::guarded,
        meta,
        outbox::{self, Kept},
        project, remake, salvage,
    },
};

/// Finishes every damaged document as far as can be; returns what lists must show anew.
pub(super) fn finish(db: &Connection, pen: &mut Pen) -> Result<BTreeSet<Id>> {
    let mut changed = BTreeSet::new();
    for (id, _) in documents::damaged(db)? {
        let mut differs = false;
        guarded(db, |db| {
            differs = document(db, id, pen)?;
            Ok(())
        })?;
        changed.extend(differs.then_some(id));
    }
    if meta::get(db, meta::MENDING)?.is_some() {
        changed.extend(events_without_item(db, pen)?);
        meta::set(db, meta::MENDING, None)?;
    }
    Ok(changed)
}

/// Finishes a document; whether it is another one now.
fn document(db: &Connection, id: Id, pen: &mut Pen) -> Result<bool> {
    let stored = match documents::load(db, id) {
        Ok(Some(stored)) => stored.doc,
        Ok(None) => return Ok(false),
        Err(Error::Malformed(_)) => {
            // It may lack what this opening wrote on it, whose numbers must not be used twice.
            pen.used = true;
            return remake::begin(db, id).map(|()| true);
        }
        Err(e) => return Err(e),
    };
    let sent = outbox::of_document(db, id, ItemKind::Change)?;
    let (whole, left) = remake::apply_all(stored.clone(), remake::beside(db, id)?);
    let lost = without_item(db, id, &whole, &sent, pen)?;
    let (mut doc, _) = part(&whole, &lost)?;
    let stays = doc.clone();
    let stranded = whole.changes().into_iter().filter(|bytes| !hash_of_change(bytes).is_some_and(|hash| stays.holds(hash)));
    for bytes in stranded.chain(left) {
        let item = Item { kind: ItemKind::Change.number(), doc: id, bytes };
        let old = sent.iter().find(|kept| kept.hash == item.hash());
        // What is in the log already needs no other name, and has its place where the log is read.
        if old.is_some_and(|kept| kept.is_final) || (old.is_none() && !is_mine(&item.bytes, pen)) {
            continue;
        }
        if let Some((next, new)) = written_again(&item, &whole, &doc, pen) {
            doc = next;
            match (old, new) {
                (Some(old), new) => pen.put(db, old, new.as_ref())?,
                (None, Some(new)) => write_anew(db, id, &new, pen)?,
                (None, None) => {}
            }
        }
    }
    let differs = doc.heads() != stored.heads();
    if differs {
        remake::keep(db, id, &doc)?;
    }
    project::document(db, id, &doc)?;
    // What has no place even now may get one by what comes later.
    let (_, left) = remake::apply_all(doc.clone(), remake::beside(db, id)?);
    remake::settle(db, id, &doc, &left)?;
    Ok(differs)
}

/// Changes of this phone that the log has not and no item carries.
fn without_item(db: &Connection, id: Id, whole: &Doc, sent: &[Kept], pen: &Pen) -> Result<HashSet<[u8; 32]>> {
    let sequenced = documents::changes(db, id, true)?;
    let lost = remake::items(id, whole).filter(|item| {
        let hash = item.hash();
        !sequenced.contains(&hash) && sent.iter().all(|kept| kept.hash != hash) && is_mine(&item.bytes, pen)
    });
    Ok(lost.filter_map(|item| hash_of_change(&item.bytes)).collect())
}

fn is_mine(change: &[u8], pen: &Pen) -> bool {
    actor_of_change(change).and_then(|actor| device_of(&actor)) == Some(pen.device)
}

/// Own events that no item carries and nobody has judged.
fn events_without_item(db: &Connection, pen: &mut Pen) -> Result<BTreeSet<Id>> {
    let mut matters = BTreeSet::new();
    for (matter, bytes) in events::without_item(db)? {
        write_anew(db, matter, &Item { kind: ItemKind::Event.number(), doc: matter, bytes }, pen)?;
        matters.insert(matter);
    }
    Ok(matters)
}

fn write_anew(db: &Connection, record: Id, item: &Item, pen: &mut Pen) -> Result<()> {
    let journal = outbox::write_journal(db, &[record], salvage::LOST, "{}", pen.time_s * 1000)?;
    pen.write(db, journal, item)
}
