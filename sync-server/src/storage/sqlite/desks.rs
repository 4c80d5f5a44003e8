//! Staff and sessions in SQLite.

use minqing_core::{Id, model::Role};
use rusqlite::{OptionalExtension, Row};

use super::Sqlite;
use crate::storage::{Desks, Result, Session, Staff, StoreError};

impl Desks for Sqlite {
    fn add_staff(&self, staff: &Staff, phc: &str, now_ms: i64) -> Result<()> {
        self.write(|tx| {
            let sql = "INSERT INTO staff(id, name, role, community, phc, created_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
                       ON CONFLICT(name) DO NOTHING";
            let added = tx.execute(sql, (staff.id.0, &staff.name, staff.role.word(), &staff.community, phc, now_ms))?;
            if added == 1 { Ok(()) } else { Err(StoreError::Exists { what: "staff" }) }
        })
    }

    fn staff_named(&self, name: &str) -> Result<Option<(Staff, String)>> {
        let sql = "SELECT id, name, role, community, phc FROM staff WHERE name = ?1";
        self.read(|c| Ok(c.query_row(sql, [name], |r| Ok((read_staff(r)?, r.get(4)?))).optional()?))
    }

    fn start_session(&self, hash: &[u8; 32], staff: Id, csrf: &str, now_ms: i64, expires_ms: i64) -> Result<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM session WHERE expires_ms <= ?1", [now_ms])?;
            let sql = "INSERT INTO session(hash, staff, csrf, expires_ms) VALUES(?1, ?2, ?3, ?4)";
            tx.execute(sql, (hash, staff.0, csrf, expires_ms))?;
            Ok(())
        })
    }

    fn session(&self, hash: &[u8; 32], now_ms: i64) -> Result<Option<Session>> {
        let sql = "SELECT a.id, a.name, a.role, a.community, s.csrf FROM session s JOIN staff a ON a.id = s.staff
                   WHERE s.hash = ?1 AND s.expires_ms > ?2";
        let read = |r: &Row| Ok(Session { staff: read_staff(r)?, csrf: r.get(4)? });
        self.read(|c| Ok(c.prepare_cached(sql)?.query_row((hash, now_ms), read).optional()?))
    }

    fn end_session(&self, hash: &[u8; 32]) -> Result<()> {
        self.write(|tx| Ok(tx.execute("DELETE FROM session WHERE hash = ?1", [hash]).map(drop)?))
    }
}

/// A role that this server does not know may see least: an administrator sees no residents.
fn read_staff(r: &Row) -> rusqlite::Result<Staff> {
    let role = Role::from_word(&r.get::<_, String>(2)?).unwrap_or(Role::Administrator);
    Ok(Staff { id: Id(r.get(0)?), name: r.get(1)?, role, community: r.get(3)? })
}
