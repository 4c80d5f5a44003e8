//! All versions of the phone's file in one table; an older file is brought up to date in one transaction.

use rusqlite::{Connection, TransactionBehavior};

use super::{project, search};
use crate::{Error, Result};

/// What SQL alone cannot bring up to date.
type After = fn(&Connection) -> Result<()>;

/// Number and SQL of each version, and what is done after it. A released one is never changed.
const VERSIONS: &[(i64, &str, After)] = &[
    (1, include_str!("../../migrations/0001_phone.sql"), |_| Ok(())),
    (2, include_str!("../../migrations/0002_engine.sql"), |_| Ok(())),
    (3, include_str!("../../migrations/0003_search.sql"), search::fill),
    (4, include_str!("../../migrations/0004_attachments.sql"), |_| Ok(())),
    (5, include_str!("../../migrations/0005_surveys.sql"), |_| Ok(())),
    (6, include_str!("../../migrations/0006_packs.sql"), |_| Ok(())),
    (7, include_str!("../../migrations/0007_line.sql"), |_| Ok(())),
    (8, include_str!("../../migrations/0008_notices.sql"), |_| Ok(())),
    (9, include_str!("../../migrations/0009_moves.sql"), |_| Ok(())),
    (10, include_str!("../../migrations/0010_bundles.sql"), |_| Ok(())),
    (11, include_str!("../../migrations/0011_erased.sql"), |_| Ok(())),
    (12, include_str!("../../migrations/0012_history.sql"), |_| Ok(())),
    (13, include_str!("../../migrations/0013_appointments.sql"), |_| Ok(())),
    (14, include_str!("../../migrations/0014_rounds.sql"), |_| Ok(())),
    (15, include_str!("../../migrations/0015_consents.sql"), project::refusals),
    (16, include_str!("../../migrations/0016_drafts.sql"), |_| Ok(())),
    (17, include_str!("../../migrations/0017_outbox.sql"), |_| Ok(())),
];

/// Brings the file up to date.
pub(super) fn run(db: &mut Connection) -> Result<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let present: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newest = VERSIONS.last().map_or(0, |(number, ..)| *number);
    if present > newest {
        return Err(Error::State("store.newer"));
    }
    if present == newest {
        // Setting even the same number would write to the file at every opening.
        return Ok(());
    }
    let missing = || VERSIONS.iter().filter(|(number, ..)| *number > present);
    missing().try_for_each(|(_, sql, _)| tx.execute_batch(sql))?;
    // Written in Rust for the newest tables, so when all of them are there.
    missing().try_for_each(|(.., after)| after(&tx))?;
    tx.pragma_update(None, "user_version", newest)?;
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Id,
        document::{Doc, card},
        model::{NewHousehold, NewResident},
        store::{documents, sending::Sending},
    };

    #[test]
    fn a_newer_file_is_left_alone() {
        let mut db = Connection::open_in_memory().unwrap();
        run(&mut db).unwrap();
        run(&mut db).unwrap();
        db.pragma_update(None, "user_version", 99).unwrap();
        assert_eq!(run(&mut db).unwrap_err().code(), "store.newer");
    }

    #[test]
    fn what_residents_refuse_is_shown_of_cards_that_an_older_app_kept() {
        let mut db = Connection::open_in_memory().unwrap();
        Sending::default().tell(&db).unwrap();
        run(&mut db).unwrap();
        let resident = NewResident { name: "王秀兰".into(), refuses: vec!["contact".into()], ..NewResident::default() };
        let (id, mut doc) = (Id([1; 16]), Doc::empty());
        let new = NewHousehold { grid: "620102001001001".into(), ..NewHousehold::default() };
        doc.change([1; 8], 0, |w| card::create(w, &new, &[(Id([2; 16]), &resident)])).unwrap();
        documents::save(&db, id, &doc).unwrap();
        project::document(&db, id, &doc).unwrap();
        db.execute_batch("ALTER TABLE resident_row DROP COLUMN refuses; DROP TABLE draft; PRAGMA user_version = 14").unwrap();
        db.execute_batch("DROP INDEX outbox_open; DROP INDEX attachment_open; DROP INDEX attachment_row_file").unwrap();
        run(&mut db).unwrap();
        let refuses: String = db.query_row("SELECT refuses FROM resident_row", [], |row| row.get(0)).unwrap();
        assert_eq!(refuses, "contact");
    }
}
