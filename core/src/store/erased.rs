//! Documents that the office erased and began anew (docs/adr/0017): what stood of them leaves the file, and the office hears when
//! nothing is left.

use rusqlite::{Connection, params};

use super::{drafts, meta, purge};
use crate::{Id, Result};

/// How many erasures are told of in one request.
const TOLD: u32 = 64;

/// A document was erased; whether that is news. In the log of a restored server it is read again, and means what it meant.
pub(crate) fn begin(db: &Connection, erasure: Id, doc: Id) -> Result<bool> {
    let upto: i64 = db.query_row("SELECT coalesce(max(id), 0) FROM outbox", [], |row| row.get(0))?;
    let new = db.prepare_cached("INSERT OR IGNORE INTO erased (erasure, doc, upto) VALUES (?, ?, ?)")?.execute(params![erasure.0, doc.0, upto])? > 0;
    if new {
        // What was half filled in of that door may name whoever is to be forgotten.
        drafts::drop_at(db, purge::door_of(db, doc).unwrap_or(doc))?;
        purge::take_out(db, doc)?;
    }
    Ok(new)
}

/// Whether a document was begun anew, so that its own changes may be none that it holds.
pub(crate) fn is_anew(db: &Connection, doc: Id) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM erased WHERE doc = ?")?.exists([doc.0])?)
}

/// Lets go of what was typed on what was erased, wherever none of it waits any more.
pub(crate) fn settle(db: &Connection) -> Result<()> {
    let mut query = db.prepare_cached(
        "SELECT erasure, doc, upto FROM erased e WHERE state = 0
           AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.doc = e.doc AND o.id <= e.upto AND o.final = 0)
           AND NOT EXISTS (SELECT 1 FROM carried_item c WHERE c.doc = e.doc)",
    )?;
    let settled: Vec<(Id, Id, i64)> = query.query_map([], |row| Ok((Id(row.get(0)?), Id(row.get(1)?), row.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    if settled.is_empty() {
        return Ok(());
    }
    for (erasure, doc, upto) in settled {
        purge::forget_typed(db, doc, upto)?;
        db.prepare_cached("UPDATE erased SET state = 1 WHERE erasure = ? AND doc = ?")?.execute(params![erasure.0, doc.0])?;
    }
    purge::forget_touched(db)?;
    meta::set(db, meta::TIDY, Some(&[1]))
}

/// The file was rewritten.
pub(crate) fn tidied(db: &Connection) -> Result<()> {
    db.execute("UPDATE erased SET state = 2 WHERE state = 1", [])?;
    Ok(())
}

/// Erasures of which nothing is left, and the office does not know yet.
pub(crate) fn to_tell(db: &Connection) -> Result<Vec<Id>> {
    let mut query = db.prepare_cached("SELECT erasure FROM erased WHERE state < 3 GROUP BY erasure HAVING min(state) = 2 LIMIT ?")?;
    let rows = query.query_map([TOLD], |row| row.get(0).map(Id))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A log of another history does not know what the office was told.
pub(crate) fn begin_anew(db: &Connection) -> Result<()> {
    db.execute("UPDATE erased SET state = 2 WHERE state = 3", [])?;
    Ok(())
}

/// The office knows.
pub(crate) fn told(db: &Connection, erasures: &[Id]) -> Result<()> {
    let mut done = db.prepare_cached("UPDATE erased SET state = 3 WHERE erasure = ? AND state = 2")?;
    erasures.iter().try_for_each(|erasure| done.execute([erasure.0]).map(drop))?;
    Ok(())
}
