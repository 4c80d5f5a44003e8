use minqing_core::{
    model::{HouseholdEdit, ResidentEdit},
    view,
    words::Lang,
};

use super::*;
use crate::{
    rebuild,
    storage::HouseholdOut,
    sync,
    testing::{COMMUNITY, World},
};

const ROSTER: &str = "网格,小区,楼栋,单元,楼层,室,巷,门牌,姓名,电话,出生年,语言,需求
1,槐荫小区,3号楼,2,5,501,,,甲某,0931 012 7765,1944,兰州话,独居、耳背
001,槐荫小区,3,2单元,5,501室,,,乙某,,,,
2,,,,,,槐树巷,7号,,,,,
第 2 网格,,,,,,槐树巷,9号,丙某,139 0000 0000,1980,hui、mandarin,
";

fn import(world: &World, text: &str) -> Report {
    import_roster(&world.app, text.as_bytes(), COMMUNITY).unwrap()
}

fn counts(report: &Report) -> [u64; 4] {
    [report.read, report.imported, report.unchanged, report.refused]
}

fn households(world: &World) -> Vec<HouseholdOut> {
    let mut all = Vec::new();
    world
        .store()
        .each_household(Some(COMMUNITY), &mut |h| {
            all.push(h);
            Ok(())
        })
        .unwrap();
    all
}

fn log_rows(world: &World) -> u64 {
    let report = rebuild::check(world.store()).unwrap();
    assert!(report.is_good(), "{report:?}");
    report.rows
}

#[test]
fn rows_of_a_door_are_one_household_and_twice_changes_nothing() {
    let world = World::open();
    let first = import(&world, ROSTER);
    assert_eq!(counts(&first), [4, 4, 0, 0], "{first:?}");
    let doors = households(&world);
    let names = |h: &HouseholdOut| h.residents.iter().map(|r| r.name.clone()).collect::<Vec<_>>();
    assert_eq!(doors.iter().map(names).collect::<Vec<_>>(), [vec!["甲某", "乙某"], vec![], vec!["丙某"]]);
    assert_eq!(doors[0].residents[0].needs, ["lives_alone", "hard_of_hearing"]);
    assert_eq!(doors[2].residents[0].languages, ["mandarin", "hui"]);
    let rows = log_rows(&world);
    assert_eq!(rows, 3, "a change a door");
    let again = import(&world, ROSTER);
    assert_eq!(counts(&again), [4, 0, 4, 0], "{again:?}");
    assert_eq!(log_rows(&world), rows);
}

#[test]
fn a_known_door_gets_only_what_is_new() {
    let world = World::open();
    import(&world, ROSTER);
    world.clock.turn(1_000);
    let changed = ROSTER.replace("0931 012 7765", "0931 012 0000").replace("独居、耳背", "独居、慢性病").replace("丙某", "丁某");
    let report = import(&world, &changed);
    assert_eq!(counts(&report), [4, 2, 2, 0], "{report:?}");
    let doors = households(&world);
    let first = &doors[0].residents[0];
    assert_eq!((first.phone.as_str(), first.needs.len()), ("0931 012 0000", 3), "needs are only added");
    let names: Vec<&str> = doors[2].residents.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["丙某", "丁某"], "a roster takes nobody away");
    assert_eq!(log_rows(&world), 5);
    // An empty cell says nothing: what is known stays.
    let silent = "grid,lane,door,name,birth_year,phone\n2,槐树巷,9,丙某,1980,\n";
    assert_eq!(counts(&import(&world, silent)), [1, 0, 1, 0]);
}

