//! An office brings its roster in beside a running server, and gets its tables out again.

use std::{fs, path::Path};

use minqing_core::model::{Address, NewHousehold, NewVisit};
use minqing_tests::{hands::Hands, phone::Phone};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use super::program::{Serving, json, run, start};

const COMMUNITY: &str = "620102001001";

fn office(dir: &Path) -> std::path::PathBuf {
    let data = dir.join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "2"]);
    data
}

fn import(data: &Path, file: &Path) -> Value {
    json(data, &["import", "roster", file.to_str().unwrap(), "--community", COMMUNITY])
}

fn counts(report: &Value) -> [u64; 4] {
    ["read", "imported", "unchanged", "refused"].map(|name| report[name].as_u64().unwrap())
}

/// Rows of a log that hangs together. Opening a community writes some.
fn log_rows(data: &Path) -> u64 {
    json(data, &["rebuild", "--check"])["rows"].as_u64().unwrap()
}

fn now(data: &Path) -> i64 {
    let made = fs::metadata(data.join("minqing.db")).unwrap().modified().unwrap();
    made.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis().try_into().unwrap()
}

#[test]
fn a_roster_comes_in_beside_a_running_server_and_reaches_the_phones() {
    let dir = tempfile::tempdir().unwrap();
    let data = office(dir.path());
    let officer = json(&data, &["admin", "officer", "add", "信息员甲", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let before = log_rows(&data);
    let server = Serving::start(&data);
    let mut phone = Phone::open(&dir.path().join("phone"), &Hands::at(now(&data)), 1, 1, 0).unwrap();
    phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();

    let mut csv = "\u{feff}网格,小区,楼栋,室,姓名,电话,出生年,语言,需求\r\n".to_owned();
    for room in 1..=600 {
        csv += &format!("001,槐荫小区,3号楼,{room},住户{room},,{},兰州话,独居；耳背\r\n", 1940 + room % 60);
    }
    let file = dir.path().join("roster.csv");
    fs::write(&file, &csv).unwrap();
    // The phone writes and exchanges while the import goes on.
    let report = std::thread::scope(|scope| {
        let importing = scope.spawn(|| import(&data, &file));
        for n in 1..=20 {
            let address = Address { community: COMMUNITY.into(), estate: "杏花苑".into(), room: n.to_string(), ..Address::default() };
            let door = phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap();
            let visit = NewVisit { household: door, purpose: "routine".into(), outcome: "nobody_in".into(), ..NewVisit::default() };
            phone.client.record_visit(visit).unwrap();
            phone.sync(&server.url).unwrap();
        }
        importing.join().unwrap()
    });
    assert_eq!(counts(&report), [600, 600, 0, 0], "{report}");
    assert_eq!(counts(&import(&data, &file)), [600, 0, 600, 0]);
    phone.sync(&server.url).unwrap();
    assert_eq!(phone.client.households(0, 10_000).unwrap().len(), 620);
    assert_eq!(log_rows(&data), before + 640, "a row for each door and each visit");

    // What goes out comes in again, also what the phone wrote.
    for format in ["csv", "xlsx"] {
        let out = dir.path().join(format!("out.{format}"));
        let written = json(&data, &["export", "households", "--format", format, "--community", COMMUNITY, "--out", out.to_str().unwrap()]);
        assert_eq!(written["rows"], 620);
        assert_eq!(counts(&import(&data, &out)), [620, 0, 620, 0]);
    }
    let visits = run(&data, &["export", "visits", "--format", "json"]);
    let visits: Value = serde_json::from_slice(&visits.stdout).unwrap();
    assert_eq!((visits.as_array().unwrap().len(), &visits[0]["officer"]), (20, &"信息员甲".into()));
    let page = run(&data, &["export", "matters", "--format", "csv", "--lang", "en"]);
    assert!(String::from_utf8(page.stdout).unwrap().starts_with("\u{feff}id,household,time,community,"));
}

#[test]
fn a_sheet_and_an_old_encoding_say_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let data = office(dir.path());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in ["网格", "室", "姓名", "电话", "出生年"].iter().enumerate() {
        sheet.write(0, column.try_into().unwrap(), *header).unwrap();
    }
    sheet.write(1, 0, 1).unwrap();
    sheet.write(1, 1, 501).unwrap();
    sheet.write(1, 2, "甲某").unwrap();
    sheet.write(1, 3, 13_900_000_000_f64).unwrap();
    sheet.write(1, 4, 1944).unwrap();
    let xlsx = dir.path().join("roster.xlsx");
    book.save(&xlsx).unwrap();
    assert_eq!(counts(&import(&data, &xlsx)), [1, 1, 0, 0]);

    let gb = dir.path().join("gb.csv");
    let (bytes, _, _) = encoding_rs::GB18030.encode("室,网格,姓名,出生年,电话\r\n501室,第 1 网格,甲某,1944,13900000000\r\n");
    assert!(std::str::from_utf8(&bytes).is_err());
    fs::write(&gb, bytes).unwrap();
    assert_eq!(counts(&import(&data, &gb)), [1, 0, 1, 0]);
}

#[test]
fn bad_rows_are_listed_and_only_strict_makes_them_a_failure() {
    let dir = tempfile::tempdir().unwrap();
    let data = office(dir.path());
    let file = dir.path().join("roster.csv");
    fs::write(&file, "网格,室,姓名,电话\n1,501,甲某,\n1,501,乙某,打不通\n7,502,丙某,\n").unwrap();
    let line = ["import", "roster", file.to_str().unwrap(), "--community", COMMUNITY];
    let report = json(&data, &line);
    assert_eq!(counts(&report), [3, 1, 0, 2]);
    let rows = report["rows"].as_array().unwrap();
    assert_eq!((&rows[0]["line"], &rows[0]["column"], &rows[0]["code"]), (&3.into(), &"电话".into(), &"phone.malformed".into()));
    assert_eq!((&rows[1]["line"], &rows[1]["column"], &rows[1]["code"]), (&4.into(), &"网格".into(), &"grid.unknown".into()));

    let strict = run(&data, &[&line[..], &["--strict", "--json"]].concat());
    assert_eq!(strict.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&strict.stdout).unwrap();
    assert_eq!(counts(&report), [3, 0, 1, 2]);
    let words = run(&data, &[&line[..], &["--lang", "en"]].concat());
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(words.starts_with("3 rows: imported 0, unchanged 1, refused 2.\nLine 3, 电话: ") && words.contains("(grid.unknown)"), "{words}");

    fs::write(&file, "网格,室,星座\n").unwrap();
    let wrong = run(&data, &[&line[..], &["--json"]].concat());
    assert_eq!(wrong.status.code(), Some(2));
    let said: Value = serde_json::from_slice(&wrong.stdout).unwrap();
    assert_eq!((&said["error"], &said["what"]), (&"column.unknown".into(), &"星座".into()));
}

#[test]
fn an_import_that_is_killed_is_completed_by_the_same_table() {
    let dir = tempfile::tempdir().unwrap();
    let data = office(dir.path());
    let file = dir.path().join("roster.csv");
    let rows: String = (1..=1_000).map(|room| format!("1,{room},住户{room}\n")).collect();
    fs::write(&file, format!("网格,室,姓名\n{rows}")).unwrap();
    let before = log_rows(&data);
    let mut importing = start(&data, &["import", "roster", file.to_str().unwrap(), "--community", COMMUNITY]);
    let reader = rusqlite::Connection::open(data.join("minqing.db")).unwrap();
    let doors = || reader.query_row("SELECT count(*) FROM household_row", [], |row| row.get::<_, i64>(0)).unwrap().unsigned_abs();
    while doors() < 200 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    importing.kill().unwrap();
    importing.wait().unwrap();
    let there = doors();
    assert_eq!(there % 200, 0, "half a transaction is there");
    assert_eq!(counts(&import(&data, &file)), [1_000, 1_000 - there, there, 0]);
    assert_eq!(log_rows(&data), before + 1_000);
}
