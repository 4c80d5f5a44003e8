//! The store on one SQLite file: one writer, several readers.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, config::DbConfig};

use super::{Result, StoreError, log::OnGrowth};
use crate::{
    clock::Clock,
    entropy::{self, Entropy},
};

mod accounts;
mod areas;
mod attachments;
mod backup;
mod cards;
#[cfg(test)]
mod conformance;
mod covers;
mod desks;
mod doors;
mod erasures;
mod export;
mod feeds;
mod figures;
mod finding;
mod group;
mod health;
mod leases;
mod line;
mod line_board;
mod log;
mod migrate;
mod moves;
mod notices;
mod overview;
mod packs;
mod public;
mod queue;
mod reading;
mod reminders;
mod rounds;
mod seconds;
mod settings;
mod slips;
mod surveys;

pub use backup::begin_history;
pub use health::examine;
pub use settings::settings_in;

/// The database's file in the data directory.
pub(crate) const FILE: &str = "minqing.db";
/// Idle read connections that are kept: to open one costs more than most reads, so as many as read at once in a rush.
const READERS: usize = 32;
/// Memory for pages of the writing connection, KiB; SQLite's own measure is for phones.
const WRITER_KIB: i64 = 32 << 10;
/// Pages in the write-ahead log before they are brought home: rarely, for all that were written often meanwhile come once.
const CHECKPOINT: i64 = 8_000;
/// How long one process waits for another's lock.
const PATIENCE: Duration = Duration::from_secs(5);

/// The store on one SQLite file.
pub struct Sqlite {
    file: PathBuf,
    writer: Mutex<Connection>,
    /// Held by the first of those that wait for the writer.
    turn: Mutex<()>,
    group: group::Group,
    readers: Mutex<Vec<Connection>>,
    /// Hears which streams have grown.
    tell: Mutex<Option<OnGrowth>>,
}

impl Sqlite {
    /// Opens the database in a directory, makes it where there is none, and brings it up to date.
    ///
    /// # Errors
    /// `store.failed`; `store.newer` where a newer server wrote it.
    pub fn open(dir: &Path, clock: &dyn Clock, entropy: &dyn Entropy) -> Result<Self> {
        let file = dir.join(FILE);
        let mut writer = connect(&file, OpenFlags::default())?;
        migrate::up(&mut writer)?;
        let store = Self {
            file,
            writer: Mutex::new(writer),
            turn: Mutex::default(),
            group: group::Group::default(),
            readers: Mutex::default(),
            tell: Mutex::default(),
        };
        let history: [u8; 16] = entropy::bytes(entropy);
        store.write(|tx| {
            let mut put = tx.prepare("INSERT OR IGNORE INTO meta(key, value) VALUES(?1, ?2)")?;
            put.execute(("history", history))?;
            put.execute(("created_ms", clock.now_ms()))?;
            Ok(())
        })?;
        Ok(store)
    }

    /// Runs a job in one write transaction: all of it or nothing, durable when this returns.
    pub(crate) fn write<T>(&self, job: impl FnOnce(&Transaction) -> Result<T>) -> Result<T> {
        let mut writer = self.writer();
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = job(&tx)?;
        tx.commit()?;
        Ok(done)
    }

    /// The writer, for whoever waited longest or nearly so: a lock alone is mostly taken again by the one that just had it,
    /// and receiving would wait while one batch after the other is applied.
    fn writer(&self) -> MutexGuard<'_, Connection> {
        let _turn = lock(&self.turn);
        lock(&self.writer)
    }

    /// Runs a job that sees the database as of one moment and changes nothing.
    pub(crate) fn read<T>(&self, job: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = lock(&self.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => connect(&self.file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?,
        };
        // Whatever fails here, its connection is closed, and its transaction with it.
        run(&reader, "BEGIN")?;
        let seen = job(&reader)?;
        run(&reader, "COMMIT")?;
        let mut idle = lock(&self.readers);
        if idle.len() < READERS {
            idle.push(reader);
        }
        Ok(seen)
    }
}

