//! Envelopes of colleagues that were merged here: sent as they are, before what this phone wrote on top of them, until all their items are settled.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    Id, Result,
    envelope::{Envelope, Hash, Item, ItemKind},
    frame::{MAX_ENVELOPES, MAX_ITEMS},
    ids::{Device, Name, Opening},
    sync::Carried,
    wire::ItemState,
};

/// An item of a colleague that is not settled.
pub(crate) struct Kept {
    pub(crate) name: Name,
    /// Whose the device is.
    pub(crate) officer: Id,
    pub(crate) hash: Hash,
    pub(crate) bytes: Vec<u8>,
}

/// Keeps an envelope with whatever in it is new and not known to be in the log; returns the documents of that.
pub(crate) fn put(db: &Connection, envelope: &Envelope, bytes: &[u8], officer: Id, certificate: &[u8]) -> Result<Vec<Id>> {
    let mut docs = Vec::new();
    let mut keep =
        db.prepare_cached("INSERT OR IGNORE INTO carried_item (device, opening, n, officer, kind, doc, hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    let (device, opening, first) = (envelope.device.0, envelope.opening.0, envelope.first as i64);
    for (item, n) in envelope.items.iter().zip(first..) {
        if !is_logged(db, item.doc, item.hash())?
            && keep.execute(params![device, opening, n, officer.0, item.kind, item.doc.0, item.hash().0, item.bytes])? == 1
        {
            docs.push(item.doc);
        }
    }
    if !docs.is_empty() {
        let size: usize = envelope.items.iter().map(|item| item.bytes.len() + 64).sum();
        let put = "INSERT INTO carried (device, opening, first, items, size, bytes, certificate) VALUES (?, ?, ?, ?, ?, ?, ?)";
        db.prepare_cached(put)?.execute(params![device, opening, first, envelope.items.len() as i64, size as i64, bytes, certificate])?;
    }
    Ok(docs)
}

fn is_logged(db: &Connection, doc: Id, hash: Hash) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM change WHERE doc = ? AND hash = ? AND seq IS NOT NULL")?.exists(params![doc.0, hash.0])?)
}

fn carried(row: &Row<'_>) -> rusqlite::Result<(Carried, i64)> {
    let (device, opening, first, items) = (Device(row.get(0)?), Opening(row.get(1)?), row.get::<_, i64>(2)? as u64, row.get::<_, i64>(3)? as u64);
    let names = (first..first + items).map(|n| Name { device, opening, n }).collect();
    Ok((Carried { names, size: row.get::<_, i64>(4)? as usize, bytes: row.get(5)? }, row.get(6)?))
}

/// The envelopes due at the `exchange`-th exchange, those never tried first, as many as fit `budget` bytes and at least one; and whether others that
/// were never tried are left, which must go before what rests on them.
pub(crate) fn due(db: &Connection, exchange: u64, budget: usize) -> Result<(Vec<Carried>, bool)> {
    let mut query = db.prepare_cached("SELECT device, opening, first, items, size, bytes, tries FROM carried WHERE due <= ? ORDER BY tries, id")?;
    let mut rows = query.query([exchange as i64])?;
    let (mut due, mut size, mut items): (Vec<Carried>, usize, usize) = (Vec::new(), 0, 0);
    while let Some(row) = rows.next()? {
        let (next, tries) = carried(row)?;
        (size, items) = (size + next.size, items + next.names.len());
        if !due.is_empty() && (size > budget || items > MAX_ITEMS || due.len() == MAX_ENVELOPES) {
            return Ok((due, tries == 0));
        }
        due.push(next);
    }
    Ok((due, false))
}

