//! Bodies of rows: as they were stored, or, where compaction let them go, taken out of the document again. A document as kept
//! holds each of its changes byte for byte.

use std::collections::HashMap;

use minqing_core::{
    Id,
    envelope::{Hash, Item, ItemKind},
    frame::{MAX_ITEM, unpack},
};
use rusqlite::Connection;

use super::{super::damaged, document};
use crate::storage::{Result, StoreError};

/// Bytes of changes kept ready; past it, documents are opened anew.
const READY: usize = 16 << 20;

/// The bodies of rows that are read one after the other: a document is opened once for all of them.
pub(super) struct Bodies<'c> {
    c: &'c Connection,
    /// Changes by item hash, of documents that were opened.
    ready: HashMap<Id, HashMap<Hash, Vec<u8>>>,
    size: usize,
    /// Whether a body that no document gives back is empty instead of an error.
    lenient: bool,
}

impl<'c> Bodies<'c> {
    /// All of them must be there.
    pub(super) fn of(c: &'c Connection) -> Self {
        Self { c, ready: HashMap::new(), size: 0, lenient: false }
    }

    /// One that is nowhere is empty: whoever holds each row against its hash sees that.
    pub(super) fn where_they_are(c: &'c Connection) -> Self {
        Self { lenient: true, ..Self::of(c) }
    }

    /// The bytes of a row's item.
    pub(super) fn bytes(&mut self, kind: u8, doc: Id, hash: Hash, body: Option<Vec<u8>>) -> Result<Vec<u8>> {
        match body {
            Some(body) => unpack(&body, MAX_ITEM).map_err(|_| damaged("log")),
            None if kind != ItemKind::Change.number() => Ok(Vec::new()),
            None => match (self.lenient, self.given(doc, hash)?) {
                (_, Some(bytes)) => Ok(bytes.to_vec()),
                (true, None) => Ok(Vec::new()),
                (false, None) => Err(damaged("log")),
            },
        }
    }

    /// A change as its document gives it back; `None` where there is no such document, or it cannot be read, or it does not hold
    /// that change.
    pub(super) fn given(&mut self, doc: Id, hash: Hash) -> Result<Option<&[u8]>> {
        if !self.ready.contains_key(&doc) {
            let changes = match document::open(self.c, doc) {
                Ok(kept) => kept.map(|kept| kept.doc.changes()).unwrap_or_default(),
                Err(StoreError::Damaged(_)) => Vec::new(),
                Err(e) => return Err(e),
            };
            let items = changes.into_iter().map(|bytes| Item { kind: ItemKind::Change.number(), doc, bytes });
            let changes: HashMap<Hash, Vec<u8>> = items.map(|item| (item.hash(), item.bytes)).collect();
            let size = changes.values().map(Vec::len).sum::<usize>();
            if self.size + size > READY {
                (self.ready, self.size) = (HashMap::new(), 0);
            }
            self.size += size;
            self.ready.insert(doc, changes);
        }
        Ok(self.ready.get(&doc).and_then(|changes| changes.get(&hash)).map(Vec::as_slice))
    }
}
