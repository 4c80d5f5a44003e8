//! What lies in the server's file, read past the server.

use std::path::Path;

use anyhow::Result;
use minqing_core::ids::Name;

use crate::file::read_only;

/// How many rows the log has.
pub fn rows(server: &Path) -> Result<u64> {
    let rows: i64 = read_only(server)?.query_row("SELECT sum(seq) FROM stream", [], |row| row.get(0))?;
    Ok(rows.unsigned_abs())
}

/// How many of these items are neither in the log nor in the inbox.
pub fn missing(server: &Path, names: &[Name]) -> Result<u64> {
    let db = read_only(server)?;
    let mut look = db.prepare(
        "SELECT EXISTS(SELECT 1 FROM log WHERE device = ?1 AND opening = ?2 AND n = ?3) OR EXISTS(SELECT 1 FROM inbox WHERE device = ?1 AND opening = ?2 AND n = ?3)",
    )?;
    let mut missing = 0;
    for name in names {
        let there: bool = look.query_row((name.device.0, name.opening.0, name.n.cast_signed()), |row| row.get(0))?;
        missing += u64::from(!there);
    }
    Ok(missing)
}