/// A job that panicked left no half transaction behind (dropping rolls back), so its lock is taken as it is.
fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(file: &Path, flags: OpenFlags) -> Result<Connection> {
    let c = Connection::open_with_flags(file, flags)?;
    c.busy_timeout(PATIENCE)?;
    // Else SQLite looks at arguments while it plans, and plans most statements again for every new argument.
    c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if !flags.contains(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        c.pragma_update(None, "journal_mode", "WAL")?;
        c.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?;
        c.pragma_update(None, "cache_size", -WRITER_KIB)?;
    }
    c.pragma_update(None, "synchronous", "FULL")?;
    c.pragma_update(None, "foreign_keys", true)?;
    c.set_prepared_statement_cache_capacity(256);
    Ok(c)
}

impl From<rusqlite::Error> for StoreError {
    /// SQLite's messages name tables and columns, never what stands in them. A broken constraint is the fault of
    /// what was to be stored, not of the machine.
    fn from(e: rusqlite::Error) -> Self {
        match e.sqlite_error_code() {
            Some(rusqlite::ErrorCode::ConstraintViolation) => Self::Conflict(e.to_string()),
            _ => Self::Backend(e.to_string()),
        }
    }
}

/// Runs a statement without arguments that is run over and over, so that it is read once.
fn run(c: &Connection, statement: &str) -> Result<()> {
    c.prepare_cached(statement)?.execute([])?;
    Ok(())
}

/// A row that does not read as what it must be.
fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(format!("row of {what}"))
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use rusqlite::StatementStatus;

    use super::*;
    use crate::{
        storage::Accounts,
        testing::{Counting, Hands},
    };

    #[test]
    fn a_second_opening_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let hands = Hands::default();
        let first = Sqlite::open(dir.path(), &hands, &Counting::default()).unwrap().history().unwrap();
        let again = Sqlite::open(dir.path(), &hands, &Counting::from(9)).unwrap().history().unwrap();
        assert_eq!(first, again);
        assert_ne!(first, [0; 16]);
    }

    #[test]
    fn the_file_is_careful() {
        let dir = tempfile::tempdir().unwrap();
        let store = Sqlite::open(dir.path(), &Hands::default(), &Counting::default()).unwrap();
        let pragma = |name: &str| lock(&store.writer).pragma_query_value(None, name, |r| r.get::<_, rusqlite::types::Value>(0)).unwrap();
        assert_eq!(pragma("journal_mode"), rusqlite::types::Value::Text("wal".into()));
        assert_eq!(pragma("synchronous"), rusqlite::types::Value::Integer(2));
        assert_eq!(pragma("foreign_keys"), rusqlite::types::Value::Integer(1));
        let refused = store.read(|c| Ok(c.execute("DELETE FROM meta", [])?));
        assert!(matches!(refused, Err(StoreError::Backend(_))), "a reader wrote");
    }

    #[test]
    fn a_statement_is_planned_once_for_all_arguments() {
        let dir = tempfile::tempdir().unwrap();
        let store = Sqlite::open(dir.path(), &Hands::default(), &Counting::default()).unwrap();
        let again = |c: &Connection| {
            let mut query = c.prepare("SELECT device, opening, n FROM inbox WHERE state = ?2 AND missing = ?1 ORDER BY envelope, n").unwrap();
            (0..9).for_each(|n| assert!(!query.exists((vec![n], i64::from(n))).unwrap()));
            query.get_status(StatementStatus::RePrepare)
        };
        assert_eq!(again(&lock(&store.writer)), 0);
        assert_eq!(store.read(|c| Ok(again(c))).unwrap(), 0);
    }

    #[test]
    fn a_panic_bricks_nothing_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = Sqlite::open(dir.path(), &Hands::default(), &Counting::default()).unwrap();
        let fell = catch_unwind(AssertUnwindSafe(|| {
            store.write::<()>(|tx| {
                tx.execute("DELETE FROM meta", [])?;
                panic!("half way")
            })
        }));
        assert!(fell.is_err());
        assert!(store.history().is_ok());
        store.write(|tx| Ok(tx.execute("INSERT INTO meta VALUES('a', 'b')", [])?)).unwrap();
    }
}
