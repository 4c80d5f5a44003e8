//! Older history: volumes of visits that lie at the office alone, since their year is over.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{Id, Result, event::Archived};

/// Notes that a volume of a stream lies at the office alone.
pub(crate) fn note(db: &Connection, stream: &str, volume: Id, what: &Archived) -> Result<()> {
    let mut put = db.prepare_cached("INSERT OR REPLACE INTO archived (volume, stream, household, year) VALUES (?, ?, ?, ?)")?;
    put.execute(params![volume.0, stream, what.household.0, what.year])?;
    Ok(())
}

/// A volume is in a stream again, or has left it.
pub(crate) fn forget(db: &Connection, stream: &str, volume: Id) -> Result<()> {
    let of_volume = "DELETE FROM history WHERE (household, year) IN (SELECT household, year FROM archived WHERE volume = ? AND stream = ?)";
    db.prepare_cached(of_volume)?.execute(params![volume.0, stream])?;
    db.prepare_cached("DELETE FROM archived WHERE volume = ? AND stream = ?")?.execute(params![volume.0, stream])?;
    Ok(())
}

/// The years of a door whose visits lie at the office alone, the last first.
pub(crate) fn years(db: &Connection, household: Id) -> Result<Vec<i16>> {
    let mut query = db.prepare_cached("SELECT DISTINCT year FROM archived WHERE household = ? ORDER BY year DESC")?;
    let years = query.query_map([household.0], |row| row.get(0))?;
    Ok(years.collect::<rusqlite::Result<_>>()?)
}

/// Notes that somebody wants to read the visits of a year.
pub(crate) fn ask(db: &Connection, household: Id, year: i16, now_ms: i64) -> Result<()> {
    let mut put = db.prepare_cached("INSERT OR IGNORE INTO history (household, year, at_ms) VALUES (?, ?, ?)")?;
    put.execute(params![household.0, year, now_ms])?;
    Ok(())
}

/// A door and year that was asked for and is not here.
pub(crate) fn asked(db: &Connection) -> Result<Option<(Id, i16)>> {
    let mut query = db.prepare_cached("SELECT household, year FROM history WHERE bytes IS NULL ORDER BY at_ms, household, year LIMIT 1")?;
    Ok(query.query_row([], |row| Ok((Id(row.get(0)?), row.get(1)?))).optional()?)
}

/// Keeps the volume that came.
pub(crate) fn keep(db: &Connection, household: Id, year: i16, bytes: &[u8], now_ms: i64) -> Result<()> {
    let mut put = db.prepare_cached("UPDATE history SET bytes = ?3, at_ms = ?4 WHERE household = ?1 AND year = ?2")?;
    put.execute(params![household.0, year, bytes, now_ms])?;
    Ok(())
}

/// The volume of a door and year, if it was fetched.
pub(crate) fn fetched(db: &Connection, household: Id, year: i16) -> Result<Option<Vec<u8>>> {
    let mut query = db.prepare_cached("SELECT bytes FROM history WHERE household = ? AND year = ? AND bytes IS NOT NULL")?;
    Ok(query.query_row(params![household.0, year], |row| row.get(0)).optional()?)
}

/// Nobody can give what was asked for.
pub(crate) fn drop_asked(db: &Connection, household: Id, year: i16) -> Result<()> {
    db.prepare_cached("DELETE FROM history WHERE household = ? AND year = ?")?.execute(params![household.0, year])?;
    Ok(())
}

/// Whether something was asked for or came before a moment.
pub(crate) fn has_before(db: &Connection, ms: i64) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM history WHERE at_ms < ?")?.exists([ms])?)
}

/// Lets go of it.
pub(crate) fn drop_before(db: &Connection, ms: i64) -> Result<()> {
    db.prepare_cached("DELETE FROM history WHERE at_ms < ?")?.execute([ms])?;
    Ok(())
}
