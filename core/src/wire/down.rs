//! What the server answers: a state for every item, rows after each cursor, and where the phone now stands.

use minicbor::{Decode, Decoder, Encode, Encoder, bytes::ByteVec, decode, encode};

use super::{ItemState, Repair, ScopeNow};
use crate::{
    Id,
    envelope::{Hash, Item},
    ids::{Device, Opening},
    pack::Offer,
};

/// The answer of one exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Down {
    /// One for each item sent, in the order they were sent.
    #[n(0)]
    pub states: Vec<ItemState>,
    /// In seq order within each stream.
    #[n(1)]
    pub rows: Vec<Row>,
    /// Where the phone now stands.
    #[n(2)]
    pub end: End,
    /// Packs in the place of rows, of streams for which the phone would take one.
    #[n(3)]
    pub packs: Option<Vec<Offer>>,
    /// What the server makes of manifests.
    #[n(4)]
    pub repair: Option<Repair>,
    /// The officer's streams, where they are not those of the scope that the request named. Rows then come of those alone that
    /// stand in both.
    #[n(5)]
    pub scope: Option<ScopeNow>,
    /// That no rows come though there may be some: the phone's reading has ended.
    #[n(6)]
    pub ended: Option<bool>,
    /// Streams, by their index, of which so many old rows lack that the phone had better ask for a pack.
    #[n(7)]
    pub must_snapshot: Option<Vec<u32>>,
}

/// One row of a stream, or a run of rows that the phone wrote itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A row in full.
    Item {
        /// Index of the stream in the scope's order.
        stream: u32,
        /// Its place.
        seq: u64,
        /// Who wrote it.
        device: Device,
        /// In which opening.
        opening: Opening,
        /// Its number there.
        n: u64,
        /// The item.
        item: Item,
    },
    /// Rows `from` to `to` are the items `n`, `n + 1`, … of this opening, which the phone holds.
    Own {
        /// Index of the stream in the scope's order.
        stream: u32,
        /// First place.
        from: u64,
        /// Last place.
        to: u64,
        /// The opening.
        opening: Opening,
        /// The number of the first.
        n: u64,
    },
    /// A row whose bytes were erased: only what it counts with is left.
    Blank {
        /// Index of the stream in the scope's order.
        stream: u32,
        /// Its place.
        seq: u64,
        /// The document it is about.
        doc: Id,
        /// The hash it counts with.
        hash: Hash,
        /// Whether it counts in the stream's sum.
        counts: bool,
    },
    /// A row of a newer version: kept as it came, understood after the update.
    Later {
        /// Index of the stream in the scope's order.
        stream: u32,
        /// Its place.
        seq: u64,
        /// The document it is about.
        doc: Id,
        /// The hash it counts with.
        hash: Hash,
        /// Whether it counts in the stream's sum.
        counts: bool,
        /// The whole row.
        bytes: Vec<u8>,
    },
}

/// What a row is: the first number of its array. Stream and place follow in every version, and in kinds that
/// are yet to come document, hash and whether it counts, so that an older phone's sums stay right.
const ITEM: u8 = 0;
const OWN: u8 = 1;
const BLANK: u8 = 2;

/// The end of an answer. What has not changed is left out, so that "nothing new" costs the same at any size.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct End {
    /// The log's history; left out where it is the one the ticket stands for.
    #[n(0)]
    pub history: Option<ByteVec>,
    /// The last seq of each stream in this answer, in the scope's order; empty = as in the request.
    #[n(1)]
    pub cursors: Vec<u64>,
    /// Σ of the streams' sums at these cursors.
    #[n(2)]
    pub sum: u64,
    /// The ticket for the next exchange; left out where the last one stays good.
    #[n(3)]
    pub ticket: Option<ByteVec>,
    /// Whether more is waiting.
    #[n(4)]
    pub more: bool,
    /// The server's clock, milliseconds since 1970.
    #[n(5)]
    pub server_ms: i64,
    /// First four bytes of the SHA-256 of the request this answers.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub echo: [u8; 4],
}

