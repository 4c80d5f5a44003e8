//! Takes back what was recorded last, as long as nobody else can know of it (docs/adr/0025).

use std::collections::{BTreeSet, HashSet};

use rusqlite::Connection;

use super::Client;
use crate::{
    Error, Id, Result,
    document::{hash_of_change, part},
    envelope::{Hash, ItemKind},
    store::{attachments, documents, events, outbox, project, purge, remake, search},
};

/// Somebody may know of it, or something rests on it.
const LATE: Error = Error::State("undo.late");

impl Client {
    /// Takes back the last action on a record as if it had not been done, as long as nothing of it was in a request or a bundle, nothing was written on
    /// top of it, and the app was not restarted since. Files that it named stay ready for another record.
    ///
    /// # Errors
    /// `record.unknown` for what was never written here; `undo.late`; `store.failed`.
    pub fn take_back(&mut self, record: String) -> Result<()> {
        let unknown = || Error::Missing { code: "record.unknown", id: record.clone() };
        let id: Id = record.parse().map_err(|_| unknown())?;
        let journal = outbox::last_action(self.store.read(), id)?.ok_or_else(unknown)?;
        if !self.unheard.contains(&journal) {
            return Err(LATE);
        }
        self.lists.store.write(|tx| action(tx, journal))?;
        self.unheard.retain(|kept| *kept != journal);
        // Its numbers stay used up: what is written next is in a fresh opening.
        self.opening = None;
        Ok(())
    }
}

fn action(db: &Connection, journal: i64) -> Result<()> {
    let items = outbox::of_action(db, journal)?;
    let docs: BTreeSet<Id> = items.iter().map(|(_, doc, _)| *doc).collect();
    for doc in docs {
        if outbox::is_written_after(db, doc, journal)? {
            return Err(LATE);
        }
        let of = |kind: ItemKind| items.iter().filter(move |(k, d, _)| *k == kind.number() && *d == doc).map(|(.., kept)| kept);
        of(ItemKind::Event).try_for_each(|kept| events::take_back(db, doc, &kept.bytes))?;
        let lost: HashSet<Hash> = of(ItemKind::Change).map(|kept| kept.hash).collect();
        let files = attachments::of_document(db, doc)?;
        if !lost.is_empty() {
            document(db, doc, &lost)?;
        } else if events::of_matter(db, doc)?.is_empty() {
            purge::take_out(db, doc)?;
        } else {
            project::matter(db, doc, None)?;
        }
        attachments::let_be(db, &files)?;
    }
    items.iter().try_for_each(|(.., kept)| outbox::take_back(db, kept.id))?;
    outbox::forget_action(db, journal)
}

/// The document without what was written, and the rows that follow from it.
fn document(db: &Connection, id: Id, lost: &HashSet<Hash>) -> Result<()> {
    let whole = documents::load(db, id)?.ok_or(LATE)?.doc;
    let changes = remake::items(id, &whole).filter(|item| lost.contains(&item.hash())).filter_map(|item| hash_of_change(&item.bytes)).collect();
    let (doc, rests) = part(&whole, &changes)?;
    if !rests.is_empty() {
        return Err(LATE);
    }
    if doc.header().is_none() {
        return purge::take_out(db, id);
    }
    // Rows that the document no longer speaks of would stay.
    purge::take_off_lists(db, id)?;
    search::forget(db, id)?;
    documents::save(db, id, &doc)?;
    lost.iter().try_for_each(|hash| documents::forget_change(db, id, *hash))?;
    project::document(db, id, &doc)
}
