//! What the server answers: a state for every item, rows after each cursor, and where the phone now stands.

use minicbor::{Decode, Decoder, Encode, Encoder, bytes::ByteVec, decode, encode};

use super::ItemState;
use crate::{
    Id,
    envelope::Item,
    ids::{Device, Opening},
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
}

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
                e.array(8)?.u32(*stream)?.u64(*seq)?.u32(device.0)?.bytes(&opening.0)?.u64(*n)?;
                e.u8(item.kind)?.bytes(&item.doc.0)?.bytes(&item.bytes)?;
            }
            Self::Own { stream, from, to, opening, n } => {
                e.array(5)?.u32(*stream)?.u64(*from)?.u64(*to)?.bytes(&opening.0)?.u64(*n)?;
            }
        }
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Row {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        let opening = |d: &mut Decoder<'b>| d.bytes()?.try_into().map(Opening).map_err(|_| decode::Error::message("opening of another length"));
        match d.array()? {
            Some(8) => Ok(Self::Item {
                stream: d.u32()?,
                seq: d.u64()?,
                device: Device(d.u32()?),
                opening: opening(d)?,
                n: d.u64()?,
                item: Item {
                    kind: d.u8()?,
                    doc: d.bytes()?.try_into().map(Id).map_err(|_| decode::Error::message("id of another length"))?,
                    bytes: d.bytes()?.to_vec(),
                },
            }),
            Some(5) => Ok(Self::Own { stream: d.u32()?, from: d.u64()?, to: d.u64()?, opening: opening(d)?, n: d.u64()? }),
            _ => Err(decode::Error::message("row of another shape")),
        }
    }
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
            ],
            ..idle
        };
        assert_eq!(decode_frame::<Down>(&encode_frame(&full)).unwrap(), full);
    }
}
