//! Files of this phone's records on their way to the office, and the photos and voice notes that documents name.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::files::Files;
use crate::{
    Id, Result,
    document::Content,
    envelope::Hash,
    model::Prepared,
    view::{self, AttachmentRow, FileState},
};

const WAITING: u8 = 0;
const AT_OFFICE: u8 = 1;
const REFUSED: u8 = 2;

/// A file that is not at the office yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outgoing {
    pub(crate) sha256: Hash,
    pub(crate) media: String,
    pub(crate) bytes: u64,
    /// The address the office gave its upload.
    pub(crate) upload: Option<String>,
    /// How often an upload of it came to nothing.
    pub(crate) anew: u32,
}

/// Notes a file that a record names. One that is here already keeps its fate.
pub(crate) fn keep(db: &Connection, hash: Hash, file: &Prepared) -> Result<()> {
    db.prepare_cached("INSERT INTO attachment (sha256, media, bytes) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING")?
        .execute(params![hash.0, file.media, file.bytes])?;
    Ok(())
}

/// Files of an officer's records that lie here and whose rows are lost: they are offered again. One that the office has
/// costs one request.
pub(crate) fn find_again(db: &Connection, officer: Id, files: &Files) -> Result<()> {
    let mut query = db.prepare(
        "SELECT DISTINCT sha256, media, bytes FROM attachment_row r WHERE officer = ? AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = r.sha256)",
    )?;
    let rows = query.query_map([officer.0], |row| Ok((Hash(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, u32>(2)?)))?;
    for (hash, media, bytes) in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        if files.length(hash) == Some(bytes.into()) {
            keep(db, hash, &Prepared { media, bytes, ..Prepared::default() })?;
        }
    }
    Ok(())
}

