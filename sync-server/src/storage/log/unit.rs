//! Applying: what can be done within one transaction.

use minqing_core::{
    Id,
    envelope::{Hash, Quarantine},
    event::{Event, Fact},
    ids::{Device, Name},
};

use super::{Ahead, AsideFate, Attempt, Booking, Covering, DocumentHead, Entry, Erasing, KeptDocument, KeptMatter, Moving, Pending, StreamId};
use crate::{
    figures::{Counted, Rating, Tally},
    projection::{AnswerShown, AttachmentShown, BoardShown, HouseholdShown, MatterShown, PublicShown, ReviewShown, VisitShown},
    storage::{Decision, Department, RefusedShown, Result, Setting},
};

/// One transaction of applying.
pub trait Unit: Erasing + Booking + Covering {
    /// An inbox item that was received or held; `None` if it is there no longer.
    ///
    /// # Errors
    /// `store.failed`.
    fn item(&mut self, name: Name) -> Result<Option<Pending>>;

    /// Who wrote an item that is in the log, and its place there.
    ///
    /// # Errors
    /// `store.failed`.
    fn logged(&mut self, doc: Id, hash: Hash) -> Result<Option<(Device, u64)>>;

    /// Notes that an inbox item was in the log before it came under its name.
    ///
    /// # Errors
    /// `store.failed`.
    fn note_known(&mut self, name: Name, seq: u64) -> Result<()>;

    /// Notes who brought an item back after a restore.
    ///
    /// # Errors
    /// `store.failed`.
    fn note_recovered(&mut self, hash: Hash, carrier: Device, now_ms: i64) -> Result<()>;

    /// An item that was put aside and not settled.
    ///
    /// # Errors
    /// `store.failed`.
    fn aside(&mut self, name: Name) -> Result<Option<Pending>>;

    /// Notes what the office made of an item put aside; its bytes stay.
    ///
    /// # Errors
    /// `store.failed`.
    fn close_aside(&mut self, name: Name, fate: AsideFate) -> Result<()>;

    /// Does a part of the work so that its failure undoes this part alone.
    ///
    /// # Errors
    /// `store.failed`: the machine's failures are not the part's.
    fn attempt(&mut self, work: &mut dyn FnMut(&mut dyn Unit) -> Result<()>) -> Result<Attempt>;

    /// The items that wait for this id or hash, in order of arrival.
    ///
    /// # Errors
    /// `store.failed`.
    fn held_for(&mut self, missing: &[u8]) -> Result<Vec<Name>>;

    /// Lets an item wait, parked if what it waits for was put aside. `own`: what others may wait for in it.
    ///
    /// # Errors
    /// `store.failed`.
    fn hold(&mut self, name: Name, missing: &[u8], own: Option<&[u8]>) -> Result<()>;

    /// Puts an item aside, bytes kept, and parks whatever waits for it.
    ///
    /// # Errors
    /// `store.failed`.
    fn put_aside(&mut self, name: Name, reason: Quarantine, own: Option<&[u8]>) -> Result<()>;

    /// Takes an applied item out of the inbox.
    ///
    /// # Errors
    /// `store.failed`.
    fn settle(&mut self, name: Name) -> Result<()>;

    /// A stream by its name.
    ///
    /// # Errors
    /// `store.failed`.
    fn stream(&mut self, name: &str) -> Result<Option<StreamId>>;

    /// A stream's name.
    ///
    /// # Errors
    /// `store.failed`, `stream.unknown`.
    fn stream_name(&mut self, id: StreamId) -> Result<String>;

    /// The last seq of a stream.
    ///
    /// # Errors
    /// `store.failed`, `stream.unknown`.
    fn end_of(&mut self, stream: StreamId) -> Result<u64>;

