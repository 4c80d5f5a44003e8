//! Documents as they stand, and which of their changes the log holds.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::remake;
use crate::{
    Error, Id, Result,
    document::{Doc, DocKind},
    envelope::Hash,
};

/// A document of this phone.
pub(crate) struct Stored {
    pub(crate) doc: Doc,
    pub(crate) damaged: bool,
}

/// Opens a document, `None` if this phone does not have it.
pub(crate) fn load(db: &Connection, id: Id) -> Result<Option<Stored>> {
    let found: Option<(Vec<u8>, bool)> =
        db.prepare_cached("SELECT bytes, damaged FROM document WHERE id = ?")?.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found.map(|(bytes, damaged)| Ok(Stored { doc: Doc::load(&bytes)?, damaged })).transpose()
}

/// The same; `None` also for one that cannot be read.
pub(crate) fn load_readable(db: &Connection, id: Id) -> Result<Option<Stored>> {
    load(db, id).or_else(|e| if matches!(e, Error::Malformed(_)) { Ok(None) } else { Err(e) })
}

/// Whether a document is here.
pub(crate) fn exists(db: &Connection, id: Id) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM document WHERE id = ?")?.exists([id.0])?)
}

/// Whether a document is here and says what it is: of one that is made again there may be nothing yet.
pub(crate) fn is_readable(db: &Connection, id: Id) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM document WHERE id = ? AND kind <> 0")?.exists([id.0])?)
}

/// Keeps a document.
pub(crate) fn save(db: &Connection, id: Id, doc: &Doc) -> Result<()> {
    let kind = doc.header().map_or(0, |(kind, _)| kind.number());
    db.prepare_cached("INSERT INTO document (id, kind, bytes) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET kind = ?2, bytes = ?3")?.execute(params![
        id.0,
        kind,
        doc.save()
    ])?;
    Ok(())
}

/// Notes by which stream a document's rows come.
pub(crate) fn set_home(db: &Connection, id: Id, stream: &str) -> Result<()> {
    db.prepare_cached("UPDATE document SET home = ?1 WHERE id = ?2 AND home IS NOT ?1")?.execute(params![stream, id.0])?;
    Ok(())
}

/// The stream by which a document's rows come, once one has.
pub(crate) fn home(db: &Connection, id: Id) -> Result<Option<String>> {
    Ok(db.prepare_cached("SELECT home FROM document WHERE id = ?")?.query_row([id.0], |row| row.get(0)).optional()?.flatten())
}

/// Notes a change that the document holds, or keeps its bytes where it does not.
pub(crate) fn note_change(db: &Connection, doc: Id, hash: Hash, seq: Option<u64>, bytes: Option<&[u8]>) -> Result<()> {
    db.prepare_cached("INSERT INTO change (doc, hash, seq, bytes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (doc, hash) DO UPDATE SET seq = coalesce(?3, seq)")?
        .execute(params![doc.0, hash.0, seq.map(|s| s as i64), bytes])?;
    Ok(())
}

/// Notes the place of a change that is listed.
pub(crate) fn place_change(db: &Connection, doc: Id, hash: Hash, seq: u64) -> Result<()> {
    db.prepare_cached("UPDATE change SET seq = ? WHERE doc = ? AND hash = ?")?.execute(params![seq as i64, doc.0, hash.0])?;
    Ok(())
}

