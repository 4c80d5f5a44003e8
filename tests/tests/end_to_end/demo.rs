//! The demo, small: the same seed is the same week, sabotage is seen, a row taken away by hand is found.

use std::{path::Path, process::Command};

use serde_json::Value;

fn demo(args: &[&str]) -> (Value, i32) {
    let done = Command::new(env!("CARGO_BIN_EXE_demo")).args(["--json", "--once"]).args(args).output().unwrap();
    let out = String::from_utf8(done.stdout).unwrap();
    assert_eq!(out.lines().count(), 1, "{out}{}", String::from_utf8_lossy(&done.stderr));
    (serde_json::from_str(&out).unwrap(), done.status.code().unwrap())
}

fn small<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["--officers", "6", "--households", "90", "--days", "4"], more].concat()
}

/// Two days of three officers.
fn tiny<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["--officers", "3", "--households", "30", "--days", "2"], more].concat()
}

/// The visits alone, without the line's own days.
fn visits<'a>(more: &[&'a str]) -> Vec<&'a str> {
    tiny(&[&["--working-days", "0"], more].concat())
}

fn counts(mut run: Value) -> Value {
    for field in ["requests", "bytes_up", "bytes_down", "seconds", "seed"] {
        run.as_object_mut().unwrap().remove(field);
    }
    run
}

#[test]
fn the_same_seed_is_the_same_week_and_another_is_not() {
    let (first, code) = demo(&small(&["--seed", "11"]));
    assert_eq!(code, 0, "{first}");
    for good in ["lost", "destroyed_unsent", "diverged", "broken"] {
        assert_eq!(first[good], 0, "{first}");
    }
    assert_eq!(first["visits_recorded"], first["visits_at_office"]);
    assert_eq!(first["attachments_recorded"], first["attachments_at_office"]);
    assert!(first["attachments_recorded"].as_u64().unwrap() >= 20);
    assert_eq!(first["surveys_recorded"], first["surveys_at_office"]);
    assert!(first["surveys_recorded"].as_u64().unwrap() > 0);
    assert_eq!((&first["quarantined"], &first["adopted"], &first["restored_server"]), (&5.into(), &1.into(), &1.into()), "{first}");
    assert_eq!(first["only_on_phones_at_restore"], first["found_again"]);
    assert!(first["found_again"].as_u64().unwrap() >= 1);
    assert!(first["visits_recorded"].as_u64().unwrap() >= 6 * 4 * 10);
    for happened in ["escrowed", "moved", "couriered"] {
        assert!(first[happened].as_u64().unwrap() >= 1, "{happened}: {first}");
    }
    assert!(first["conflicts_for_review"].as_u64().unwrap() >= 1);
    the_line_was_gone_through(&first);
    let again = |seed| counts(demo(&tiny(&["--working-days", "4", "--seed", seed])).0);
    assert_eq!(again("11"), again("11"));
    assert_ne!(counts(demo(&visits(&["--seed", "12"])).0), counts(demo(&visits(&["--seed", "11"])).0));
}

/// Every type comes to its outcome, and what the line must survive happened.
fn the_line_was_gone_through(run: &Value) {
    assert_eq!((&run["illegal_states"], &run["personal_data_leaks"]), (&0.into(), &0.into()), "{run}");
    assert_eq!((&run["double_booked"], &run["promises_silently_moved"]), (&0.into(), &0.into()), "{run}");
    for happened in ["appointments_made", "kept", "appointments_moved", "nobody_was_in", "walking_minutes_planned"] {
        assert!(run[happened].as_u64() >= Some(1), "{happened}: {run}");
    }
    assert!(run["walking_minutes_planned"].as_u64() <= run["walking_minutes_insertion"].as_u64(), "{run}");
    assert!(run["shown_to_everybody"].as_u64() >= Some(1), "{run}");
    for handling in ["immediate", "promised", "papers", "escalated", "advice"] {
        assert!(run["matters_by_type"][handling].as_u64() >= Some(1), "{handling}: {run}");
    }
    let states = run["matters_by_state"].as_object().unwrap();
    // What was named near the end may still wait for its resident.
    assert!(states.keys().all(|state| ["closed", "merged", "refused", "withdrawn", "void", "feedback", "follow_up"].contains(&state.as_str())), "{run}");
    assert!(states["closed"].as_u64().unwrap() * 10 >= run["matters_recorded"].as_u64().unwrap() * 8, "{run}");
    for event in ["papers_in", "papers_lapse", "undone", "superior_answers", "return", "merge", "rate", "name", "extend", "confirm", "call_back"] {
        assert!(run["line_events"][event].as_u64() >= Some(1), "{event}: {run}");
    }
    assert!(run["overdue"].as_u64() >= Some(1) && run["told_at_door"].as_u64() >= Some(1) && run["money_spent"].as_u64() >= Some(1), "{run}");
    for rate in ["response_rate", "solution_rate", "satisfaction_rate", "participation_rate"] {
        let (n, of, rate) = (run[rate]["n"].as_f64().unwrap(), run[rate]["of"].as_f64().unwrap(), run[rate]["rate"].as_f64().unwrap());
        assert!((n / of - rate).abs() < 0.000_051, "{run}");
    }
}

