//! Older history: volumes of visits that lie at the office alone, since their year is over.

use rusqlite::{Connection, params};

use crate::{Id, Result, event::Archived};

/// Notes that a volume of a stream lies at the office alone.
pub(crate) fn note(db: &Connection, stream: &str, volume: Id, what: &Archived) -> Result<()> {
    let mut put = db.prepare_cached("INSERT OR REPLACE INTO archived (volume, stream, household, year) VALUES (?, ?, ?, ?)")?;
    put.execute(params![volume.0, stream, what.household.0, what.year])?;
    Ok(())
}

/// A volume is in a stream again, or has left it.
pub(crate) fn forget(db: &Connection, stream: &str, volume: Id) -> Result<()> {
    db.prepare_cached("DELETE FROM archived WHERE volume = ? AND stream = ?")?.execute(params![volume.0, stream])?;
    Ok(())
}

/// The years of a door whose visits lie at the office alone, the last first.
pub(crate) fn years(db: &Connection, household: Id) -> Result<Vec<i16>> {
    let mut query = db.prepare_cached("SELECT DISTINCT year FROM archived WHERE household = ? ORDER BY year DESC")?;
    let years = query.query_map([household.0], |row| row.get(0))?;
    Ok(years.collect::<rusqlite::Result<_>>()?)
}
