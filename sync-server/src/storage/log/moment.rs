//! The whole log, for those who look at all of it.

use minqing_core::Id;

use super::{KeptDocument, KeptMatter, ProvenRow, Shown, StreamEnd};
use crate::storage::Result;

/// The whole store as of one moment.
pub trait Moment {
    /// Gives every row to `read`, by stream and seq.
    ///
    /// # Errors
    /// `store.failed`, and what `read` returns.
    fn each_row(&self, read: &mut dyn FnMut(ProvenRow) -> Result<()>) -> Result<()>;

    /// Where all streams stand.
    ///
    /// # Errors
    /// `store.failed`.
    fn stream_ends(&self) -> Result<Vec<StreamEnd>>;

    /// All kept documents; `None` for one that cannot be read.
    ///
    /// # Errors
    /// `store.failed`.
    fn documents(&self) -> Result<Vec<(Id, Option<KeptDocument>)>>;

    /// All kept matters.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn matters(&self) -> Result<Vec<(Id, KeptMatter)>>;

    /// Everything the projections hold, ordered by id.
    ///
    /// # Errors
    /// `store.failed`.
    fn shown(&self) -> Result<Shown>;
}
