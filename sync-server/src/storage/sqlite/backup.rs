//! A copy of the database as of one moment, and a restored one's new history.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, backup::Backup, params};

use super::{FILE, Sqlite, connect, migrate};
use crate::storage::{Result, StoreError};

/// Pages copied before others get their turn.
const PAGES: i32 = 1_024;

impl Sqlite {
    /// Copies the database to a new file.
    pub(super) fn copy(&self, to: &Path) -> Result<()> {
        let mut copy = Connection::open(to)?;
        self.read(|c| Ok(Backup::new(c, &mut copy)?.run_to_completion(PAGES, Duration::ZERO, None)?))
    }
}

/// Begins another history in a database that was restored into a directory: tickets and newer tokens of phones fit it no more.
///
/// # Errors
/// `store.damaged` where it is not whole, `store.newer`, `store.failed`.
pub fn begin_history(dir: &Path, history: [u8; 16], now_ms: i64) -> Result<()> {
    let mut db = connect(&dir.join(FILE), OpenFlags::default()).map_err(|_| damaged())?;
    let whole: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|_| damaged())?;
    if whole != "ok" {
        return Err(damaged());
    }
    migrate::up(&mut db).map_err(|e| if e == StoreError::Newer { e } else { damaged() })?;
    let tx = db.transaction()?;
    let changed = tx.execute("UPDATE meta SET value = ?1 WHERE key = 'history'", [history])?;
    tx.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('restored_ms', ?1)", params![now_ms])?;
    // The same places stand for other rows from now on.
    tx.execute("DELETE FROM pack", [])?;
    tx.execute("UPDATE device SET ticket_issued = NULL, ticket_shown = NULL, restored = 1", [])?;
    tx.commit()?;
    if changed == 1 { Ok(()) } else { Err(damaged()) }
}

fn damaged() -> StoreError {
    StoreError::Damaged("the backup's database".into())
}
