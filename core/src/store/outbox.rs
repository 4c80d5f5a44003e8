//! The journal of what the officer did, and the items of each action with their fate.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    Id, Result,
    envelope::{Hash, Item, ItemKind},
    event::SettledHow,
    ids::Opening,
    sync::Waiting,
    wire::ItemState,
};

/// States of this phone's own, beside those of the wire: the office wrote the content itself, or will not take it.
const ADOPTED: u8 = 6;
const RETURNED: u8 = 7;
/// The wire's numbers of what was written again under another name, and of what waits with an item put aside.
const SUPERSEDED: u8 = 5;
const PARKED: u8 = 18;

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
/// fits `budget` bytes and at least one. `scope`: the present one.
pub(crate) fn waiting(db: &Connection, exchange: u64, budget: usize, scope: u32) -> Result<Vec<Waiting>> {
    let mut query = db.prepare_cached(
        "SELECT opening, n, kind, doc, bytes, coalesce((SELECT c.scope FROM claim c WHERE c.opening = o.opening AND o.n BETWEEN c.first AND c.last), ?2)
         FROM outbox o WHERE final = 0 AND due <= ?1 ORDER BY tries, id",
    )?;
    let mut rows = query.query(params![exchange as i64, scope])?;
    let mut waiting = Vec::new();
    let mut size = 0;
    while let Some(row) = rows.next()? {
        let item = Item { kind: row.get(2)?, doc: Id(row.get(3)?), bytes: row.get(4)? };
        size += item.bytes.len();
        if size > budget && !waiting.is_empty() {
            break;
        }
        waiting.push(Waiting { opening: Opening(row.get(0)?), n: row.get::<_, i64>(1)? as u64, scope: row.get(5)?, item });
    }
    Ok(waiting)
}

/// The last opening of this file and the number after its last: what must not be used again, for the file may be a copy.
pub(crate) fn last_name(db: &Connection) -> Option<(Opening, u64)> {
    let last = "SELECT opening, max(n) + 1 FROM outbox WHERE opening = (SELECT opening FROM outbox ORDER BY id DESC LIMIT 1)";
    db.query_row(last, [], |row| Ok((Opening(row.get(0)?), row.get::<_, i64>(1)? as u64))).ok()
}

/// Asks for an item no more, whatever its state.
pub(crate) fn give_up(db: &Connection, opening: Opening, n: u64) -> Result<()> {
    db.execute("UPDATE outbox SET final = 1 WHERE opening = ? AND n = ?", params![opening.0, n as i64])?;
    Ok(())
}

/// Whether an item was never sent.
pub(crate) fn has_untried(db: &Connection) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM outbox WHERE final = 0 AND tries = 0")?.exists([])?)
}

/// How many items have no final state.
pub(crate) fn unsettled(db: &Connection) -> Result<u32> {
    Ok(db.prepare_cached("SELECT count(*) FROM outbox WHERE final = 0")?.query_row([], |row| row.get(0))?)
}

/// Kind, document and hash of an own item; of one that was taken back nothing is here.
pub(crate) fn find(db: &Connection, opening: Opening, n: u64) -> Result<Option<(u8, Id, Hash)>> {
    let found = db
        .prepare_cached("SELECT kind, doc, hash FROM outbox WHERE opening = ? AND n = ? AND bytes <> x''")?
        .query_row(params![opening.0, n as i64], |row| Ok((row.get(0)?, Id(row.get(1)?), Hash(row.get(2)?))))
        .optional()?;
    Ok(found)
}

/// The bytes of an own item.
pub(crate) fn bytes(db: &Connection, opening: Opening, n: u64) -> Result<Vec<u8>> {
    Ok(db.prepare_cached("SELECT bytes FROM outbox WHERE opening = ? AND n = ?")?.query_row(params![opening.0, n as i64], |row| row.get(0))?)
}

/// An item of this phone, with its fate.
pub(crate) struct Kept {
    pub(crate) id: i64,
    pub(crate) journal: i64,
    /// The item's hash when it was written.
    pub(crate) hash: Hash,
    pub(crate) bytes: Vec<u8>,
    pub(crate) state: Option<u8>,
    pub(crate) is_final: bool,
}

impl Kept {
    /// Whether the office put it aside, so that nothing can rest on it.
    pub(crate) fn is_aside(&self) -> bool {
        matches!(self.state, Some(2 | 4 | RETURNED))
    }

    /// Whether its document holds it: neither was it put aside, nor what it rests on, nor was it taken over by the office
    /// or written again.
    pub(crate) fn is_live(&self) -> bool {
        !self.is_aside() && !matches!(self.state, Some(ADOPTED | SUPERSEDED | PARKED))
    }

    /// Whether the log holds it under its name.
    pub(crate) fn is_sequenced(&self) -> bool {
        matches!(self.state, Some(0 | 1))
    }
}

