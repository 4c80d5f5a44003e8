//! Erasures in SQLite.

use minqing_core::{Id, envelope::Hash, frame::from_cbor, ids::Device};
use rusqlite::{Connection, params};

use super::{Sqlite, damaged};
use crate::storage::{ErasedDoc, Erasure, Erasures, Result};

impl Erasures for Sqlite {
    fn erasures(&self, now_ms: i64, backups_ms: i64) -> Result<Vec<Erasure>> {
        self.read(|c| {
            let mut query = c.prepare("SELECT id, household, at_ms, late FROM erasure ORDER BY id DESC")?;
            let rows = query.query_map([], |row| Ok((Id(row.get(0)?), Id(row.get(1)?), row.get(2)?, row.get::<_, i64>(3)?)))?;
            let mut erasures = Vec::new();
            for row in rows {
                let (id, household, at_ms, late) = row?;
                let (phones, aside) = (phones(c, id)?, aside(c, id)?);
                let backups = backups(c, at_ms, now_ms - backups_ms)?;
                erasures.push(Erasure { id: id.to_string(), household: household.to_string(), at_ms, late: late.unsigned_abs(), phones, aside, backups });
            }
            Ok(erasures)
        })
    }

    fn erased_docs(&self) -> Result<Vec<(ErasedDoc, Id, i64)>> {
        self.read(|c| {
            let mut query = c.prepare(
                "SELECT d.erasure, d.doc, d.names, d.changes, e.household, e.at_ms FROM erased_doc d JOIN erasure e ON e.id = d.erasure ORDER BY d.erasure, d.doc",
            )?;
            let mut rows = query.query([])?;
            let mut docs = Vec::new();
            while let Some(row) = rows.next()? {
                let changes: Option<Vec<u8>> = row.get(3)?;
                let doc = Id(row.get(1)?);
                let erased = ErasedDoc {
                    erasure: Id(row.get(0)?),
                    doc,
                    dead: dead(c, doc)?,
                    names: from_cbor(&row.get::<_, Vec<u8>>(2)?).map_err(|_| damaged("erased_doc"))?,
                    changes: changes.map(|bytes| from_cbor(&bytes)).transpose().map_err(|_| damaged("erased_doc"))?,
                };
                docs.push((erased, Id(row.get(4)?), row.get(5)?));
            }
            Ok(docs)
        })
    }

    fn erasures_done(&self, device: Device, erasures: &[Id], now_ms: i64) -> Result<()> {
        self.write(|tx| {
            let mut put = tx.prepare("INSERT OR IGNORE INTO erasure_done(erasure, device, done_ms) SELECT id, ?2, ?3 FROM erasure WHERE id = ?1")?;
            erasures.iter().try_for_each(|erasure| put.execute(params![erasure.0, device.0, now_ms]).map(drop))?;
            Ok(())
        })
    }

    fn drop_erased_files(&self) -> Result<Vec<Hash>> {
        self.write(|tx| {
            let mut query = tx.prepare(
                "SELECT sha256 FROM erased_file WHERE sha256 NOT IN (SELECT sha256 FROM attachment_ref)
                   AND sha256 NOT IN (SELECT sha256 FROM cover WHERE sha256 IS NOT NULL)
                   AND sha256 IN (SELECT sha256 FROM attachment UNION SELECT sha256 FROM upload)",
            )?;
            let gone: Vec<Hash> = query.query_map([], |row| row.get(0).map(Hash))?.collect::<rusqlite::Result<_>>()?;
            for hash in &gone {
                for table in ["attachment", "attachment_sender", "upload"] {
                    tx.execute(&format!("DELETE FROM {table} WHERE sha256 = ?1"), [hash.0])?;
                }
            }
            Ok(gone)
        })
    }

    fn streams_to_scrub(&self) -> Result<Vec<String>> {
        self.read(|c| {
            let mut query = c.prepare(
                "SELECT DISTINCT s.name FROM erasure e JOIN erasure_stream t ON t.erasure = e.id JOIN stream s ON s.id = t.stream WHERE e.scrubbed = 0 ORDER BY 1",
            )?;
            let names = query.query_map([], |row| row.get(0))?;
            Ok(names.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn scrub(&self) -> Result<bool> {
        let writer = self.writer();
        if !writer.prepare("SELECT 1 FROM erasure WHERE scrubbed = 0")?.exists([])? {
            return Ok(true);
        }
        writer.execute_batch("VACUUM")?;
        let busy: bool = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if !busy {
            writer.execute("UPDATE erasure SET scrubbed = 1", [])?;
        }
        Ok(!busy)
    }

    fn note_backup(&self, file: &str, now_ms: i64) -> Result<()> {
        self.write(|tx| Ok(tx.execute("INSERT OR IGNORE INTO backup_made(file, at_ms) VALUES(?1, ?2)", params![file, now_ms]).map(drop)?))
    }
}

/// Phones that read a stream of it by the scope that they last named, and have not said that nothing is left. One that was
/// revoked wipes itself.
fn phones(c: &Connection, erasure: Id) -> Result<Vec<u32>> {
    let mut query = c.prepare_cached(
        "SELECT d.number FROM device d JOIN erasure e ON e.id = ?1
         WHERE d.revoked_ms IS NULL AND d.enrolled_ms <= e.at_ms AND d.number NOT IN (SELECT device FROM erasure_done WHERE erasure = ?1) AND EXISTS (
           SELECT 1 FROM officer_scope o, json_each(o.streams) j JOIN stream s ON s.name = j.value JOIN erasure_stream t ON t.stream = s.id AND t.erasure = ?1
           WHERE o.officer = d.officer AND o.version = d.scope)
         ORDER BY d.number",
    )?;
    let numbers = query.query_map([erasure.0], |row| row.get(0))?;
    Ok(numbers.collect::<rusqlite::Result<_>>()?)
}

/// Items for its documents that wait or were put aside: their bytes are still there.
fn aside(c: &Connection, erasure: Id) -> Result<u64> {
    let count = "SELECT count(*) FROM inbox i JOIN erased_doc d ON d.doc = i.doc WHERE d.erasure = ?1 AND length(i.bytes) > 0";
    Ok(c.prepare_cached(count)?.query_row([erasure.0], |row| row.get::<_, i64>(0))?.unsigned_abs())
}

fn backups(c: &Connection, before_ms: i64, after_ms: i64) -> Result<Vec<(String, i64)>> {
    let mut query = c.prepare_cached("SELECT file, at_ms FROM backup_made WHERE at_ms <= ?1 AND at_ms > ?2 ORDER BY at_ms")?;
    let rows = query.query_map([before_ms, after_ms], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn dead(c: &Connection, doc: Id) -> Result<Vec<[u8; 32]>> {
    let mut query = c.prepare_cached("SELECT hash FROM dead_change WHERE doc = ?1 ORDER BY hash")?;
    let hashes = query.query_map([doc.0], |row| row.get(0))?;
    Ok(hashes.collect::<rusqlite::Result<_>>()?)
}
