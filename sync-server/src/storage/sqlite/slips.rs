//! Slips in SQLite.

use minqing_core::Id;
use rusqlite::{Connection, OptionalExtension, params};

use super::Sqlite;
use crate::storage::{KeptSlip, NewSlip, Result, Slips, StoreError};

impl Slips for Sqlite {
    fn add_slips(&self, new: &[NewSlip]) -> Result<()> {
        self.write(|tx| {
            let sql = "INSERT INTO slip(code, community, phc, made_ms) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM matter_row WHERE code = ?1)
                       ON CONFLICT(code) DO NOTHING";
            let mut insert = tx.prepare(sql)?;
            new.iter().try_for_each(|slip| match insert.execute(params![slip.code, slip.community, slip.phc, slip.made_ms])? {
                1 => Ok(()),
                _ => Err(StoreError::Exists { what: "slip" }),
            })
        })
    }

    fn slip(&self, code: &str) -> Result<Option<KeptSlip>> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT community, phc, matter FROM slip WHERE code = ?1")?;
            let found =
                query.query_row([code], |row| Ok(KeptSlip { community: row.get(0)?, phc: row.get(1)?, matter: row.get::<_, Option<[u8; 16]>>(2)?.map(Id) }));
            Ok(found.optional()?)
        })
    }
}

/// Binds a slip that is bound to nothing.
pub(super) fn bind(c: &Connection, code: &str, matter: Id, now_ms: i64) -> Result<()> {
    c.prepare_cached("UPDATE slip SET matter = ?2, bound_ms = ?3 WHERE code = ?1 AND matter IS NULL")?.execute(params![code, matter.0, now_ms])?;
    Ok(())
}
