//! What the office put aside, and what a restored server got back.

use std::{collections::BTreeSet, path::Path};

use anyhow::Result;
use minqing_core::envelope::Hash;
use minqing_sync_server::rebuild::Rebuilt;

use super::Found;
use crate::file::{hashes, read_only};

/// The list of what lay on phones alone when the server was restored, in the directory of the demo.
pub const ONLY_ON_PHONES: &str = "only-on-phones";

/// Counts what was put aside and adopted, and what came back after a restore.
pub(super) fn count(dir: &Path, built: &Rebuilt, found: &mut Found) -> Result<()> {
    let db = read_only(&dir.join("server"))?;
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs);
    found.quarantined = number("SELECT count(*) FROM inbox WHERE state IN (2, 6, 7) AND reason <> 8")?;
    found.adopted = number("SELECT count(*) FROM inbox WHERE state = 6 AND reason <> 8")?;
    found.escrowed = number("SELECT count(*) FROM inbox WHERE reason = 8")?;
    found.moved = number("SELECT count(DISTINCT officer) FROM officer_scope WHERE version > 1")?;
    found.couriered = number("SELECT count(*) FROM log l JOIN envelope e ON e.id = l.envelope WHERE e.carrier <> e.device")?;
    found.erased = number("SELECT count(*) FROM erasure")?;
    found.restored_server = number("SELECT count(*) FROM meta WHERE key = 'restored_ms'")?;
    let list = std::fs::read_to_string(dir.join(ONLY_ON_PHONES)).unwrap_or_default();
    let items: BTreeSet<String> = built.items.iter().map(Hash::to_string).collect();
    found.only_on_phones_at_restore = list.lines().count() as u64;
    found.found_again = list.lines().filter(|item| items.contains(*item)).count() as u64;
    Ok(())
}

/// The hashes of all that phones wrote and a server's log holds.
///
/// # Errors
/// Those of the file.
pub fn logged(server_dir: &Path) -> Result<BTreeSet<String>> {
    hashes(server_dir, "SELECT hash FROM log WHERE device > 0")
}