/// The changes of a document that the log holds, as far as this phone knows, or those that it does not.
pub(crate) fn changes(db: &Connection, doc: Id, sequenced: bool) -> Result<HashSet<Hash>> {
    let mut query = db.prepare_cached("SELECT hash FROM change WHERE doc = ? AND (seq IS NOT NULL) = ?")?;
    let rows = query.query_map(params![doc.0, sequenced], |row| row.get(0).map(Hash))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// No change has a place in the log any more, as with a log of another history.
pub(crate) fn begin_anew(db: &Connection) -> Result<()> {
    db.execute("UPDATE change SET seq = NULL", [])?;
    // A damaged document may lack what the old log had of it: when that comes again it is not here.
    for (id, _) in damaged(db)? {
        let stored = load_readable(db, id)?;
        list_only(db, id, &stored.iter().flat_map(|stored| remake::items(id, &stored.doc)).map(|item| item.hash()).collect())?;
    }
    Ok(())
}

/// Forgets a change that the document does not hold any more.
pub(crate) fn forget_change(db: &Connection, doc: Id, hash: Hash) -> Result<()> {
    db.prepare_cached("DELETE FROM change WHERE doc = ? AND hash = ? AND seq IS NULL")?.execute(params![doc.0, hash.0])?;
    Ok(())
}

/// Whether a change is here already.
pub(crate) fn has_change(db: &Connection, doc: Id, hash: Hash) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM change WHERE doc = ? AND hash = ?")?.exists(params![doc.0, hash.0])?)
}

/// Applies changes that arrived. A document that cannot take them is marked damaged and keeps what it had; the changes
/// stay as bytes until those come that they rest on. One that is damaged takes what lies beside it with them.
pub(crate) fn apply(db: &Connection, id: Id, arrived: &[(Hash, u64, Vec<u8>)]) -> Result<Option<Doc>> {
    let stored = match load(db, id) {
        Ok(stored) => stored,
        // What is stored cannot be read: it is left as it is, and what arrived is kept beside it.
        Err(Error::Malformed(_)) => {
            keep(db, id, arrived)?;
            return Ok(None);
        }
        Err(e) => return Err(e),
    };
    let changes = arrived.iter().map(|(_, _, bytes)| bytes.clone());
    if let Some(damaged) = stored.as_ref().filter(|s| s.damaged) {
        return mend(db, id, damaged.doc.clone(), arrived, changes.chain(remake::beside(db, id)?).collect()).map(Some);
    }
    let mut doc = stored.map_or_else(Doc::empty, |s| s.doc);
    if doc.apply(&changes.collect::<Vec<_>>()).is_err() {
        if load(db, id)?.is_none() {
            save(db, id, &Doc::empty())?;
        }
        keep(db, id, arrived)?;
        return Ok(None);
    }
    for (hash, seq, _) in arrived {
        note_change(db, id, *hash, Some(*seq), None)?;
    }
    save(db, id, &doc)?;
    Ok(Some(doc))
}

/// Makes a document again from all its changes in the log, with what this phone holds of it that the log does not.
/// `None` where even those do not make a document: then all is kept as it is.
pub(crate) fn make_again(db: &Connection, id: Id, logged: &[(Hash, u64, Vec<u8>)]) -> Result<Option<Doc>> {
    let mut doc = Doc::empty();
    let bytes: Vec<Vec<u8>> = logged.iter().map(|(_, _, bytes)| bytes.clone()).collect();
    if doc.apply(&bytes).is_err() {
        return Ok(None);
    }
    let besides = not_logged(db, id)?.into_iter().chain(remake::own(db, id)?).collect();
    // What rests on what is not here waits in the outbox.
    let (doc, left) = remake::apply_all(doc, besides);
    db.prepare_cached("DELETE FROM change WHERE doc = ? AND seq IS NOT NULL")?.execute([id.0])?;
    for (hash, seq, _) in logged {
        note_change(db, id, *hash, Some(*seq), None)?;
    }
    save(db, id, &doc)?;
    remake::items(id, &doc).try_for_each(|item| note_change(db, id, item.hash(), None, None))?;
    set_damaged(db, id, !left.is_empty())?;
    Ok(Some(doc))
}

/// The bytes of a document's changes that the log does not hold, out of the document.
fn not_logged(db: &Connection, id: Id) -> Result<Vec<Vec<u8>>> {
    let lacking = changes(db, id, false)?;
    let stored = load_readable(db, id)?;
    let held = stored.iter().flat_map(|stored| remake::items(id, &stored.doc));
    Ok(held.filter(|item| lacking.contains(&item.hash())).map(|item| item.bytes).collect())
}

