//! The journal of a salvaged phone: actions, their items and the records they touched belong together again.

use rusqlite::Connection;

use crate::Result;

/// The action that stands for one whose words are lost.
pub(crate) const LOST: &str = "salvaged";

/// Gives every item an action and every action its record; how many actions came over as they were.
pub(super) fn join(db: &Connection) -> Result<u32> {
    let journal = db.query_row("SELECT count(*) FROM journal", [], |row| row.get(0))?;
    db.execute("INSERT OR IGNORE INTO journal (id, record, action, typed, at_ms) SELECT journal, doc, ?, '{}', 0 FROM outbox ORDER BY id", [LOST])?;
    db.execute("DELETE FROM touched WHERE journal NOT IN (SELECT id FROM journal)", [])?;
    db.execute("INSERT OR IGNORE INTO touched (record, journal) SELECT record, id FROM journal", [])?;
    Ok(journal)
}
