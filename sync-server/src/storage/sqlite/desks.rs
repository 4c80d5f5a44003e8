//! Staff, grants and sessions in SQLite.

use minqing_core::{Id, model::Role};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use super::Sqlite;
use crate::storage::{Desks, Grant, NewSession, Result, Session, SessionSeen, Staff, StoreError};

/// How long a place is remembered after the last sign-in from there: 90 days.
const PLACE_MS: i64 = 90 * 24 * 3_600_000;

impl Desks for Sqlite {
    fn add_staff(&self, staff: &Staff, phc: &str, now_ms: i64) -> Result<()> {
        self.write(|tx| {
            let sql = "INSERT INTO staff(id, name, phc, created_ms) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(name) DO NOTHING";
            if tx.execute(sql, (staff.id.0, &staff.name, phc, now_ms))? == 0 {
                return Err(StoreError::Exists { what: "staff" });
            }
            staff.grants.iter().try_for_each(|g| add_grant(tx, staff.id, g))
        })
    }

    fn name_of_staff(&self, id: Id) -> Result<Option<String>> {
        self.read(|c| Ok(c.prepare_cached("SELECT name FROM staff WHERE id = ?1")?.query_row([id.0], |r| r.get(0)).optional()?))
    }

    fn staff_named(&self, name: &str) -> Result<Option<(Staff, String)>> {
        self.read(|c| {
            let found = c.query_row("SELECT id, name, disabled_ms, phc FROM staff WHERE name = ?1", [name], |r| Ok((read_staff(r)?, r.get(3)?)));
            found.optional()?.map(|(staff, phc)| Ok((with_grants(c, staff)?, phc))).transpose()
        })
    }

    fn all_staff(&self) -> Result<Vec<Staff>> {
        self.read(|c| {
            let mut found = c.prepare("SELECT id, name, disabled_ms FROM staff ORDER BY name, id")?;
            let all: Vec<Staff> = found.query_map([], read_staff)?.collect::<Result<_, _>>()?;
            all.into_iter().map(|staff| with_grants(c, staff)).collect()
        })
    }

    fn grant(&self, staff: Id, grant: &Grant) -> Result<()> {
        self.write(|tx| add_grant(tx, staff, grant))
    }

    fn revoke(&self, staff: Id, grant: &Grant) -> Result<bool> {
        let sql = "DELETE FROM staff_grant WHERE staff = ?1 AND role = ?2 AND area = ?3";
        self.write(|tx| Ok(tx.execute(sql, (staff.0, grant.role.word(), &grant.area))? == 1))
    }

    fn disable_staff(&self, staff: Id, since_ms: Option<i64>) -> Result<()> {
        self.write(|tx| {
            tx.execute("UPDATE staff SET disabled_ms = ?2 WHERE id = ?1", (staff.0, since_ms))?;
            end_all(tx, staff, None).map(drop)
        })
    }

    fn set_password(&self, staff: Id, phc: &str, but: Option<&[u8; 32]>) -> Result<()> {
        self.write(|tx| {
            tx.execute("UPDATE staff SET phc = ?2 WHERE id = ?1", (staff.0, phc))?;
            end_all(tx, staff, but).map(drop)
        })
    }

    fn knows_place(&self, staff: Id, place: &[u8; 8]) -> Result<bool> {
        let sql = "SELECT EXISTS(SELECT 1 FROM staff_place WHERE staff = ?1 AND place = ?2)";
        self.read(|c| Ok(c.prepare_cached(sql)?.query_row((staff.0, place), |r| r.get(0))?))
    }

    fn start_session(&self, new: &NewSession) -> Result<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM session WHERE expires_ms <= ?1", [new.now_ms])?;
            tx.execute("DELETE FROM staff_place WHERE last_ms <= ?1", [new.now_ms - PLACE_MS])?;
            let sql = "INSERT INTO session(hash, staff, csrf, browser, started_ms, expires_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
            tx.execute(sql, (new.hash, new.staff.0, &new.csrf, &new.browser, new.now_ms, new.expires_ms))?;
            let sql = "INSERT INTO staff_place(staff, place, last_ms) VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET last_ms = ?3";
            tx.execute(sql, (new.staff.0, new.place, new.now_ms))?;
            Ok(())
        })
    }

    fn session(&self, hash: &[u8; 32], now_ms: i64) -> Result<Option<Session>> {
        let sql = "SELECT a.id, a.name, a.disabled_ms, s.csrf, s.community FROM session s JOIN staff a ON a.id = s.staff
                   WHERE s.hash = ?1 AND s.expires_ms > ?2 AND a.disabled_ms IS NULL";
        self.read(|c| {
            let read = |r: &Row| Ok(Session { staff: read_staff(r)?, csrf: r.get(3)?, community: r.get(4)? });
            let found = c.prepare_cached(sql)?.query_row((hash, now_ms), read).optional()?;
            found.map(|s| Ok(Session { staff: with_grants(c, s.staff)?, ..s })).transpose()
        })
    }

    fn sessions_of(&self, staff: Id, now_ms: i64) -> Result<Vec<SessionSeen>> {
        let sql = "SELECT hash, browser, started_ms, expires_ms FROM session WHERE staff = ?1 AND expires_ms > ?2 ORDER BY started_ms DESC, hash";
        let read = |r: &Row| Ok(SessionSeen { hash: r.get(0)?, browser: r.get(1)?, started_ms: r.get(2)?, expires_ms: r.get(3)? });
        self.read(|c| Ok(c.prepare_cached(sql)?.query_map((staff.0, now_ms), read)?.collect::<Result<_, _>>()?))
    }

    fn choose_desk(&self, hash: &[u8; 32], community: &str) -> Result<()> {
        self.write(|tx| Ok(tx.execute("UPDATE session SET community = ?2 WHERE hash = ?1", (hash, community)).map(drop)?))
    }

    fn end_session(&self, hash: &[u8; 32]) -> Result<()> {
        self.write(|tx| Ok(tx.execute("DELETE FROM session WHERE hash = ?1", [hash]).map(drop)?))
    }

    fn end_sessions(&self, staff: Id, but: Option<&[u8; 32]>) -> Result<usize> {
        self.write(|tx| end_all(tx, staff, but))
    }
}

fn end_all(tx: &Transaction, staff: Id, but: Option<&[u8; 32]>) -> Result<usize> {
    Ok(tx.execute("DELETE FROM session WHERE staff = ?1 AND hash IS NOT ?2", (staff.0, but))?)
}

fn add_grant(tx: &Transaction, staff: Id, grant: &Grant) -> Result<()> {
    let sql = "INSERT INTO staff_grant(staff, role, area) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, (staff.0, grant.role.word(), &grant.area)).map(drop)?)
}

/// Without grants yet.
fn read_staff(r: &Row) -> rusqlite::Result<Staff> {
    Ok(Staff { id: Id(r.get(0)?), name: r.get(1)?, grants: Vec::new(), disabled_ms: r.get(2)? })
}

/// A role that this server does not know gives no right: it is passed over.
fn with_grants(c: &Connection, staff: Staff) -> Result<Staff> {
    let mut found = c.prepare_cached("SELECT role, area FROM staff_grant WHERE staff = ?1 ORDER BY area, role")?;
    let rows = found.query_map([staff.id.0], |r| Ok((Role::from_word(&r.get::<_, String>(0)?), r.get::<_, String>(1)?)))?;
    let rows: Vec<(Option<Role>, String)> = rows.collect::<Result<_, _>>()?;
    let grants = rows.into_iter().filter_map(|(role, area)| Some(Grant { role: role?, area })).collect();
    Ok(Staff { grants, ..staff })
}
