//! What the server keeps, as units of work. Blocking: call them on worker threads (`App::work`).

mod accounts;
mod areas;
mod attachments;
mod bookings;
mod cards;
mod compaction;
#[cfg(test)]
mod conformance;
mod desks;
mod doors;
mod erasures;
mod export;
mod feeds;
mod figures;
mod finding;
mod health;
mod leases;
mod line;
mod line_board;
pub mod log;
mod moves;
mod notices;
mod overview;
mod packs;
mod public;
mod queue;
mod refresh;
mod reminders;
mod rounds;
mod seconds;
mod settings;
mod slips;
pub mod sqlite;
mod surveys;

pub use accounts::{Accounts, Ended, Enrolment, KnownDevice, NewDevice, OfficerSeen, Scope};
pub use areas::{AreaFound, Areas, Opened};
pub use attachments::{Attachments, Begun, FileSeen, Quota, Stored, Upload};
pub use bookings::Bookings;
pub use cards::{CardCounts, Cards, Decision, DecisionKind, DoorFacts, RefusedShown};
pub use compaction::{Compacted, Compaction};
pub use desks::{Desks, Grant, NewSession, Session, SessionSeen, Staff};
pub use doors::{DoorKept, Doors};
pub use erasures::{ErasedDoc, Erasure, Erasures};
pub use export::{Exports, HouseholdOut, MatterOut, VisitOut};
pub use feeds::{Feeds, KeptFeed, NewFeed, OnCalendar};
pub use figures::Counts;
pub use finding::{Alike, Finding, Likeness};
pub use health::{Examination, Health, Inbox};
pub use leases::Leases;
pub use line::{Department, Line};
pub use line_board::{LineBoard, LineMatter, OnLine, StateCount, is_on_line};
pub use moves::{MovePreview, Moves, Standing};
pub use notices::{NoticeKept, Notices};
pub use overview::{BuildingSeen, Day, DoorSeen, MatterSeen, Overview, PhoneSeen, VisitSeen};
pub use packs::{Pack, Packs};
pub use public::{Board, Boards, OnBoard, Until};
pub use queue::{Queue, QueueSeen, Taken};
pub use refresh::{RefreshToken, Rotation};
pub use reminders::{Reminders, WaitingReminder};
pub use rounds::{RoundKept, Rounds};
pub use seconds::Seconds;
pub use settings::{Setting, Settings};
pub use slips::{KeptSlip, NewSlip, Slips};
pub use surveys::{Surveys, Versions};

/// Declares the store by its parts, each named once.
macro_rules! store {
    ($($part:path)+) => {
        /// All that the server keeps.
        pub trait Store: $($part +)+ Send + Sync {}

        impl<T: $($part +)+ Send + Sync> Store for T {}
    };
}

store!(Accounts Areas Attachments Boards Bookings Cards Compaction Counts Desks Doors Erasures Exports Feeds Finding Health Leases Line LineBoard log::Log Moves Notices Overview Packs Queue Reminders Rounds Seconds Settings Slips Surveys);

/// What a store can refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk or the database refused.
    #[error("store.failed: {0}")]
    Backend(String),
    /// Something kept that does not read as what it must be.
    #[error("store.damaged: {0}")]
    Damaged(String),
    /// What was to be stored does not fit beside what is.
    #[error("store.conflict: {0}")]
    Conflict(String),
    /// The database was written by a newer server.
    #[error("store.newer")]
    Newer,
    /// Something that is not there.
    #[error("{what}.unknown: {id}")]
    Unknown {
        /// Kind of thing: `grid`, `officer`, `community`, `device`, `stream`, `envelope`.
        what: &'static str,
        /// The id that was asked for.
        id: String,
    },
    /// A unit of work that found a reason not to be done.
    #[error("{0}")]
    Refused(&'static str),
    /// Something that is there already.
    #[error("{what}.taken")]
    Exists {
        /// Kind of thing: `staff`, `device`, `department`, `slip`.
        what: &'static str,
    },
}

impl StoreError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Backend(_) => "store.failed",
            Self::Damaged(_) => "store.damaged",
            Self::Conflict(_) => "store.conflict",
            Self::Newer => "store.newer",
            Self::Refused(code) => code,
            Self::Unknown { what, .. } => match *what {
                "grid" => "grid.unknown",
                "officer" => "officer.unknown",
                "officer_disabled" => "officer.disabled",
                "community" => "community.unknown",
                "device" => "device.unknown",
                "household" => "household.unknown",
                "aside" => "aside.unknown",
                "card" => "card.unknown",
                "matter" => "matter.unknown",
                "feed" => "feed.unknown",
                "envelope" => "envelope.unsigned",
                "stream" => "stream.unknown",
                _ => "record.unknown",
            },
            Self::Exists { what } => match *what {
                "staff" => "staff.taken",
                "department" => "department.taken",
                "slip" => "slip.taken",
                "address" => "address.taken",
                _ => "record.taken",
            },
        }
    }
}

/// The store's results.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
