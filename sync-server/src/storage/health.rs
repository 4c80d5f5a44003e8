//! How the store is: what waits in it, and whether what it keeps hangs together.

use super::Result;

/// Items that are received and not in the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inbox {
    /// Not looked at yet.
    pub received: u64,
    /// When the oldest of them came, milliseconds since 1970.
    pub oldest_received_ms: Option<i64>,
    /// Waiting for something else.
    pub held: u64,
    /// When the oldest of them came, milliseconds since 1970.
    pub oldest_held_ms: Option<i64>,
    /// Waiting for something that is put aside.
    pub parked: u64,
    /// Put aside.
    pub aside: u64,
    /// Signed by nobody as they claim.
    pub unsigned: u64,
}

/// What a look at a database found, changing nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examination {
    /// Steps by which it was made.
    pub version: i64,
    /// Steps that this server knows.
    pub known: i64,
    /// What the database says of its own pages; empty if they are well.
    pub damage: Vec<String>,
    /// Streams whose last rows do not follow from each other or do not lead to where the stream says it stands.
    pub broken_tails: Vec<String>,
    /// What waits.
    pub inbox: Inbox,
    /// When the last row took its place, milliseconds since 1970.
    pub last_applied_ms: Option<i64>,
    /// Areas of the tree.
    pub areas: u64,
    /// Areas whose upper area lacks, and grids without a stream.
    pub loose_areas: Vec<String>,
}

/// How the store is.
pub trait Health: Send + Sync {
    /// What waits.
    ///
    /// # Errors
    /// `store.failed`.
    fn inbox(&self) -> Result<Inbox>;
}
