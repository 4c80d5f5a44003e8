//! Snapshots are taken like rows: what a pack says of a document is what its rows would have said.

use std::collections::BTreeSet;

use super::{
    rebuild::Pen,
    taking::{Arrived, Taking},
};
use crate::{
    Id, Result,
    envelope::{Hash, ItemKind},
    ids::{Name, Opening},
    pack::Snapshot,
    store::{documents, outbox, streams},
};

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
        let id = snapshot.doc;
        let mut hashes = Vec::new();
        if let Some(doc) = snapshot.document()? {
            let changes: Vec<(Hash, u64, Vec<u8>)> =
                doc.changes().into_iter().map(|bytes| (snapshot.item(ItemKind::Change, &bytes).hash(), seq, bytes)).collect();
            hashes.extend(changes.iter().map(|(hash, ..)| *hash));
            if documents::exists(self.tx, id)? {
                self.beside(stream, id, changes)?;
            } else {
                documents::save(self.tx, id, &doc)?;
                changes.iter().try_for_each(|(hash, ..)| documents::note_change(self.tx, id, *hash, Some(seq), None))?;
                self.whole.push((stream, id, doc));
            }
        }
        // By whom and as which item it was written a pack does not say.
        let nameless = |device| Name { device, opening: Opening([0; 5]), n: 0 };
        for told in &snapshot.events {
            self.keep_event(stream, seq, nameless(told.device), &snapshot.item(ItemKind::Event, &told.bytes))?;
            outbox::found_in_log(self.tx, id, snapshot.item(ItemKind::Event, &told.bytes).hash(), seq)?;
        }
        for bytes in &snapshot.facts {
            self.keep_fact(stream, seq, &snapshot.item(ItemKind::Fact, bytes))?;
        }
        streams::set_doc_sum(self.tx, self.stream(stream)?, id, snapshot.sum(hashes))
    }

    /// A document that is here already takes what it lacks.
    fn beside(&mut self, stream: u32, id: Id, changes: Vec<(Hash, u64, Vec<u8>)>) -> Result<()> {
        let mut lacking = Vec::new();
        for (hash, seq, bytes) in changes {
            outbox::found_in_log(self.tx, id, hash, seq)?;
            if documents::has_change(self.tx, id, hash)? {
                documents::note_change(self.tx, id, hash, Some(seq), None)?;
            } else {
                lacking.push((hash, seq, bytes));
            }
        }
        self.changes.insert(id, Arrived { stream, changes: lacking });
        Ok(())
    }
}
