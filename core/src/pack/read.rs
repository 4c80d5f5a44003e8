//! Reading one part of a pack, chunk by chunk, so that it never lies in memory unpacked.

use std::{
    io::{BufReader, Cursor, Read},
    marker::PhantomData,
};

use minicbor::Decode;

use super::WINDOW_LOG;
use crate::{
    Error, Result,
    frame::{MAX_UNPACKED, from_cbor},
};

const MALFORMED: Error = Error::Malformed("frame.malformed");

/// The chunks of one part, each some values of one kind. After an error there are no more.
pub struct Chunks<T> {
    from: zstd::Decoder<'static, BufReader<Cursor<Vec<u8>>>>,
    failed: bool,
    kind: PhantomData<T>,
}

impl<T> Chunks<T> {
    /// Begins to read a part's bytes.
    ///
    /// # Errors
    /// `frame.malformed`.
    pub fn new(part: Vec<u8>) -> Result<Self> {
        let mut from = zstd::Decoder::new(Cursor::new(part)).map_err(|_| MALFORMED)?;
        from.window_log_max(WINDOW_LOG).map_err(|_| MALFORMED)?;
        Ok(Self { from, failed: false, kind: PhantomData })
    }

    /// The bytes of the next chunk; `None` at the end of the part.
    fn next_bytes(&mut self) -> Result<Option<Vec<u8>>> {
        let mut length = [0; 4];
        if self.from.read(&mut length[..1]).map_err(|_| MALFORMED)? == 0 {
            return Ok(None);
        }
        self.from.read_exact(&mut length[1..]).map_err(|_| MALFORMED)?;
        let length = u32::from_be_bytes(length) as usize;
        if length > MAX_UNPACKED {
            return Err(Error::Malformed("frame.too_large"));
        }
        // What is announced is not believed: memory grows with what is there.
        let mut bytes = Vec::new();
        self.from.by_ref().take(length as u64).read_to_end(&mut bytes).map_err(|_| MALFORMED)?;
        if bytes.len() == length { Ok(Some(bytes)) } else { Err(MALFORMED) }
    }
}

impl<T: for<'b> Decode<'b, ()>> Iterator for Chunks<T> {
    type Item = Result<Vec<T>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let chunk = self.next_bytes().and_then(|bytes| bytes.map(|bytes| from_cbor(&bytes)).transpose()).transpose();
        self.failed = matches!(chunk, Some(Err(_)));
        chunk
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Id,
        ids::Device,
        pack::{Snapshot, Told, Writer},
    };

    fn snapshots() -> Vec<Snapshot> {
        (0..40u8)
            .map(|n| Snapshot {
                bytes: Some(vec![n; 20_000].into()),
                events: vec![Told { device: Device(n.into()), bytes: vec![n; 3] }],
                ..Snapshot::new(Id([n; 16]))
            })
            .collect()
    }

    fn part() -> Vec<u8> {
        let mut writer = Writer::new(Vec::new(), 0).unwrap();
        snapshots().into_iter().for_each(|snapshot| {
            let size = snapshot.size();
            writer.put(snapshot, size).unwrap();
        });
        writer.finish().unwrap()
    }

    #[test]
    fn a_part_reads_back_in_several_chunks() {
        let chunks: Vec<_> = Chunks::<Snapshot>::new(part()).unwrap().map(Result::unwrap).collect();
        assert!(chunks.len() > 1);
        assert_eq!(chunks.concat(), snapshots());
        assert_eq!(Chunks::<Snapshot>::new(Writer::<_, Snapshot>::new(Vec::new(), 0).unwrap().finish().unwrap()).unwrap().count(), 0, "an empty part");
    }

    #[test]
    fn a_part_that_was_cut_or_lies_ends_in_one_error() {
        let part = part();
        for cut in 1..part.len() {
            let chunks: Vec<_> = Chunks::<Snapshot>::new(part[..cut].to_vec()).unwrap().collect();
            assert!(chunks.last().is_some_and(Result::is_err), "cut at {cut}");
            assert!(chunks.iter().rev().skip(1).all(Result::is_ok), "it goes on after an error");
        }
        for lie in [&[0xff; 4][..], &[0, 0, 0, 9, 0x81], &[0, 0, 0, 1, 0xf6], &[0, 0]] {
            let packed = zstd::encode_all(lie, 1).unwrap();
            assert!(Chunks::<Snapshot>::new(packed).unwrap().next().unwrap().is_err(), "{lie:?}");
        }
        assert!(Chunks::<Snapshot>::new(vec![7; 100]).unwrap().next().unwrap().is_err(), "no zstd at all");
    }
}
