//! Writing one part of a pack.

use std::io::{Result, Write};

use super::{CHUNK, Snapshot, WINDOW_LOG};
use crate::frame::to_cbor;

/// As small as it gets in reasonable time: a part is packed once and sent to many.
const LEVEL: i32 = 19;

/// Writes snapshots into one zstd stream of chunks: length, four bytes, and a CBOR array of snapshots.
pub struct Writer<W: Write> {
    out: zstd::Encoder<'static, W>,
    chunk: Vec<Snapshot>,
    size: usize,
}

impl<W: Write> Writer<W> {
    /// Begins.
    ///
    /// # Errors
    /// Those of zstd.
    pub fn new(out: W) -> Result<Self> {
        let mut out = zstd::Encoder::new(out, LEVEL)?;
        out.window_log(WINDOW_LOG)?;
        Ok(Self { out, chunk: Vec::new(), size: 0 })
    }

    /// Adds a snapshot.
    ///
    /// # Errors
    /// Those of what is written to.
    pub fn put(&mut self, snapshot: Snapshot) -> Result<()> {
        let told: usize = snapshot.events.iter().map(|told| told.bytes.len()).sum();
        self.size += snapshot.bytes.as_ref().map_or(0, |bytes| bytes.len()) + told + snapshot.facts.iter().map(|fact| fact.len()).sum::<usize>();
        self.chunk.push(snapshot);
        if self.size >= CHUNK { self.end_chunk() } else { Ok(()) }
    }

    /// Ends the part; returns what was written to.
    ///
    /// # Errors
    /// Those of what is written to.
    pub fn finish(mut self) -> Result<W> {
        self.end_chunk()?;
        self.out.finish()
    }

    fn end_chunk(&mut self) -> Result<()> {
        if self.chunk.is_empty() {
            return Ok(());
        }
        let bytes = to_cbor(&self.chunk);
        let length = u32::try_from(bytes.len()).map_err(std::io::Error::other)?;
        self.out.write_all(&length.to_be_bytes())?;
        self.out.write_all(&bytes)?;
        (self.chunk, self.size) = (Vec::new(), 0);
        Ok(())
    }
}
