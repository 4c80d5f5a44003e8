//! The journal of what the officer did, and the items of each action with their fate.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Id, Result,
    envelope::{Hash, Item},
    ids::Opening,
    sync::Waiting,
    wire::ItemState,
};

/// Writes down an action as typed, with the records it touches.
pub(crate) fn write_journal(db: &Connection, records: &[Id], action: &str, typed: &str, at_ms: i64) -> Result<i64> {
    let record = records.first().map_or([0; 16], |id| id.0);
    db.execute("INSERT INTO journal (record, action, typed, at_ms) VALUES (?, ?, ?, ?)", params![record, action, typed, at_ms])?;
    let journal = db.last_insert_rowid();
    for record in records {
        db.execute("INSERT OR IGNORE INTO touched (record, journal) VALUES (?, ?)", params![record.0, journal])?;
    }
    Ok(journal)
}

/// Puts an item of an action into the outbox.
pub(crate) fn put(db: &Connection, journal: i64, opening: Opening, n: u64, item: &Item) -> Result<()> {
    db.execute(
        "INSERT INTO outbox (opening, n, journal, kind, doc, hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![opening.0, n as i64, journal, item.kind, item.doc.0, item.hash().0, item.bytes],
    )?;
    Ok(())
}

/// What waits to be sent: never-tried items first, each in the order of writing; at most `limit`.
pub(crate) fn waiting(db: &Connection, limit: u32) -> Result<Vec<Waiting>> {
    let mut query = db.prepare_cached("SELECT opening, n, kind, doc, bytes FROM outbox WHERE final = 0 ORDER BY tries, id LIMIT ?")?;
    let rows = query.query_map([limit], |row| {
        let item = Item { kind: row.get(2)?, doc: Id(row.get(3)?), bytes: row.get(4)? };
        Ok(Waiting { opening: Opening(row.get(0)?), n: row.get::<_, i64>(1)? as u64, item })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Kind, document and hash of an own item.
pub(crate) fn find(db: &Connection, opening: Opening, n: u64) -> Result<Option<(u8, Id, Hash)>> {
    let found = db
        .prepare_cached("SELECT kind, doc, hash FROM outbox WHERE opening = ? AND n = ?")?
        .query_row(params![opening.0, n as i64], |row| Ok((row.get(0)?, Id(row.get(1)?), Hash(row.get(2)?))))
        .optional()?;
    Ok(found)
}

/// Notes what the server said of an item. A final state is never taken back by a later one that is not.
pub(crate) fn set_state(db: &Connection, opening: Opening, n: u64, state: &ItemState) -> Result<()> {
    let argument: Option<Vec<u8>> = match state {
        ItemState::Seq(seq) | ItemState::Duplicate(seq) => Some(seq.to_be_bytes().to_vec()),
        ItemState::Quarantined(reason) => Some(vec![reason.number()]),
        ItemState::Held(missing) | ItemState::ParkedWith(missing) => Some(missing.clone()),
        _ => None,
    };
    db.prepare_cached("UPDATE outbox SET state = ?, argument = ?, final = ?, tries = tries + 1 WHERE opening = ? AND n = ? AND final = 0")?
        .execute(params![state.number(), argument, state.is_final(), opening.0, n as i64])?;
    Ok(())
}

/// Counts of items: (waiting, put aside).
pub(crate) fn counts(db: &Connection) -> Result<(u32, u32)> {
    let waiting = db.query_row("SELECT count(*) FROM outbox WHERE final = 0", [], |row| row.get(0))?;
    let parked = db.query_row("SELECT count(*) FROM outbox WHERE state IN (2, 3, 4, 18)", [], |row| row.get(0))?;
    Ok((waiting, parked))
}
