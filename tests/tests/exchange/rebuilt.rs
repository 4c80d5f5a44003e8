//! Whatever is changed in the server's file behind its back is found by a rebuild.

use minqing_core::{
    envelope::{Head, next_link, stored},
    model::{HouseholdEdit, NewVisit},
};
use minqing_sync_server::{
    rebuild::{Report, check},
    storage::log::{Log, ProvenRow},
};
use minqing_tests::{
    deeds::broken_lamp,
    proof::open_store,
    sim::{Sim, copy_files},
};
use rusqlite::Connection;

use super::signer::{a_door, at_rest};

/// A household, a visit, a matter and a note in the log.
fn a_day() -> Sim {
    let mut sim = at_rest(95);
    let household = a_door(&mut sim, 0).to_string();
    let visit =
        NewVisit { household: household.clone(), purpose: "routine".into(), outcome: "talked".into(), note: "一切都好".into(), ..NewVisit::default() };
    sim.phone(0).client.record_visit(visit).unwrap();
    sim.phone(0).client.edit_household(household.clone(), HouseholdEdit { note: Some("狗凶".into()), ..HouseholdEdit::default() }).unwrap();
    let matter = broken_lamp(&household);
    let matter = sim.phone(0).client.register_matter(matter).unwrap();
    sim.phone(0).client.solve_on_spot(matter, "换了灯泡".into()).unwrap();
    sim.settle().unwrap();
    sim
}

/// What a rebuild says after `sql` was run on a copy of the server's file.
fn after(sim: &Sim, sql: &str) -> Report {
    let copy = sim.scratch().join("changed");
    copy_files(&sim.server_dir(), &copy).unwrap();
    Connection::open(copy.join("minqing.db")).unwrap().execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
    check(&open_store(&copy).unwrap()).unwrap()
}

#[test]
fn every_change_of_what_is_kept_is_told_by_its_kind() {
    let sim = a_day();
    let good = after(&sim, "");
    assert!(good.is_good() && good.rows > 12, "{good:?}");
    let documents = |n| Report { documents_differ: n, ..good.clone() };
    let rows = |n| Report { rows_differ: n, ..good.clone() };
    let one = |table: &str| format!("rowid = (SELECT max(rowid) FROM {table})");
    for (sql, expected) in [
        (format!("UPDATE household_row SET note = note || '!' WHERE {}", one("household_row")), rows(1)),
        (format!("UPDATE household_row SET reviews = 1 WHERE {}", one("household_row")), rows(1)),
        ("DELETE FROM household_row".into(), rows(8)),
        ("UPDATE visit_row SET note = '改过'".into(), rows(1)),
        ("DELETE FROM visit_row".into(), rows(1)),
        ("INSERT INTO visit_row SELECT zeroblob(16), household, officer, purpose, outcome, note, at_ms FROM visit_row".into(), rows(1)),
        ("UPDATE matter_row SET state = 'registered'".into(), rows(1)),
        ("UPDATE matter_row SET text = '改过'".into(), rows(1)),
        ("DELETE FROM matter_row".into(), rows(1)),
        ("DELETE FROM document WHERE kind = 2".into(), documents(1)),
        ("UPDATE document SET stream = stream + 1 WHERE kind = 2".into(), documents(1)),
        ("UPDATE document SET bytes = (SELECT bytes FROM document WHERE kind = 2) WHERE kind = 3".into(), documents(1)),
        ("INSERT INTO document SELECT zeroblob(16), kind, stream, creator, bytes, version, 0 FROM document WHERE kind = 2".into(), documents(1)),
        ("UPDATE document SET archived = 1 WHERE kind = 2".into(), rows(1)),
    ] {
        assert_eq!(after(&sim, &sql), expected, "{sql}");
    }
}

#[test]
fn every_change_of_the_log_breaks_it() {
    let sim = a_day();
    let last = "rowid = (SELECT max(rowid) FROM log WHERE kind = 1)";
    for (sql, broken) in [
        (format!("DELETE FROM log WHERE {last}"), 1),
        ("DELETE FROM log WHERE kind = 3 AND seq = (SELECT max(seq) FROM log WHERE kind = 3)".into(), 1),
        (format!("UPDATE log SET received_ms = received_ms + 1 WHERE {last}"), 1),
        (format!("UPDATE log SET n = n + 100, envelope = NULL, device = 0 WHERE {last}"), 1),
        (format!("UPDATE log SET sum = sum + 1 WHERE {last}"), 1),
        (format!("UPDATE log SET body = (SELECT body FROM log WHERE kind = 1 AND NOT {last}) WHERE {last}"), 1),
        ("UPDATE stream SET link = zeroblob(32) WHERE seq > 0".into(), 2),
        ("UPDATE stream SET sum = sum + 1 WHERE seq > 0".into(), 2),
        ("UPDATE stream SET seq = seq + 1 WHERE seq > 0".into(), 2),
    ] {
        let report = after(&sim, &sql);
        assert!(report.broken >= broken, "{sql}: {report:?}");
    }
    // What is signed but not linked: the scope under which an envelope was written, its first number, the key.
    for sql in [
        "UPDATE envelope SET scope = scope + 1",
        "UPDATE envelope SET first = first + 1",
        "UPDATE device SET sign_key = zeroblob(32)",
        "UPDATE log SET envelope = NULL",
    ] {
        let report = after(&sim, sql);
        assert!(report.unsigned >= 5, "{sql}: {report:?}");
    }
}

/// As a server would that counts wrongly and links what it counted: only counting again finds it out.
#[test]
fn a_wrong_sum_is_found_though_it_is_linked() {
    let sim = a_day();
    let copy = sim.scratch().join("changed");
    copy_files(&sim.server_dir(), &copy).unwrap();
    let store = open_store(&copy).unwrap();
    let mut rows: Vec<ProvenRow> = Vec::new();
    store
        .at_one_moment(&mut |moment| {
            moment.each_row(&mut |row| {
                rows.push(row);
                Ok(())
            })
        })
        .unwrap();
    let (before, p) = rows.iter().zip(&rows[1..]).rfind(|(before, last)| before.row.stream == last.row.stream).unwrap();
    let db = Connection::open(copy.join("minqing.db")).unwrap();
    let with_sum = |sum: u64| {
        let head = Head { sum, ..p.head() };
        let link = next_link(&before.link, &head).0;
        db.execute("UPDATE log SET sum = ?1, link = ?2 WHERE stream = ?3 AND seq = ?4", (stored(sum), link, p.row.stream, p.row.seq as i64)).unwrap();
        db.execute("UPDATE stream SET sum = ?1, link = ?2 WHERE id = ?3", (stored(sum), link, p.row.stream)).unwrap();
        check(&store).unwrap()
    };
    assert!(with_sum(p.sum).is_good());
    assert_eq!(with_sum(p.sum.wrapping_add(1)).broken, 2, "the row, and the end of the stream");
}
