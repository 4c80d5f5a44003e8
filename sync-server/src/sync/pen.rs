//! The server's own name in the log: device 0, a fresh opening for each start of the process.

use std::sync::atomic::{AtomicU64, Ordering};

use minqing_core::{
    Id,
    envelope::{Item, ItemKind},
    event::{Fact, FactKind},
    ids::{Device, Name, Opening},
};

use crate::{
    entropy::{Entropy, bytes},
    storage::log::Entry,
};

/// The server's device number; phones never get it.
pub const SERVER: Device = Device(0);

/// Names what this process writes. A restored server must not use an opening again, so none is stored.
pub struct Pen {
    opening: Opening,
    next: AtomicU64,
}

impl Pen {
    /// Draws an opening.
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self { opening: Opening(bytes(entropy)), next: AtomicU64::new(1) }
    }

    /// The opening.
    pub fn opening(&self) -> Opening {
        self.opening
    }

    /// The next name. Numbers of transactions that failed are left out.
    pub fn name(&self) -> Name {
        Name { device: SERVER, opening: self.opening, n: self.next.fetch_add(1, Ordering::Relaxed) }
    }

    /// A row of the server's own: nobody else signs it, and it is received as it is applied.
    pub fn row<'i>(&self, item: &'i Item, now_ms: i64) -> Entry<'i> {
        Entry { name: self.name(), item, envelope: None, received_ms: now_ms, applied_ms: now_ms, counts: true }
    }

    /// A fact about a document or matter; `payload`: CBOR whose shape the kind says.
    pub fn fact(&self, entropy: &dyn Entropy, now_ms: i64, kind: FactKind, doc: Id, payload: Vec<u8>) -> Item {
        Self::fact_of(self.id(entropy, now_ms), now_ms, kind, doc, payload)
    }

    /// The same of an id that follows from what it says.
    pub fn fact_of(id: Id, now_ms: i64, kind: FactKind, doc: Id, payload: Vec<u8>) -> Item {
        let fact = Fact { id, kind: kind.number(), server_ms: now_ms, payload };
        Item { kind: ItemKind::Fact.number(), doc, bytes: fact.encode() }
    }

    /// A fresh id.
    pub fn id(&self, entropy: &dyn Entropy, now_ms: i64) -> Id {
        Id::timed(now_ms, &bytes(entropy))
    }
}
