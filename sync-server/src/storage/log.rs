//! The log as units of work: receive, apply, read after a cursor, read all.

use std::{path::Path, sync::Arc};

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    envelope::{Hash, Item},
    ids::{Device, Name, Opening},
    pipeline::Matter,
    wire::ItemState,
};

mod aside;
mod booking;
mod covering;
mod delivery;
mod erasing;
mod moment;
mod row;
mod unit;

pub use aside::{Aside, AsideFate};
pub use booking::{Booking, KeptAppointment};
pub use covering::Covering;
pub use delivery::{Apart, Delivered, Delivery, Received, Seen, TicketSeen};
pub use erasing::Erasing;
pub use moment::Moment;
pub use row::{Blank, LogRow, Moving, ProvenRow};
pub use unit::Unit;

use super::{RefusedShown, Result};
use crate::{
    figures::{Counted, Rating, Tally},
    projection::{AnswerShown, AttachmentShown, BoardShown, CoverShown, HouseholdShown, MatterShown, PublicShown, ReviewShown, VisitShown, WordsShown},
};

/// A stream's number in this store.
pub type StreamId = i64;

/// The signed head of an envelope, as kept with the rows cut from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeHead {
    /// Who wrote the items.
    pub device: Device,
    /// In which opening.
    pub opening: Opening,
    /// The number of the first.
    pub first: u64,
    /// The scope under which they were written.
    pub scope: u32,
    /// The hashes of all items.
    pub hashes: Vec<Hash>,
    /// The device's signature.
    pub signature: [u8; 64],
}

/// An inbox item about to be applied, with what its author might write.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Its name.
    pub name: Name,
    /// The item.
    pub item: Item,
    /// When it was received, milliseconds since 1970.
    pub received_ms: i64,
    /// The envelope it came in.
    pub envelope: i64,
    /// Whose device wrote it.
    pub officer: Id,
    /// That officer's community.
    pub community: String,
    /// When the device was enrolled, milliseconds since 1970.
    pub enrolled_ms: i64,
    /// The streams of the scope under which it was written; empty if there is no such scope.
    pub scope: Vec<String>,
}

impl Pending {
    /// Whose word it is; `None` = the office's, in whoever's name.
    pub fn author(&self) -> Option<Id> {
        Some(self.officer).filter(|officer| officer.0 != [0; 16])
    }
}

/// What is known of a document without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentHead {
    /// Its kind.
    pub kind: DocKind,
    /// Its home.
    pub stream: StreamId,
    /// The officer who wrote it first.
    pub creator: Id,
    /// How often it was kept: a trial is good for the version it was made on.
    pub version: u64,
}

/// A document as kept.
pub struct KeptDocument {
    /// What is known of it.
    pub head: DocumentHead,
    /// The document.
    pub doc: Doc,
}

/// A matter as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMatter {
    /// Its home.
    pub stream: StreamId,
    /// Who registered it, or tried to.
    pub registrar: Id,
    /// How many ordinals are given.
    pub judged: u64,
    /// The fold; `None` while nothing was accepted.
    pub matter: Option<Matter>,
    /// What figures count of it; `None` where it was never counted.
    pub tally: Option<Tally>,
}

impl KeptMatter {
    /// One of which nothing was accepted yet.
    pub fn new(stream: StreamId, registrar: Id) -> Self {
        Self { stream, registrar, judged: 0, matter: None, tally: None }
    }
}

/// What is ahead of a matter if nothing happens to it, milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ahead {
    /// When its clocks next come to something that the server does.
    pub next_ms: Option<i64>,
    /// When the first of its running clocks is due.
    pub due_ms: Option<i64>,
}

/// A row about to be appended.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Who wrote it, in which opening, under which number.
    pub name: Name,
    /// The item.
    pub item: &'a Item,
    /// The envelope it came in; none for the server's own.
    pub envelope: Option<i64>,
    /// When it was received, milliseconds since 1970.
    pub received_ms: i64,
    /// When it takes its place, milliseconds since 1970.
    pub applied_ms: i64,
    /// Whether it counts in the stream's sum.
    pub counts: bool,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It was done.
    Done,
    /// It panicked, or did not fit beside what is kept; nothing of it stands.
    Undone,
    /// Something kept did not read, which is not the part's fault; nothing of it stands.
    Unreadable,
}

/// Hears the names of streams that have grown.
pub type OnGrowth = Arc<dyn Fn(&[String]) + Send + Sync>;

/// Where a stream stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamEnd {
    /// The stream.
    pub id: StreamId,
    /// Its name.
    pub name: String,
    /// The last seq.
    pub seq: u64,
    /// The sum there.
    pub sum: u64,
    /// The link there.
    pub link: Hash,
}

/// Rows after some cursors, and where they lead.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// For each row the index of its stream in the question, in seq order within each stream.
    pub rows: Vec<(u32, LogRow)>,
    /// The last seq of each stream in this batch.
    pub cursors: Vec<u64>,
    /// Σ of the streams' sums at these cursors.
    pub sum: u64,
    /// Whether more is waiting.
    pub more: bool,
}

