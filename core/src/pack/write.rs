//! Writing one part of a pack.

use std::io::{Result, Write};

use minicbor::Encode;

use super::{CHUNK, WINDOW_LOG};
use crate::frame::to_cbor;

/// As small as it gets in reasonable time: a part is packed once and sent to many.
const LEVEL: i32 = 19;
/// zstd's window for parts of whatever size is 128 KiB at least, since their sizes are guesses.
const LEAST_WINDOW_LOG: u32 = 17;

/// Writes values of one kind into one zstd stream of chunks: length, four bytes, and a CBOR array of the values.
pub struct Writer<W: Write, T> {
    out: zstd::Encoder<'static, W>,
    chunk: Vec<T>,
    size: usize,
}

impl<W: Write, T: Encode<()>> Writer<W, T> {
    /// Begins a part of about so many bytes: what zstd takes of memory and time to begin follows from that.
    ///
    /// # Errors
    /// Those of zstd.
    pub fn new(out: W, about: usize) -> Result<Self> {
        let mut out = zstd::Encoder::new(out, LEVEL)?;
        out.window_log(about.next_power_of_two().ilog2().clamp(LEAST_WINDOW_LOG, WINDOW_LOG))?;
        Ok(Self { out, chunk: Vec::new(), size: 0 })
    }

    /// Adds a value of about so many bytes.
    ///
    /// # Errors
    /// Those of what is written to.
    pub fn put(&mut self, value: T, size: usize) -> Result<()> {
        self.size += size;
        self.chunk.push(value);
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
