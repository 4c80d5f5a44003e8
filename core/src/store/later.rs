//! Rows that this version could not read: kept as they came, in the order of their streams, for one that can.

use rusqlite::{Connection, params};

use crate::{
    Id, Result,
    envelope::{Item, read_back, stored},
};

/// A row that was kept.
pub(crate) struct Kept {
    /// Index of its stream in the scope's order.
    pub(crate) stream: u32,
    /// Its place there.
    pub(crate) seq: u64,
    /// The item; of kind 0 where the bytes are a whole row.
    pub(crate) item: Item,
}

/// Kept rows of the scope's streams behind a place, in the order in which an answer would bring them.
pub(crate) fn after(db: &Connection, stream: u32, seq: u64, limit: u32) -> Result<Vec<Kept>> {
    let mut query = db.prepare_cached(
        "SELECT c.position, l.seq, l.kind, l.doc, l.bytes FROM cursor c JOIN later l ON l.stream = c.stream
         WHERE (c.position, l.seq) > (?, ?) ORDER BY c.position, l.seq LIMIT ?",
    )?;
    let rows = query.query_map(params![stream, stored(seq), limit], |row| {
        let item = Item { kind: row.get(2)?, doc: Id(row.get(3)?), bytes: row.get(4)? };
        Ok(Kept { stream: row.get(0)?, seq: read_back(row.get(1)?), item })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Forgets a row that was taken.
pub(crate) fn forget(db: &Connection, stream: &str, seq: u64) -> Result<()> {
    db.prepare_cached("DELETE FROM later WHERE stream = ? AND seq = ?")?.execute(params![stream, stored(seq)])?;
    Ok(())
}
