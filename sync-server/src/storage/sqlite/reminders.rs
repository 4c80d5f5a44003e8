//! Reminders in SQLite.

use minqing_core::Id;
use rusqlite::{Connection, params};

use super::Sqlite;
use crate::storage::{Reminders, Result, WaitingReminder};

impl Reminders for Sqlite {
    fn reminders_due(&self, now_ms: i64, limit: u32) -> Result<Vec<WaitingReminder>> {
        self.read(|c| {
            let sql = "SELECT appointment, sequence, which, tries FROM reminder WHERE next_ms <= ?1 ORDER BY next_ms, appointment LIMIT ?2";
            let mut query = c.prepare_cached(sql)?;
            let due = query.query_map(params![now_ms, limit], |row| {
                Ok(WaitingReminder { appointment: Id(row.get(0)?), sequence: row.get(1)?, which: row.get(2)?, tries: row.get(3)? })
            })?;
            Ok(due.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn reminder_done(&self, r: &WaitingReminder) -> Result<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM reminder WHERE appointment = ?1 AND sequence = ?2 AND which = ?3", params![r.appointment.0, r.sequence, r.which])?;
            Ok(())
        })
    }

    fn reminder_again(&self, r: &WaitingReminder, next_ms: i64) -> Result<()> {
        self.write(|tx| {
            tx.execute(
                "UPDATE reminder SET tries = tries + 1, next_ms = ?4 WHERE appointment = ?1 AND sequence = ?2 AND which = ?3",
                params![r.appointment.0, r.sequence, r.which, next_ms],
            )?;
            Ok(())
        })
    }
}

/// Puts one in the place of an older one of the same appointment.
pub(super) fn put(c: &Connection, appointment: Id, sequence: u32, which: u8, next_ms: i64) -> Result<()> {
    c.prepare_cached("INSERT OR REPLACE INTO reminder(appointment, sequence, which, tries, next_ms) VALUES(?1, ?2, ?3, 0, ?4)")?.execute(params![
        appointment.0,
        sequence,
        which,
        next_ms
    ])?;
    Ok(())
}
