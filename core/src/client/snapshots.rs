//! Snapshots are taken like rows: what a pack says of a document is what its rows would have said.

use std::collections::BTreeSet;

use super::{
    rebuild::Pen,
    taking::{Arrived, Taking},
};
use crate::{
    Id, Result,
    document::Doc,
    envelope::{Hash, ItemKind},
    event::Fact,
    frame::from_cbor,
    ids::{Name, Opening},
    pack::Snapshot,
    store::{documents, history, outbox, packs, remake},
};

/// A change that is in the log: hash, place and bytes.
pub(super) type Logged = (Hash, u64, Vec<u8>);

impl Taking<'_> {
    /// Takes snapshots of one stream as of `seq`; returns what lists must show anew.
    ///
    /// # Errors
    /// `document.malformed` and `frame.malformed` for what no server sends; `store.failed`.
    pub(super) fn take_snapshots(&mut self, stream: u32, seq: u64, snapshots: Vec<Snapshot>, pen: &mut Pen) -> Result<BTreeSet<Id>> {
        for snapshot in &snapshots {
            self.snapshot(stream, seq, snapshot)?;
        }
        let mut changed = self.show()?;
        changed.extend(self.rebuild(pen)?);
        Ok(changed)
    }

    fn snapshot(&mut self, stream: u32, seq: u64, snapshot: &Snapshot) -> Result<()> {
        let doc = snapshot.document()?;
        let changes = changes_of(snapshot.doc, doc.as_ref(), seq);
        let hashes: Vec<Hash> = changes.iter().map(|(hash, ..)| *hash).collect();
        self.keep_snapshot(stream, seq, snapshot, doc, changes)?;
        let sum = snapshot.sum(hashes);
        // What counts for nothing has no place among the sums.
        if sum == 0 { Ok(()) } else { packs::set_sum(self.tx, self.stream(stream)?, snapshot.doc, sum) }
    }

    /// A document of another home that this officer is to have from now on.
    pub(super) fn shared(&mut self, stream: u32, seq: u64, fact: &Fact) -> Result<()> {
        let snapshot: Snapshot = from_cbor(&fact.payload)?;
        let doc = snapshot.document()?;
        let changes = changes_of(snapshot.doc, doc.as_ref(), seq);
        self.keep_snapshot(stream, seq, &snapshot, doc, changes)
    }

    fn keep_snapshot(&mut self, stream: u32, seq: u64, snapshot: &Snapshot, doc: Option<Doc>, changes: Vec<Logged>) -> Result<()> {
        let id = snapshot.doc;
        if !changes.is_empty() {
            if documents::exists(self.tx, id)? {
                self.beside(stream, id, changes)?;
            } else if let Some(doc) = doc {
                documents::save(self.tx, id, &doc)?;
                changes.iter().try_for_each(|(hash, ..)| documents::note_change(self.tx, id, *hash, Some(seq), None))?;
                self.whole.push((stream, id, doc));
            }
        }
        // By whom and as which item it was written a snapshot does not say.
        let nameless = |device| Name { device, opening: Opening([0; 5]), n: 0 };
        for told in &snapshot.events {
            let item = snapshot.item(ItemKind::Event, &told.bytes);
            self.keep_event(stream, seq, nameless(told.device), &item)?;
            outbox::found_in_log(self.tx, id, item.hash(), seq)?;
        }
        for bytes in &snapshot.facts {
            // What the stream counts before all of a pack is here is not the pack's to say.
            if let Some(what) = Fact::decode(bytes).ok().and_then(|fact| fact.archived()) {
                history::note(self.tx, self.stream(stream)?, id, &what)?;
                continue;
            }
            self.keep_fact(stream, seq, &snapshot.item(ItemKind::Fact, bytes))?;
        }
        Ok(())
    }

    /// A document that is here already takes what it lacks.
    fn beside(&mut self, stream: u32, id: Id, changes: Vec<Logged>) -> Result<()> {
        let mut lacking = Vec::new();
        for (hash, seq, bytes) in changes {
            outbox::found_in_log(self.tx, id, hash, seq)?;
            if documents::has_change(self.tx, id, hash)? {
                documents::note_change(self.tx, id, hash, Some(seq), None)?;
            } else {
                lacking.push((hash, seq, bytes));
            }
        }
        let arrived = &mut self.changes.entry(id).or_insert_with(|| Arrived { stream, changes: Vec::new() }).changes;
        lacking.retain(|(hash, ..)| arrived.iter().all(|(known, ..)| known != hash));
        arrived.extend(lacking);
        Ok(())
    }
}

/// The changes of the document in a snapshot, as of `seq`.
pub(super) fn changes_of(id: Id, doc: Option<&Doc>, seq: u64) -> Vec<Logged> {
    doc.into_iter().flat_map(|doc| remake::items(id, doc)).map(|item| (item.hash(), seq, item.bytes)).collect()
}
