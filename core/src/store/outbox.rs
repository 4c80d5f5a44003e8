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

/// What is due at the `exchange`-th exchange: items never tried first, each in the order of writing, as much as
/// fits `budget` bytes and at least one.
pub(crate) fn waiting(db: &Connection, exchange: u64, budget: usize) -> Result<Vec<Waiting>> {
    let mut query = db.prepare_cached("SELECT opening, n, kind, doc, bytes FROM outbox WHERE final = 0 AND due <= ? ORDER BY tries, id")?;
    let mut rows = query.query([exchange as i64])?;
    let mut waiting = Vec::new();
    let mut size = 0;
    while let Some(row) = rows.next()? {
        let item = Item { kind: row.get(2)?, doc: Id(row.get(3)?), bytes: row.get(4)? };
        size += item.bytes.len();
        if size > budget && !waiting.is_empty() {
            break;
        }
        waiting.push(Waiting { opening: Opening(row.get(0)?), n: row.get::<_, i64>(1)? as u64, item });
    }
    Ok(waiting)
}

/// Whether an item was never sent.
pub(crate) fn has_untried(db: &Connection) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM outbox WHERE final = 0 AND tries = 0")?.exists([])?)
}

/// Kind, document and hash of an own item.
pub(crate) fn find(db: &Connection, opening: Opening, n: u64) -> Result<Option<(u8, Id, Hash)>> {
    let found = db
        .prepare_cached("SELECT kind, doc, hash FROM outbox WHERE opening = ? AND n = ?")?
        .query_row(params![opening.0, n as i64], |row| Ok((row.get(0)?, Id(row.get(1)?), Hash(row.get(2)?))))
        .optional()?;
    Ok(found)
}

/// Notes what the server said of an item at the `exchange`-th exchange. A final state is never taken back. One that
/// is not final is asked for again after 1, 2, 4 … 64 exchanges: mostly its row comes down before.
pub(crate) fn set_state(db: &Connection, opening: Opening, n: u64, state: &ItemState, exchange: u64) -> Result<()> {
    let argument: Option<Vec<u8>> = match state {
        ItemState::Seq(seq) | ItemState::Duplicate(seq) => Some(seq.to_be_bytes().to_vec()),
        ItemState::Quarantined(reason) => Some(vec![reason.number()]),
        ItemState::Held(missing) | ItemState::ParkedWith(missing) => Some(missing.clone()),
        _ => None,
    };
    db.prepare_cached(
        "UPDATE outbox SET state = ?1, argument = ?2, final = ?3, tries = tries + 1, due = ?6 + (1 << min(tries, 6)) WHERE opening = ?4 AND n = ?5 AND final = 0",
    )?
    .execute(params![state.number(), argument, state.is_final(), opening.0, n as i64, exchange as i64])?;
    Ok(())
}

/// Counts of items: (waiting, put aside).
pub(crate) fn counts(db: &Connection) -> Result<(u32, u32)> {
    let waiting = db.query_row("SELECT count(*) FROM outbox WHERE final = 0 AND (state IS NULL OR state <> 18)", [], |row| row.get(0))?;
    let parked = db.query_row("SELECT count(*) FROM outbox WHERE state IN (2, 3, 4, 18)", [], |row| row.get(0))?;
    Ok((waiting, parked))
}
