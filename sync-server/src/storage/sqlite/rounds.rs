//! Rounds in SQLite.

use jiff::civil::Date;
use minqing_core::Id;
use rusqlite::{Connection, Row, params};

use super::{Sqlite, damaged};
use crate::storage::{Result, RoundKept, Rounds};

const COLUMNS: &str = "officer, community, day, made_ms, doors, walking_s, json";

impl Rounds for Sqlite {
    fn rounds(&self, community: &str, from: Date, until: Date) -> Result<Vec<RoundKept>> {
        self.read(|c| {
            let sql = format!("SELECT {COLUMNS} FROM round WHERE community = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, officer");
            let mut query = c.prepare_cached(&sql)?;
            query.query_and_then(params![community, from.to_string(), until.to_string()], read)?.collect()
        })
    }
}

/// Keeps the round of a day in the place of the one before.
pub(super) fn keep(c: &Connection, round: &RoundKept) -> Result<()> {
    let RoundKept { officer, community, day, made_ms, doors, walking_s, json } = round;
    c.prepare_cached(&format!("INSERT OR REPLACE INTO round({COLUMNS}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"))?.execute(params![
        officer.0,
        community,
        day.to_string(),
        made_ms,
        doors,
        walking_s,
        json
    ])?;
    Ok(())
}

/// All, by officer and day.
pub(super) fn all(c: &Connection) -> Result<Vec<RoundKept>> {
    let mut query = c.prepare_cached(&format!("SELECT {COLUMNS} FROM round ORDER BY officer, day"))?;
    query.query_and_then([], read)?.collect()
}

fn read(row: &Row<'_>) -> Result<RoundKept> {
    let day: String = row.get("day")?;
    Ok(RoundKept {
        officer: Id(row.get("officer")?),
        community: row.get("community")?,
        day: day.parse::<Date>().map_err(|_| damaged("round"))?,
        made_ms: row.get("made_ms")?,
        doors: row.get("doors")?,
        walking_s: row.get("walking_s")?,
        json: row.get("json")?,
    })
}