/// All envelopes with the certificates of their authors, for a bundle.
pub(crate) fn all(db: &Connection) -> Result<Vec<(Carried, Vec<u8>)>> {
    let mut query = db.prepare("SELECT device, opening, first, items, size, bytes, tries, certificate FROM carried ORDER BY id")?;
    let rows = query.query_map([], |row| Ok((carried(row)?.0, row.get(7)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether an envelope was never sent.
pub(crate) fn has_untried(db: &Connection) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM carried WHERE tries = 0")?.exists([])?)
}

/// How many items are carried.
pub(crate) fn count(db: &Connection) -> Result<u32> {
    Ok(db.query_row("SELECT count(*) FROM carried_item", [], |row| row.get(0))?)
}

/// Unsettled items of a document or matter, in the order in which they came.
pub(crate) fn of_document(db: &Connection, doc: Id, kind: ItemKind) -> Result<Vec<Kept>> {
    let mut query = db.prepare_cached("SELECT device, opening, n, officer, hash, bytes FROM carried_item WHERE doc = ? AND kind = ? ORDER BY id")?;
    let rows = query.query_map(params![doc.0, kind.number()], |row| {
        let name = Name { device: Device(row.get(0)?), opening: Opening(row.get(1)?), n: row.get::<_, i64>(2)? as u64 };
        Ok(Kept { name, officer: Id(row.get(3)?), hash: Hash(row.get(4)?), bytes: row.get(5)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The hashes of unsettled items of a document or matter.
pub(crate) fn hashes(db: &Connection, doc: Id) -> Result<HashSet<Hash>> {
    let mut query = db.prepare_cached("SELECT hash FROM carried_item WHERE doc = ?")?;
    let rows = query.query_map([doc.0], |row| row.get(0).map(Hash))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes that carried items of a document touch a record.
pub(crate) fn touch(db: &Connection, record: Id, doc: Id) -> Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO carried_touch (record, doc) VALUES (?, ?)")?.execute([record.0, doc.0])?;
    Ok(())
}

/// The records that carried items of a document touch.
pub(crate) fn touched(db: &Connection, doc: Id) -> Result<Vec<Id>> {
    let mut query = db.prepare_cached("SELECT record FROM carried_touch WHERE doc = ? ORDER BY id")?;
    let rows = query.query_map([doc.0], |row| row.get(0).map(Id))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes what the server said of an item at the `exchange`-th exchange; returns the item, `None` if it was settled before.
pub(crate) fn set_state(db: &Connection, name: Name, state: &ItemState, exchange: u64) -> Result<Option<Item>> {
    let key = params![name.device.0, name.opening.0, name.n as i64];
    let later = "UPDATE carried SET tries = tries + 1, due = ?4 + (1 << min(tries, 6))
                 WHERE device = ?1 AND opening = ?2 AND first <= ?3 AND ?3 < first + items AND due <= ?4";
    db.prepare_cached(later)?.execute(params![name.device.0, name.opening.0, name.n as i64, exchange as i64])?;
    let found = db
        .prepare_cached("SELECT kind, doc, bytes FROM carried_item WHERE device = ? AND opening = ? AND n = ?")?
        .query_row(key, |row| Ok(Item { kind: row.get(0)?, doc: Id(row.get(1)?), bytes: row.get(2)? }))
        .optional()?;
    if !state.is_final() {
        let note = "UPDATE carried_item SET state = ?4 WHERE device = ?1 AND opening = ?2 AND n = ?3";
        db.prepare_cached(note)?.execute(params![name.device.0, name.opening.0, name.n as i64, state.number()])?;
        return Ok(found);
    }
    db.prepare_cached("DELETE FROM carried_item WHERE device = ? AND opening = ? AND n = ?")?.execute(key)?;
    let settled = "DELETE FROM carried WHERE device = ?1 AND opening = ?2 AND first <= ?3 AND ?3 < first + items AND NOT EXISTS (
                     SELECT 1 FROM carried_item i WHERE i.device = ?1 AND i.opening = ?2 AND i.n >= first AND i.n < first + items)";
    db.prepare_cached(settled)?.execute(key)?;
    Ok(found)
}

/// Forgets what was touched by items of a document once all of them are settled.
pub(crate) fn tidy(db: &Connection, doc: Id) -> Result<()> {
    let settled = "DELETE FROM carried_touch WHERE doc = ?1 AND NOT EXISTS (SELECT 1 FROM carried_item WHERE doc = ?1)";
    db.prepare_cached(settled)?.execute([doc.0])?;
    Ok(())
}

/// Nothing is at the office any more, as with a log of another history: what is not settled is sent once more.
pub(crate) fn begin_anew(db: &Connection) -> Result<()> {
    db.execute_batch("UPDATE carried SET tries = 0, due = 0; UPDATE carried_item SET state = NULL")?;
    Ok(())
}

/// After a salvage: items without their envelope wait for nothing, and an envelope is sent whatever was kept of its items.
pub(crate) fn join(db: &Connection) -> Result<()> {
    db.execute_batch(
        "DELETE FROM carried_item AS i WHERE NOT EXISTS (
           SELECT 1 FROM carried c WHERE c.device = i.device AND c.opening = i.opening AND c.first <= i.n AND i.n < c.first + c.items);
         DELETE FROM carried_touch AS t WHERE NOT EXISTS (SELECT 1 FROM carried_item i WHERE i.doc = t.doc)",
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::{DeviceKeys, Quarantine};

    const OPENING: Opening = Opening([1; 5]);

    fn envelope(first: u64, items: u8) -> Envelope {
        let items = (0..items).map(|n| Item { kind: 1, doc: Id([first as u8; 16]), bytes: vec![n; 20] }).collect();
        Envelope::seal(&DeviceKeys::derive(&[1; 32]).unwrap(), Device(7), OPENING, first, 1, items)
    }

    fn file() -> Connection {
        let mut db = Connection::open_in_memory().unwrap();
        super::super::migrations::run(&mut db).unwrap();
        for (first, items) in [(1, 2), (3, 1), (4, 1)] {
            let envelope = envelope(first, items);
            assert_eq!(put(&db, &envelope, &envelope.encode(), Id([9; 16]), &[8; 9]).unwrap().len(), usize::from(items));
        }
        db
    }

    #[test]
    fn what_came_first_goes_first_and_what_is_held_is_asked_for_less_and_less() {
        let db = file();
        let firsts = |exchange, budget| {
            let (due, more) = due(&db, exchange, budget).unwrap();
            (due.iter().map(|c| c.names[0].n).collect::<Vec<_>>(), more)
        };
        assert_eq!(firsts(0, 10_000), (vec![1, 3, 4], false));
        assert_eq!(firsts(0, 200), (vec![1], true), "and what is left was never tried");
        let name = |n| Name { device: Device(7), opening: OPENING, n };
        for n in [1, 2] {
            set_state(&db, name(n), &ItemState::Held(vec![7; 16]), 1).unwrap();
        }
        assert_eq!(firsts(1, 10_000), (vec![3, 4], false));
        assert_eq!(firsts(2, 10_000), (vec![3, 4, 1], false));
        assert!(has_untried(&db).unwrap());
    }

    #[test]
    fn an_envelope_is_carried_until_each_of_its_items_is_settled() {
        let db = file();
        touch(&db, Id([5; 16]), Id([1; 16])).unwrap();
        let name = |n| Name { device: Device(7), opening: OPENING, n };
        set_state(&db, name(1), &ItemState::Seq(9), 1).unwrap();
        tidy(&db, Id([1; 16])).unwrap();
        assert_eq!((all(&db).unwrap().len(), touched(&db, Id([1; 16])).unwrap().len()), (3, 1));
        let found = set_state(&db, name(2), &ItemState::Quarantined(Quarantine::Malformed), 1).unwrap().unwrap();
        assert_eq!(found.doc, Id([1; 16]));
        tidy(&db, Id([1; 16])).unwrap();
        assert_eq!((all(&db).unwrap().len(), touched(&db, Id([1; 16])).unwrap().len()), (2, 0));
        assert!(set_state(&db, name(2), &ItemState::Seq(9), 2).unwrap().is_none(), "a late answer");
        // The same items again, in another envelope: none of them is new.
        let again = envelope(3, 1);
        assert!(put(&db, &again, &again.encode(), Id([9; 16]), &[]).unwrap().is_empty());
        db.execute("DELETE FROM carried WHERE first = 3", []).unwrap();
        join(&db).unwrap();
        assert_eq!(count(&db).unwrap(), 1);
    }
}