/// Applies to a damaged document what can be applied. It is damaged until nothing is left beside it.
fn mend(db: &Connection, id: Id, doc: Doc, arrived: &[(Hash, u64, Vec<u8>)], changes: Vec<Vec<u8>>) -> Result<Doc> {
    let (doc, left) = remake::apply_all(doc, changes);
    for (hash, seq, bytes) in arrived {
        note_change(db, id, *hash, Some(*seq), left.contains(bytes).then_some(bytes))?;
    }
    save(db, id, &doc)?;
    remake::settle(db, id, &doc, &left)?;
    Ok(doc)
}

/// Nothing is left beside a document.
pub(crate) fn set_whole(db: &Connection, id: Id) -> Result<()> {
    db.prepare_cached("UPDATE change SET bytes = NULL WHERE doc = ? AND bytes IS NOT NULL")?.execute([id.0])?;
    set_damaged(db, id, false)
}

/// Keeps changes as bytes until the document can take them.
fn keep(db: &Connection, id: Id, arrived: &[(Hash, u64, Vec<u8>)]) -> Result<()> {
    for (hash, seq, bytes) in arrived {
        note_change(db, id, *hash, Some(*seq), Some(bytes))?;
    }
    set_damaged(db, id, true)
}

/// The changes kept as bytes.
pub(crate) fn kept(db: &Connection, id: Id) -> Result<Vec<Vec<u8>>> {
    let mut query = db.prepare_cached("SELECT bytes FROM change WHERE doc = ? AND bytes IS NOT NULL ORDER BY seq")?;
    let rows = query.query_map([id.0], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Marks a document whose rows or changes this version cannot make sense of.
pub(crate) fn set_damaged(db: &Connection, id: Id, damaged: bool) -> Result<()> {
    db.prepare_cached("UPDATE document SET damaged = ?1 WHERE id = ?2 AND damaged <> ?1")?.execute(params![damaged, id.0])?;
    Ok(())
}

/// The damaged documents, each with the stream by which its rows come.
pub(crate) fn damaged(db: &Connection) -> Result<Vec<(Id, Option<String>)>> {
    let mut query = db.prepare_cached("SELECT id, home FROM document WHERE damaged")?;
    let rows = query.query_map([], |row| Ok((Id(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Lists the changes that a document holds; of others those alone stay that the log has, or that are kept as bytes.
pub(crate) fn list_only(db: &Connection, id: Id, held: &BTreeSet<Hash>) -> Result<()> {
    let mut forget = db.prepare_cached("DELETE FROM change WHERE doc = ? AND hash = ? AND seq IS NULL AND bytes IS NULL")?;
    for hash in changes(db, id, false)?.iter().filter(|hash| !held.contains(hash)) {
        forget.execute(params![id.0, hash.0])?;
    }
    held.iter().try_for_each(|hash| note_change(db, id, *hash, None, None))
}

/// All documents with their kinds.
pub(crate) fn all(db: &Connection) -> Result<Vec<(Id, Option<DocKind>, bool)>> {
    let mut query = db.prepare("SELECT id, kind, damaged FROM document ORDER BY id")?;
    let rows = query.query_map([], |row| Ok((Id(row.get(0)?), DocKind::from_number(row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All forms that came.
pub(crate) fn forms(db: &Connection) -> Result<Vec<(Id, Doc)>> {
    let mut query = db.prepare_cached("SELECT id, bytes FROM document WHERE kind = 5 ORDER BY id")?;
    let rows = query.query_map([], |row| Ok((Id(row.get(0)?), row.get::<_, Vec<u8>>(1)?)))?;
    // One that cannot be read hides no other.
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().filter_map(|(id, bytes)| Some((id, Doc::load(&bytes).ok()?))).collect())
}

/// The documents that hold own changes which the log does not.
pub(crate) fn unsequenced(db: &Connection) -> Result<BTreeSet<Id>> {
    let mut query = db.prepare("SELECT DISTINCT doc FROM change WHERE seq IS NULL")?;
    let rows = query.query_map([], |row| Ok(Id(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
