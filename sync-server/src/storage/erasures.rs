//! Residents who were erased, and what is still to be done for them.

use minqing_core::{Id, document::Names, ids::Device};

use super::Result;

/// A document that was erased and begun anew.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub struct ErasedDoc {
    /// Of which erasure.
    #[n(0)]
    pub erasure: Id,
    /// The document.
    #[n(1)]
    pub doc: Id,
    /// The changes that it had held, by their hashes.
    #[n(2)]
    pub dead: Vec<[u8; 32]>,
    /// What its items were called.
    #[n(3)]
    pub names: Names,
    /// The changes that begin it anew; `None` where it was erased once more since.
    #[n(4)]
    pub changes: Option<Vec<Vec<u8>>>,
}

/// An erasure, and what is still open of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Erasure {
    /// Its id.
    pub id: String,
    /// The household.
    pub household: String,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// How many items came afterwards that rested on what was erased and were written anew: the office looks through their texts.
    pub late: u64,
    /// Phones that may still hold what was erased.
    pub phones: Vec<u32>,
    /// Items that were put aside or wait, with their bytes: the office settles them.
    pub aside: u64,
    /// Backups that still hold it, with when they were made in milliseconds since 1970.
    pub backups: Vec<(String, i64)>,
}

impl Erasure {
    /// Whether nothing is open.
    pub fn is_over(&self) -> bool {
        self.phones.is_empty() && self.aside == 0 && self.backups.is_empty()
    }
}

/// Erasures.
pub trait Erasures: Send + Sync {
    /// All of them with what is open, the newest first; `backups_ms`: how long a backup is kept, in milliseconds.
    ///
    /// # Errors
    /// `store.failed`.
    fn erasures(&self, now_ms: i64, backups_ms: i64) -> Result<Vec<Erasure>>;

    /// All documents that were erased, in the order in which that happened, each with household and moment of its erasure.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn erased_docs(&self) -> Result<Vec<(ErasedDoc, Id, i64)>>;

    /// A phone has nothing left of what these erased.
    ///
    /// # Errors
    /// `store.failed`.
    fn erasures_done(&self, device: Device, erasures: &[Id], now_ms: i64) -> Result<()>;

    /// The files that erased documents named and no other does: their rows are gone after this.
    ///
    /// # Errors
    /// `store.failed`.
    fn drop_erased_files(&self) -> Result<Vec<minqing_core::envelope::Hash>>;

    /// The streams in which something was erased since the last scrub.
    ///
    /// # Errors
    /// `store.failed`.
    fn streams_to_scrub(&self) -> Result<Vec<String>>;

    /// Rewrites the database, if something was erased since the last time, so that no deleted byte stays in its files. Whether that is
    /// done: while somebody reads, the write-ahead log keeps what it had.
    ///
    /// # Errors
    /// `store.failed`.
    fn scrub(&self) -> Result<bool>;

    /// Notes a backup.
    ///
    /// # Errors
    /// `store.failed`.
    fn note_backup(&self, file: &str, now_ms: i64) -> Result<()>;
}
