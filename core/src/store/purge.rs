//! What no stream of this phone holds any more leaves its file: documents with all that follows from them, and at last
//! their bytes.

use std::{collections::BTreeSet, fs, path::Path};

use rusqlite::{Connection, params};

use super::{Store, documents, erased, files::Files, hold::Hold, meta, salvage, search};
use crate::{
    Error, Id, Result,
    document::{DocKind, matter::Home},
    envelope::Hash,
};

/// What a document holds and what is shown of it, by the column that names it.
const OF_DOCUMENT: [(&str, &str); 11] = [
    ("document", "id"),
    ("change", "doc"),
    ("later", "doc"),
    ("household_row", "id"),
    ("resident_row", "household"),
    ("matter_row", "id"),
    ("review_row", "doc"),
    ("attachment_row", "doc"),
    ("notice_row", "id"),
    ("appointment_row", "id"),
    ("history", "household"),
];

/// What was said of it, and half said.
const SAID: [(&str, &str); 5] = [("event", "matter"), ("fact", "doc"), ("carried_touch", "doc"), ("archived", "household"), ("draft", "household")];

/// What hangs on a volume of visits; found by its door.
const OF_VOLUME: [&str; 3] = ["visit_row", "follow_up_row", "told_row"];

/// A document is to leave, unless a stream of this phone holds it.
pub(crate) fn mark(db: &Connection, doc: Id) -> Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO leaving (doc) VALUES (?)")?.execute([doc.0])?;
    Ok(())
}

/// All documents of a stream are to leave, unless another stream holds them.
pub(crate) fn mark_stream(db: &Connection, stream: &str) -> Result<()> {
    db.execute("INSERT OR IGNORE INTO leaving (doc) SELECT doc FROM doc_sum WHERE stream = ?", [stream])?;
    Ok(())
}

/// What lies at a door that is to leave goes with it, also what no stream has had yet; so do new doors of grids that are not among
/// `streams`, and rows that came ahead of their documents.
pub(crate) fn mark_beside(db: &Connection, streams: &[String]) -> Result<()> {
    let mut query = db.prepare("SELECT DISTINCT doc FROM outbox WHERE final = 0")?;
    let waiting: Vec<Id> = query.query_map([], |row| row.get(0).map(Id))?.collect::<rusqlite::Result<_>>()?;
    let waiting = waiting.into_iter().filter_map(|id| Some((id, header(db, id)?)));
    let (doors, beside): (Vec<_>, Vec<_>) = waiting.partition(|(_, (kind, _))| *kind == DocKind::Card);
    for (id, _) in doors.iter().filter(|(_, (_, grid))| !streams.contains(&format!("grid:{grid}"))) {
        mark(db, *id)?;
    }
    for (id, (_, home)) in &beside {
        if let Some(Home::Household(door)) = Home::parse(home)
            && db.prepare_cached("SELECT 1 FROM leaving WHERE doc = ?")?.exists([door.0])?
        {
            mark(db, *id)?;
        }
    }
    db.execute_batch(
        "INSERT OR IGNORE INTO leaving (doc) SELECT id FROM household_row WHERE id NOT IN (SELECT id FROM document);
         INSERT OR IGNORE INTO leaving (doc) SELECT id FROM matter_row WHERE id NOT IN (SELECT id FROM document UNION SELECT matter FROM event)",
    )?;
    Ok(())
}

/// A document that was shared with this officer, or is no longer.
pub(crate) fn share(db: &Connection, doc: Id, shared: bool) -> Result<()> {
    let sql = if shared { "INSERT OR IGNORE INTO shared (doc) VALUES (?)" } else { "DELETE FROM shared WHERE doc = ?" };
    db.prepare_cached(sql)?.execute([doc.0])?;
    Ok(())
}

/// The door at which a document lies, the document itself if it is one; `None` where that cannot be read.
pub(super) fn door_of(db: &Connection, doc: Id) -> Option<Id> {
    match header(db, doc)? {
        (DocKind::Card, _) => Some(doc),
        (_, home) => match Home::parse(&home)? {
            Home::Household(door) => Some(door),
            Home::Community(_) => None,
        },
    }
}

/// Kind and home of a document that can be read.
fn header(db: &Connection, doc: Id) -> Option<(DocKind, String)> {
    documents::load(db, doc).ok().flatten()?.doc.header()
}

