//! The window's numbers in SQLite.

use minqing_core::Id;
use rusqlite::{Connection, OptionalExtension, params};

use super::Sqlite;
use crate::storage::{Queue, QueueSeen, Result, Taken};

impl Queue for Sqlite {
    fn take_number(&self, community: &str, day: &str, now_ms: i64) -> Result<u32> {
        self.write(|tx| {
            let sql = "INSERT INTO window_number(community, day, n, taken_ms)
                       SELECT ?1, ?2, coalesce(max(n), 0) + 1, ?3 FROM window_number WHERE community = ?1 AND day = ?2 RETURNING n";
            Ok(tx.prepare_cached(sql)?.query_row(params![community, day, now_ms], |r| r.get(0))?)
        })
    }

    fn call_next(&self, community: &str, day: &str, by: Id, served: Option<u32>, now_ms: i64) -> Result<Option<u32>> {
        self.write(|tx| {
            let here = here(tx, community, day, by)?;
            if here != served {
                return Ok(here);
            }
            end(tx, community, day, by, now_ms)?;
            let sql = "UPDATE window_number SET called_ms = ?4, called_by = ?3 WHERE community = ?1 AND day = ?2
                       AND n = (SELECT min(n) FROM window_number WHERE community = ?1 AND day = ?2 AND called_ms IS NULL) RETURNING n";
            Ok(tx.prepare_cached(sql)?.query_row(params![community, day, by.0, now_ms], |r| r.get(0)).optional()?)
        })
    }

    fn end_call(&self, community: &str, day: &str, by: Id, now_ms: i64) -> Result<()> {
        self.write(|tx| end(tx, community, day, by, now_ms))
    }

    fn queue(&self, community: &str, day: &str, by: Id) -> Result<QueueSeen> {
        let sql = "SELECT coalesce(sum(called_ms IS NULL), 0), coalesce(max(n), 0) FROM window_number WHERE community = ?1 AND day = ?2";
        self.read(|c| {
            let (waiting, last) = c.prepare_cached(sql)?.query_row([community, day], |r| Ok((r.get(0)?, r.get(1)?)))?;
            Ok(QueueSeen { here: here(c, community, day, by)?, waiting, last })
        })
    }

    fn number(&self, community: &str, day: &str, n: u32) -> Result<Option<Taken>> {
        let sql =
            "SELECT taken_ms, called_ms, (SELECT count(*) FROM window_number b WHERE b.community = ?1 AND b.day = ?2 AND b.n < ?3 AND b.called_ms IS NULL)
                   FROM window_number WHERE community = ?1 AND day = ?2 AND n = ?3";
        let read = |r: &rusqlite::Row<'_>| Ok(Taken { n, at_ms: r.get(0)?, called_ms: r.get(1)?, before: r.get(2)? });
        self.read(|c| Ok(c.prepare_cached(sql)?.query_row(params![community, day, n], read).optional()?))
    }
}

/// The number that somebody serves.
fn here(c: &Connection, community: &str, day: &str, by: Id) -> Result<Option<u32>> {
    let sql = "SELECT max(n) FROM window_number WHERE community = ?1 AND day = ?2 AND called_by = ?3 AND done_ms IS NULL";
    Ok(c.prepare_cached(sql)?.query_row(params![community, day, by.0], |r| r.get(0))?)
}

fn end(c: &Connection, community: &str, day: &str, by: Id, now_ms: i64) -> Result<()> {
    let sql = "UPDATE window_number SET done_ms = ?4 WHERE community = ?1 AND day = ?2 AND called_by = ?3 AND done_ms IS NULL";
    c.prepare_cached(sql)?.execute(params![community, day, by.0, now_ms])?;
    Ok(())
}
