//! Which lists have changed since somebody last asked: noted by triggers, so that no write can forget it, and undone with it.

use rusqlite::Connection;

use crate::{Result, view::Listing};

/// The tables that a list shows.
const TABLES: &[(&str, Listing)] = &[
    ("household_row", Listing::Households),
    ("resident_row", Listing::Households),
    ("visit_row", Listing::Visits),
    ("follow_up_row", Listing::FollowUps),
    ("matter_row", Listing::Matters),
    ("event", Listing::Matters),
    ("review_row", Listing::Reviews),
    ("attachment_row", Listing::Files),
    ("attachment", Listing::Files),
    ("outbox", Listing::Outbox),
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
pub(super) fn take(db: &Connection) -> Result<Vec<Listing>> {
    let mut query = db.prepare_cached("DELETE FROM changed RETURNING list")?;
    let numbers: Vec<u8> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(Listing::ALL.into_iter().filter(|list| numbers.contains(&(*list as u8))).collect())
}
