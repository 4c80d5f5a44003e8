//! The head of a log row: what is kept of a row for ever, linked to the row before.

use minicbor::Encode;
use sha2::{Digest, Sha256};

use super::Hash;
use crate::{
    Id,
    frame::to_cbor,
    ids::{Device, Opening},
};

/// Everything about a row but its bytes. Facts and the office's own changes carry no signature: the
/// chain stands for the server's own word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The stream's name, as `grid:620102001001001`.
    pub stream: String,
    /// Counts from 1 in each stream.
    pub seq: u64,
    /// Who wrote the item.
    pub device: Device,
    /// In which opening.
    pub opening: Opening,
    /// Its number there.
    pub n: u64,
    /// When the server had it safe, milliseconds since 1970.
    pub received_ms: i64,
    /// When it took its place in the log, milliseconds since 1970.
    pub applied_ms: i64,
    /// The document.
    pub doc: Id,
    /// Number of the item's kind.
    pub kind: u8,
    /// The item's hash.
    pub hash: Hash,
    /// Signature of the envelope it came in, empty for the server's own.
    pub signature: Vec<u8>,
    /// The stream's sum after this row.
    pub sum: u64,
}

#[derive(Encode)]
#[cbor(array)]
struct Linked<'a> {
    #[n(0)]
    stream: &'a str,
    #[n(1)]
    seq: u64,
    #[n(2)]
    device: u32,
    #[n(3)]
    opening: Opening,
    #[n(4)]
    n: u64,
    #[n(5)]
    received_ms: i64,
    #[n(6)]
    applied_ms: i64,
    #[n(7)]
    doc: Id,
    #[n(8)]
    kind: u8,
    #[n(9)]
    hash: Hash,
    #[cbor(n(10), with = "minicbor::bytes")]
    signature: &'a [u8],
    #[n(11)]
    sum: u64,
}

/// SHA-256(previous link ‖ head): a row that is taken out, changed or put in breaks every later link.
pub fn next_link(previous: &Hash, h: &Head) -> Hash {
    let head = to_cbor(&Linked {
        stream: &h.stream,
        seq: h.seq,
        device: h.device.0,
        opening: h.opening,
        n: h.n,
        received_ms: h.received_ms,
        applied_ms: h.applied_ms,
        doc: h.doc,
        kind: h.kind,
        hash: h.hash,
        signature: &h.signature,
        sum: h.sum,
    });
    let mut link = Sha256::new();
    link.update(previous.0);
    link.update(head);
    Hash(link.finalize().into())
}
