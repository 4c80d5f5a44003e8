//! `minqing calendar`, by the real program: it needs no office.

use std::path::Path;

use serde_json::{Value, json};

use super::program::{json as answer, run};

/// No office lies here.
const NOWHERE: &str = "/nowhere";

fn said(args: &[&str]) -> (Option<i32>, String, String) {
    let done = run(Path::new(NOWHERE), args);
    (done.status.code(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
}

fn due(from: &str, days: &str) -> Value {
    answer(Path::new(NOWHERE), &["calendar", "due", "--from", from, "--days", days])
}

#[test]
fn a_due_date_is_told_with_every_day_on_the_way() {
    let told = due("2022-12-30T16:00", "1");
    let day =
        |date: &str, counts: bool, reason: &str, name: &str| json!({"date": date, "counts": counts, "reason": reason, "name": name, "provisional": false});
    let steps = [
        day("2022-12-31", false, "holiday", "元旦"),
        day("2023-01-01", false, "holiday", "元旦"),
        day("2023-01-02", false, "holiday", "元旦"),
        day("2023-01-03", true, "working", ""),
    ];
    let expected = json!({"from": "2022-12-30T16:00:00+08:00", "days": 1, "due": "2023-01-03T17:30:00+08:00", "provisional": false, "steps": steps});
    assert_eq!(told, expected);
    assert_eq!(due("2022-12-30T08:00:00Z", "1"), expected, "the same instant, in another zone");
    assert_eq!(due("2027-02-03", "3")["provisional"], true);
}

#[test]
fn people_read_it_in_their_language() {
    let (code, zh, _) = said(&["calendar", "due", "--from", "2027-02-03", "--days", "3", "--lang", "zh"]);
    assert_eq!((code, zh.lines().count()), (Some(0), 8));
    assert!(zh.contains("到期 2027-02-10T17:30:00+08:00（暂定）") && zh.contains("2027-02-05 周五　不计　节假日（春节），暂定"), "{zh}");
    let (_, en, _) = said(&["calendar", "due", "--from", "2026-09-18", "--days", "3", "--lang", "en"]);
    assert!(en.contains("2026-09-20 Sun  counts  make-up working day (国庆节)") && !en.contains("provisional"), "{en}");
    let (_, year, _) = said(&["calendar", "show", "2027", "--lang", "en"]);
    assert!(year.contains("no decree for 2027") && year.lines().count() == 14, "{year}");
}

#[test]
fn what_cannot_be_asked_has_a_code() {
    for (args, code) in [
        (&["due", "--from", "yesterday", "--days", "3"][..], "time.malformed"),
        (&["due", "--from", "2026-02-30", "--days", "3"], "time.malformed"),
        (&["due", "--from", "2026-09-30", "--days", "10001"], "calendar.days"),
        (&["due", "--from", "2026-09-30", "--days", "few"], "cli.usage"),
        (&["due", "--days", "3"], "cli.usage"),
        (&["show", "2006"], "calendar.year"),
    ] {
        let (exit, out, err) = said(&[&["calendar"], args, &["--json"]].concat());
        let told: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((exit, &told["error"]), (Some(2), &json!(code)), "{args:?}: {err}");
    }
}
