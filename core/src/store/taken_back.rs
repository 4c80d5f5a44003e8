//! What an action wrote, and that it was taken back before anybody else could know of it (docs/adr/0025).

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::{
    meta,
    outbox::{self, Kept, kept},
};
use crate::{
    Id, Result,
    envelope::{Hash, Item, ItemKind},
};

/// The journal's word for such an action. It says so as its items do, so that a salvage finds it where either page can be read.
const TAKEN_BACK: &str = "taken_back";

/// An item of an action.
pub(crate) struct Written {
    /// The number of its kind.
    pub(crate) kind: u8,
    pub(crate) doc: Id,
    pub(crate) kept: Kept,
}

/// The last action on a record.
pub(crate) fn last_action(db: &Connection, record: Id) -> Result<Option<i64>> {
    Ok(db.prepare_cached("SELECT max(journal) FROM touched WHERE record = ?")?.query_row([record.0], |row| row.get(0))?)
}

/// The items of an action, in the order of writing.
pub(crate) fn items(db: &Connection, journal: i64) -> Result<Vec<Written>> {
    let mut query = db.prepare_cached("SELECT id, journal, hash, bytes, state, final, kind, doc FROM outbox WHERE journal = ? ORDER BY id")?;
    let rows = query.query_map([journal], |row| Ok(Written { kind: row.get(6)?, doc: Id(row.get(7)?), kept: kept(row)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Document and bytes of what this phone wrote after an action, but for what is superseded.
pub(crate) fn later(db: &Connection, journal: i64) -> Result<Vec<(Id, Vec<u8>)>> {
    let after = "SELECT doc, bytes FROM outbox WHERE id > (SELECT max(id) FROM outbox WHERE journal = ?1) AND journal <> ?1 AND state IS NOT 5";
    let mut query = db.prepare_cached(after)?;
    let rows = query.query_map([journal], |row| Ok((Id(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether it is noted that all that was written may have been handed over.
pub(crate) fn is_noted(db: &Connection) -> Result<bool> {
    Ok(handed(db)? == last(db)?)
}

/// Notes that all that was written may be handed over, by whichever process of this phone.
pub(crate) fn note(db: &Connection) -> Result<()> {
    meta::set_as(db, meta::HANDED, &last(db)?)
}

/// Whether any of these items may have been handed over.
pub(crate) fn may_be_heard(db: &Connection, items: &[Written]) -> Result<bool> {
    let handed = handed(db)?;
    Ok(items.iter().any(|written| written.kept.id <= handed))
}

fn handed(db: &Connection) -> Result<i64> {
    Ok(meta::get_as(db, meta::HANDED)?.unwrap_or(0))
}

fn last(db: &Connection) -> Result<i64> {
    Ok(db.prepare_cached("SELECT coalesce(max(id), 0) FROM outbox")?.query_row([], |row| row.get(0))?)
}

/// An action's items are never sent, and what was typed is forgotten. Their rows stay without bytes: no repair takes their changes for lost ones,
/// and the office need not be told of names that it never heard.
pub(crate) fn forget(db: &Connection, journal: i64) -> Result<()> {
    for written in items(db, journal)? {
        outbox::supersede(db, written.kept.id)?;
        db.prepare_cached("UPDATE outbox SET argument = x'01', bytes = x'' WHERE id = ?")?.execute([written.kept.id])?;
    }
    db.prepare_cached("DELETE FROM touched WHERE journal = ?")?.execute([journal])?;
    db.prepare_cached("UPDATE journal SET action = ?, typed = '{}' WHERE id = ?")?.execute(params![TAKEN_BACK, journal])?;
    Ok(())
}

/// In a salvaged file, where old pages may say otherwise: what was taken back stays so. The items that are not to come back.
pub(super) fn forget_again(db: &Connection) -> Result<HashSet<Hash>> {
    let mut query = db.prepare("SELECT id FROM journal WHERE action = ?1 UNION SELECT journal FROM outbox WHERE state = 5 AND bytes = x''")?;
    let journals: Vec<i64> = query.query_map([TAKEN_BACK], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    journals.iter().try_for_each(|journal| forget(db, *journal))?;
    let mut query = db.prepare("SELECT hash FROM outbox WHERE state = 5 AND bytes = x''")?;
    let gone: HashSet<Hash> = query.query_map([], |row| row.get(0).map(Hash))?.collect::<rusqlite::Result<_>>()?;
    let mut query = db.prepare("SELECT id, matter, bytes FROM event WHERE mine AND ordinal IS NULL")?;
    let events = query.query_map([], |row| Ok((row.get::<_, [u8; 16]>(0)?, Id(row.get(1)?), row.get(2)?)))?;
    for event in events {
        let (id, doc, bytes) = event?;
        if gone.contains(&Item { kind: ItemKind::Event.number(), doc, bytes }.hash()) {
            db.execute("DELETE FROM event WHERE id = ?", [id])?;
        }
    }
    Ok(gone)
}