    /// Appends a row and returns its seq.
    ///
    /// # Errors
    /// `store.failed`.
    fn append(&mut self, stream: StreamId, entry: &Entry<'_>) -> Result<u64>;

    /// The streams besides its home to which a document's rows go.
    ///
    /// # Errors
    /// `store.failed`.
    fn shares(&mut self, doc: Id) -> Result<Vec<StreamId>>;

    /// Adds one.
    ///
    /// # Errors
    /// `store.failed`.
    fn share(&mut self, doc: Id, stream: StreamId) -> Result<()>;

    /// Takes one away, and remembers it as one by which the document was read before.
    ///
    /// # Errors
    /// `store.failed`.
    fn unshare(&mut self, doc: Id, stream: StreamId) -> Result<()>;

    /// The streams by which a document was read before: former homes, and people with whom it was shared.
    ///
    /// # Errors
    /// `store.failed`.
    fn former_homes(&mut self, doc: Id) -> Result<Vec<StreamId>>;

    /// Gives a document or matter another home, and remembers the one before.
    ///
    /// # Errors
    /// `store.failed`.
    fn set_home(&mut self, doc: Id, from: StreamId, to: StreamId) -> Result<()>;

    /// The changes, events and facts of a document that count in a stream, in order; where it is archived, those that did.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn rows_to_move(&mut self, doc: Id, stream: StreamId) -> Result<Vec<Moving>>;

    /// Whether a volume of visits is on no phone.
    ///
    /// # Errors
    /// `store.failed`.
    fn archived(&mut self, doc: Id) -> Result<bool>;

    /// Notes that it is, or no longer.
    ///
    /// # Errors
    /// `store.failed`.
    fn set_archived(&mut self, doc: Id, archived: bool) -> Result<()>;

    /// The matters of a stream that were registered for a household, or that wait for that, with the documents of such.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn matters_at(&mut self, household: Id, stream: StreamId) -> Result<Vec<Id>>;

    /// What is known of a document without opening it.
    ///
    /// # Errors
    /// `store.failed`.
    fn document_head(&mut self, id: Id) -> Result<Option<DocumentHead>>;

    /// A document.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn document(&mut self, id: Id) -> Result<Option<KeptDocument>>;

    /// Keeps a document as saved; its version is counted here.
    ///
    /// # Errors
    /// `store.failed`.
    fn keep_document(&mut self, id: Id, head: &DocumentHead, saved: &[u8]) -> Result<()>;

    /// A matter.
    ///
    /// # Errors
    /// `store.failed`.
    fn matter(&mut self, id: Id) -> Result<Option<KeptMatter>>;

    /// Keeps a matter, and what is ahead of it.
    ///
    /// # Errors
    /// `store.failed`.
    fn keep_matter(&mut self, id: Id, matter: &KeptMatter, ahead: Ahead) -> Result<()>;

    /// Notes who of the office did something with a matter last: it is theirs on the board.
    ///
    /// # Errors
    /// `store.failed`.
    fn note_hand(&mut self, matter: Id, staff: Id) -> Result<()>;

    /// When that phone exchanged, of those that read a stream, which was not heard of for the longest time; `None` if none reads it.
    ///
    /// # Errors
    /// `store.failed`.
    fn last_heard(&mut self, stream: StreamId) -> Result<Option<i64>>;

    /// Whether an event has a verdict.
    ///
    /// # Errors
    /// `store.failed`.
    fn event_known(&mut self, id: Id) -> Result<bool>;

    /// Notes that an event has its verdict.
    ///
    /// # Errors
    /// `store.failed`.
    fn keep_event(&mut self, id: Id, matter: Id) -> Result<()>;

    /// Shows a door.
    ///
    /// # Errors
    /// `store.failed`.
    fn show_household(&mut self, row: &HouseholdShown) -> Result<()>;

    /// Shows the fields of a document that hold two values, and none else of it.
    ///
    /// # Errors
    /// `store.failed`.
    fn show_reviews(&mut self, doc: Id, reviews: &[ReviewShown]) -> Result<()>;

    /// Shows a refused event.
    ///
    /// # Errors
    /// `store.failed`.
    fn show_refused(&mut self, row: &RefusedShown) -> Result<()>;

    /// Notes what the office made of a card.
    ///
    /// # Errors
    /// `store.failed`.
    fn keep_decision(&mut self, decision: &Decision) -> Result<()>;

    /// The newest decision about a field, a door or an event that stands.
    ///
    /// # Errors
    /// `store.failed`.
    fn standing(&mut self, doc: Id, other: &str) -> Result<Option<Decision>>;

    /// Doors that were made one with this one, by decisions taken back or not, and by what their cards say.
    ///
    /// # Errors
    /// `store.failed`.
    fn merged_with(&mut self, household: Id) -> Result<Vec<Id>>;

    /// The matters for which the office found this door.
    ///
    /// # Errors
    /// `store.failed`.
    fn placed_at(&mut self, household: Id) -> Result<Vec<Id>>;

    /// Whether an event of an officer was refused.
    ///
    /// # Errors
    /// `store.failed`.
    fn is_refused(&mut self, event: Id, matter: Id) -> Result<bool>;

    /// Notes that a decision was taken back; `false` where it was before.
    ///
    /// # Errors
    /// `store.failed`.
    fn undo_decision(&mut self, id: Id, at_ms: i64) -> Result<bool>;

    /// The household at whose door a shown visit was made.
    ///
    /// # Errors
    /// `store.failed`.
    fn visit_door(&mut self, id: Id) -> Result<Option<Id>>;

    /// Shows a visit.
    ///
    /// # Errors
    /// `store.failed`.
    fn show_visit(&mut self, row: &VisitShown) -> Result<()>;

    /// Shows the photos and voice notes that a document names, and none else of it.
    ///
    /// # Errors
    /// `store.failed`.
    fn show_attachments(&mut self, doc: Id, files: &[AttachmentShown]) -> Result<()>;

    /// Shows an answer.
    ///
    /// # Errors
    /// `store.failed`.
    fn show_answer(&mut self, row: &AnswerShown) -> Result<()>;

    /// Shows a matter.
    ///
    /// # Errors
    /// `store.failed`.
    fn show_matter(&mut self, row: &MatterShown) -> Result<()>;

    /// Shows the texts of a matter that are read outside of the office, and nothing else of it; `board`: since when everybody may read of it.
    ///
    /// # Errors
    /// `store.failed`.
    fn show_public(&mut self, matter: Id, texts: &[PublicShown], board: Option<&BoardShown>) -> Result<()>;

    /// The names of all who live in a community.
    ///
    /// # Errors
    /// `store.failed`.
    fn names_in(&mut self, community: &str) -> Result<Vec<String>>;

    /// Keeps what figures count of a matter, with its ratings.
    ///
    /// # Errors
    /// `store.failed`.
    fn count_matter(&mut self, row: &Counted, ratings: &[Rating]) -> Result<()>;

    /// Keeps the counts of a matter that was never counted.
    ///
    /// # Errors
    /// `store.failed`.
    fn keep_tally(&mut self, matter: Id, tally: &Tally) -> Result<()>;

    /// A matter's events and facts in its home, in the order of the log.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn told_of(&mut self, matter: Id) -> Result<(Vec<Event>, Vec<Fact>)>;

    /// A shown matter.
    ///
    /// # Errors
    /// `store.failed`.
    fn shown_matter(&mut self, id: Id) -> Result<Option<MatterShown>>;

    /// Adds to what the office has set.
    ///
    /// # Errors
    /// `setting.changed` unless its version follows the newest of its key; `store.failed`.
    fn put_setting(&mut self, setting: &Setting) -> Result<()>;

    /// Keeps a department as it is now.
    ///
    /// # Errors
    /// `department.taken` for a name that another one of the community has, `store.failed`.
    fn keep_department(&mut self, department: &Department) -> Result<()>;

    /// Notes that a commons was told all that was set of the calendar.
    ///
    /// # Errors
    /// `store.failed`.
    fn calendar_told(&mut self, stream: StreamId) -> Result<()>;

    /// Notes how far a phone's clock is ahead, in milliseconds; less than a minute more or less changes nothing.
    ///
    /// # Errors
    /// `store.failed`.
    fn note_skew(&mut self, device: Device, skew_ms: i64) -> Result<()>;

    /// Lets the clocks of all open matters be looked at again.
    ///
    /// # Errors
    /// `store.failed`.
    fn look_again(&mut self, now_ms: i64) -> Result<()>;

    /// Binds a slip to a matter, if the code is a slip's and it is bound to none.
    ///
    /// # Errors
    /// `store.failed`.
    fn bind_slip(&mut self, code: &str, matter: Id, now_ms: i64) -> Result<()>;
}