/// All items of a document or matter that this phone wrote, in the order of writing.
pub(crate) fn of_document(db: &Connection, doc: Id, kind: ItemKind) -> Result<Vec<Kept>> {
    let mut query = db.prepare_cached("SELECT id, journal, hash, bytes, state, final FROM outbox WHERE doc = ? AND kind = ? ORDER BY id")?;
    let rows = query.query_map(params![doc.0, kind.number()], kept)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All items of a kind that this phone wrote, each with its document or matter, in the order of writing.
pub(crate) fn all_of_kind(db: &Connection, kind: ItemKind) -> Result<Vec<(Id, Kept)>> {
    let mut query = db.prepare("SELECT id, journal, hash, bytes, state, final, doc FROM outbox WHERE kind = ? ORDER BY id")?;
    let rows = query.query_map([kind.number()], |row| Ok((Id(row.get(6)?), kept(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What was put aside of a record: kind and document of each item with the item.
pub(crate) fn aside_of(db: &Connection, record: Id) -> Result<Vec<(u8, Id, Kept)>> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT o.id, o.journal, o.hash, o.bytes, o.state, o.final, o.kind, o.doc FROM touched t JOIN outbox o ON o.journal = t.journal
         WHERE t.record = ? AND o.state IN (2, 4, 7) ORDER BY o.id",
    )?;
    let rows = query.query_map([record.0], |row| Ok((row.get(6)?, Id(row.get(7)?), kept(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads id, journal, hash, bytes, state, final.
pub(super) fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept { id: row.get(0)?, journal: row.get(1)?, hash: Hash(row.get(2)?), bytes: row.get(3)?, state: row.get(4)?, is_final: row.get(5)? })
}

/// Whether the office put aside anything this phone wrote on a document or matter.
pub(crate) fn has_aside(db: &Connection, doc: Id) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM outbox WHERE doc = ? AND state IN (2, 4, 6, 7)")?.exists([doc.0])?)
}

/// Notes what the office made of an item put aside.
pub(crate) fn set_settled(db: &Connection, opening: Opening, n: u64, how: SettledHow) -> Result<()> {
    let state = match how {
        SettledHow::Adopted => ADOPTED,
        SettledHow::Returned => RETURNED,
    };
    db.prepare_cached("UPDATE outbox SET state = ? WHERE opening = ? AND n = ? AND state IN (2, 3, 4)")?.execute(params![state, opening.0, n as i64])?;
    Ok(())
}

/// Nothing is at the office any more, as with a log of another history: all is sent again, but what was written again
/// under another name or by the office.
pub(crate) fn begin_anew(db: &Connection) -> Result<()> {
    db.execute("UPDATE outbox SET state = NULL, argument = NULL, final = 0, tries = 0, due = 0 WHERE state IS NULL OR state NOT IN (5, 6)", [])?;
    Ok(())
}

/// Notes that an item turned out to be in the log, in a pack as of `seq`.
pub(crate) fn found_in_log(db: &Connection, doc: Id, hash: Hash, seq: u64) -> Result<()> {
    db.prepare_cached("UPDATE outbox SET state = ?1, argument = ?2, final = 1 WHERE doc = ?3 AND hash = ?4 AND final = 0")?.execute(params![
        ItemState::Duplicate(seq).number(),
        seq.to_be_bytes(),
        doc.0,
        hash.0
    ])?;
    Ok(())
}

/// The places in the log of own changes of a document, by the items' hashes.
pub(crate) fn places(db: &Connection, doc: Id) -> Result<Vec<(Hash, u64)>> {
    let mut query = db.prepare_cached("SELECT hash, argument FROM outbox WHERE doc = ? AND kind = 1 AND state IN (0, 1) AND length(argument) = 8")?;
    let rows = query.query_map([doc.0], |row| Ok((Hash(row.get(0)?), u64::from_be_bytes(row.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether this phone wrote an item.
pub(crate) fn wrote(db: &Connection, doc: Id, hash: Hash) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM outbox WHERE doc = ? AND hash = ?")?.exists(params![doc.0, hash.0])?)
}

/// Says that an item was written again under another name; the office is to be told.
pub(crate) fn supersede(db: &Connection, id: i64) -> Result<()> {
    db.prepare_cached("UPDATE outbox SET state = ?2, argument = NULL, final = 1 WHERE id = ?1")?.execute(params![id, ItemState::Superseded.number()])?;
    Ok(())
}

/// Names of superseded items that the office has not been told of, as many as one request may carry.
pub(crate) fn superseded(db: &Connection) -> Result<Vec<(Opening, u64)>> {
    let mut query = db.prepare_cached("SELECT opening, n FROM outbox WHERE state = 5 AND argument IS NULL ORDER BY id LIMIT 500")?;
    let rows = query.query_map([], |row| Ok((Opening(row.get(0)?), row.get::<_, i64>(1)? as u64)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes that the office was told.
pub(crate) fn set_told(db: &Connection, told: &[(Opening, u64)]) -> Result<()> {
    let mut note = db.prepare_cached("UPDATE outbox SET argument = x'01' WHERE opening = ? AND n = ? AND state = 5")?;
    told.iter().try_for_each(|(opening, n)| note.execute(params![opening.0, *n as i64]).map(drop))?;
    Ok(())
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
    let parked = db.query_row("SELECT count(*) FROM outbox WHERE state IN (2, 3, 4, 7, 18)", [], |row| row.get(0))?;
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
        waiting(db, exchange, budget, 1).unwrap().into_iter().map(|w| w.n).collect()
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
