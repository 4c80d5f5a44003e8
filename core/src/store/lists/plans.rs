//! How SQLite goes about each list: by an index, never through a whole table, and nothing is sorted that could be long.
//! The statements are those that really run: they are caught on their way.

use std::cell::RefCell;

use rusqlite::{
    Connection,
    trace::{TraceEvent, TraceEventCodes},
};

use crate::{
    Id, Result,
    store::{Store, events, lists, notices, outbox, purge, search},
    view::FoundKind,
};

thread_local! {
    static CAUGHT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn catch(event: TraceEvent<'_>) {
    // What FTS5 runs inside comes as a comment.
    if let TraceEvent::Stmt(statement, sql) = event
        && !sql.starts_with("--")
    {
        CAUGHT.with_borrow_mut(|caught| caught.push(statement.sql().into_owned()));
    }
}

/// The lines of a statement's plan.
fn plan(db: &Connection, sql: &str) -> Vec<String> {
    let mut query = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = query.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        lines.push(row.get("detail").unwrap());
    }
    lines
}

/// What is wrong with a line: all of a table is read, or rows are sorted.
fn is_slow(line: &str) -> bool {
    let by_index = line.contains(" USING INDEX ") || line.contains(" USING COVERING INDEX ") || line.contains("VIRTUAL TABLE INDEX");
    // `r` are the rows already picked, `last` is the journal from its end, as far as rows are asked for; the tables in the order of their key, of
    // which there are few, are read in it.
    let small = ["SCAN r", "SCAN last", "SCAN review_row", "SCAN CONSTANT ROW"].contains(&line);
    (line.starts_with("SCAN") && !by_index && !small) || line.contains("TEMP B-TREE")
}

fn run_all(db: &Connection) -> Result<()> {
    let (id, other) = (Id([1; 16]), Id([2; 16]));
    lists::households(db, 20, 50)?;
    lists::one_household(db, id)?;
    lists::household_words(db, id)?;
    lists::has_household(db, id)?;
    lists::residents(db, id)?;
    lists::one_resident(db, id, other)?;
    lists::visits_of(db, id, 50)?;
    lists::visits_by(db, id, 0, 1)?;
    lists::one_visit(db, id)?;
    lists::visit_in(db, id, other)?;
    lists::volume_of(db, "visit_row", id)?;
    lists::volume_of(db, "follow_up_row", id)?;
    lists::open_follow_ups(db, 50)?;
    lists::follow_ups_of(db, id)?;
    lists::matters(db, 20, 50)?;
    lists::matters_of(db, id)?;
    lists::errands_of(db, id)?;
    events::refused_of(db)?;
    events::calendar_parts(db)?;
    notices::untold(db, id, "2026-09-14")?;
    notices::of_day(db, "2026-09-14")?;
    notices::is_known(db, id)?;
    notices::is_told(db, id, other)?;
    lists::one_matter(db, id)?;
    lists::events(db, id)?;
    lists::count_reviews(db)?;
    lists::reviews(db)?;
    lists::doors(db, 1_789_344_000_000)?;
    lists::waiting(db)?;
    lists::stairwells(db, Some("a"), None, 0, 50)?;
    lists::stairwell(db, ["a", "b", "c", ""], "2026-09-14", 2026)?;
    // One that is there, for the statements that only follow on a row.
    lists::stairwells(db, None, None, 0, 50)?;
    search::run(db, &search::Query::typed("漏水 lx")?, &FoundKind::ALL, 20, 50)?;
    lists::outbox(db, 20, 50, false)?;
    lists::outbox(db, 20, 50, true)?;
    outbox::counts(db)?;
    outbox::waiting(db, 1, 1_000, 1)?;
    events::refused(db)?;
    purge::take_off_visits(db, id, Some(other))?;
    Ok(())
}

#[test]
fn no_list_reads_a_whole_table_or_sorts_it() {
    let dir = std::env::temp_dir().join(format!("minqing-plans-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let mut store = Store::open(&dir, crate::envelope::DeviceKeys::derive(&[1; 32]).unwrap().file_key(), 0).unwrap();
    store
        .db
        .execute_batch(
            "INSERT INTO household_row VALUES (zeroblob(16), 'g', 'c', '', '3', '2', '5', '502', '', '', '', '', 1);
         INSERT INTO household_row VALUES (x'01010101010101010101010101010101', 'g', 'c', 'a', 'b', 'c', '5', '502', '', '', '', '', 1);
         INSERT INTO notice_row VALUES (zeroblob(16), '2026-09-01', '2026-09-30', '{\"from\":\"\",\"until\":\"\",\"title\":{},\"text\":{}}');
         INSERT INTO journal VALUES (1, zeroblob(16), 'visit', '{}', 0);
         INSERT INTO touched VALUES (zeroblob(16), 1);
         INSERT INTO outbox (opening, n, journal, kind, doc, hash, bytes) VALUES (zeroblob(5), 1, 1, 1, zeroblob(16), zeroblob(32), x'01')",
        )
        .unwrap();
    store.db.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(catch)).unwrap();
    run_all(&store.db).unwrap();
    store.db.trace_v2(TraceEventCodes::empty(), None::<fn(TraceEvent<'_>)>).unwrap();
    let db = store.read();
    let caught = CAUGHT.take();
    let distinct: std::collections::BTreeSet<&String> = caught.iter().collect();
    assert!(distinct.len() >= 34, "only {} statements were caught", distinct.len());
    for sql in distinct {
        let slow: Vec<String> = plan(db, sql).into_iter().filter(|line| is_slow(line)).collect();
        assert!(slow.is_empty(), "{sql}\n{slow:#?}");
    }
    // The test would see one.
    assert!(plan(db, "SELECT * FROM visit_row WHERE note = 'x' ORDER BY note").iter().filter(|line| is_slow(line)).count() >= 1);
    drop(store);
    std::fs::remove_dir_all(&dir).unwrap();
}
