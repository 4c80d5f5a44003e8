//! The office's notices, and which of them were told at a door.

use rusqlite::{Connection, Row, params};

use crate::{Error, Id, Result, document::notice::Kept, model::Notice};

/// The doors at which a notice was not told.
pub(super) const UNTOLD_AT: &str =
    "SELECT h.id FROM household_row h WHERE NOT EXISTS (SELECT 1 FROM told_row t WHERE t.household = h.id AND t.notice = ?) ORDER BY h.id";

/// Shows a notice, or no longer, where it was taken back.
pub(crate) fn show(db: &Connection, id: Id, kept: &Kept) -> Result<()> {
    if kept.withdrawn {
        db.prepare_cached("DELETE FROM notice_row WHERE id = ?")?.execute([id.0])?;
        return Ok(());
    }
    let notice = &kept.notice;
    let json = serde_json::to_string(notice).map_err(|e| Error::Store(e.to_string()))?;
    db.prepare_cached("INSERT INTO notice_row VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")?.execute(params![id.0, notice.from, notice.until, json])?;
    Ok(())
}

/// Notes what a volume says was told.
pub(crate) fn note(db: &Connection, household: Id, volume: Id, told: &[Id]) -> Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO told_row VALUES (?, ?, ?) ON CONFLICT (household, notice, volume) DO NOTHING")?;
    told.iter().try_for_each(|notice| insert.execute([household.0, notice.0, volume.0]).map(drop))?;
    Ok(())
}

/// The notices of a day that were not told at a door, in any year; those first that are over first.
pub(crate) fn untold(db: &Connection, household: Id, day: &str) -> Result<Vec<(Id, Notice)>> {
    let mut query = db.prepare_cached(
        "SELECT n.id, n.notice FROM notice_row n WHERE n.last >= ?1 AND n.first <= ?1
         AND NOT EXISTS (SELECT 1 FROM told_row t WHERE t.household = ?2 AND t.notice = n.id) ORDER BY n.last, n.id",
    )?;
    let rows = query.query_map(params![day, household.0], as_stored)?;
    rows.map(|row| read(row?)).collect()
}

fn as_stored(row: &Row<'_>) -> rusqlite::Result<(Id, String)> {
    Ok((Id(row.get(0)?), row.get(1)?))
}

fn read((id, json): (Id, String)) -> Result<(Id, Notice)> {
    Ok((id, serde_json::from_str(&json).map_err(|e| Error::Store(e.to_string()))?))
}

/// The notices of a day; those first that are over first.
pub(crate) fn of_day(db: &Connection, day: &str) -> Result<Vec<(Id, Notice)>> {
    let mut query = db.prepare_cached("SELECT id, notice FROM notice_row WHERE last >= ?1 AND first <= ?1 ORDER BY last, id")?;
    let rows = query.query_map([day], as_stored)?;
    rows.map(|row| read(row?)).collect()
}

/// Whether a notice came here, be it over or taken back.
pub(crate) fn is_known(db: &Connection, id: Id) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM document WHERE id = ? AND kind = 4")?.exists([id.0])?)
}

/// Whether a notice was told at a door.
pub(crate) fn is_told(db: &Connection, household: Id, notice: Id) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM told_row WHERE household = ? AND notice = ?")?.exists([household.0, notice.0])?)
}