/// Lets go of everything that was to leave, is held by no stream and has nothing that waits: neither for the office nor, as a refused
/// event, for this officer. Returns the documents.
pub(crate) fn run(db: &Connection) -> Result<BTreeSet<Id>> {
    // Mostly so: then it costs the same at any size.
    if !db.prepare_cached("SELECT 1 FROM leaving")?.exists([])? {
        return Ok(BTreeSet::new());
    }
    // Verdicts come by a person's own stream, also those of matters that it does not hold.
    db.execute(
        "DELETE FROM leaving WHERE doc IN (SELECT doc FROM shared) OR EXISTS (
           SELECT 1 FROM cursor c JOIN doc_sum s ON s.stream = c.stream AND s.doc = leaving.doc WHERE c.stream NOT LIKE 'person:%')",
        [],
    )?;
    // No more is to be written on what waits to leave.
    let mut query = db.prepare("SELECT doc FROM leaving")?;
    let leaving: Vec<Id> = query.query_map([], |row| row.get(0).map(Id))?.collect::<rusqlite::Result<_>>()?;
    leaving.iter().try_for_each(|doc| take_off_lists(db, *doc))?;
    let mut query = db.prepare(
        "SELECT doc FROM leaving l WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.doc = l.doc AND o.final = 0)
           AND NOT EXISTS (SELECT 1 FROM carried_item c WHERE c.doc = l.doc)
           AND NOT EXISTS (SELECT 1 FROM event e WHERE e.matter = l.doc AND e.mine AND e.refused IS NOT NULL AND e.id NOT IN (SELECT event FROM replaced))
           AND NOT EXISTS (SELECT 1 FROM attachment_row a JOIN attachment f USING (sha256) WHERE a.doc = l.doc AND f.state = 0)",
    )?;
    let gone: BTreeSet<Id> = query.query_map([], |row| row.get(0).map(Id))?.collect::<rusqlite::Result<_>>()?;
    gone.iter().try_for_each(|doc| delete(db, *doc))?;
    if !gone.is_empty() {
        forget_touched(db)?;
        meta::set(db, meta::TIDY, Some(&[1]))?;
    }
    Ok(gone)
}

/// Takes a document off the lists from which people choose when they begin to write.
pub(crate) fn take_off_lists(db: &Connection, doc: Id) -> Result<()> {
    db.prepare_cached("DELETE FROM household_row WHERE id = ?")?.execute([doc.0])?;
    match header(db, doc) {
        Some((DocKind::Visits, home)) => take_off_visits(db, doc, Some(Id::or_zero(&home))),
        Some(_) => Ok(()),
        None => take_off_visits(db, doc, None),
    }
}

/// Takes the rows of a volume off; where its door is not known, all rows are looked through.
pub(crate) fn take_off_visits(db: &Connection, volume: Id, door: Option<Id>) -> Result<()> {
    for table in OF_VOLUME {
        match door {
            Some(door) => db.prepare_cached(&format!("DELETE FROM {table} WHERE household = ? AND volume = ?"))?.execute(params![door.0, volume.0])?,
            None => db.prepare_cached(&format!("DELETE FROM {table} WHERE volume = ?"))?.execute([volume.0])?,
        };
    }
    Ok(())
}

/// Deletes a document that is off the lists, with what was typed of it here.
fn delete(db: &Connection, doc: Id) -> Result<()> {
    db.prepare_cached("DELETE FROM replaced WHERE event IN (SELECT id FROM event WHERE matter = ?)")?.execute([doc.0])?;
    empty(db, doc)?;
    delete_from(db, &SAID, doc)?;
    forget_typed(db, doc, i64::MAX)?;
    db.prepare_cached("DELETE FROM leaving WHERE doc = ?")?.execute(params![doc.0])?;
    Ok(())
}

/// Takes out what a document holds, for good: it is begun anew by what comes next. What was said of it stays, and what was typed.
pub(crate) fn take_out(db: &Connection, doc: Id) -> Result<()> {
    take_off_lists(db, doc)?;
    empty(db, doc)
}

/// Deletes what a document that is off the lists holds.
fn empty(db: &Connection, doc: Id) -> Result<()> {
    // Whether another document names them is looked at when they are deleted.
    db.prepare_cached("INSERT OR IGNORE INTO leaving_file (sha256) SELECT sha256 FROM attachment_row WHERE doc = ?")?.execute([doc.0])?;
    delete_from(db, &OF_DOCUMENT, doc)?;
    search::forget(db, doc)
}

