//! What is found, what is not, and what is left of what was taken away. On a real file in memory.

use rusqlite::{Connection, params};

use super::{index, *};
use crate::{
    Id,
    store::{migrations, sending::Sending},
    view::{FoundKind, FoundRow},
};

/// 李小明 lives in 3-2-502 and his visit and matter are written down; 王秀兰 lives in 13-1-101.
pub(super) fn file() -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    Sending::default().tell(&db).unwrap();
    migrations::run(&mut db).unwrap();
    rows(&db);
    for household in [1, 2] {
        card(&db, Id([household; 16])).unwrap();
        visits(&db, Id([household; 16])).unwrap();
    }
    matter(&db, Id([31; 16])).unwrap();
    db
}

fn rows(db: &Connection) {
    let door = |n: u8, building: &str, stairwell: &str, room: &str, names: &str, note: &str| {
        let sql = "INSERT INTO household_row VALUES (?, 'g', 'c', '槐荫小区', ?, ?, '5', ?, '', '', ?, ?, 1)";
        db.execute(sql, params![[n; 16], building, stairwell, room, note, names]).unwrap();
    };
    let resident = |n: u8, household: u8, name: &str, phone: &str| {
        let sql =
            "INSERT INTO resident_row (id, household, name, phone, birth_year, languages, needs, moved_out) VALUES (?, ?, ?, ?, 1950, '', 'lives_alone', 0)";
        db.execute(sql, params![[n; 16], [household; 16], name, phone]).unwrap();
    };
    let visit = |n: u8, household: u8, note: &str, at_ms: i64| {
        let sql = "INSERT INTO visit_row VALUES (?, ?, ?, x'00000000000000000000000000000009', '', 'routine', 'talked', ?, ?)";
        db.execute(sql, params![[n; 16], [household; 16], [household + 100; 16], note, at_ms]).unwrap();
    };
    door(1, "3", "2", "502", "李小明", "狗凶，先打电话");
    door(2, "13号楼", "1单元", "101室", "王秀兰、单小芳", "");
    resident(11, 1, "李小明", "139-1234-5678");
    resident(12, 2, "王秀兰", "");
    resident(13, 2, "单小芳", "");
    visit(21, 1, "楼道漏水，没有人修", 1_000_000);
    visit(22, 1, "水漏得更大了，漏水三天", 9_000_000);
    visit(23, 2, "低保材料还差一张", 5_000_000);
    let sql = "INSERT INTO matter_row (id, household, code, kind, channel, category, affected, text, place, state, pending, officer, at_ms) VALUES (?, ?, 'K702115X', 'complaint', 'door', 'utilities', 'building', '漏水一直没修', '五楼楼道', 'registered', 0, zeroblob(16), 7)";
    db.execute(sql, params![[31u8; 16], [1u8; 16]]).unwrap();
}

fn find(db: &Connection, text: &str, kinds: &[FoundKind]) -> Vec<FoundRow> {
    run(db, &Query::typed(text).unwrap(), kinds, 0, 50).unwrap()
}

fn found(db: &Connection, text: &str) -> Vec<u8> {
    find(db, text, &FoundKind::ALL).iter().map(|row| row.id.parse::<Id>().unwrap().0[0]).collect()
}

#[test]
fn names_are_found_as_written_from_the_middle_and_in_pinyin() {
    let db = file();
    for typed in ["李小明", "小明", "lixiaoming", "lixiao", "LXM", "xiaoming", "xm", "ＬＸＭ"] {
        assert_eq!(found(&db, typed), [11, 1, 31, 22, 21], "{typed}");
    }
    assert_eq!(found(&db, "shanxf"), [0; 0]);
    assert_eq!(found(&db, "shanxiao"), [13, 2, 23]);
    assert_eq!(found(&db, "明小"), [0; 0]);
}

#[test]
fn telephone_numbers_are_found_by_four_digits_of_either_end() {
    let db = file();
    for typed in ["1391", "5678", "13912345678", "139-1234-5678", "+8613912345678", "345678"] {
        assert_eq!(found(&db, typed), [11], "{typed}");
    }
    for typed in ["139", "678", "2345", "13912345679"] {
        assert_eq!(found(&db, typed), [0; 0], "{typed}");
    }
}

#[test]
fn doors_are_found_as_people_say_them() {
    let db = file();
    for typed in ["3号楼2单元", "3栋2单元502", "3-2-502", "槐荫小区3号楼", "2单元502室", "槐荫 502"] {
        assert_eq!(found(&db, typed), [11, 1, 31, 22, 21], "{typed}");
    }
    assert_eq!(found(&db, "13号楼1单元"), [13, 12, 2, 23]);
    assert_eq!(found(&db, "号楼2单元"), found(&db, "2单元"));
}

#[test]
fn two_characters_are_exact_and_the_newest_comes_first() {
    let db = file();
    assert_eq!(found(&db, "漏水"), [31, 22, 21]);
    assert_eq!(found(&db, "漏水 三天"), [22]);
    assert_eq!(found(&db, "小明 漏水"), [31, 22, 21]);
    assert_eq!(found(&db, "K702-115X"), [31]);
    assert_eq!(found(&db, "k702115"), [31]);
    assert_eq!(find(&db, "漏水", &[FoundKind::Visit]).len(), 2);
    assert_eq!(find(&db, "漏水", &[FoundKind::Resident, FoundKind::Matter]).len(), 1);
    let page = |offset, limit| run(&db, &Query::typed("漏水").unwrap(), &FoundKind::ALL, offset, limit).unwrap();
    assert_eq!(page(1, 1), page(0, 3)[1..2]);
    assert_eq!(page(3, 1), []);
}

