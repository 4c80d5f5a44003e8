//! `minqing calendar`, by the real program, which needs no office; and an office's own calendar, by which its phones count too.

use std::path::Path;

use minqing_core::{clock::local_date, model::Role};
use minqing_tests::{hands::Hands, phone::Phone};
use serde_json::{Value, json};

use super::{
    door::door,
    line::{COMMUNITY, NOON, done, staff},
    program::{self, alone, json as answer, line_of, run, with_one_phone},
};

fn said(args: &[&str]) -> (Option<i32>, String, String) {
    let done = alone(args);
    (done.status.code(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
}

fn due(from: &str, days: &str) -> Value {
    let args = ["calendar", "due", "--from", from, "--days", days, "--json"];
    line_of(&alone(&args), &args)
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

#[test]
fn who_names_an_office_is_answered_from_its_calendar_and_never_from_another() {
    let done = run(Path::new("/nowhere"), &["calendar", "due", "--from", "2026-09-30", "--days", "3"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("calendar.no_office"));
}

/// A city's own days, all of them off.
fn off(days: &[String]) -> Value {
    let day = |date: &String| json!({"name": "本地", "date": date, "isOffDay": true});
    json!({"days": days.iter().map(day).collect::<Vec<_>>()})
}

#[test]
fn phones_count_by_the_calendar_that_the_office_sets_also_phones_and_communities_that_come_later() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(NOON), 41);
    let (_, matter) = door(&mut phone, "101");
    phone.sync(&server.url).unwrap();
    let (clerk, lead) = (staff(&data, &server, Role::Clerk, "C"), staff(&data, &server, Role::Lead, "L"));
    let department = program::json(&data, &["admin", "department", "add", "城管办", "--community", COMMUNITY, "--answers", "值班室"]);
    done(&clerk, &matter, "accept", json!({"handling": "promised", "days": 4}), &[]);
    done(&clerk, &matter, "assign", json!({"to": department["department"]}), &[]);
    phone.sync(&server.url).unwrap();
    let due = |phone: &Phone| phone.client.line_of(matter.clone()).unwrap().due_ms;
    let at_office = || {
        let clocks = clerk.matter(&matter).unwrap()["clocks"].clone();
        let handling = clocks.as_array().unwrap().iter().find(|c| c["clock"] == "handling").cloned().unwrap();
        handling["due_ms"].as_i64().unwrap()
    };
    let first = due(&phone);
    assert_eq!(first, at_office());

    // The day on which it was due is none.
    let mut days = vec![local_date(first).to_string()];
    assert_eq!(lead.set("calendar/own-days", 0, &off(&days)).unwrap(), 1);
    assert_eq!(due(&phone), first, "nobody has told the phone");
    phone.sync(&server.url).unwrap();
    let second = due(&phone);
    assert!(second > first);
    assert_eq!(second, at_office());

    // Beside the server, by the program; own days are set all together.
    days.push(local_date(second).to_string());
    let file = dir.path().join("own-days.json");
    std::fs::write(&file, off(&days).to_string()).unwrap();
    assert_eq!(answer(&data, &["calendar", "own-days", file.to_str().unwrap()])["version"], 2);
    phone.sync(&server.url).unwrap();
    let third = due(&phone);
    assert!(third > second, "the newest version holds");

    // A phone that comes later reads it from the log; a community that opens later has it before its first phone.
    let another = |community: &str, number: u64| {
        let officer = answer(&data, &["admin", "officer", "add", &format!("信息员{number}"), "--community", community, "--grids", "001"]);
        let code = answer(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
        let mut phone = Phone::open(&dir.path().join(format!("phone-{number}")), &Hands::at(NOON), 41, number, 0).unwrap();
        phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
        phone.sync(&server.url).unwrap();
        phone
    };
    assert_eq!(due(&another(COMMUNITY, 2)), third);
    let elsewhere = "620102001002";
    answer(&data, &["admin", "community", "add", elsewhere, "--grids", "1"]);
    answer(&data, &["calendar", "own-days", file.to_str().unwrap()]);
    let parts = |phone: &Phone| {
        let db = minqing_tests::file::read_only(&phone.dir).unwrap();
        db.query_row("SELECT count(*) FROM fact WHERE kind = 16", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(parts(&another(elsewhere, 3)), 3, "all versions, in the order in which they were set");
    assert_eq!(program::json(&data, &["rebuild", "--check"])["rows_differ"], 0);
}
