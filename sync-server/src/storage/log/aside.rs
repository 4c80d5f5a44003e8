//! Items that were put aside, as the office sees them.

use minqing_core::{Id, envelope::Quarantine, ids::Name};

/// What the office made of an item put aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideFate {
    /// It wrote the content in the author's name.
    Adopted,
    /// The officer was told to write it anew.
    Returned,
}

/// An item put aside, as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Its name.
    pub name: Name,
    /// Whose device wrote it.
    pub officer: Id,
    /// That officer's community.
    pub community: String,
    /// Its kind's number.
    pub kind: u8,
    /// What it is about.
    pub doc: Id,
    /// Why.
    pub reason: Quarantine,
    /// When it was received, milliseconds since 1970.
    pub received_ms: i64,
    /// Its bytes.
    pub size: u64,
    /// How many items wait for it.
    pub parked: u64,
}
