//! Stairwells on a real file in memory: the order of floors, and what a cell shows.

use rusqlite::{Connection, params};

use crate::{
    store::{lists, migrations, sending::Sending},
    view::{Cell, CellMark},
};

fn file() -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    Sending::default().tell(&db).unwrap();
    migrations::run(&mut db).unwrap();
    db
}

/// A door of 榆钱小区, building 3.
fn door(db: &Connection, n: u8, stairwell: &str, floor: &str, room: &str) {
    let sql = "INSERT INTO household_row VALUES (?, 'g', 'c', '榆钱小区', '3', ?, ?, ?, '', '', '', '', 2)";
    db.execute(sql, params![[n; 16], stairwell, floor, room]).unwrap();
}

fn cells(db: &Connection, stairwell: &str) -> Vec<Cell> {
    let shown = lists::stairwell(db, ["榆钱小区", "3", stairwell, ""], "2026-09-14", 2026).unwrap();
    shown.floors.into_iter().flat_map(|floor| floor.cells).collect()
}

#[test]
fn floors_stand_in_the_order_in_which_they_are_climbed() {
    let db = file();
    let written = [("10", "1001"), ("9层", "901"), ("", "1002"), ("十二", "1201"), ("B1", "B101"), ("-2", "x"), ("阁楼", "y"), ("九楼", "910"), ("9", "902")];
    for (n, (floor, room)) in (1..).zip(written) {
        door(&db, n, "2", floor, room);
    }
    let shown = lists::stairwell(&db, ["榆钱小区", "3", "2", ""], "2026-09-14", 2026).unwrap();
    let floors: Vec<_> = shown.floors.iter().map(|f| (f.floor.as_str(), f.cells.iter().map(|c| c.label.as_str()).collect::<Vec<_>>())).collect();
    let expected: [(&str, Vec<&str>); 6] =
        [("B2", vec!["x"]), ("B1", vec!["B101"]), ("9", vec!["901", "902", "910"]), ("10", vec!["1001", "1002"]), ("12", vec!["1201"]), ("阁楼", vec!["y"])];
    assert_eq!(floors, expected);
}

#[test]
fn a_cell_shows_what_matters_most() {
    let db = file();
    for n in 1..=6 {
        door(&db, n, "2", "1", &format!("10{n}"));
    }
    let visit = |id: u8, household: u8, outcome: &str, at_ms: i64| {
        let sql = "INSERT INTO visit_row VALUES (?, ?, zeroblob(16), zeroblob(16), '', 'routine', ?, '', ?)";
        db.execute(sql, params![[id; 16], [household; 16], outcome, at_ms]).unwrap();
    };
    let follow_up = |id: u8, household: u8, due: &str, done: bool| {
        let sql = "INSERT INTO follow_up_row VALUES (?, ?, zeroblob(16), zeroblob(16), zeroblob(16), '', ?, ?)";
        db.execute(sql, params![[id; 16], [household; 16], due, done]).unwrap();
    };
    let matter = |id: u8, household: u8, state: &str| {
        let sql = "INSERT INTO matter_row VALUES (?, ?, '', '', '', '', '', '', '', ?, 0, zeroblob(16), 0, '', 0)";
        db.execute(sql, params![[id; 16], [household; 16], state]).unwrap();
    };
    let day = 86_400_000;
    visit(11, 1, "refused", 20_000 * day);
    visit(12, 1, "talked", 20_001 * day);
    visit(13, 2, "nobody_in", day);
    visit(14, 3, "refused", day);
    visit(15, 4, "talked", day);
    visit(16, 5, "talked", day);
    matter(21, 1, "registered");
    matter(22, 4, "feedback");
    matter(23, 5, "feedback");
    follow_up(31, 1, "2026-09-15", false);
    follow_up(32, 2, "", false);
    follow_up(33, 3, "2026-09-01", true);
    follow_up(34, 5, "2026-09-14", false);
    let resident = |id: u8, household: u8, birth_year: i32, needs: &str, moved_out: bool| {
        let sql = "INSERT INTO resident_row VALUES (?, ?, '', '', ?, '', ?, ?, '')";
        db.execute(sql, params![[id; 16], [household; 16], birth_year, needs, moved_out]).unwrap();
    };
    resident(41, 1, 1966, "lives_alone chronic_illness", false);
    resident(42, 2, 1967, "infant", false);
    resident(43, 3, 1940, "lives_alone", true);
    resident(44, 4, 0, "", false);
    let shown = cells(&db, "2");
    let marks: Vec<CellMark> = shown.iter().map(|c| c.mark).collect();
    use CellMark::*;
    assert_eq!(marks, [Visited, NobodyIn, Refused, FeedbackWaiting, FollowUpDue, None]);
    let needs: Vec<_> = shown.iter().map(|c| (c.old, c.ill, c.alone)).collect();
    assert_eq!(needs[0], (true, true, true));
    assert!(needs[1..].iter().all(|n| *n == (false, false, false)), "{needs:?}");
    assert_eq!((shown[0].last_visit.as_str(), shown[0].residents, shown[5].last_visit.as_str()), ("2024-10-05", 2, ""));
}

#[test]
fn stairwells_are_listed_by_number_with_lanes() {
    let db = file();
    for (n, stairwell) in (1..).zip(["10", "9", "2", "2"]) {
        door(&db, n, stairwell, "1", "101");
    }
    let lane = |n: u8, lane: &str, door: &str| {
        let sql = "INSERT INTO household_row VALUES (?, 'g', 'c', '', '', '', '', '', ?, ?, '', '', 0)";
        db.execute(sql, params![[n; 16], lane, door]).unwrap();
    };
    lane(21, "畅家巷", "10号");
    lane(22, "畅家巷", "9号");
    lane(23, "", "1");
    db.execute("INSERT INTO visit_row VALUES (zeroblob(16), ?, zeroblob(16), zeroblob(16), '', '', 'nobody_in', '', 0)", [[3u8; 16]]).unwrap();
    let list = |estate, building| lists::stairwells(&db, estate, building, 0, 50).unwrap();
    let all: Vec<_> = list(None, None).into_iter().map(|s| (s.building + &s.stairwell + &s.lane, s.households, s.visited)).collect();
    let expected = [("", 1, 0), ("畅家巷", 2, 0), ("32", 2, 1), ("39", 1, 0), ("310", 1, 0)];
    assert_eq!(all, expected.map(|(name, doors, visited)| (name.to_owned(), doors, visited)));
    assert_eq!(list(Some("榆钱小区"), None).len(), 3);
    assert_eq!(list(Some("榆钱小区"), Some("4")).len(), 0);
    assert_eq!(list(Some("榆钱"), None).len(), 0);
    assert_eq!(lists::stairwells(&db, None, None, 3, 1).unwrap()[0].stairwell, "9");
    let shown = lists::stairwell(&db, ["", "", "", "畅家巷"], "2026-09-14", 2026).unwrap();
    assert_eq!(shown.floors.iter().map(|f| f.cells.iter().map(|c| c.label.as_str()).collect()).collect::<Vec<Vec<_>>>(), [["9号", "10号"]]);
}
