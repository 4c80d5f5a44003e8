//! What a phone sends: where it stands in each stream, and signed envelopes.

use minicbor::{Decode, Encode, bytes::ByteVec};

use super::{Claim, Manifest};
use crate::{Id, ids::Opening};

/// The request of one exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Up {
    /// The ticket of the last answer; none before the first. It names device and history on the server.
    #[n(0)]
    pub ticket: Option<ByteVec>,
    /// The version of the scope that the seqs below are for.
    #[n(1)]
    pub scope: u32,
    /// The last seq taken from each stream, in the scope's order.
    #[n(2)]
    pub seqs: Vec<u64>,
    /// The present opening; rows of it come back without their bytes.
    #[n(3)]
    pub opening: Option<Opening>,
    /// The first number of that opening the phone still holds.
    #[n(4)]
    pub first: Option<u64>,
    /// Encoded [`crate::envelope::Envelope`]s; left out where there are none, as all trailing absent fields.
    #[n(5)]
    pub envelopes: Option<Vec<ByteVec>>,
    /// Items of the carrier that it wrote again under other names, since they rested on one put aside.
    #[n(6)]
    pub superseded: Option<Vec<Superseded>>,
    /// A packed array of [`crate::envelope::Item`]s that other people wrote and a restored server lacks. Nobody signed
    /// them to this request: a server takes them for a while after a restore only.
    #[n(7)]
    pub recovered: Option<ByteVec>,
    /// Streams, by their index, of which the phone has nothing yet and would rather take a pack.
    #[n(8)]
    pub packs: Option<Vec<u32>>,
    /// What the phone holds, where its sums are not the server's or a document is damaged.
    #[n(9)]
    pub manifests: Option<Vec<Manifest>>,
    /// What the phone holds from before its scope changed; told with its first requests under the new one.
    #[n(10)]
    pub claims: Option<Vec<Claim>>,
    /// How many items wait on the phone besides those of this request.
    #[n(11)]
    pub unsent: Option<u32>,
    /// Erasures after which nothing of what was erased is left on the phone.
    #[n(12)]
    pub erased: Option<Vec<Id>>,
    /// The device that asks, where no ticket says so: else two phones could send the very same bytes, and each take the other's answer
    /// for its own.
    #[n(13)]
    pub device: Option<u32>,
    /// How much room is left on the phone for the app's files, in MiB; only where that is little.
    #[n(14)]
    pub room_mib: Option<u32>,
}

/// The name of an item, of the device that sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Superseded {
    /// The opening.
    #[n(0)]
    pub opening: Opening,
    /// The number there.
    #[n(1)]
    pub n: u64,
}
