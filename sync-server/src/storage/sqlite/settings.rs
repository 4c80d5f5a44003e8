//! What the office has set, in SQLite.

use std::path::Path;

use minqing_core::Id;
use rusqlite::{Connection, OpenFlags, Row, params};

use super::{FILE, Sqlite, connect};
use crate::storage::{Result, Setting, Settings, StoreError, log::StreamId};

impl Settings for Sqlite {
    fn settings(&self) -> Result<Vec<Setting>> {
        self.read(all)
    }

    fn settings_begun(&self, now_ms: i64) -> Result<u64> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT count(*) FROM setting WHERE from_ms <= ?1")?;
            Ok(query.query_row([now_ms], |row| row.get::<_, i64>(0))?.unsigned_abs())
        })
    }

    fn calendar_untold(&self) -> Result<Vec<(StreamId, Setting)>> {
        self.read(|c| {
            // The decrees of a build are known to it.
            let mut query = c.prepare_cached(
                "SELECT t.kind, t.key, t.version, t.value, t.staff, t.at_ms, t.from_ms, s.id FROM stream s JOIN setting t ON t.seq > s.calendar
                 WHERE s.kind = 'commons' AND t.kind = 'calendar' AND t.key <> 'shipped' ORDER BY t.seq, s.id",
            )?;
            let rows = query.query_map([], |row| Ok((row.get(7)?, read(row)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn setting_history(&self, kind: &str, key: &str) -> Result<Vec<Setting>> {
        self.read(|c| {
            let mut query =
                c.prepare_cached("SELECT kind, key, version, value, staff, at_ms, from_ms FROM setting WHERE kind = ?1 AND key = ?2 ORDER BY version DESC")?;
            let rows = query.query_map([kind, key], read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// What was set in the database of a directory, read beside a running server; nothing of a database that is older than settings.
///
/// # Errors
/// `store.failed` where it cannot be read.
pub fn settings_in(dir: &Path) -> Result<Vec<Setting>> {
    let c = connect(&dir.join(FILE), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let there: bool = c.query_row("SELECT EXISTS(SELECT 1 FROM sqlite_schema WHERE name = 'setting')", [], |row| row.get(0))?;
    if there { all(&c) } else { Ok(Vec::new()) }
}

/// All of it, in the order in which it was set.
pub(super) fn all(c: &Connection) -> Result<Vec<Setting>> {
    let mut query = c.prepare_cached("SELECT kind, key, version, value, staff, at_ms, from_ms FROM setting ORDER BY seq")?;
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Setting> {
    Ok(Setting {
        kind: row.get(0)?,
        key: row.get(1)?,
        version: row.get(2)?,
        value: row.get(3)?,
        by: row.get::<_, Option<[u8; 16]>>(4)?.map(Id),
        at_ms: row.get(5)?,
        from_ms: row.get(6)?,
    })
}

/// Adds a row behind the newest of its key, and nowhere else.
pub(super) fn put(c: &Connection, s: &Setting) -> Result<()> {
    let mut newest = c.prepare_cached("SELECT coalesce(max(version), 0) FROM setting WHERE kind = ?1 AND key = ?2")?;
    let newest: u32 = newest.query_row([&s.kind, &s.key], |row| row.get(0))?;
    if newest.checked_add(1) != Some(s.version) {
        return Err(StoreError::Refused("setting.changed"));
    }
    let mut insert = c.prepare_cached("INSERT INTO setting(kind, key, version, value, staff, at_ms, from_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    insert.execute(params![s.kind, s.key, s.version, s.value, s.by.map(|id| id.0), s.at_ms, s.from_ms])?;
    Ok(())
}

/// Lets all open matters be looked at: what their clocks come to, and when they are due, has changed. Those without either have nothing to
/// come to.
pub(super) fn look_again(c: &Connection, now_ms: i64) -> Result<()> {
    c.prepare_cached("UPDATE matter SET next_ms = ?1 WHERE next_ms > ?1 OR (next_ms IS NULL AND due_ms IS NOT NULL)")?.execute([now_ms])?;
    Ok(())
}

/// A commons was told all of the calendar up to now.
pub(super) fn calendar_told(c: &Connection, stream: StreamId) -> Result<()> {
    c.prepare_cached("UPDATE stream SET calendar = (SELECT max(seq) FROM setting) WHERE id = ?1")?.execute([stream])?;
    Ok(())
}
