//! Rows as they are read back.

use minqing_core::{
    envelope::{Hash, Head, Item, ItemKind},
    event::Fact,
    ids::Name,
};

use super::{EnvelopeHead, StreamId};

/// A row that is about to be said again in another stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moving {
    /// Its name.
    pub name: Name,
    /// The item.
    pub item: Item,
    /// The envelope it came in; none for the server's own.
    pub envelope: Option<i64>,
    /// When it was received, milliseconds since 1970.
    pub received_ms: i64,
}

/// What a row counts with whose bytes were erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The hash it was stored under.
    pub hash: Hash,
    /// Whether it counts in its document's sum.
    pub counts: bool,
}

/// A row as read back.
#[derive(Clone, Debug)]
pub struct LogRow {
    /// The stream.
    pub stream: StreamId,
    /// Its place.
    pub seq: u64,
    /// Its name.
    pub name: Name,
    /// The item; without bytes where they were erased.
    pub item: Item,
    /// Left of it where its bytes were erased.
    pub blank: Option<Blank>,
}

impl LogRow {
    /// The hash it counts with.
    pub fn hash(&self) -> Hash {
        self.blank.map_or_else(|| self.item.hash(), |blank| blank.hash)
    }

    /// Whether after it nothing of its document counts in its stream any more.
    pub fn uncounts(&self) -> bool {
        ItemKind::from_number(self.item.kind) == Some(ItemKind::Fact) && Fact::uncounts(&self.item.bytes)
    }

    /// Whether it counts in its document's sum.
    pub fn counts(&self) -> bool {
        self.blank.map_or_else(|| ItemKind::from_number(self.item.kind) != Some(ItemKind::Fact) || Fact::counts(&self.item.bytes), |blank| blank.counts)
    }
}

/// A row with everything that proves it.
#[derive(Clone, Debug)]
pub struct ProvenRow {
    /// The row.
    pub row: LogRow,
    /// The stream's name.
    pub stream_name: String,
    /// The hash it was stored under.
    pub hash: Hash,
    /// When it was received, milliseconds since 1970.
    pub received_ms: i64,
    /// When it took its place, milliseconds since 1970.
    pub applied_ms: i64,
    /// The stream's sum after it.
    pub sum: u64,
    /// Its link.
    pub link: Hash,
    /// The envelope it came in and the key it must be signed with; none for the server's own.
    pub envelope: Option<(EnvelopeHead, [u8; 32])>,
}

impl ProvenRow {
    /// What its link covers, with the link before.
    pub fn head(&self) -> Head {
        let LogRow { seq, name, item, .. } = &self.row;
        Head {
            stream: self.stream_name.clone(),
            seq: *seq,
            device: name.device,
            opening: name.opening,
            n: name.n,
            received_ms: self.received_ms,
            applied_ms: self.applied_ms,
            doc: item.doc,
            kind: item.kind,
            hash: self.hash,
            signature: self.envelope.as_ref().map(|(head, _)| head.signature.to_vec()).unwrap_or_default(),
            sum: self.sum,
        }
    }
}
