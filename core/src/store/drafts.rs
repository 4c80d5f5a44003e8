//! What is half filled in. It belongs to this phone alone: nothing of it goes anywhere.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Id, Result, view::DraftRow};

/// Keeps a draft in the place of the one of its id.
pub(crate) fn keep(db: &Connection, id: Id, kind: &str, household: Option<Id>, content: &str, at_ms: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO draft (id, kind, household, content, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET kind = ?2, household = ?3, content = ?4, at_ms = ?5",
    )?
    .execute(params![id.0, kind, household.map_or([0; 16], |door| door.0), content, at_ms])?;
    Ok(())
}

/// All drafts, the newest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<DraftRow>> {
    let mut query = db.prepare_cached("SELECT id, kind, household, content, at_ms FROM draft ORDER BY at_ms DESC, id DESC")?;
    let rows = query.query_map([], draft)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One of them.
pub(crate) fn one(db: &Connection, id: Id) -> Result<Option<DraftRow>> {
    Ok(db.prepare_cached("SELECT id, kind, household, content, at_ms FROM draft WHERE id = ?")?.query_row([id.0], draft).optional()?)
}

/// Deletes a draft; whether there was one.
pub(crate) fn drop(db: &Connection, id: Id) -> Result<bool> {
    Ok(db.prepare_cached("DELETE FROM draft WHERE id = ?")?.execute([id.0])? > 0)
}

/// Deletes what is half filled in at a door.
pub(crate) fn drop_at(db: &Connection, household: Id) -> Result<()> {
    db.prepare_cached("DELETE FROM draft WHERE household = ?")?.execute([household.0])?;
    Ok(())
}

/// How many there are.
pub(crate) fn count(db: &Connection) -> Result<u32> {
    Ok(db.prepare_cached("SELECT count(*) FROM draft")?.query_row([], |row| row.get(0))?)
}

fn draft(row: &Row<'_>) -> rusqlite::Result<DraftRow> {
    let household = Id(row.get(2)?);
    Ok(DraftRow {
        id: Id(row.get(0)?).to_string(),
        kind: row.get(1)?,
        household: if household.0 == [0; 16] { String::new() } else { household.to_string() },
        content: row.get(3)?,
        at_ms: row.get(4)?,
    })
}
