//! Documents as kept.

use minqing_core::{
    Id,
    document::{Doc, DocKind},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::damaged;
use crate::storage::{
    Result,
    log::{DocumentHead, KeptDocument},
};

/// What is known of a document without opening it.
pub(super) fn head(c: &Connection, id: Id) -> Result<Option<DocumentHead>> {
    let found = c.prepare_cached("SELECT kind, stream, creator, version FROM document WHERE id = ?1")?.query_row([id.0], read_head).optional()?;
    found.transpose()
}

/// How often a document was kept.
pub(super) fn version(c: &Connection, id: Id) -> Result<u64> {
    let found = c.prepare_cached("SELECT version FROM document WHERE id = ?1")?.query_row([id.0], |row| row.get::<_, i64>(0)).optional()?;
    Ok(found.unwrap_or(0) as u64)
}

pub(in crate::storage::sqlite) fn open(c: &Connection, id: Id) -> Result<Option<KeptDocument>> {
    let found = c
        .prepare_cached("SELECT kind, stream, creator, version, bytes FROM document WHERE id = ?1")?
        .query_row([id.0], |row| Ok((read_head(row)?, row.get::<_, Vec<u8>>(4)?)))
        .optional()?;
    found.map(|(head, bytes)| kept(head?, &bytes)).transpose()
}

pub(super) fn keep(c: &Connection, id: Id, head: &DocumentHead, saved: &[u8]) -> Result<()> {
    c.prepare_cached(
        "INSERT INTO document(id, kind, stream, creator, bytes, version) VALUES(?1, ?2, ?3, ?4, ?5, 1)
         ON CONFLICT(id) DO UPDATE SET bytes = ?5, version = version + 1",
    )?
    .execute(params![id.0, head.kind.number(), head.stream, head.creator.0, saved])?;
    Ok(())
}

/// The streams by which a document is read.
pub(super) fn read_in(c: &Connection, id: Id) -> Result<Vec<String>> {
    let sql =
        "SELECT s.name FROM stream s WHERE s.id IN (SELECT stream FROM document WHERE id = ?1 UNION SELECT stream FROM share WHERE doc = ?1) ORDER BY s.id";
    let mut query = c.prepare_cached(sql)?;
    let names = query.query_map([id.0], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// Whether a volume is on no phone.
pub(super) fn archived(c: &Connection, id: Id) -> Result<bool> {
    Ok(c.prepare_cached("SELECT 1 FROM document WHERE id = ?1 AND archived")?.exists([id.0])?)
}

/// Notes that it is, or no longer.
pub(super) fn set_archived(c: &Connection, id: Id, archived: bool) -> Result<()> {
    c.prepare_cached("UPDATE document SET archived = ?2 WHERE id = ?1")?.execute(params![id.0, archived])?;
    Ok(())
}

/// Those that are.
pub(super) fn all_archived(c: &Connection) -> Result<Vec<Id>> {
    let mut query = c.prepare("SELECT id FROM document WHERE archived ORDER BY id")?;
    let ids = query.query_map([], |row| row.get(0).map(Id))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// Volumes of visits that are not, after one of them, by id.
pub(super) fn volumes(c: &Connection, after: Id, limit: u32) -> Result<Vec<Id>> {
    let mut query = c.prepare_cached("SELECT id FROM document WHERE kind = ?1 AND NOT archived AND id > ?2 ORDER BY id LIMIT ?3")?;
    let ids = query.query_map(params![DocKind::Visits.number(), after.0, limit], |row| row.get(0).map(Id))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// All documents; `None` for one that cannot be read.
pub(super) fn all(c: &Connection) -> Result<Vec<(Id, Option<KeptDocument>)>> {
    let mut query = c.prepare("SELECT kind, stream, creator, version, bytes, id FROM document ORDER BY id")?;
    let rows = query.query_map([], |row| Ok((read_head(row)?, row.get::<_, Vec<u8>>(4)?, row.get(5).map(Id)?)))?;
    rows.map(|row| {
        let (head, bytes, id) = row?;
        Ok((id, head.and_then(|head| kept(head, &bytes)).ok()))
    })
    .collect()
}

fn kept(head: DocumentHead, bytes: &[u8]) -> Result<KeptDocument> {
    Ok(KeptDocument { head, doc: Doc::load(bytes).map_err(|_| damaged("document"))? })
}

/// Reads kind, stream, creator, version.
fn read_head(row: &Row<'_>) -> rusqlite::Result<Result<DocumentHead>> {
    let kind = DocKind::from_number(row.get(0)?);
    let (stream, creator, version) = (row.get(1)?, row.get(2).map(Id)?, row.get::<_, i64>(3)? as u64);
    Ok(kind.map(|kind| DocumentHead { kind, stream, creator, version }).ok_or_else(|| damaged("document")))
}
