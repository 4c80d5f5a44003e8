//! The second step of signing in, in SQLite.

use minqing_core::Id;
use rusqlite::OptionalExtension;

use super::Sqlite;
use crate::storage::{Result, Seconds};

impl Seconds for Sqlite {
    fn second(&self, staff: Id) -> Result<Option<[u8; 20]>> {
        self.read(|c| Ok(c.query_row("SELECT secret FROM staff_second WHERE staff = ?1", [staff.0], |row| row.get(0)).optional()?))
    }

    fn set_second(&self, staff: Id, second: Option<(&[u8; 20], u64)>) -> Result<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM staff_second WHERE staff = ?1", [staff.0])?;
            if let Some((secret, step)) = second {
                tx.execute("INSERT INTO staff_second(staff, secret, step) VALUES(?1, ?2, ?3)", (staff.0, secret, step.cast_signed()))?;
            }
            Ok(())
        })
    }

    fn take_second(&self, staff: Id, step: u64) -> Result<bool> {
        self.write(|tx| Ok(tx.execute("UPDATE staff_second SET step = ?2 WHERE staff = ?1 AND step < ?2", (staff.0, step.cast_signed()))? == 1))
    }
}
