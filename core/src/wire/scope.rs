//! An officer's area changed: the server says so, the phone names what it still holds from before.

use minicbor::{Decode, Encode};

use crate::ids::Opening;

/// The streams an officer reads now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct ScopeNow {
    /// Its version.
    #[n(0)]
    pub version: u32,
    /// Stream names, in the order in which a request gives its seqs.
    #[n(1)]
    pub streams: Vec<String>,
}

/// Items that a phone wrote under an older scope and still holds; they count as written then whenever they arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Claim {
    /// The opening.
    #[n(0)]
    pub opening: Opening,
    /// The number of the first.
    #[n(1)]
    pub first: u64,
    /// And of the last.
    #[n(2)]
    pub last: u64,
    /// Version of the scope under which they were written.
    #[n(3)]
    pub scope: u32,
}

impl Claim {
    /// Whether it names an item.
    pub fn names(&self, opening: Opening, n: u64) -> bool {
        self.opening == opening && (self.first..=self.last).contains(&n)
    }
}
