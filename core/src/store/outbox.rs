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

#[cfg(test)]
mod tests {
    use super::*;

    const OPENING: Opening = Opening([1; 5]);

    fn file() -> Connection {
        let mut db = Connection::open_in_memory().unwrap();
        super::super::migrations::run(&mut db).unwrap();
        db
    }

    fn put_item(db: &Connection, n: u64) {
        let journal = write_journal(db, &[Id([1; 16])], "visit", "{}", 0).unwrap();
        put(db, journal, OPENING, n, &Item { kind: 1, doc: Id([1; 16]), bytes: vec![0; 10] }).unwrap();
    }

    fn order(db: &Connection, exchange: u64, budget: usize) -> Vec<u64> {
        waiting(db, exchange, budget).unwrap().into_iter().map(|w| w.n).collect()
    }

    #[test]
    fn what_was_never_sent_goes_first_and_what_is_held_is_asked_for_less_and_less() {
        let db = file();
        (1..=3).for_each(|n| put_item(&db, n));
        assert_eq!(order(&db, 0, 1_000), [1, 2, 3]);
        assert_eq!(order(&db, 0, 25), [1, 2], "as much as fits");
        assert_eq!(order(&db, 0, 1), [1], "and at least one");
        assert!(has_untried(&db).unwrap());
        for n in [1, 2, 3] {
            set_state(&db, OPENING, n, &ItemState::Held(vec![7; 32]), 1).unwrap();
        }
        assert!(!has_untried(&db).unwrap());
        assert_eq!(order(&db, 1, 1_000), [0; 0]);
        assert_eq!(order(&db, 2, 1_000), [1, 2, 3]);
        set_state(&db, OPENING, 1, &ItemState::Held(vec![7; 32]), 2).unwrap();
        assert_eq!((order(&db, 3, 1_000), order(&db, 4, 1_000)), (vec![2, 3], vec![2, 3, 1]));
        put_item(&db, 4);
        assert_eq!(order(&db, 4, 1_000), [4, 2, 3, 1], "however many wait");
    }

    #[test]
    fn a_final_state_is_never_taken_back() {
        let db = file();
        put_item(&db, 1);
        for state in [ItemState::Received, ItemState::Seq(9), ItemState::Held(vec![7; 32]), ItemState::Reused] {
            set_state(&db, OPENING, 1, &state, 1).unwrap();
        }
        assert_eq!((order(&db, 99, 1_000), counts(&db).unwrap()), (vec![], (0, 0)));
        assert_eq!(db.query_row("SELECT state FROM outbox", [], |row| row.get::<_, u8>(0)).unwrap(), ItemState::Seq(9).number());
    }
}
