//! Bringing a database up to date. Each step runs once, in one transaction with its number.

use rusqlite::{Connection, TransactionBehavior};

use crate::storage::{Result, StoreError};

/// All steps in order: number, name, SQL. A released step never changes.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "accounts", include_str!("../../../migrations/sqlite/0001_accounts.sql")),
    (2, "log", include_str!("../../../migrations/sqlite/0002_log.sql")),
    (3, "engine", include_str!("../../../migrations/sqlite/0003_engine.sql")),
    (4, "attachments", include_str!("../../../migrations/sqlite/0004_attachments.sql")),
    (5, "surveys", include_str!("../../../migrations/sqlite/0005_surveys.sql")),
    (6, "roles, sessions, reading", include_str!("../../../migrations/sqlite/0006_roles.sql")),
    (7, "packs", include_str!("../../../migrations/sqlite/0007_packs.sql")),
    (8, "share", include_str!("../../../migrations/sqlite/0008_share.sql")),
    (9, "line", include_str!("../../../migrations/sqlite/0009_line.sql")),
    (10, "settings, slips", include_str!("../../../migrations/sqlite/0010_settings.sql")),
    (11, "figures", include_str!("../../../migrations/sqlite/0011_figures.sql")),
    (12, "public", include_str!("../../../migrations/sqlite/0012_public.sql")),
    (13, "notices", include_str!("../../../migrations/sqlite/0013_notices.sql")),
    (14, "leases", include_str!("../../../migrations/sqlite/0014_leases.sql")),
    (15, "moves", include_str!("../../../migrations/sqlite/0015_moves.sql")),
    (16, "erasures", include_str!("../../../migrations/sqlite/0016_erasures.sql")),
    (17, "compaction", include_str!("../../../migrations/sqlite/0017_compaction.sql")),
    (18, "appointments", include_str!("../../../migrations/sqlite/0018_appointments.sql")),
    (19, "feeds", include_str!("../../../migrations/sqlite/0019_feeds.sql")),
    (20, "rounds", include_str!("../../../migrations/sqlite/0020_rounds.sql")),
    (21, "reminders", include_str!("../../../migrations/sqlite/0021_reminders.sql")),
    (22, "second step", include_str!("../../../migrations/sqlite/0022_second.sql")),
    (23, "inbox", include_str!("../../../migrations/sqlite/0023_inbox.sql")),
    (24, "line board", include_str!("../../../migrations/sqlite/0024_line_board.sql")),
    (25, "window", include_str!("../../../migrations/sqlite/0025_window.sql")),
    (26, "covers", include_str!("../../../migrations/sqlite/0026_covers.sql")),
    (27, "waiting", include_str!("../../../migrations/sqlite/0027_waiting.sql")),
    (28, "health", include_str!("../../../migrations/sqlite/0028_health.sql")),
    (29, "room", include_str!("../../../migrations/sqlite/0029_room.sql")),
    (30, "log_doc", include_str!("../../../migrations/sqlite/0030_log_doc.sql")),
];

/// The number of the last step that this server knows.
pub fn known() -> i64 {
    STEPS.last().map_or(0, |step| step.0)
}

/// Runs the steps that are missing.
///
/// # Errors
/// `store.newer` where the database knows steps that this server does not; `store.failed`.
pub fn up(db: &mut Connection) -> Result<()> {
    run(db, STEPS)
}