/// Everything the projections hold, for comparison with a rebuild.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// Doors.
    pub households: Vec<HouseholdShown>,
    /// Visits.
    pub visits: Vec<VisitShown>,
    /// Matters.
    pub matters: Vec<MatterShown>,
    /// Photos and voice notes.
    pub attachments: Vec<AttachmentShown>,
    /// What was made of photos, to be seen by everybody.
    pub covers: Vec<CoverShown>,
    /// Answers.
    pub answers: Vec<AnswerShown>,
    /// Texts of matters that are read outside of the office.
    pub public: Vec<PublicShown>,
    /// Matters of which everybody may read.
    pub board: Vec<BoardShown>,
    /// What figures count, by matter.
    pub counted: Vec<Counted>,
    /// Ratings.
    pub ratings: Vec<Rating>,
    /// Fields that hold two values.
    pub reviews: Vec<ReviewShown>,
    /// Refused events of officers.
    pub refused: Vec<RefusedShown>,
    /// The words of matters that have any.
    pub words: Vec<WordsShown>,
}

/// The log.
pub trait Log {
    /// Makes a delivery durable, together with what others bring at the same time, and says what was known of its
    /// items. The same name and bytes again change nothing; the same name with other bytes is refused.
    ///
    /// # Errors
    /// `store.failed`, `envelope.unsigned` if the carrier brought too much that nobody signed; then nothing was received.
    fn receive(&self, delivery: Delivery) -> Result<Received>;

    /// Names of all items that were received and not yet looked at, in order of arrival.
    ///
    /// # Errors
    /// `store.failed`.
    fn waiting(&self) -> Result<Vec<Name>>;

    /// Items that wait to be applied, of those named, for a look before the transaction.
    ///
    /// # Errors
    /// `store.failed`.
    fn pending(&self, names: &[Name]) -> Result<Vec<Pending>>;

    /// A document, for a look before the transaction; `None` also where it cannot be read.
    ///
    /// # Errors
    /// `store.failed`.
    fn document(&self, id: Id) -> Result<Option<KeptDocument>>;

    /// How often a document was kept; 0 if it is not there.
    ///
    /// # Errors
    /// `store.failed`.
    fn document_version(&self, id: Id) -> Result<u64>;

    /// Runs `work` in one transaction: all of it, or nothing.
    ///
    /// # Errors
    /// `store.failed`, and what `work` returns.
    fn apply(&self, work: &mut dyn FnMut(&mut dyn Unit) -> Result<()>) -> Result<()>;

    /// Whether somebody waits to write.
    fn is_awaited(&self) -> bool;

    /// From now on `tell` hears, after each transaction of applying that gave streams rows, which. Of other processes it
    /// hears nothing.
    fn on_growth(&self, tell: OnGrowth);

    /// Copies all of it, as of one moment, into a new file.
    ///
    /// # Errors
    /// `store.failed`.
    fn copy_to(&self, file: &Path) -> Result<()>;

    /// When this store was restored from a backup, milliseconds since 1970.
    ///
    /// # Errors
    /// `store.failed`.
    fn restored_ms(&self) -> Result<Option<i64>>;

    /// What was put aside and not settled, oldest first, at most `limit`; of one community where one is given.
    ///
    /// # Errors
    /// `store.failed`.
    fn aside(&self, community: Option<&str>, limit: u32) -> Result<Vec<Aside>>;

    /// An item that was put aside and not settled, for a look.
    ///
    /// # Errors
    /// `store.failed`.
    fn aside_item(&self, name: Name) -> Result<Option<Pending>>;

    /// What became of some items.
    ///
    /// # Errors
    /// `store.failed`.
    fn states(&self, names: &[Name]) -> Result<Vec<ItemState>>;

    /// Matters whose clocks have come to something by now, the earliest first, at most `limit`.
    ///
    /// # Errors
    /// `store.failed`.
    fn matters_due(&self, now_ms: i64, limit: u32) -> Result<Vec<Id>>;

    /// The streams of a version of an officer's scope, in its order; `None` if there is no such version.
    ///
    /// # Errors
    /// `store.failed`.
    fn scope_at(&self, officer: Id, version: u32) -> Result<Option<Vec<String>>>;

    /// Rows after a cursor in each stream, as many as fit `budget` bytes and at least one, all as of one moment; with a
    /// budget of 0 none, only where the cursors stand.
    ///
    /// # Errors
    /// `store.failed`, `stream.unknown`.
    fn rows_after(&self, streams: &[String], seqs: &[u64], budget: usize) -> Result<Batch>;

    /// The names of the streams by which a document is read: its home, and those that it is shared with.
    ///
    /// # Errors
    /// `store.failed`.
    fn read_in(&self, doc: Id) -> Result<Vec<String>>;

    /// Volumes of visits that are not archived, after one of them, by id, at most `limit`.
    ///
    /// # Errors
    /// `store.failed`.
    fn volumes(&self, after: Id, limit: u32) -> Result<Vec<Id>>;

    /// The sums of a stream's documents as they were after a row, of ids from one to another, both included; documents
    /// of which nothing was there are left out.
    ///
    /// # Errors
    /// `store.failed`, `stream.unknown`.
    fn doc_sums_at(&self, stream: &str, seq: u64, from: Id, to: Id) -> Result<Vec<(Id, u64)>>;

    /// The rows of one document in a stream up to a place, in seq order.
    ///
    /// # Errors
    /// `store.failed`, `stream.unknown`.
    fn rows_of(&self, stream: &str, doc: Id, seq: u64) -> Result<Vec<LogRow>>;

    /// Notes an exchange on the device's row and says how its ticket was found.
    ///
    /// # Errors
    /// `store.failed`.
    fn seen(&self, seen: Seen) -> Result<TicketSeen>;

    /// Lets `look` see everything as of one moment.
    ///
    /// # Errors
    /// `store.failed`, and what `look` returns.
    fn at_one_moment(&self, look: &mut dyn FnMut(&dyn Moment) -> Result<()>) -> Result<()>;
}
