//! Compaction: changes that a kept document holds anyway need not lie in the log a second time.

use super::Result;

/// What one step of compaction did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Rows whose bytes were let go.
    pub rows: u64,
    /// How many bytes of the store that was.
    pub bytes: u64,
    /// Changes whose bytes stay, for no document gives them back.
    pub kept: u64,
    /// Up to which row the stream is compacted now.
    pub seq: u64,
    /// Whether more is old enough.
    pub more: bool,
}

/// Letting go of what is in the store twice. Whoever reads rows sees no difference.
pub trait Compaction: Send + Sync {
    /// Lets go of the bytes of the next changes of a stream, of at most `rows` rows, that took their place before a moment and that
    /// their documents give back to the byte. Heads stay, and so do events and facts.
    ///
    /// # Errors
    /// `store.failed`, `stream.unknown`.
    fn compact(&self, stream: &str, before_ms: i64, rows: u32) -> Result<Compacted>;

    /// Up to which row a stream is compacted.
    ///
    /// # Errors
    /// `store.failed`, `stream.unknown`.
    fn compacted(&self, stream: &str) -> Result<u64>;

    /// Bytes of all bodies in the log.
    ///
    /// # Errors
    /// `store.failed`.
    fn body_bytes(&self) -> Result<u64>;
}
