//! Packs that were made: what phones are offered in the place of a long stream's rows.

use minqing_core::pack::Part;

use super::{Result, log::StreamId};

/// A pack of one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The stream.
    pub stream: StreamId,
    /// The last row that is in it.
    pub seq: u64,
    /// The stream's sum there.
    pub sum: u64,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// The packs.
pub trait Packs: Send + Sync {
    /// The packs of a stream, the newest first.
    ///
    /// # Errors
    /// `store.failed`.
    fn packs(&self, stream: &str) -> Result<Vec<Pack>>;

    /// Notes a pack whose parts are durable.
    ///
    /// # Errors
    /// `store.failed`.
    fn add_pack(&self, pack: &Pack) -> Result<()>;

    /// Forgets a pack.
    ///
    /// # Errors
    /// `store.failed`.
    fn drop_pack(&self, pack: &Pack) -> Result<()>;
}
