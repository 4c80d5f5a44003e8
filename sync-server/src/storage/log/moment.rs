//! The whole log, for those who look at all of it.

use minqing_core::Id;

use super::{KeptAppointment, KeptDocument, KeptMatter, LogRow, ProvenRow, Shown, StreamEnd, StreamId};
use crate::{
    projection::MatterShown,
    storage::{Result, RoundKept, Setting},
};

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

    /// Gives id and bytes of every document of a stream to `read`, by id, but of those that are archived.
    ///
    /// # Errors
    /// `store.failed`, and what `read` returns.
    fn documents_of(&self, stream: StreamId, read: &mut dyn FnMut(Id, Vec<u8>) -> Result<()>) -> Result<()>;

    /// Gives every row of a stream to `read` that is no change of a document, by seq.
    ///
    /// # Errors
    /// `store.failed`, and what `read` returns.
    fn told_in(&self, stream: StreamId, read: &mut dyn FnMut(LogRow) -> Result<()>) -> Result<()>;

    /// All kept matters.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn matters(&self) -> Result<Vec<(Id, KeptMatter)>>;

    /// All kept appointments.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn appointments(&self) -> Result<Vec<(Id, KeptAppointment)>>;

    /// Whose time is taken: person, piece of five minutes, appointment, in this order.
    ///
    /// # Errors
    /// `store.failed`.
    fn claims(&self) -> Result<Vec<(Id, i64, Id)>>;

    /// The rounds that are kept, by officer and day.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn rounds(&self) -> Result<Vec<RoundKept>>;

    /// Documents with each stream besides their home to which their rows go, in order.
    ///
    /// # Errors
    /// `store.failed`.
    fn shares(&self) -> Result<Vec<(Id, StreamId)>>;

    /// Volumes of visits that are archived, by id.
    ///
    /// # Errors
    /// `store.failed`.
    fn archived(&self) -> Result<Vec<Id>>;

    /// The matters of a stream as they are shown, by id.
    ///
    /// # Errors
    /// `store.failed`.
    fn matters_shown(&self, stream: StreamId) -> Result<Vec<MatterShown>>;

    /// What the office has set, in the order in which it was set.
    ///
    /// # Errors
    /// `store.failed`.
    fn settings(&self) -> Result<Vec<Setting>>;

    /// Everything the projections hold, ordered by id.
    ///
    /// # Errors
    /// `store.failed`.
    fn shown(&self) -> Result<Shown>;
}
