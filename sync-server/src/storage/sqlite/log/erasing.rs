//! Erasing documents, within a unit of work.

use minqing_core::{
    Id,
    document::Names,
    event::{Fact, FactKind},
    frame::{MAX_ITEM, from_cbor, to_cbor, unpack},
    ids::Name,
};
use rusqlite::{Transaction, params};

use super::{
    super::{cards, covers, damaged},
    receive::{ADOPTED, KNOWN, RETURNED, SUPERSEDED},
    recovered,
    unit::SqliteUnit,
};
use crate::{
    projection::AttachmentShown,
    storage::{ErasedDoc, Result, log::Erasing},
};

/// Of a row whose bytes were erased: it counts in its document's sum, or not.
pub(super) const COUNTED: u8 = 1;
const UNCOUNTED: u8 = 2;

impl Erasing for SqliteUnit<'_> {
    fn note_erasure(&mut self, erasure: Id, household: Id, at_ms: i64) -> Result<bool> {
        let put = "INSERT OR IGNORE INTO erasure(id, household, at_ms) VALUES(?1, ?2, ?3)";
        Ok(self.tx.execute(put, params![erasure.0, household.0, at_ms])? > 0)
    }

    fn blank(&mut self, erased: &ErasedDoc) -> Result<()> {
        let (tx, doc) = (self.tx, erased.doc);
        tx.execute(
            "INSERT OR IGNORE INTO erasure_stream(erasure, stream) SELECT DISTINCT ?2, stream FROM log WHERE doc = ?1",
            params![doc.0, erased.erasure.0],
        )?;
        tx.execute("UPDATE erasure SET scrubbed = 0 WHERE id = ?1", [erased.erasure.0])?;
        tx.execute("UPDATE log SET body = NULL, blank = ?2 WHERE doc = ?1 AND kind = 1 AND blank = 0", params![doc.0, COUNTED])?;
        blank_snapshots(tx, doc)?;
        tx.execute("UPDATE inbox SET bytes = x'' WHERE doc = ?1 AND state IN (?2, ?3, ?4, ?5)", params![doc.0, SUPERSEDED, ADOPTED, RETURNED, KNOWN])?;
        tx.execute("DELETE FROM unsigned WHERE doc = ?1", [doc.0])?;
        cards::forget(tx, doc)?;
        tx.execute("UPDATE erased_doc SET changes = NULL WHERE doc = ?1", [doc.0])?;
        tx.execute(
            "INSERT OR REPLACE INTO erased_doc(doc, erasure, names, changes) VALUES(?1, ?2, ?3, ?4)",
            params![doc.0, erased.erasure.0, to_cbor(&erased.names), erased.changes.as_ref().map(to_cbor)],
        )?;
        let mut dead = tx.prepare_cached("INSERT OR IGNORE INTO dead_change(doc, hash) VALUES(?1, ?2)")?;
        erased.dead.iter().try_for_each(|hash| dead.execute(params![doc.0, hash]).map(drop))?;
        Ok(())
    }

    fn forget_shown(&mut self, doc: Id, visits: &[Id], named: &[AttachmentShown]) -> Result<()> {
        let mut forget = self.tx.prepare_cached("DELETE FROM answer_row WHERE visit = ?1")?;
        visits.iter().try_for_each(|visit| forget.execute([visit.0]).map(drop))?;
        let mut query = self.tx.prepare_cached("SELECT DISTINCT sha256 FROM attachment_ref WHERE doc = ?1")?;
        let before: Vec<[u8; 32]> = query.query_map([doc.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut note = self.tx.prepare_cached("INSERT OR IGNORE INTO erased_file(sha256) VALUES(?1)")?;
        for sha256 in before.iter().filter(|sha256| named.iter().all(|file| file.sha256 != **sha256)) {
            note.execute([sha256])?;
        }
        covers::forget(self.tx, doc, &named.iter().map(|file| file.sha256).collect::<Vec<_>>())
    }

    fn mentions(&mut self, community: &str, word: &str) -> Result<Vec<Id>> {
        let mut query = self.tx.prepare(
            "SELECT id FROM matter_row WHERE community = ?1 AND (instr(text, ?2) OR instr(place, ?2))
             UNION SELECT id FROM household_row WHERE community = ?1 AND (instr(note, ?2) OR instr(names, ?2))
             UNION SELECT v.household FROM visit_row v JOIN household_row h ON h.id = v.household WHERE h.community = ?1 AND instr(v.note, ?2)
             UNION SELECT v.household FROM answer_row a JOIN visit_row v ON v.id = a.visit JOIN household_row h ON h.id = v.household
                   WHERE h.community = ?1 AND instr(a.value, ?2) ORDER BY 1",
        )?;
        let ids = query.query_map(params![community, word], |row| row.get(0).map(Id))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    fn is_dead(&mut self, doc: Id, change: [u8; 32]) -> Result<bool> {
        Ok(self.tx.prepare_cached("SELECT 1 FROM dead_change WHERE doc = ?1 AND hash = ?2")?.exists(params![doc.0, change])?)
    }

    fn dead_names(&mut self, doc: Id) -> Result<Names> {
        let mut query = self.tx.prepare_cached("SELECT names FROM erased_doc WHERE doc = ?1")?;
        let mut names = Names::default();
        for more in query.query_map([doc.0], |row| row.get::<_, Vec<u8>>(0))? {
            names.add(from_cbor(&more?).map_err(|_| damaged("erased_doc"))?);
        }
        Ok(names)
    }

    fn note_late(&mut self, doc: Id, change: [u8; 32], names: &Names) -> Result<()> {
        const LAST: &str = "(SELECT max(erasure) FROM erased_doc WHERE doc = ?1)";
        self.tx.execute("INSERT OR IGNORE INTO dead_change(doc, hash) VALUES(?1, ?2)", params![doc.0, change])?;
        self.tx.execute(&format!("UPDATE erased_doc SET names = ?2 WHERE doc = ?1 AND erasure = {LAST}"), params![doc.0, to_cbor(names)])?;
        self.tx.execute(&format!("UPDATE erasure SET late = late + 1, scrubbed = 0 WHERE id = {LAST}"), [doc.0])?;
        Ok(())
    }

    fn settle_as(&mut self, name: Name, seq: u64) -> Result<()> {
        recovered::note_known(self.tx, name, seq)?;
        let blank = "UPDATE inbox SET bytes = x'' WHERE device = ?1 AND opening = ?2 AND n = ?3";
        self.tx.prepare_cached(blank)?.execute(params![name.device.0, name.opening.0, name.n.cast_signed()])?;
        Ok(())
    }
}

/// Whoever a document was shared with got it by a snapshot.
fn blank_snapshots(tx: &Transaction<'_>, doc: Id) -> Result<()> {
    let mut query = tx.prepare_cached("SELECT stream, seq, body FROM log INDEXED BY log_doc WHERE doc = ?1 AND kind = 3 AND blank = 0")?;
    let rows = query.query_map([doc.0], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<Vec<u8>>>(2)?)))?;
    let is_share = |body: &Vec<u8>| unpack(body, MAX_ITEM).is_ok_and(|bytes| Fact::decode(&bytes).is_ok_and(|fact| fact.kind == FactKind::Share.number()));
    let shares: Vec<(i64, i64)> = rows
        .filter_map(|row| row.map(|(stream, seq, body)| body.as_ref().is_some_and(is_share).then_some((stream, seq))).transpose())
        .collect::<rusqlite::Result<_>>()?;
    let mut blank = tx.prepare_cached("UPDATE log SET body = NULL, blank = ?3 WHERE stream = ?1 AND seq = ?2")?;
    shares.iter().try_for_each(|(stream, seq)| blank.execute(params![stream, seq, UNCOUNTED]).map(drop))?;
    Ok(())
}