impl<C> Encode<C> for Row {
    fn encode<W: encode::Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        match self {
            Self::Item { stream, seq, device, opening, n, item } => {
                e.array(9)?.u8(ITEM)?.u32(*stream)?.u64(*seq)?.u32(device.0)?.bytes(&opening.0)?.u64(*n)?;
                e.u8(item.kind)?.bytes(&item.doc.0)?.bytes(&item.bytes)?;
            }
            Self::Own { stream, from, to, opening, n } => {
                e.array(6)?.u8(OWN)?.u32(*stream)?.u64(*from)?.u64(*to)?.bytes(&opening.0)?.u64(*n)?;
            }
            Self::Blank { stream, seq, doc, hash, counts } => {
                e.array(6)?.u8(BLANK)?.u32(*stream)?.u64(*seq)?.bytes(&doc.0)?.bytes(&hash.0)?.bool(*counts)?;
            }
            Self::Later { bytes, .. } => e.writer_mut().write_all(bytes).map_err(encode::Error::write)?,
        }
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Row {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        let begin = d.position();
        let len = d.array()?.ok_or_else(|| decode::Error::message("indefinite row"))?;
        let (tag, stream, seq) = (d.u8()?, d.u32()?, d.u64()?);
        let mut later = None;
        let (row, read) = match tag {
            ITEM => {
                let (device, opening, n, kind) = (Device(d.u32()?), fixed(d).map(Opening)?, d.u64()?, d.u8()?);
                let item = Item { kind, doc: fixed(d).map(Id)?, bytes: d.bytes()?.to_vec() };
                (Some(Self::Item { stream, seq, device, opening, n, item }), 9)
            }
            OWN => (Some(Self::Own { stream, from: seq, to: d.u64()?, opening: fixed(d).map(Opening)?, n: d.u64()? }), 6),
            BLANK => (Some(Self::Blank { stream, seq, doc: fixed(d).map(Id)?, hash: fixed(d).map(Hash)?, counts: d.bool()? }), 6),
            _ => {
                let (doc, hash, counts) = (fixed(d).map(Id)?, fixed(d).map(Hash)?, d.bool()?);
                later = Some((doc, hash, counts));
                (None, 6)
            }
        };
        // Fields that a newer version added.
        for _ in 0..len.checked_sub(read).ok_or_else(|| decode::Error::message("row too short"))? {
            d.skip()?;
        }
        let bytes = d.input().get(begin..d.position()).unwrap_or_default();
        let later = later.map(|(doc, hash, counts)| Self::Later { stream, seq, doc, hash, counts, bytes: bytes.to_vec() });
        row.or(later).ok_or_else(|| decode::Error::message("row of no kind"))
    }
}

fn fixed<const N: usize>(d: &mut Decoder<'_>) -> Result<[u8; N], decode::Error> {
    d.bytes()?.try_into().map_err(|_| decode::Error::message("bytes of another length"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{decode_frame, encode_frame};

    #[test]
    fn an_answer_reads_back_and_an_idle_one_is_small() {
        let idle = Down { end: End { sum: u64::MAX, server_ms: 1_789_315_200_000, echo: [9; 4], ..End::default() }, ..Down::default() };
        let bytes = encode_frame(&idle);
        assert!(bytes.len() <= 64, "{} bytes", bytes.len());
        assert_eq!(decode_frame::<Down>(&bytes).unwrap(), idle);
        let full = Down {
            states: vec![ItemState::Seq(1)],
            rows: vec![
                Row::Own { stream: 1, from: 5, to: 9, opening: Opening([1; 5]), n: 2 },
                Row::Item {
                    stream: 1,
                    seq: 10,
                    device: Device(5),
                    opening: Opening([2; 5]),
                    n: 1,
                    item: Item { kind: 200, doc: Id([3; 16]), bytes: vec![0; 900] },
                },
                Row::Blank { stream: 1, seq: 11, doc: Id([3; 16]), hash: Hash([4; 32]), counts: true },
            ],
            ..idle
        };
        assert_eq!(decode_frame::<Down>(&encode_frame(&full)).unwrap(), full);
    }

    #[test]
    fn rows_of_a_newer_version_are_kept_raw_and_longer_ones_read() {
        use crate::frame::{from_cbor, to_cbor};
        // [7, 2, 40, doc, hash, true, "new"] and [1, 0, 5, 6, h'0101010101', 3, "new field"]
        let newer = [&[0x87, 7, 2, 0x18, 40, 0x50][..], &[9; 16], &[0x58, 32], &[8; 32], &[0xf5, 0x63, b'n', b'e', b'w']].concat();
        let row: Row = from_cbor(&newer).unwrap();
        assert_eq!(row, Row::Later { stream: 2, seq: 40, doc: Id([9; 16]), hash: Hash([8; 32]), counts: true, bytes: newer.clone() });
        assert_eq!(to_cbor(&row), newer);
        let longer = [0x87, 1, 0, 5, 6, 0x45, 1, 1, 1, 1, 1, 3, 0x61, b'x'];
        assert_eq!(from_cbor::<Row>(&longer).unwrap(), Row::Own { stream: 0, from: 5, to: 6, opening: Opening([1; 5]), n: 3 });
        assert!(from_cbor::<Row>(&[0x83, 1, 0, 5]).is_err());
    }
}
