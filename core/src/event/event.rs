//! An event: something that happened to a matter. Codes, ids, numbers and dates only; every sentence
//! typed for it lies in the matter's document under `text:<event id>`.

use minicbor::{Decode, Encode};

use crate::{
    Id, Result,
    clock::At,
    frame::{from_cbor, to_cbor},
};

/// The author of what the system does.
pub const SYSTEM: Id = Id([0; 16]);

/// An event as it travels, immutable.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Event {
    /// Version 7 id.
    #[n(0)]
    pub id: Id,
    /// Number of a [`crate::model::EventCode`].
    #[n(1)]
    pub code: u8,
    /// The officer or member of staff who did it.
    #[n(2)]
    pub by: Id,
    /// Number of a [`crate::model::Role`].
    #[n(3)]
    pub role: u8,
    /// When, as the device knows it.
    #[n(4)]
    pub at: At,
    /// Highest ordinal of the matter that the author had seen.
    #[n(5)]
    pub saw: u64,
    /// The author's previous unjudged event on this matter.
    #[n(6)]
    pub after: Option<Id>,
    /// CBOR whose shape the code says.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub payload: Vec<u8>,
}

impl Event {
    /// The bytes that travel.
    pub fn encode(&self) -> Vec<u8> {
        to_cbor(self)
    }

    /// Reads an event; unknown keys are skipped.
    ///
    /// # Errors
    /// `frame.malformed`.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        from_cbor(bytes)
    }
}