#[test]
fn a_row_that_does_not_fit_is_refused_alone_with_its_place() {
    let world = World::open();
    import(&world, "grid,room\n2,900\n");
    let long = "长".repeat(41);
    let text = format!(
        "Grid,室,姓名,电话,出生年,语言,需求,编号,社区,,巷,门牌
9,501,甲,,,,,,,,,
1,501,甲,call me,,,,,,,,
1,501,甲,,44,,,,,,,
1,501,甲,,1944年,火星话,,,,,,
1,501,甲,,,,金条,,,,,
1,501,,139,,,,,,,,
1,501,{long},,,,,,,,,
1,501,\"甲\n\u{1}\",,,,,,,,,
1,,甲,,,,,,,,,
1,,甲,,,,,,,,槐树巷,
1,,甲,,,,,nonsense,,,槐树巷,
1,,甲,,,,,AAAAAAAAAAAAAAAAAAAAAA,,,槐树巷,
1,501,甲,,,,,,别的社区,,,
1,501,甲,,,,,,,x,,
1,900,甲,,,,,,,,,
1,501,甲,,1944,,,,,,,
1,501,甲,,1944,,,,,,,
"
    );
    let report = import(&world, &text);
    let found: Vec<(u64, &str, &str)> = report.rows.iter().map(|r| (r.line, r.column.as_str(), r.code)).collect();
    let expected = [
        (2, "Grid", "grid.unknown"),
        (3, "电话", "phone.malformed"),
        (4, "出生年", "year.malformed"),
        (5, "语言", "code.unknown"),
        (6, "需求", "code.unknown"),
        (7, "姓名", "text.empty"),
        (8, "姓名", "text.too_long"),
        (9, "姓名", "text.control"),
        (11, "", "address.empty"),
        (12, "", "address.incomplete"),
        (13, "编号", "id.malformed"),
        (14, "编号", "household.unknown"),
        (15, "社区", "area.mismatch"),
        (16, "", "row.width"),
        (17, "Grid", "grid.differs"),
        (19, "姓名", "row.repeated"),
    ];
    assert_eq!(found, expected);
    assert_eq!(counts(&report), [17, 1, 0, 16]);
    for lang in [Lang::Zh, Lang::En] {
        let json = report.json(lang);
        let rows = json["rows"].as_array().unwrap();
        assert!(rows.iter().all(|r| r["message"].as_str().is_some_and(|m| !m.starts_with("problem-") && !m.starts_with("error-"))), "{json}");
    }
}

#[test]
fn forty_behind_one_door_and_no_more() {
    let world = World::open();
    let rows = |n: std::ops::Range<u32>| n.map(|i| format!("1,501,人{i}\n")).collect::<String>();
    let report = import(&world, &format!("grid,room,name\n{}", rows(0..45)));
    assert_eq!(counts(&report), [45, 40, 0, 5]);
    assert!(report.rows.iter().all(|r| r.code == "list.too_long"), "{report:?}");
    assert_eq!(counts(&import(&world, &format!("grid,room,name\n{}", rows(39..41)))), [2, 0, 1, 1]);
}

#[test]
fn a_disputed_field_is_not_settled_by_a_table() {
    let world = World::open();
    import(&world, "grid,room,name,phone\n1,501,甲,111\n");
    let door = households(&world).remove(0);
    let edit = |phone: &str| ResidentEdit { id: door.residents[0].id.clone(), phone: Some(phone.into()), ..ResidentEdit::default() };
    // Two changes that do not know of each other, as two phones write them.
    let id = minqing_core::Id(door.id);
    let mut docs = Vec::new();
    world.store().apply(&mut |unit| unit.document(id).map(|kept| docs.extend(kept))).unwrap();
    let base = docs.remove(0);
    let change = |actor: u8, phone: &str| {
        let mut doc = base.doc.clone();
        let content = doc.content();
        let edit = HouseholdEdit { residents: vec![edit(phone)], ..HouseholdEdit::default() };
        doc.change([actor; 8], 0, |w| minqing_core::document::card::edit(w, &content, &edit, &[])).unwrap().unwrap()
    };
    let mut both = base.doc.clone();
    both.apply(&[change(1, "222"), change(2, "333")]).unwrap();
    let kept = crate::storage::log::KeptDocument { doc: both, ..base };
    world.store().apply(&mut |unit| unit.keep_document(id, &kept.head, &kept.doc.save())).unwrap();

    let report = import(&world, "grid,room,name,phone\n1,501,甲,444\n");
    assert_eq!((report.rows[0].line, report.rows[0].code), (2, "row.disputed"));
    let shown = view::card(id, &kept.doc.content()).residents[0].phone.clone();
    assert_eq!(counts(&import(&world, &format!("grid,room,name,phone\n1,501,甲,{shown}\n"))), [1, 0, 1, 0]);
}

#[test]
fn a_table_that_cannot_be_read_says_why() {
    let world = World::open();
    let code = |text: &[u8], community: &str| import_roster(&world.app, text, community).unwrap_err().code;
    assert_eq!(code(b"", COMMUNITY), "table.empty");
    assert_eq!(code(b"\xff\xfe", COMMUNITY), "table.encoding");
    assert_eq!(code("网格,室,属相\n".as_bytes(), COMMUNITY), "column.unknown");
    assert_eq!(code("室\n".as_bytes(), COMMUNITY), "column.missing");
    assert_eq!(code("网格,grid,室\n".as_bytes(), COMMUNITY), "column.repeated");
    assert_eq!(code("网格,室\n".as_bytes(), "620102001002"), "community.unknown");
    assert_eq!(code("网格,室\n".as_bytes(), "620102001"), "community.unknown");
    assert_eq!(import_file(&world.app, Path::new("/nowhere/x.csv"), COMMUNITY).unwrap_err().code, "import.file");
    let mut small = world.app.clone();
    let limits = crate::config::Import { file_bytes: 30, rows: 1 };
    small.config = std::sync::Arc::new(crate::config::Config { import: limits, ..(*world.app.config).clone() });
    let code = |text: &str| import_roster(&small, text.as_bytes(), COMMUNITY).unwrap_err().code;
    assert_eq!((code("grid,room\n1,1\n1,2\n"), code(&"x".repeat(31))), ("table.too_large", "table.too_large"));
}

