//! Leases in SQLite.

use rusqlite::params;

use super::Sqlite;
use crate::storage::{Leases, Result};

impl Leases for Sqlite {
    fn hold_lease(&self, name: &str, holder: [u8; 5], now_ms: i64, until_ms: i64) -> Result<bool> {
        self.write(|tx| {
            let sql = "INSERT INTO lease(name, holder, until_ms) VALUES(?1, ?2, ?4)
                       ON CONFLICT(name) DO UPDATE SET holder = ?2, until_ms = ?4 WHERE holder = ?2 OR until_ms <= ?3";
            Ok(tx.execute(sql, params![name, holder, now_ms, until_ms])? == 1)
        })
    }

    fn give_lease_back(&self, name: &str, holder: [u8; 5]) -> Result<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM lease WHERE name = ?1 AND holder = ?2", params![name, holder])?;
            Ok(())
        })
    }
}
