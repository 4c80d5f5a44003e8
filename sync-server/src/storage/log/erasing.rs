//! What a unit of work can do to erase documents (docs/adr/0017).

use minqing_core::{Id, document::Names, ids::Name};

use crate::{
    projection::AttachmentShown,
    storage::{ErasedDoc, Result},
};

/// Erasing.
pub trait Erasing {
    /// Notes an erasure; whether it is new.
    ///
    /// # Errors
    /// `store.failed`.
    fn note_erasure(&mut self, erasure: Id, household: Id, at_ms: i64) -> Result<bool>;

    /// Notes that a document was erased, and takes the bytes out of everything that holds what it was: rows, and items of it that
    /// are done with.
    ///
    /// # Errors
    /// `store.failed`.
    fn blank(&mut self, erased: &ErasedDoc) -> Result<()>;

    /// Takes away what is shown of a document's texts and is not written over: answers of these visits, and the names of files that are not
    /// among those `named` any more, with covered copies of them.
    ///
    /// # Errors
    /// `store.failed`.
    fn forget_shown(&mut self, doc: Id, visits: &[Id], named: &[AttachmentShown]) -> Result<()>;

    /// Households and matters of a community whose shown texts hold a word.
    ///
    /// # Errors
    /// `store.failed`.
    fn mentions(&mut self, community: &str, word: &str) -> Result<Vec<Id>>;

    /// Whether a change is one of a document that was erased.
    ///
    /// # Errors
    /// `store.failed`.
    fn is_dead(&mut self, doc: Id, change: [u8; 32]) -> Result<bool>;

    /// What the items of all that was erased of a document were called.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn dead_names(&mut self, doc: Id) -> Result<Names>;

    /// Notes that a change came too late and was written anew: nothing may rest on it either, and its bytes are still to be scrubbed away.
    ///
    /// # Errors
    /// `store.failed`.
    fn note_late(&mut self, doc: Id, change: [u8; 32], names: &Names) -> Result<()>;

    /// Takes an item's bytes out of the inbox, and notes where in the log it is found.
    ///
    /// # Errors
    /// `store.failed`.
    fn settle_as(&mut self, name: Name, seq: u64) -> Result<()>;
}
