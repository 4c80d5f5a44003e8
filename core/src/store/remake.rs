//! A document that does not load is made again: from its rows in the log, and from this phone's own items
//! (docs/SYNC.md, "A document is made again"). Until it is, it is marked damaged.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::{carried, documents, guarded::guarded, outbox, project};
use crate::{
    Error, Id, Result,
    document::{Doc, hash_of_change},
    envelope::{Hash, Item, ItemKind},
};

/// Looks through all documents; of those that do not load it makes what this phone can. How many they are.
pub(crate) fn begin_all(db: &Connection) -> Result<u32> {
    let mut begun = 0;
    for (id, ..) in documents::all(db)? {
        match documents::load(db, id) {
            Ok(_) => {}
            Err(Error::Malformed(_)) => {
                begin(db, id)?;
                begun += 1;
            }
            Err(e) => return Err(e),
        }
    }
    Ok(begun)
}

/// Puts what this phone has in the place of a document that does not load. It is whole where that is all it held; else it
/// is marked damaged, and the office is asked for its rows.
pub(crate) fn begin(db: &Connection, id: Id) -> Result<()> {
    let (doc, left) = apply_all(Doc::empty(), beside(db, id)?);
    keep(db, id, &doc)?;
    documents::set_damaged(db, id, true)?;
    settle(db, id, &doc, &left)?;
    guarded(db, |db| project::document(db, id, &doc)).map(drop)
}

/// Keeps a document that was made out of what this phone has, and lists its changes.
pub(crate) fn keep(db: &Connection, id: Id, doc: &Doc) -> Result<()> {
    let held: BTreeSet<Hash> = items(id, doc).map(|item| item.hash()).collect();
    documents::save(db, id, doc)?;
    documents::list_only(db, id, &held)?;
    for (hash, seq) in outbox::places(db, id)? {
        if held.contains(&hash) {
            documents::note_change(db, id, hash, Some(seq), None)?;
        }
    }
    Ok(())
}

/// A document is whole when nothing is left beside it and it holds all that is known to be in the log of it.
pub(crate) fn settle(db: &Connection, id: Id, doc: &Doc, left: &[Vec<u8>]) -> Result<()> {
    let held: BTreeSet<Hash> = items(id, doc).map(|item| item.hash()).collect();
    if left.is_empty() && documents::changes(db, id, true)?.iter().all(|hash| held.contains(hash)) { documents::set_whole(db, id) } else { Ok(()) }
}

/// The items that carry a document's changes.
pub(crate) fn items(id: Id, doc: &Doc) -> impl Iterator<Item = Item> {
    doc.changes().into_iter().map(move |bytes| Item { kind: ItemKind::Change.number(), doc: id, bytes })
}

/// What lies beside a document and belongs into it: changes it could not take yet, and own ones.
pub(crate) fn beside(db: &Connection, id: Id) -> Result<Vec<Vec<u8>>> {
    let mut changes = documents::kept(db, id)?;
    for kept in carried::of_document(db, id, ItemKind::Change)? {
        // One that was never let in stays out.
        changes.extend(documents::has_change(db, id, kept.hash)?.then_some(kept.bytes));
    }
    changes.extend(own(db, id)?);
    Ok(changes)
}

/// The changes of a document that this phone wrote, as far as they are part of it.
pub(crate) fn own(db: &Connection, id: Id) -> Result<impl Iterator<Item = Vec<u8>>> {
    let sent = outbox::of_document(db, id, ItemKind::Change)?;
    Ok(sent.into_iter().filter(outbox::Kept::is_live).map(|kept| kept.bytes))
}

/// Applies changes in whatever order they can be; returns those that cannot.
pub(crate) fn apply_all(mut doc: Doc, changes: Vec<Vec<u8>>) -> (Doc, Vec<Vec<u8>>) {
    let lacks = |doc: &Doc, bytes: &Vec<u8>| !hash_of_change(bytes).is_some_and(|hash| doc.holds(hash));
    let mut left: Vec<Vec<u8>> = changes.into_iter().filter(|bytes| lacks(&doc, bytes)).collect();
    let mut all = doc.clone();
    if all.apply(&left).is_ok() {
        return (all, Vec::new());
    }
    loop {
        let before = left.len();
        left.retain(|bytes| {
            let mut next = doc.clone();
            let applies = next.apply(std::slice::from_ref(bytes)).is_ok();
            if applies {
                doc = next;
            }
            !applies
        });
        if left.len() == before {
            return (doc, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::Opening, store::migrations};

    #[test]
    fn a_document_is_whole_again_only_with_all_that_the_log_has_of_it() {
        for others in [false, true] {
            let mut db = Connection::open_in_memory().unwrap();
            migrations::run(&mut db).unwrap();
            let id = Id([1; 16]);
            let mut doc = Doc::empty();
            let bytes = doc.change([1; 8], 0, |w| w.put("note", "自己写的")).unwrap().unwrap();
            let item = Item { kind: ItemKind::Change.number(), doc: id, bytes };
            let journal = outbox::write_journal(&db, &[id], "edit", "{}", 0).unwrap();
            outbox::put(&db, journal, Opening([1; 5]), 1, &item).unwrap();
            documents::save(&db, id, &doc).unwrap();
            documents::note_change(&db, id, item.hash(), None, None).unwrap();
            if others {
                documents::note_change(&db, id, Hash([9; 32]), Some(3), None).unwrap();
            }
            db.execute("UPDATE document SET bytes = x'ff'", []).unwrap();
            assert_eq!(begin_all(&db).unwrap(), 1);
            assert_eq!(documents::load(&db, id).unwrap().unwrap().doc.heads(), doc.heads());
            assert_eq!(documents::damaged(&db).unwrap().iter().any(|(damaged, _)| *damaged == id), others);
        }
    }

    #[test]
    fn what_a_damaged_document_lost_comes_again_with_a_log_of_another_history() {
        let mut db = Connection::open_in_memory().unwrap();
        migrations::run(&mut db).unwrap();
        let id = Id([1; 16]);
        let mut doc = Doc::empty();
        let bytes = doc.change([1; 8], 0, |w| w.put("note", "别人写的")).unwrap().unwrap();
        let hash = Item { kind: ItemKind::Change.number(), doc: id, bytes: bytes.clone() }.hash();
        documents::apply(&db, id, &[(hash, 3, bytes)]).unwrap();
        db.execute("UPDATE document SET bytes = x'ff'", []).unwrap();
        assert_eq!(begin_all(&db).unwrap(), 1);
        assert!(documents::has_change(&db, id, hash).unwrap(), "the log has it, and it is to come again");
        documents::begin_anew(&db).unwrap();
        assert!(!documents::has_change(&db, id, hash).unwrap(), "of another log nothing is here");
    }
}