#[test]
fn an_import_that_was_cut_off_is_completed_by_the_same_table() {
    let world = World::open();
    let rows: String = (0..450).map(|i| format!("1,{i},人{i}\n")).collect();
    let half: String = rows.lines().take(230).map(|l| format!("{l}\n")).collect();
    assert_eq!(counts(&import(&world, &format!("grid,room,name\n{half}"))), [230, 230, 0, 0]);
    assert_eq!(counts(&import(&world, &format!("grid,room,name\n{rows}"))), [450, 220, 230, 0]);
    assert_eq!(log_rows(&world), 450);
}

#[test]
fn a_card_that_cannot_be_read_refuses_its_rows_alone() {
    let world = World::open();
    import(&world, "grid,room,name\n1,501,甲\n1,502,乙\n");
    world.sql("UPDATE document SET bytes = x'00' WHERE id = (SELECT id FROM household_row WHERE room = '501')");
    let report = import(&world, "grid,room,name\n1,501,甲\n1,502,乙\n1,503,丙\n");
    assert_eq!(counts(&report), [3, 1, 1, 1]);
    assert_eq!((report.rows[0].line, report.rows[0].code), (2, "store.damaged"));
}

#[test]
fn a_door_that_only_a_phone_could_name_is_found_by_its_id() {
    let world = World::open();
    let address = minqing_core::model::Address { community: COMMUNITY.into(), lane: "槐树巷".into(), ..Default::default() };
    let new = minqing_core::model::NewHousehold { grid: format!("{COMMUNITY}001"), address, ..Default::default() };
    let (id, _) = sync::add_households(&world.app, &[new]).unwrap()[0];
    let text = format!("id,grid,lane,door,name\n{id},1,槐树巷,,甲\n");
    assert_eq!(counts(&import(&world, &text)), [1, 1, 0, 0]);
    assert_eq!(counts(&import(&world, &text)), [1, 0, 1, 0]);
    assert_eq!(households(&world).len(), 1);
}

#[tokio::test]
async fn what_phones_brought_for_a_door_that_was_not_here_is_applied() {
    use minqing_core::{
        Id,
        document::{Doc, visits},
        envelope::{Item, ItemKind},
        ids::{Device, Opening, actor},
        model::{Address, NewVisit, address_name},
    };
    let world = World::open();
    let phone = crate::testing::Phone::enrolled(&world, 1).await;
    let door = address_name(&Address { community: COMMUNITY.into(), room: "501".into(), ..Address::default() }).unwrap();
    let (volume, opening) = (Id::visits(door, 2026), Opening([7; 5]));
    let visit = NewVisit { purpose: "routine".into(), outcome: "talked".into(), note: "灯坏了".into(), ..NewVisit::default() };
    let made = visits::Made { officer: phone.officer, at_ms: crate::testing::MORNING };
    let write = |w: &mut minqing_core::document::Writer<'_>| visits::add(w, door, 2026, Id::timed(made.at_ms, &[3; 10]), &visit, made, &[]);
    let bytes = Doc::empty().change(actor(Device(phone.number), opening), 0, write).unwrap().unwrap();
    let item = Item { kind: ItemKind::Change.number(), doc: volume, bytes };
    let hex = |bytes: &[u8]| format!("x'{}'", bytes.iter().map(|b| format!("{b:02x}")).collect::<String>());
    let (n, opening, hash) = (phone.number, hex(&opening.0), hex(&item.hash().0));
    world.sql(&format!(
        "INSERT INTO envelope VALUES(1, {n}, {opening}, 1, 1, {hash}, x'00', {n}, 0);
         INSERT INTO inbox VALUES({n}, {opening}, 1, 1, {}, {hash}, {}, 1, 0, 17, NULL, {}, NULL)",
        hex(&volume.0),
        hex(&item.bytes),
        hex(&door.0)
    ));
    assert_eq!(world.store().inbox().unwrap().held, 1);
    assert_eq!(counts(&import(&world, "grid,room,name\n1,501,甲\n")), [1, 1, 0, 0]);
    assert_eq!(world.store().inbox().unwrap(), crate::storage::Inbox::default());
    let mut notes = Vec::new();
    world
        .store()
        .each_visit(None, &mut |v| {
            notes.push(v.visit.note);
            Ok(())
        })
        .unwrap();
    assert_eq!(notes, ["灯坏了"]);
}
