//! The phone's database: one SQLite file, WAL, synchronous=FULL. One action is one transaction, and
//! nothing is acknowledged before it is durable.

use std::path::PathBuf;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Result, envelope::FileKey, view::Listing};

pub(crate) mod appointments;
pub(crate) mod attachments;
pub(crate) mod carried;
mod changed;
mod check;
mod cipher;
pub(crate) mod claims;
pub(crate) mod courier;
pub(crate) mod documents;
pub(crate) mod drafts;
pub(crate) mod erased;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod guarded;
pub(crate) mod history;
mod hold;
pub(crate) mod identity;
pub(crate) mod later;
pub(crate) mod lists;
pub(crate) mod meta;
mod migrations;
pub(crate) mod notices;
mod opening;
pub(crate) mod outbox;
pub(crate) mod packs;
pub(crate) mod project;
pub(crate) mod purge;
pub(crate) mod remake;
pub(crate) mod rounds;
pub(crate) mod salvage;
pub(crate) mod search;
mod sending;
pub(crate) mod streams;
pub(crate) mod taken_back;

pub(crate) use opening::Beside;
use sending::Sending;

/// The file's name in the directory the platform gives.
pub const FILE: &str = "minqing.db";

/// An open phone file.
pub struct Store {
    db: Connection,
    sending: Sending,
    files: files::Files,
    directory: PathBuf,
    key: FileKey,
    /// `None` only while a damaged file is set aside.
    hold: Option<hold::Hold>,
}

impl Store {
    /// Does something in one transaction: all of it is durable when this returns, or none of it.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&tx)?;
        tx.commit()?;
        Ok(done)
    }

    /// Lets go of the file for good; returns its directory.
    pub(crate) fn close(&mut self) -> Result<PathBuf> {
        self.db = Connection::open_in_memory()?;
        self.hold = None;
        Ok(self.directory.clone())
    }

    /// Reads.
    pub(crate) fn read(&self) -> &Connection {
        &self.db
    }

    /// The files beside the database.
    pub(crate) fn files(&self) -> &files::Files {
        &self.files
    }

    /// All that is read before this is dropped is of one moment.
    pub(crate) fn moment(&self) -> Result<Transaction<'_>> {
        Ok(self.db.unchecked_transaction()?)
    }

    /// What is in the exchange under way.
    pub(crate) fn sending(&self) -> &Sending {
        &self.sending
    }

    /// The lists that changed since the last call.
    pub(crate) fn take_changed(&self) -> Result<Vec<Listing>> {
        changed::take(&self.db)
    }

    /// Calls `hook` just before each commit becomes durable; `true` undoes it. Fault tests end the process there.
    ///
    /// # Errors
    /// `store.failed`.
    #[cfg(feature = "faults")]
    pub fn on_commit(&mut self, hook: impl FnMut() -> bool + Send + 'static) -> Result<()> {
        self.db.commit_hook(Some(hook))?;
        Ok(())
    }

    /// What this store reads by, for tests that look past the client.
    #[cfg(feature = "faults")]
    pub fn connection(&self) -> &Connection {
        &self.db
    }

    /// Runs a pragma of the fault tests, as `wal_autocheckpoint=0` or `max_page_count=40`.
    ///
    /// # Errors
    /// `store.failed`.
    #[cfg(feature = "faults")]
    pub fn pragma(&self, name: &str, value: i64) -> Result<()> {
        self.db.pragma_update(None, name, value)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_careful() {
        let dir = std::env::temp_dir().join(format!("minqing-store-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let store = Store::open(&dir, crate::envelope::DeviceKeys::derive(&[1; 32]).unwrap().file_key(), 0).unwrap();
        let number = |name| store.read().pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        let mode: String = store.read().pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!((mode.as_str(), number("synchronous"), number("fullfsync"), number("foreign_keys")), ("wal", 2, 1, 1));
        drop(store);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