fn run(db: &mut Connection, steps: &[(i64, &str, &str)]) -> Result<()> {
    let known = steps.last().map_or(0, |s| s.0);
    for (number, name, sql) in steps {
        // The version is read inside the lock: two processes may start at once.
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let at: i64 = tx.pragma_query_value(None, "user_version", |r| r.get(0))?;
        if at > known {
            return Err(StoreError::Newer);
        }
        if at >= *number {
            continue;
        }
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
        tracing::info!(number, name, "database brought up to date");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(db: &Connection) -> i64 {
        db.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap()
    }

    #[test]
    fn from_nothing_and_again() {
        let mut db = Connection::open_in_memory().unwrap();
        up(&mut db).unwrap();
        assert_eq!(Some(version(&db)), STEPS.last().map(|s| s.0));
        assert!(STEPS.is_sorted_by(|a, b| a.0 < b.0), "numbers rise");
        db.execute("INSERT INTO area VALUES('6201', NULL, 'city', '兰州市')", []).unwrap();
        up(&mut db).unwrap();
        assert_eq!(db.query_row("SELECT count(*) FROM area", [], |r| r.get::<_, i64>(0)).unwrap(), 1);
    }

    #[test]
    fn staff_of_an_older_server_keep_their_role_and_community() {
        let mut db = Connection::open_in_memory().unwrap();
        run(&mut db, &STEPS[..3]).unwrap();
        db.execute("INSERT INTO staff VALUES(x'01', '马春兰', 'clerk', '620102001001', 'phc', 5)", []).unwrap();
        db.execute("INSERT INTO session VALUES(x'02', x'01', 'token', 9)", []).unwrap();
        up(&mut db).unwrap();
        let grant = db.query_row("SELECT role, area FROM staff_grant WHERE staff = x'01'", [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        assert_eq!(grant, ("clerk".to_owned(), "620102001001".to_owned()));
        let kept: i64 =
            db.query_row("SELECT count(*) FROM session JOIN staff ON staff.id = staff WHERE name = '马春兰' AND phc = 'phc'", [], |r| r.get(0)).unwrap();
        assert_eq!(kept, 1);
    }

    #[test]
    fn appointments_that_were_kept_before_know_their_matter_and_when_they_changed() {
        let mut db = Connection::open_in_memory().unwrap();
        run(&mut db, &STEPS[..18]).unwrap();
        db.execute_batch(
            "INSERT INTO stream(id, kind, name, community) VALUES(1, 'grid', 'grid:620102001001001', '620102001001');
             INSERT INTO matter_row(id, community, household, code, kind, channel, category, text, place, state, officer, at_ms, register)
               VALUES(x'09090909090909090909090909090909', '620102001001', x'08', 'K7021150', '', '', '', '', '', '', x'05', 1, x'01');
             INSERT INTO log(stream, seq, device, opening, n, kind, doc, hash, received_ms, applied_ms, sum, link)
               VALUES(1, 1, 0, x'01', 1, 2, x'31', x'01', 5, 6, 0, x'01'), (1, 2, 0, x'01', 2, 3, x'31', x'01', 7, 8, 0, x'01');
             INSERT INTO appointment(id, stream, author, judged, household, folded, state)
               VALUES(x'31', 1, x'05', 1, x'08', x'a1055009090909090909090909090909090909', 1), (x'32', 1, x'05', 0, x'08', NULL, NULL);",
        )
        .unwrap();
        up(&mut db).unwrap();
        let of = |id: u8| {
            db.query_row("SELECT matter, changed_ms FROM appointment WHERE id = ?1", [[id]], |r| Ok((r.get::<_, Option<Vec<u8>>>(0)?, r.get::<_, i64>(1)?)))
        };
        assert_eq!((of(0x31).unwrap(), of(0x32).unwrap()), ((Some(vec![9; 16]), 8), (None, 0)));
    }

    #[test]
    fn a_newer_database_is_refused() {
        let mut db = Connection::open_in_memory().unwrap();
        db.pragma_update(None, "user_version", 999).unwrap();
        assert_eq!(up(&mut db), Err(StoreError::Newer));
        assert_eq!(version(&db), 999);
    }

    #[test]
    fn a_step_that_fails_leaves_nothing() {
        let mut db = Connection::open_in_memory().unwrap();
        let steps = [(1, "good", "CREATE TABLE a(x);"), (2, "bad", "CREATE TABLE b(x); CREATE TABLE a(x);")];
        assert!(run(&mut db, &steps).is_err());
        assert_eq!(version(&db), 1);
        let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).unwrap();
        assert_eq!(tables, 1);
    }
}