/// All files that are not at the office yet, those that were begun first.
pub(crate) fn outgoing(db: &Connection) -> Result<Vec<Outgoing>> {
    let mut query = db.prepare_cached("SELECT sha256, media, bytes, upload, anew FROM attachment WHERE state = 0 ORDER BY upload IS NULL, sha256")?;
    let rows = query.query_map([], |row| {
        let bytes = row.get::<_, u32>(2)?.into();
        Ok(Outgoing { sha256: Hash(row.get(0)?), media: row.get(1)?, bytes, upload: row.get(3)?, anew: row.get(4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes the address the office gave an upload.
pub(crate) fn begun(db: &Connection, hash: Hash, upload: &str) -> Result<()> {
    db.prepare_cached("UPDATE attachment SET upload = ? WHERE sha256 = ? AND state = 0")?.execute(params![upload, hash.0])?;
    Ok(())
}

/// An upload came to nothing; it is begun anew.
pub(crate) fn gone(db: &Connection, hash: Hash) -> Result<()> {
    db.prepare_cached("UPDATE attachment SET upload = NULL, anew = anew + 1 WHERE sha256 = ? AND state = 0")?.execute([hash.0])?;
    Ok(())
}

/// The file lies at the office.
pub(crate) fn arrived(db: &Connection, hash: Hash) -> Result<()> {
    db.prepare_cached("UPDATE attachment SET state = ?, upload = NULL, problem = NULL WHERE sha256 = ?")?.execute(params![AT_OFFICE, hash.0])?;
    Ok(())
}

/// The office will never take these bytes; they stay here.
pub(crate) fn refused(db: &Connection, hash: Hash, problem: &str) -> Result<()> {
    db.prepare_cached("UPDATE attachment SET state = ?, upload = NULL, problem = ? WHERE sha256 = ? AND state = ?")?
        .execute(params![REFUSED, problem, hash.0, WAITING])?;
    Ok(())
}

/// The office may have lost what it had: every file is offered again. One that it still has costs one request.
pub(crate) fn offer_again(db: &Connection) -> Result<()> {
    db.execute("UPDATE attachment SET state = ?, upload = NULL, anew = 0 WHERE state IN (?, ?)", [WAITING, WAITING, AT_OFFICE])?;
    Ok(())
}

/// All refused files are on their way again.
pub(crate) fn retry(db: &Connection) -> Result<()> {
    db.execute("UPDATE attachment SET state = ?, upload = NULL, anew = 0, problem = NULL WHERE state = ?", [WAITING, REFUSED])?;
    Ok(())
}

/// Brings the rows of a document's photos and voice notes up to date.
pub(crate) fn show(db: &Connection, doc: Id, content: &Content) -> Result<()> {
    db.prepare_cached("DELETE FROM attachment_row WHERE doc = ?")?.execute([doc.0])?;
    for a in view::attachments(doc, content) {
        let Some(hash) = Hash::from_hex(&a.sha256) else { continue };
        db.prepare_cached("INSERT INTO attachment_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (doc, id) DO NOTHING")?.execute(params![
            doc.0,
            Id::or_zero(&a.id).0,
            Id::or_zero(&a.record).0,
            Id::or_zero(&a.officer).0,
            hash.0,
            a.media,
            a.bytes,
            a.width,
            a.height,
            a.taken_ms,
            a.place
        ])?;
    }
    Ok(())
}

/// The files that a document names.
pub(crate) fn of_document(db: &Connection, doc: Id) -> Result<Vec<Hash>> {
    let mut query = db.prepare_cached("SELECT DISTINCT sha256 FROM attachment_row WHERE doc = ?")?;
    let rows = query.query_map([doc.0], |row| row.get(0).map(Hash))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Files that no record names any more are not sent, and stay here, ready for another record. `going`: the one that is being sent. Whether
/// nothing of them had left this phone.
pub(crate) fn let_be(db: &Connection, files: &[Hash], going: Option<Hash>) -> Result<bool> {
    const UNNAMED: &str = "sha256 = ?1 AND NOT EXISTS (SELECT 1 FROM attachment_row r WHERE r.sha256 = ?1)";
    for hash in files {
        db.prepare_cached(&format!("DELETE FROM leaving_file WHERE {UNNAMED}"))?.execute([hash.0])?;
        let gone = db.prepare_cached(&format!("DELETE FROM attachment WHERE {UNNAMED} RETURNING state <> 0 OR upload IS NOT NULL"))?;
        let left: Option<bool> = { gone }.query_row([hash.0], |row| row.get(0)).optional()?;
        if left.is_some_and(|left| left || going == Some(*hash)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The photos and voice notes of a record, in the order in which they were made. Paths are the caller's to fill in.
pub(crate) fn of_record(db: &Connection, record: Id) -> Result<Vec<(Hash, AttachmentRow)>> {
    let mut query = db
        .prepare_cached("SELECT r.*, f.state, f.upload FROM attachment_row r LEFT JOIN attachment f ON f.sha256 = r.sha256 WHERE r.record = ? ORDER BY r.id")?;
    let rows = query.query_map([record.0], |row| Ok((Hash(row.get("sha256")?), read(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Why the office will not take a file.
pub(crate) fn problem(db: &Connection, hash: Hash) -> Result<Option<String>> {
    Ok(db.prepare_cached("SELECT problem FROM attachment WHERE sha256 = ?")?.query_row([hash.0], |row| row.get(0)).optional()?.flatten())
}

fn read(row: &Row<'_>) -> rusqlite::Result<AttachmentRow> {
    let id = |name: &str| row.get(name).map(|bytes| Id(bytes).to_string());
    let state = match (row.get::<_, Option<u8>>("state")?, row.get::<_, Option<String>>("upload")?) {
        (Some(WAITING), None) => FileState::Waiting,
        (Some(WAITING), Some(_)) => FileState::Uploading,
        (Some(REFUSED), _) => FileState::Refused,
        _ => FileState::AtOffice,
    };
    Ok(AttachmentRow {
        id: id("id")?,
        record: id("record")?,
        officer: id("officer")?,
        sha256: Hash(row.get("sha256")?).to_string(),
        media: row.get("media")?,
        bytes: row.get("bytes")?,
        width: row.get("width")?,
        height: row.get("height")?,
        taken_ms: row.get("taken_ms")?,
        place: row.get("place")?,
        path: String::new(),
        thumbnail: String::new(),
        state,
    })
}
