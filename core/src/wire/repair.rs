//! Where phone and server hold different things: the phone says what it holds, the server gives the rows of what differs.

use minicbor::{Decode, Encode, bytes::ByteVec};

use super::Row;
use crate::Id;

/// All documents of a stream that the phone holds from one id to another, both included, with their sums: 24 bytes each,
/// ascending.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Manifest {
    /// Index of the stream in the scope's order.
    #[n(0)]
    pub stream: u32,
    /// The first id it is about.
    #[n(1)]
    pub from: Id,
    /// The last one.
    #[n(2)]
    pub to: Id,
    /// Id, 16 bytes, and sum, 8 bytes, of each document.
    #[n(3)]
    pub docs: ByteVec,
}

impl Manifest {
    /// One of these documents.
    pub fn new(stream: u32, from: Id, to: Id, docs: &[(Id, u64)]) -> Self {
        let bytes: Vec<u8> = docs.iter().flat_map(|(id, sum)| id.0.into_iter().chain(sum.to_be_bytes())).collect();
        Self { stream, from, to, docs: bytes.into() }
    }

    /// The documents with their sums; what is left over at the end is none.
    pub fn docs(&self) -> impl Iterator<Item = (Id, u64)> {
        let (entries, _) = self.docs.as_chunks::<24>();
        entries.iter().map(|entry| {
            let (mut id, mut sum) = (Id([0; 16]), [0; 8]);
            id.0.copy_from_slice(&entry[..16]);
            sum.copy_from_slice(&entry[16..]);
            (id, u64::from_be_bytes(sum))
        })
    }
}

/// What the server makes of manifests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Repair {
    /// Documents that differ, in the order of the manifests.
    #[n(0)]
    pub docs: Vec<Mended>,
    /// Whether there was no room for all.
    #[n(1)]
    pub more: bool,
}

/// All rows of one document up to the stream's cursor; none if it has none there.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Mended {
    /// Index of the stream in the scope's order.
    #[n(0)]
    pub stream: u32,
    /// The document, or what its events and facts are about.
    #[n(1)]
    pub doc: Id,
    /// In seq order.
    #[n(2)]
    pub rows: Vec<Row>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_and_a_cut_entry_is_none() {
        let docs = [(Id([1; 16]), 7), (Id([2; 16]), u64::MAX)];
        let manifest = Manifest::new(3, Id([0; 16]), Id([9; 16]), &docs);
        assert_eq!(manifest.docs().collect::<Vec<_>>(), docs);
        let mut cut = manifest.docs.to_vec();
        cut.pop();
        assert_eq!(Manifest { docs: cut.into(), ..manifest }.docs().collect::<Vec<_>>(), docs[..1]);
    }
}
