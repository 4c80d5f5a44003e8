//! A document whole, with all that was said about it in its stream.

use minicbor::{Decode, Encode, bytes::ByteVec};

use crate::{
    Id, Result,
    document::Doc,
    envelope::{Hash, Item, ItemKind, item_term},
    event::Fact,
    ids::Device,
};

/// All rows of one document or matter in one stream up to some place: snapshot and rows after it say the same as all rows.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Snapshot {
    /// The document, or what the events and facts are about.
    #[n(0)]
    pub doc: Id,
    /// The saved document, if its changes are rows of this stream.
    #[n(1)]
    pub bytes: Option<ByteVec>,
    /// The events, in seq order.
    #[n(2)]
    pub events: Vec<Told>,
    /// The facts' bytes, in seq order.
    #[n(3)]
    pub facts: Vec<ByteVec>,
}

/// An event and who brought it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Told {
    /// The device that wrote it.
    #[n(0)]
    pub device: Device,
    /// The event's bytes.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

impl Snapshot {
    /// One of which nothing is known yet.
    pub fn new(doc: Id) -> Self {
        Self { doc, bytes: None, events: Vec::new(), facts: Vec::new() }
    }

    /// About how many bytes it has.
    pub fn size(&self) -> usize {
        let told: usize = self.events.iter().map(|told| told.bytes.len()).sum();
        self.bytes.as_ref().map_or(0, |bytes| bytes.len()) + told + self.facts.iter().map(|fact| fact.len()).sum::<usize>()
    }

    /// The document in it.
    ///
    /// # Errors
    /// `document.malformed`.
    pub fn document(&self) -> Result<Option<Doc>> {
        self.bytes.as_ref().map(|bytes| Doc::load(bytes)).transpose()
    }

    /// An item of this document, as it stands in the log.
    pub fn item(&self, kind: ItemKind, bytes: &[u8]) -> Item {
        Item { kind: kind.number(), doc: self.doc, bytes: bytes.to_vec() }
    }

    /// The document's sum in the stream, from the hashes of its changes and everything that counts besides.
    pub fn sum(&self, changes: impl IntoIterator<Item = Hash>) -> u64 {
        let events = self.events.iter().map(|told| self.item(ItemKind::Event, &told.bytes).hash());
        let facts = self.facts.iter().filter(|bytes| Fact::counts(bytes)).map(|bytes| self.item(ItemKind::Fact, bytes).hash());
        changes.into_iter().chain(events).chain(facts).fold(0, |sum: u64, hash| sum.wrapping_add(item_term(self.doc, hash)))
    }
}
