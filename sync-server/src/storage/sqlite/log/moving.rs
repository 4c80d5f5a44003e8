//! Documents that move to another stream.

use minqing_core::{
    Id,
    document::{DocKind, matter::Home},
    envelope::{Item, ItemKind},
    event::{Event, Fact, Register},
    frame::{MAX_ITEM, from_cbor, unpack},
};
use rusqlite::{Connection, params};

use super::{super::line, bodies::Bodies, document};
use crate::storage::{
    Result,
    log::{Moving, StreamId},
};

/// A row before which whatever stands of a document counts no more.
pub(in crate::storage::sqlite) fn begins(c: &Connection, doc: Id, stream: StreamId, seq: u64) -> Result<u64> {
    let mut query =
        c.prepare_cached("SELECT seq, body FROM log INDEXED BY log_doc WHERE doc = ?1 AND stream = ?2 AND kind = 3 AND seq <= ?3 ORDER BY seq DESC")?;
    let mut rows = query.query(params![doc.0, stream, seq.cast_signed()])?;
    while let Some(row) = rows.next()? {
        let body: Option<Vec<u8>> = row.get(1)?;
        if body.is_some_and(|body| unpack(&body, MAX_ITEM).is_ok_and(|bytes| Fact::uncounts(&bytes))) {
            return Ok(row.get::<_, i64>(0)?.cast_unsigned());
        }
    }
    Ok(0)
}

pub(super) fn rows(c: &Connection, doc: Id, stream: StreamId) -> Result<Vec<Moving>> {
    let last = i64::MAX.cast_unsigned();
    let mut between = (begins(c, doc, stream, last)?, last);
    // Of what is archived nothing counts: what did stands before that.
    if document::archived(c, doc)? {
        between = (begins(c, doc, stream, between.0 - 1)?, between.0);
    }
    let mut query = c.prepare_cached(
        "SELECT device, opening, n, kind, body, envelope, received_ms, hash FROM log INDEXED BY log_doc WHERE doc = ?1 AND stream = ?2 AND seq > ?3 AND seq < ?4 AND blank = 0
         ORDER BY seq",
    )?;
    let mut rows = query.query(params![doc.0, stream, between.0.cast_signed(), between.1.cast_signed()])?;
    let (mut moving, mut bodies) = (Vec::new(), Bodies::of(c));
    while let Some(row) = rows.next()? {
        let kind = row.get(3)?;
        let item = Item { kind, doc, bytes: bodies.bytes(kind, doc, super::hash(row, 7)?, row.get(4)?)? };
        if item.kind != ItemKind::Fact.number() || Fact::counts(&item.bytes) {
            moving.push(Moving { name: super::name(row)?, item, envelope: row.get(5)?, received_ms: row.get(6)? });
        }
    }
    Ok(moving)
}

pub(super) fn former_homes(c: &Connection, doc: Id) -> Result<Vec<StreamId>> {
    let mut query = c.prepare_cached("SELECT stream FROM former_home WHERE doc = ?1 ORDER BY stream")?;
    let streams = query.query_map([doc.0], |row| row.get(0))?;
    Ok(streams.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn set_home(c: &Connection, doc: Id, from: StreamId, to: StreamId) -> Result<()> {
    // Whoever has tried something on it in its old home tries it again.
    c.execute("UPDATE document SET stream = ?2, version = version + 1 WHERE id = ?1", params![doc.0, to])?;
    c.execute("UPDATE matter SET stream = ?2 WHERE id = ?1", params![doc.0, to])?;
    c.execute("UPDATE appointment SET stream = ?2 WHERE id = ?1", params![doc.0, to])?;
    c.execute("INSERT OR IGNORE INTO former_home(doc, stream) VALUES(?1, ?2)", params![doc.0, from])?;
    c.execute("DELETE FROM former_home WHERE doc = ?1 AND stream = ?2", params![doc.0, to])?;
    Ok(())
}

pub(super) fn unshare(c: &Connection, doc: Id, stream: StreamId) -> Result<()> {
    c.execute("DELETE FROM share WHERE doc = ?1 AND stream = ?2", params![doc.0, stream])?;
    c.execute("INSERT OR IGNORE INTO former_home(doc, stream) VALUES(?1, ?2)", params![doc.0, stream])?;
    Ok(())
}

pub(super) fn matters_at(c: &Connection, household: Id, stream: StreamId) -> Result<Vec<Id>> {
    let ids = |sql: &str| -> Result<Vec<Id>> {
        let mut query = c.prepare_cached(sql)?;
        let rows = query.query_map(params![stream, household.0], |row| row.get(0).map(Id))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    let mut found = ids("SELECT m.id FROM matter m JOIN matter_row r ON r.id = m.id WHERE m.stream = ?1 AND r.household = ?2 ORDER BY m.id")?;
    // Those that were never accepted have no row; few, and each is looked at.
    for id in ids("SELECT id FROM matter m WHERE stream = ?1 AND state IS NULL AND ?2 IS NOT NULL ORDER BY id")? {
        let registers = |event: &Event| from_cbor::<Register>(&event.payload).is_ok_and(|r| r.household == Some(household));
        if line::told_of(c, id)?.0.iter().any(registers) {
            found.push(id);
        }
    }
    for id in ids("SELECT id FROM document d WHERE stream = ?1 AND kind = 3 AND ?2 IS NOT NULL AND id NOT IN (SELECT id FROM matter) ORDER BY id")? {
        let home = document::open(c, id)?.and_then(|kept| kept.doc.header()).filter(|(kind, _)| *kind == DocKind::Matter);
        if home.is_some_and(|(_, home)| Home::parse(&home) == Some(Home::Household(household))) {
            found.push(id);
        }
    }
    Ok(found)
}
