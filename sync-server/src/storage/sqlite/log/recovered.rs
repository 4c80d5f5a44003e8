//! What is in the log under another name than it came by, as after a restore.

use minqing_core::{
    Id,
    envelope::Hash,
    ids::{Device, Name},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::receive::KNOWN;
use crate::storage::Result;

pub(super) fn logged(c: &Connection, doc: Id, hash: Hash) -> Result<Option<(Device, u64)>> {
    let sql = "SELECT device, seq FROM log INDEXED BY log_doc WHERE doc = ?1 AND hash = ?2 ORDER BY device LIMIT 1";
    Ok(c.prepare_cached(sql)?.query_row(params![doc.0, hash.0], |row| Ok((Device(row.get(0)?), row.get::<_, i64>(1)? as u64))).optional()?)
}

pub(super) fn note_known(c: &Connection, name: Name, seq: u64) -> Result<()> {
    c.prepare_cached("UPDATE inbox SET state = ?4, missing = ?5 WHERE device = ?1 AND opening = ?2 AND n = ?3")?.execute(params![
        name.device.0,
        name.opening.0,
        name.n as i64,
        KNOWN,
        seq.to_be_bytes()
    ])?;
    Ok(())
}

pub(super) fn note(c: &Connection, hash: Hash, carrier: Device, now_ms: i64) -> Result<()> {
    c.prepare_cached("INSERT OR IGNORE INTO recovered(hash, carrier, received_ms) VALUES(?1, ?2, ?3)")?.execute(params![hash.0, carrier.0, now_ms])?;
    Ok(())
}