fn delete_from(db: &Connection, tables: &[(&str, &str)], doc: Id) -> Result<()> {
    for (table, column) in tables {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?"))?.execute([doc.0])?;
    }
    Ok(())
}

/// Deletes what was typed of a document here, up to an item of the outbox.
pub(crate) fn forget_typed(db: &Connection, doc: Id, upto: i64) -> Result<()> {
    let journals = "SELECT DISTINCT journal FROM outbox WHERE doc = ?1 AND id <= ?2";
    // An action may also have changed a document that stays; what was typed then is in that document.
    db.prepare_cached(&format!("UPDATE journal SET typed = '{{}}' WHERE id IN ({journals})"))?.execute(params![doc.0, upto])?;
    let mut query = db.prepare_cached(&format!("{journals} EXCEPT SELECT journal FROM outbox WHERE doc <> ?1 OR id > ?2"))?;
    let over: Vec<i64> = query.query_map(params![doc.0, upto], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    db.prepare_cached("DELETE FROM outbox WHERE doc = ? AND id <= ?")?.execute(params![doc.0, upto])?;
    for journal in over {
        db.prepare_cached("DELETE FROM journal WHERE id = ?")?.execute([journal])?;
    }
    Ok(())
}

/// Forgets what actions touched that are no longer known; looks through all, so once for many.
pub(crate) fn forget_touched(db: &Connection) -> Result<()> {
    db.execute("DELETE FROM touched WHERE journal NOT IN (SELECT id FROM journal)", [])?;
    Ok(())
}

impl Store {
    /// Rewrites the file where something was deleted from it, so that none of its bytes stay, and deletes the files that go with
    /// it. Whether nothing is left to do: while another connection reads, the write-ahead log keeps what it had.
    pub(crate) fn tidy(&mut self) -> Result<bool> {
        if meta::get(&self.db, meta::TIDY)?.is_none() {
            return Ok(true);
        }
        delete_files(&self.db, &self.files)?;
        if meta::get(&self.db, meta::MENDING)?.is_none() {
            salvage::delete_damaged(&self.directory)?;
        }
        search::optimize(&self.db)?;
        self.db.execute_batch("VACUUM")?;
        let busy: bool = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Ok(false);
        }
        erased::tidied(&self.db)?;
        meta::set(&self.db, meta::TIDY, None)?;
        Ok(true)
    }
}

fn delete_files(db: &Connection, files: &Files) -> Result<()> {
    let mut query = db.prepare("SELECT sha256 FROM leaving_file WHERE sha256 NOT IN (SELECT sha256 FROM attachment_row)")?;
    let gone: Vec<Hash> = query.query_map([], |row| row.get(0).map(Hash))?.collect::<rusqlite::Result<_>>()?;
    for hash in gone {
        files.delete(hash)?;
        db.execute("DELETE FROM attachment WHERE sha256 = ?", [hash.0])?;
    }
    db.execute("DELETE FROM leaving_file", [])?;
    Ok(())
}

impl Store {
    /// Deletes everything that the phone keeps in its directory; this store goes on with an empty file.
    ///
    /// # Errors
    /// `store.busy` while another process has the file open; `store.failed`.
    pub(crate) fn wipe(&mut self, now_ms: i64) -> Result<()> {
        let (directory, key) = (self.close()?, self.key.clone());
        let wiped = Hold::alone(&directory).and_then(|hold| hold.map_or(Err(Error::State("store.busy")), |_alone| wipe(&directory)));
        *self = Self::open(&directory, key, now_ms)?;
        wiped
    }
}

fn wipe(directory: &Path) -> Result<()> {
    let failed = |e: std::io::Error| Error::Store(format!("wipe: {}", e.kind()));
    for file in fs::read_dir(directory).map_err(failed)? {
        let (file, name) = file.map(|file| (file.path(), file.file_name())).map_err(failed)?;
        let name = name.to_string_lossy();
        if name == super::files::FOLDER {
            fs::remove_dir_all(file).map_err(failed)?;
        } else if (name.starts_with("minqing") && name != super::hold::FILE) || name == super::identity::FILE {
            fs::remove_file(file).map_err(failed)?;
        }
    }
    Ok(())
}
