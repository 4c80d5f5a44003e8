//! What the server offers in the place of a stream's rows.

use minicbor::{Decode, Encode};

use crate::envelope::Hash;

/// A pack of one stream.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Offer {
    /// Index of the stream in the scope's order.
    #[n(0)]
    pub stream: u32,
    /// The last row that is in it.
    #[n(1)]
    pub seq: u64,
    /// The stream's sum there.
    #[n(2)]
    pub sum: u64,
    /// Its parts, in the order in which they are taken.
    #[n(3)]
    pub parts: Vec<Part>,
}

/// One part of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Part {
    /// Its bytes as it travels.
    #[n(0)]
    pub bytes: u64,
    /// Their SHA-256.
    #[n(1)]
    pub hash: Hash,
}