#[test]
fn every_figure_that_should_be_0_can_be_made_1_on_purpose() {
    for (kind, figures) in [
        ("log", &["lost", "broken"][..]),
        ("document", &["diverged"]),
        ("survey", &["diverged"]),
        ("restore", &["destroyed_unsent"]),
        ("server-restore", &["lost"]),
        ("double-booking", &["double_booked"]),
        ("silent-move", &["promises_silently_moved"]),
    ] {
        // A phone that is restored has to have been somewhere before.
        let (run, code) = demo(&if kind == "restore" { small(&["--working-days", "0", "--sabotage", kind]) } else { visits(&["--sabotage", kind]) });
        assert_eq!(code, 1, "{kind}: {run}");
        for figure in figures {
            assert!(run[figure].as_u64().unwrap() >= 1, "{kind}: {run}");
        }
        // A restore destroys surveys that were never sent.
        if !kind.ends_with("restore") {
            assert_eq!(run["surveys_recorded"] == run["surveys_at_office"], kind != "survey", "{kind}: {run}");
        }
    }
    let (run, code) = demo(&visits(&["--sabotage", "quarantine"]));
    assert_eq!((code, &run["quarantined"], &run["adopted"]), (1, &0.into(), &0.into()), "{run}");
    let (run, code) = demo(&visits(&["--sabotage", "attachment"]));
    assert_eq!(code, 1, "{run}");
    assert!(run["attachments_at_office"].as_u64() < run["attachments_recorded"].as_u64(), "{run}");
    for (kind, figure) in [("event", "illegal_states"), ("name", "personal_data_leaks"), ("erasure", "erased_bytes_found")] {
        let (run, code) = demo(&tiny(&["--working-days", "8", "--sabotage", kind]));
        assert_eq!(code, 1, "{kind}: {run}");
        assert!(run[figure].as_u64() >= Some(1), "{kind}: {run}");
    }
}

#[test]
fn a_name_put_by_hand_into_whatever_everybody_reads_from_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().join("demo");
    let (run, code) = demo(&tiny(&["--working-days", "12", "--seed", "8", "--dir", at.to_str().unwrap()]));
    assert_eq!((code, &run["personal_data_leaks"]), (0, &0.into()), "{run}");
    let db = rusqlite::Connection::open(at.join("server/minqing.db")).unwrap();
    let names: String = db.query_row("SELECT names FROM household_row WHERE names <> '' ORDER BY id LIMIT 1", [], |row| row.get(0)).unwrap();
    let name = names.split('、').next().unwrap();
    let public = "id IN (SELECT matter FROM public_matter)";
    let handles = format!("id IN (SELECT department FROM matter_row WHERE {public})");
    let shown = format!("(SELECT household FROM matter_row WHERE {public} AND category IN ('utilities', 'sanitation', 'environment', 'culture'))");
    for (table, column, which) in [
        ("public_text", "text", "1"),
        ("department", "name", &handles),
        ("household_row", "estate", &format!("id IN {shown}")),
        ("household_row", "building", &format!("id IN {shown}")),
    ] {
        db.execute_batch(&format!("CREATE TEMP TABLE was AS SELECT * FROM {table}")).unwrap();
        let key = if table == "public_text" { "event" } else { "id" };
        assert!(db.execute(&format!("UPDATE {table} SET {column} = {column} || ?1 WHERE {which}"), [name]).unwrap() > 0, "{table}.{column}");
        let (found, code) = verify(&at);
        assert_eq!(code, 1, "{table}.{column}: {found}");
        assert!(found["personal_data_leaks"].as_u64() >= Some(1), "{table}.{column}: {found}");
        let back = format!("UPDATE {table} SET {column} = (SELECT {column} FROM was WHERE was.{key} = {table}.{key})");
        db.execute_batch(&format!("{back}; DROP TABLE was")).unwrap();
    }
    assert_eq!(verify(&at).1, 0, "all is as it was");
}

#[test]
fn a_row_taken_out_of_the_log_by_hand_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().join("demo");
    let (_, code) = demo(&small(&["--working-days", "0", "--dir", at.to_str().unwrap()]));
    assert_eq!(code, 0);
    assert_eq!(verify(&at).1, 0);
    let db = rusqlite::Connection::open(at.join("server/minqing.db")).unwrap();
    let suspected: i64 = db.query_row("SELECT count(*) FROM device WHERE clone_suspected_ms IS NOT NULL", [], |row| row.get(0)).unwrap();
    assert_eq!(suspected, 0, "phones are suspected for what the server lost");
    assert_eq!(db.execute("DELETE FROM log WHERE rowid = (SELECT rowid FROM log ORDER BY rowid LIMIT 1 OFFSET 40)", []).unwrap(), 1);
    let (found, code) = verify(&at);
    assert_eq!(code, 1, "{found}");
    assert!(found["lost"].as_u64().unwrap() >= 1 && found["broken"].as_u64().unwrap() >= 1, "{found}");
}

fn verify(dir: &Path) -> (Value, i32) {
    let done = Command::new(env!("CARGO_BIN_EXE_demo")).args(["--verify", "--json", "--dir"]).arg(dir).output().unwrap();
    (serde_json::from_slice(&done.stdout).unwrap(), done.status.code().unwrap())
}
