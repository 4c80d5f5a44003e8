//! Takes back what was recorded last, as long as nobody else can know of it (docs/adr/0025).

use std::collections::{BTreeSet, HashSet};

use rusqlite::Connection;

use super::Client;
use crate::{
    Error, Id, Result,
    document::{hash_of_change, part},
    envelope::{Hash, ItemKind},
    event::Event,
    store::{attachments, documents, events, packs, project, purge, remake, search, taken_back},
};

/// Somebody may know of it, or something rests on it.
const LATE: Error = Error::State("undo.late");

/// Documents and bytes of what was written after an action.
type Later = [(Id, Vec<u8>)];

impl Client {
    /// Takes back the last action on a record as if it had not been done, as long as nothing of it was in a request or a bundle, nothing was written on
    /// top of it, and the app was not restarted since. Files that it named stay ready for another record.
    ///
    /// # Errors
    /// `record.unknown` for what was never written here; `undo.late`; `document.malformed`, `store.failed`.
    pub fn take_back(&mut self, record: String) -> Result<()> {
        let unknown = || Error::Missing { code: "record.unknown", id: record.clone() };
        let id: Id = record.parse().map_err(|_| unknown())?;
        let journal = taken_back::last_action(self.store.read(), id)?.ok_or_else(unknown)?;
        if !self.unheard.contains(&journal) {
            return Err(LATE);
        }
        let going = self.uploads.under_way();
        self.lists.store.write(|tx| action(tx, journal, going))?;
        self.unheard.retain(|kept| *kept != journal);
        // Its numbers stay used up: what is written next is in a fresh opening.
        self.opening = None;
        Ok(())
    }

    /// Reads what is about to be handed over: from here on no process of this phone takes any of it back.
    pub(super) fn hand_over<T>(&mut self, read: impl Fn(&Connection) -> Result<T>) -> Result<T> {
        self.unheard.clear();
        {
            let moment = self.store.moment()?;
            // Mostly so, and then nothing is written.
            if taken_back::is_noted(&moment)? {
                return read(&moment);
            }
        }
        let noted = self.lists.store.write(|tx| taken_back::note(tx).and_then(|()| read(tx)));
        // A phone without room says what it has nevertheless.
        if matches!(noted, Err(Error::Store(_))) { read(self.store.read()) } else { noted }
    }
}

fn action(db: &Connection, journal: i64, going: Option<Hash>) -> Result<()> {
    let (items, later) = (taken_back::items(db, journal)?, taken_back::later(db, journal)?);
    if taken_back::may_be_heard(db, &items)? {
        return Err(LATE);
    }
    let docs: BTreeSet<Id> = items.iter().map(|written| written.doc).collect();
    for doc in docs {
        let of = |kind: ItemKind| items.iter().filter(move |w| w.kind == kind.number() && w.doc == doc).map(|w| &w.kept);
        let said: Vec<Id> = of(ItemKind::Event).filter_map(|kept| Event::decode(&kept.bytes).ok()).map(|event| event.id).collect();
        if later.iter().any(|(on, _)| *on == doc) || said.iter().any(|event| is_named(&later, *event)) {
            return Err(LATE);
        }
        said.into_iter().try_for_each(|event| events::take_back(db, event))?;
        let lost: HashSet<Hash> = of(ItemKind::Change).map(|kept| kept.hash).collect();
        let files = attachments::of_document(db, doc)?;
        if !lost.is_empty() {
            document(db, doc, &lost, &later)?;
        } else if events::of_matter(db, doc)?.is_empty() {
            take_out(db, doc, &later)?;
        } else {
            project::matter(db, doc, None)?;
        }
        if !attachments::let_be(db, &files, going)? {
            return Err(LATE);
        }
    }
    taken_back::forget(db, journal)
}

/// The document without what was written, and the rows that follow from it.
fn document(db: &Connection, id: Id, lost: &HashSet<Hash>, later: &Later) -> Result<()> {
    let whole = documents::load(db, id)?.ok_or(LATE)?.doc;
    let changes = remake::items(id, &whole).filter(|item| lost.contains(&item.hash())).filter_map(|item| hash_of_change(&item.bytes)).collect();
    let (doc, rests) = part(&whole, &changes)?;
    if !rests.is_empty() {
        return Err(LATE);
    }
    if doc.header().is_none() {
        return take_out(db, id, later);
    }
    // Rows that the document no longer speaks of would stay.
    purge::take_off_lists(db, id)?;
    search::forget(db, id)?;
    documents::save(db, id, &doc)?;
    lost.iter().try_for_each(|hash| documents::forget_change(db, id, *hash))?;
    project::document(db, id, &doc)
}

/// Nothing is left of a door or a matter; unless something that was written since is at it, or its row came ahead of its document.
fn take_out(db: &Connection, id: Id, later: &Later) -> Result<()> {
    if is_named(later, id) || packs::more_to_come(db)? { Err(LATE) } else { purge::take_out(db, id) }
}

/// Whether something that was written later speaks of an id: events hold its bytes, documents its letters.
fn is_named(later: &Later, id: Id) -> bool {
    let text = id.to_string();
    let holds = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    later.iter().any(|(_, bytes)| holds(bytes, &id.0) || holds(bytes, text.as_bytes()))
}
