//! An item and its hash. The hash covers kind and document: an Automerge change does not contain
//! the id of its document, and a carrier must not be able to move it to another.

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::{Error, Id, Result};

/// What an item is. Kinds of newer versions are kept raw, so the number stays a number on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A change of a document.
    Change,
    /// Something that happened to a matter.
    Event,
    /// What the server decided; never uploaded.
    Fact,
}

impl ItemKind {
    /// The number on the wire.
    pub fn number(self) -> u8 {
        match self {
            Self::Change => 1,
            Self::Event => 2,
            Self::Fact => 3,
        }
    }

    /// The kind of a number, `None` if it is of a newer version.
    pub fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Change),
            2 => Some(Self::Event),
            3 => Some(Self::Fact),
            _ => None,
        }
    }
}

/// One change, event or fact, with its bytes as they were first sent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Item {
    /// Number of an [`ItemKind`].
    #[n(0)]
    pub kind: u8,
    /// The document; for events and facts the matter.
    #[n(1)]
    pub doc: Id,
    /// The bytes, never re-encoded.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

impl Item {
    /// The item's hash, by which it is known for ever.
    pub fn hash(&self) -> Hash {
        let mut h = Sha256::new();
        h.update(b"minqing/item/1");
        h.update([self.kind]);
        h.update(self.doc.0);
        h.update(&self.bytes);
        Hash(h.finalize().into())
    }
}

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Hash(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl Hash {
    /// Hashes some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 small characters of hexadecimal.
    pub fn from_hex(text: &str) -> Option<Self> {
        let small = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        if text.len() != 64 || !text.bytes().all(small) {
            return None;
        }
        let mut hash = [0; 32];
        for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        Some(Self(hash))
    }

    /// Reads a hash out of bytes that came from elsewhere.
    ///
    /// # Errors
    /// `frame.malformed` if it is not 32 bytes long.
    pub fn from_slice(bytes: &[u8]) -> Result<Self> {
        bytes.try_into().map(Self).map_err(|_| Error::Malformed("frame.malformed"))
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_reads_back() {
        let hash = Hash::of(b"x");
        assert_eq!(Hash::from_hex(&hash.to_string()), Some(hash));
        for bad in ["", &"0".repeat(63), &"A".repeat(64), &"+1".repeat(32), &"\u{e9}".repeat(32)] {
            assert_eq!(Hash::from_hex(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_hash_covers_kind_and_document() {
        let item = Item { kind: 1, doc: Id([1; 16]), bytes: vec![1, 2, 3] };
        let moved = Item { doc: Id([2; 16]), ..item.clone() };
        let recast = Item { kind: 2, ..item.clone() };
        assert_ne!(item.hash(), moved.hash());
        assert_ne!(item.hash(), recast.hash());
        assert_eq!(item.hash(), item.clone().hash());
    }
}
