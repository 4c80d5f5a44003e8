//! Which lists have changed since somebody last asked: noted by triggers, so that no write can forget it, and undone with it.

use rusqlite::Connection;

use crate::{Result, view::Listing};

/// The tables that a list shows.
const TABLES: &[(&str, Listing)] = &[
    ("household_row", Listing::Households),
    ("resident_row", Listing::Households),
    ("visit_row", Listing::Visits),
    ("follow_up_row", Listing::FollowUps),
    ("notice_row", Listing::Visits),
    ("archived", Listing::Visits),
    ("history", Listing::Visits),
    ("told_row", Listing::Visits),
    ("matter_row", Listing::Matters),
    ("appointment_row", Listing::Appointments),
    ("round", Listing::Rounds),
    ("event", Listing::Matters),
    ("review_row", Listing::Reviews),
    ("attachment_row", Listing::Files),
    ("attachment", Listing::Files),
    ("outbox", Listing::Outbox),
    ("draft", Listing::Drafts),
];

/// Begins to note, on this connection and in memory.
pub(super) fn watch(db: &Connection) -> Result<()> {
    db.execute_batch("CREATE TEMP TABLE changed (list INTEGER PRIMARY KEY)")?;
    for (table, list) in TABLES {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            // Not "OR IGNORE": within a trigger the conflict clause of the statement that fires it counts.
            let note = format!("INSERT INTO changed SELECT {0} WHERE NOT EXISTS (SELECT 1 FROM changed WHERE list = {0})", *list as u8);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_told_once_however_it_changed_and_not_where_that_was_undone() {
        let db = Connection::open_in_memory().unwrap();
        for table in TABLES.iter().map(|(table, _)| table) {
            db.execute_batch(&format!("CREATE TABLE {table} (id INTEGER PRIMARY KEY, text TEXT)")).unwrap();
        }
        watch(&db).unwrap();
        assert_eq!(take(&db).unwrap(), []);
        db.execute_batch("INSERT INTO visit_row VALUES (1, 'a'); INSERT OR ABORT INTO visit_row VALUES (2, 'b')").unwrap();
        db.execute_batch("INSERT INTO outbox VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET text = 'b'; UPDATE outbox SET text = 'c'").unwrap();
        assert_eq!(take(&db).unwrap(), [Listing::Visits, Listing::Outbox]);
        assert_eq!(take(&db).unwrap(), []);
        db.execute_batch("BEGIN; DELETE FROM visit_row; ROLLBACK").unwrap();
        assert_eq!(take(&db).unwrap(), []);
        db.execute_batch("DELETE FROM visit_row").unwrap();
        assert_eq!(take(&db).unwrap(), [Listing::Visits]);
    }
}
