//! The office's inbox: what somebody has to look at, and what was made of it.

use minqing_core::{Id, view::HouseholdRow};

use super::Result;

/// What a decision was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// One field of a document, and what stands in it now.
    Edit,
    /// Two doors: one, or not.
    Door,
    /// A matter, and the door that was found for it, or that it has none.
    Address,
    /// A refused event that somebody has seen.
    Refused,
    /// What somebody says of their own record, put beside what stands there.
    Correction,
}

impl DecisionKind {
    /// All of them, with their words.
    pub const ALL: [(Self, &str); 5] =
        [(Self::Edit, "edit"), (Self::Door, "door"), (Self::Address, "address"), (Self::Refused, "refused"), (Self::Correction, "correction")];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }
}

/// What the office made of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its own id.
    pub id: Id,
    /// The community's 12 digits.
    pub community: String,
    /// What it was about.
    pub kind: DecisionKind,
    /// The document or matter.
    pub doc: Id,
    /// The field, the other door, the door that was found, the event.
    pub other: String,
    /// JSON of what stood there before.
    pub was: String,
    /// What stands there now.
    pub became: String,
    /// Who decided.
    pub staff: Id,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// When it was taken back.
    pub undone_ms: Option<i64>,
}

/// An event of an officer that was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefusedShown {
    /// The event.
    pub event: [u8; 16],
    /// The matter.
    pub matter: [u8; 16],
    /// Its community.
    pub community: String,
    /// Who sent it.
    pub officer: [u8; 16],
    /// Number of an `EventCode`.
    pub code: u8,
    /// Word of a `RefusalCode`.
    pub reason: String,
    /// When the server holds it done, milliseconds since 1970.
    pub at_ms: i64,
}

/// How many cards there are of each kind; what was put aside is counted where it lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CardCounts {
    /// Fields with two values.
    pub edits: u64,
    /// Pairs of doors that may be one.
    pub doors: u64,
    /// Items put aside.
    pub aside: u64,
    /// Refused events that nobody has looked at.
    pub refused: u64,
    /// Matters of a household whose door is not known.
    pub addresses: u64,
}

impl CardCounts {
    /// All of them.
    pub fn all(self) -> u64 {
        self.edits + self.doors + self.aside + self.refused + self.addresses
    }
}

/// What happened at a door.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoorFacts {
    /// Visits.
    pub visits: u64,
    /// When the last one was made, milliseconds since 1970.
    pub last_ms: Option<i64>,
    /// Matters.
    pub matters: u64,
    /// Those of them that are not over.
    pub open: u64,
}

/// The office's inbox. Lists are cut at the limit, what waits longest first.
pub trait Cards: Send + Sync {
    /// The ids of all documents and matters, also of archived ones.
    ///
    /// # Errors
    /// `store.failed`.
    fn all_ids(&self) -> Result<Vec<Id>>;

    /// The names of all who live in a community.
    ///
    /// # Errors
    /// `store.failed`.
    fn names_in(&self, community: &str) -> Result<Vec<String>>;

    /// Whether the projections of a database that was made by an older server are still to be filled.
    ///
    /// # Errors
    /// `store.failed`.
    fn cards_to_fill(&self) -> Result<bool>;

    /// Notes that they are.
    ///
    /// # Errors
    /// `store.failed`.
    fn cards_filled(&self) -> Result<()>;

    /// How many cards a community has.
    ///
    /// # Errors
    /// `store.failed`.
    fn card_counts(&self, community: &str) -> Result<CardCounts>;

    /// Documents and fields with more than one value.
    ///
    /// # Errors
    /// `store.failed`.
    fn reviews(&self, community: &str, limit: u32) -> Result<Vec<(Id, String)>>;

    /// Pairs of doors behind which the same people seem to live; nobody has said that they are two. What stands at more than five doors
    /// of a community, as a landlord's telephone, tells nothing.
    ///
    /// # Errors
    /// `store.failed`.
    fn twins(&self, community: &str, limit: u32) -> Result<Vec<(Id, Id)>>;

    /// Matters of a household whose door is not known, and of which nobody has said that they have none.
    ///
    /// # Errors
    /// `store.failed`.
    fn without_door(&self, community: &str, limit: u32) -> Result<Vec<Id>>;

    /// Refused events that nobody has looked at.
    ///
    /// # Errors
    /// `store.failed`.
    fn refused(&self, community: &str, limit: u32) -> Result<Vec<RefusedShown>>;

    /// What was decided since then, newest first.
    ///
    /// # Errors
    /// `store.failed`.
    fn decisions(&self, community: &str, since_ms: i64, limit: u32) -> Result<Vec<Decision>>;

    /// How many cards were settled since then, by decisions that stand.
    ///
    /// # Errors
    /// `store.failed`.
    fn decided(&self, community: &str, since_ms: i64) -> Result<u64>;

    /// One decision.
    ///
    /// # Errors
    /// `store.failed`.
    fn decision(&self, id: Id) -> Result<Option<Decision>>;

    /// The newest decision about a field, a door or an event, taken back or not.
    ///
    /// # Errors
    /// `store.failed`.
    fn decided_of(&self, doc: Id, other: &str) -> Result<Option<Decision>>;

    /// The doors of a community that are none that turned out to be another, with the names of those who live there.
    ///
    /// # Errors
    /// `store.failed`.
    fn doors_of(&self, community: &str) -> Result<Vec<HouseholdRow>>;

    /// What happened at a door.
    ///
    /// # Errors
    /// `store.failed`.
    fn door_facts(&self, household: Id) -> Result<DoorFacts>;

    /// Doors that turned out to be this one.
    ///
    /// # Errors
    /// `store.failed`.
    fn merged_into(&self, household: Id) -> Result<Vec<Id>>;
}