#[test]
fn a_row_says_where_it_hits() {
    let db = file();
    let row = |text: &str, kind| find(&db, text, &[kind]).remove(0);
    let visit = row("漏水", FoundKind::Visit);
    assert_eq!((visit.title.text.as_str(), visit.snippet.text.as_str(), visit.at_ms), ("槐荫小区 3-2-502", "水漏得更大了，漏水三天", 9_000_000));
    assert_eq!(visit.snippet.hits.iter().map(|h| (h.start, h.end)).collect::<Vec<_>>(), [(7, 9)]);
    let resident = row("5678", FoundKind::Resident);
    assert_eq!((resident.title.text.as_str(), resident.snippet.text.as_str()), ("李小明", "139-1234-5678"));
    let matter = row("五楼", FoundKind::Matter);
    assert_eq!((matter.snippet.text.as_str(), matter.household.parse(), matter.snippet.hits.len()), ("五楼楼道", Ok(Id([1; 16])), 1));
    assert_eq!(row("lxm", FoundKind::Visit).snippet.hits.len(), 1, "the name, for the note does not say why");
}

#[test]
fn nothing_that_is_typed_breaks_the_query() {
    let db = file();
    let all = found(&db, "小");
    for typed in ["\"", "*", "小 OR", "a\"b", "NEAR(", "names:李", "{a b}:c", "-小", "^小", "(小", "小\0", "%_'; --", "\u{0f72}"] {
        run(&db, &Query::typed(typed).unwrap(), &FoundKind::ALL, 0, 50).unwrap();
    }
    assert_eq!(found(&db, "小\" * ^"), all);
    assert_eq!(found(&db, ""), [0; 0]);
    assert_eq!(found(&db, "names:李"), [0; 0], "no column can be named");
}

#[test]
fn what_changes_is_found_anew_and_only_so() {
    let db = file();
    db.execute("UPDATE resident_row SET name = '赵小明' WHERE id = ?", [[11u8; 16]]).unwrap();
    db.execute("UPDATE household_row SET names = '赵小明' WHERE id = ?", [[1u8; 16]]).unwrap();
    card(&db, Id([1; 16])).unwrap();
    assert_eq!(found(&db, "李小明"), [0; 0]);
    assert_eq!(found(&db, "zxm"), [11, 1, 31, 22, 21]);
    // A matter's time is the server's, once it says one.
    db.execute("UPDATE matter_row SET at_ms = 8000000", []).unwrap();
    matter(&db, Id([31; 16])).unwrap();
    assert_eq!(found(&db, "漏水"), [31, 22, 21]);
    let numbers: i64 = db.query_row("SELECT count(*) FROM find_row", [], |row| row.get(0)).unwrap();
    assert_eq!(numbers, 9, "no number is left behind");
}

#[test]
fn many_records_of_one_second_have_room_and_keep_their_kind() {
    let db = file();
    for n in 0..200u8 {
        let sql = "INSERT INTO visit_row VALUES (?, ?, ?, zeroblob(16), '', 'routine', 'talked', '同一秒', 5000000)";
        db.execute(sql, params![[n, 77, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [2u8; 16], [102u8; 16]]).unwrap();
    }
    visits(&db, Id([2; 16])).unwrap();
    let all = run(&db, &Query::typed("同一秒").unwrap(), &[FoundKind::Visit], 0, 500).unwrap();
    assert_eq!(all.iter().map(|row| &row.id).collect::<std::collections::BTreeSet<_>>().len(), 200);
    assert_eq!(found(&db, "漏水").first(), Some(&31));
}

#[test]
fn no_word_of_what_was_erased_is_left_in_the_index() {
    let db = file();
    db.execute_batch("CREATE VIRTUAL TABLE words USING fts5vocab('find', 'row')").unwrap();
    let words = || -> Vec<String> {
        let mut query = db.prepare("SELECT term FROM words").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    };
    let erased = ["明", "lixiaoming", "lxm", "p13912345678", "r87654321931", "502", "漏", "k702115x"];
    assert!(erased.iter().all(|word| words().contains(&(*word).to_owned())), "{:?}", words());
    for table in ["household_row WHERE id", "resident_row WHERE household", "visit_row WHERE household", "matter_row WHERE household"] {
        db.execute(&format!("DELETE FROM {table} = ?"), [[1u8; 16]]).unwrap();
    }
    card(&db, Id([1; 16])).unwrap();
    index::keep_only(&db, Id([101; 16]), &[]).unwrap();
    matter(&db, Id([31; 16])).unwrap();
    assert_eq!(found(&db, "小明"), [0; 0]);
    index::optimize(&db).unwrap();
    let left = words();
    assert!(erased.iter().all(|word| !left.contains(&(*word).to_owned())), "{left:?}");
    assert!(left.contains(&"wangxiulan".to_owned()), "the others stay");
    // Nor in what the index is stored in.
    let mut blocks = db.prepare("SELECT block FROM find_data").unwrap();
    let blocks: Vec<Vec<u8>> = blocks.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
    assert!(blocks.iter().all(|block| !block.windows(10).any(|bytes| bytes == b"lixiaoming")));
}

#[test]
fn a_file_of_the_version_before_is_filled() {
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch(include_str!("../../../migrations/0001_phone.sql")).unwrap();
    Sending::default().tell(&db).unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    rows(&db);
    db.execute("UPDATE visit_row SET household = ? WHERE id = ?", params![[9u8; 16], [23u8; 16]]).unwrap();
    migrations::run(&mut db).unwrap();
    assert_eq!(found(&db, "小明"), [11, 1, 31, 22, 21]);
    assert_eq!(found(&db, "低保"), [23], "also where its door is not here");
}
