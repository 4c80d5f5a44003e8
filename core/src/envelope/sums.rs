//! Sums tell in eight bytes whether phone and server hold the same items (docs/SYNC.md, "Sums").
//!
//! sum(doc) = Σ mod 2⁶⁴ of 8 bytes of SHA-256(doc ‖ item hash); sum(stream) = Σ of 8 bytes of
//! SHA-256(doc ‖ sum(doc)) over the documents of the stream. Order does not matter, so rows that
//! arrive twice or in pieces give the same sum once each item is counted once.

use super::Hash;
use crate::Id;

/// What one item adds to its document's sum.
pub fn item_term(doc: Id, hash: Hash) -> u64 {
    first_eight(&[doc.0.as_slice(), &hash.0].concat())
}

/// What one document adds to its stream's sum; an untouched document adds nothing.
pub fn doc_term(doc: Id, sum: u64) -> u64 {
    if sum == 0 { 0 } else { first_eight(&[doc.0.as_slice(), &sum.to_be_bytes()].concat()) }
}

fn first_eight(bytes: &[u8]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = Hash::of(bytes).0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// A sum as databases keep it: their integers are signed, so the 64 bits are kept, not the value.
pub fn stored(sum: u64) -> i64 {
    i64::from_be_bytes(sum.to_be_bytes())
}

/// Undoes [`stored`].
pub fn read_back(sum: i64) -> u64 {
    u64::from_be_bytes(sum.to_be_bytes())
}

/// A document's and its stream's sum, before and after one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// sum(doc).
    pub doc: u64,
    /// sum(stream).
    pub stream: u64,
}

impl Sums {
    /// The sums after one more item of this document.
    #[must_use]
    pub fn with(self, doc: Id, hash: Hash) -> Self {
        let sum = self.doc.wrapping_add(item_term(doc, hash));
        Self { doc: sum, stream: self.stream.wrapping_sub(doc_term(doc, self.doc)).wrapping_add(doc_term(doc, sum)) }
    }

    /// The sums once nothing of this document counts any more.
    #[must_use]
    pub fn without(self, doc: Id) -> Self {
        Self { doc: 0, stream: self.stream.wrapping_sub(doc_term(doc, self.doc)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_items_does_not_matter() {
        let (a, b) = (Hash([1; 32]), Hash([2; 32]));
        let doc = Id([5; 16]);
        let one = Sums::default().with(doc, a).with(doc, b);
        let other = Sums::default().with(doc, b).with(doc, a);
        assert_eq!(one, other);
        assert_ne!(one.stream, Sums::default().with(doc, a).stream);
        assert_eq!(one.stream, doc_term(doc, one.doc));
    }
}
