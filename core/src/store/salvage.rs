//! A damaged file is set aside and what can be read of it goes to a new one (docs/SYNC.md, "A damaged file").
//!
//! SQLite stops at the first bad page of a tree. Here every page is read by itself, also of the write-ahead log, and
//! each row is known by its shape. What the office has comes down once more; what it has not is taken from here.

use std::path::Path;

use crate::{Result, envelope::FileKey};

mod aside;
mod carry;
mod cells;
mod journal;
mod pages;
mod places;
mod record;
mod rows;
mod tables;
#[cfg(test)]
mod tests;
mod wal;

pub(crate) use aside::delete_damaged;
pub(super) use aside::is_whole as is_unfinished;
pub(crate) use journal::LOST;
pub(super) use wal::is_broken as is_broken_log;

/// What was brought over from a damaged file.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(crate) struct Salvaged {
    /// When, by the phone's own clock.
    #[n(0)]
    pub(crate) at_ms: i64,
    /// Pages of the damaged file.
    #[n(1)]
    pub(crate) pages: u32,
    /// Those that nothing could be made of.
    #[n(2)]
    pub(crate) unreadable: u32,
    /// Actions of the journal that came over.
    #[n(3)]
    pub(crate) journal: u32,
    /// Items that came over and were not at the office.
    #[n(4)]
    pub(crate) unsent: u32,
}

/// Makes a new file out of what can be read of the damaged one, sets that aside and puts the new one in its place. The
/// caller has the directory alone. Where this fails, as for want of room, the damaged file stays where it is.
pub(super) fn run(directory: &Path, key: &FileKey, now_ms: i64) -> Result<()> {
    if !aside::is_whole(directory) {
        let half = aside::half(directory)?;
        let made = carry::over(directory, key, &half, now_ms);
        if made.is_err() {
            // Room for the next try; what could not be written is of no use.
            let _ = aside::half(directory);
        }
        made?;
        aside::set_whole(directory)?;
    }
    aside::swap(directory, now_ms)
}

/// The names of all tables.
pub(super) fn tables() -> impl Iterator<Item = &'static str> {
    tables::TABLES.iter().map(|(name, _)| *name)
}
