//! Covered copies of photos in SQLite. Their bytes lie with those of all files.

use minqing_core::{
    Id,
    envelope::Hash,
    frame::{from_cbor, to_cbor},
    model::Media,
};
use rusqlite::{Connection, Row, Transaction, params};

use super::damaged;
use crate::{projection::CoverShown, storage::Result};

const COLUMNS: &str = "id, doc, photo, sha256, bytes, patches, staff, at_ms";

/// Notes that a copy will be kept: should nobody say so, it is tidied away.
pub(super) fn expect(tx: &Transaction<'_>, copy: Hash, bytes: u32, now_ms: i64) -> Result<()> {
    let put = "INSERT INTO attachment(sha256, media, bytes, stored_ms) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(sha256) DO NOTHING";
    tx.execute(put, params![copy.0, Media::Jpeg.word(), bytes, now_ms])?;
    tx.execute("INSERT OR IGNORE INTO erased_file(sha256) VALUES(?1)", [copy.0])?;
    Ok(())
}

/// Keeps it, if it was not tidied away.
pub(super) fn keep(c: &Connection, copy: Hash) -> Result<bool> {
    c.prepare_cached("DELETE FROM erased_file WHERE sha256 = ?1")?.execute([copy.0])?;
    Ok(c.prepare_cached("SELECT 1 FROM attachment WHERE sha256 = ?1")?.exists([copy.0])?)
}

/// Whether a document names a photo.
pub(super) fn has_photo(c: &Connection, doc: Id, photo: Hash) -> Result<bool> {
    Ok(c.prepare_cached("SELECT 1 FROM attachment_ref WHERE doc = ?1 AND sha256 = ?2 AND media = ?3")?.exists(params![doc.0, photo.0, Media::Jpeg.word()])?)
}

pub(super) fn show(c: &Connection, row: &CoverShown) -> Result<()> {
    let CoverShown { id, doc, photo, sha256, bytes, patches, by, at_ms } = row;
    c.prepare_cached(&format!("INSERT OR REPLACE INTO cover({COLUMNS}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"))?.execute(params![
        id,
        doc,
        photo,
        sha256,
        bytes,
        to_cbor(patches),
        by,
        at_ms
    ])?;
    Ok(())
}

/// What was made of a document's photos, the oldest first.
pub(super) fn of(c: &Connection, doc: Id) -> Result<Vec<CoverShown>> {
    let mut query = c.prepare_cached(&format!("SELECT {COLUMNS} FROM cover WHERE doc = ?1 ORDER BY at_ms, id"))?;
    query.query_and_then([doc.0], read)?.collect()
}

/// All of it.
pub(super) fn all(c: &Connection) -> Result<Vec<CoverShown>> {
    c.prepare(&format!("SELECT {COLUMNS} FROM cover ORDER BY id"))?.query_and_then([], read)?.collect()
}

/// Takes away what was made of photos that the document names no longer; their copies go with them.
pub(super) fn forget(c: &Connection, doc: Id, named: &[[u8; 32]]) -> Result<()> {
    for row in of(c, doc)?.iter().filter(|row| !named.contains(&row.photo)) {
        if let Some(copy) = row.sha256 {
            c.prepare_cached("INSERT OR IGNORE INTO erased_file(sha256) VALUES(?1)")?.execute([copy])?;
        }
        c.prepare_cached("DELETE FROM cover WHERE id = ?1")?.execute([row.id])?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<CoverShown> {
    let patches: Vec<u8> = row.get("patches")?;
    Ok(CoverShown {
        id: row.get("id")?,
        doc: row.get("doc")?,
        photo: row.get("photo")?,
        sha256: row.get("sha256")?,
        bytes: row.get("bytes")?,
        patches: from_cbor(&patches).map_err(|_| damaged("cover"))?,
        by: row.get("staff")?,
        at_ms: row.get("at_ms")?,
    })
}
