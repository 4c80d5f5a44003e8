//! Which lists have changed since somebody last asked: noted by triggers, so that no write can forget it, and undone with it.

use rusqlite::Connection;

use crate::{Result, view::List};

/// The tables that a list shows.
const TABLES: &[(&str, List)] = &[
    ("household_row", List::Households),
    ("resident_row", List::Households),
    ("visit_row", List::Visits),
    ("follow_up_row", List::FollowUps),
    ("matter_row", List::Matters),
    ("event", List::Matters),
    ("review_row", List::Reviews),
    ("attachment_row", List::Files),
    ("attachment", List::Files),
    ("outbox", List::Outbox),
];

/// Begins to note, on this connection and in memory.
pub(super) fn watch(db: &Connection) -> Result<()> {
    db.execute_batch("CREATE TEMP TABLE changed (list INTEGER PRIMARY KEY)")?;
    for (table, list) in TABLES {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            let note = format!("INSERT OR IGNORE INTO changed VALUES ({})", *list as u8);
            db.execute_batch(&format!("CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table} BEGIN {note}; END"))?;
        }
    }
    Ok(())
}

/// The lists that changed since the last call.
pub(super) fn take(db: &Connection) -> Result<Vec<List>> {
    let mut query = db.prepare_cached("DELETE FROM changed RETURNING list")?;
    let numbers: Vec<u8> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(List::ALL.into_iter().filter(|list| numbers.contains(&(*list as u8))).collect())
}
