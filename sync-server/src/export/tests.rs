use minqing_core::model::{Address, NewHousehold, NewResident};

use super::*;
use crate::{
    import::import_roster,
    sync::add_households,
    testing::{COMMUNITY, World},
};

fn world() -> World {
    let world = World::open();
    let address = |room: &str| Address { community: COMMUNITY.into(), estate: "槐荫, \"小区\"".into(), room: room.into(), ..Address::default() };
    let resident = NewResident {
        name: "=HYPERLINK(\"x\")".into(),
        phone: "+86 139 0000 0000".into(),
        birth_year: 1944,
        needs: vec!["lives_alone".into(), "infant".into()],
        languages: vec!["hui".into()],
        refuses: vec![],
    };
    let plain = NewResident { name: "乙某".into(), ..NewResident::default() };
    let full = NewHousehold { grid: format!("{COMMUNITY}001"), address: address("501"), residents: vec![resident, plain], ..NewHousehold::default() };
    let unnamed = Address { room: String::new(), lane: "槐树巷".into(), ..address("") };
    let empty = NewHousehold { grid: format!("{COMMUNITY}002"), address: unnamed, ..NewHousehold::default() };
    add_households(&world.app, &[full, empty]).unwrap();
    world
}

fn exported(world: &World, what: What, format: Format, lang: Lang) -> Vec<u8> {
    let mut bytes = Vec::new();
    export(world.store(), what, format, Some(COMMUNITY), lang, &mut bytes).unwrap();
    bytes
}

#[test]
fn what_goes_out_comes_in_again_and_says_unchanged() {
    let world = world();
    for lang in [Lang::Zh, Lang::En] {
        for format in [Format::Csv, Format::Xlsx] {
            let report = import_roster(&world.app, &exported(&world, What::Households, format, lang), COMMUNITY).unwrap();
            assert_eq!((report.read, report.unchanged), (3, 3), "{format:?} {report:?}");
        }
    }
}

#[test]
fn another_office_reads_the_table_too() {
    let table = exported(&world(), What::Households, Format::Csv, Lang::Zh);
    let other = World::open();
    let report = import_roster(&other.app, &table, COMMUNITY).unwrap();
    // The door without a full address is known by its id, and only where it came from.
    assert_eq!((report.imported, report.refused, report.rows[0].code), (2, 1, "household.unknown"));
    let mut names = Vec::new();
    other
        .store()
        .each_household(None, &mut |h| {
            names.extend(h.residents.into_iter().map(|r| r.name));
            Ok(())
        })
        .unwrap();
    assert_eq!(names, ["=HYPERLINK(\"x\")", "乙某"], "the mark is taken off");
}

#[test]
fn nothing_is_calculated_by_who_opens_it() {
    let text = String::from_utf8(exported(&world(), What::Households, Format::Csv, Lang::Zh)).unwrap();
    assert!(text.starts_with("\u{feff}编号,社区,网格,"), "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\",'+86 139 0000 0000,1944,回族话,独居、婴幼儿\r\n"), "{text}");
    for formula in ["=1", "+1", "-1", "@x", "\tx", "\rx", "''=1", "＝1"] {
        assert!(is_formula(formula), "{formula}");
    }
    assert!(!is_formula("1=1") && !is_formula("'x") && !is_formula(""));
}

#[test]
fn json_holds_codes_and_every_kind_can_be_written() {
    let world = world();
    let json = |what| serde_json::from_slice::<serde_json::Value>(&exported(&world, what, Format::Json, Lang::Zh)).unwrap();
    let households = json(What::Households);
    assert_eq!(households[0]["needs"], serde_json::json!(["lives_alone", "infant"]));
    assert_eq!((&households[0]["birth_year"], &households[0]["name"]), (&1944.into(), &"=HYPERLINK(\"x\")".into()));
    let areas = json(What::Areas);
    assert_eq!(areas.as_array().unwrap().len(), 3);
    assert_eq!((&areas[1]["level"], &areas[1]["parent"]), (&"grid".into(), &COMMUNITY.into()));
    assert_eq!((json(What::Visits), json(What::Matters)), (serde_json::json!([]), serde_json::json!([])));
    let code = |community| export(world.store(), What::Areas, Format::Csv, Some(community), Lang::Zh, &mut Vec::new()).unwrap_err().code;
    assert_eq!((code("6201"), code("999999999999")), ("community.unknown", "community.unknown"));
    let all = export(world.store(), What::Areas, Format::Json, None, Lang::Zh, &mut Vec::new()).unwrap();
    assert!(all > 1_000);
}

#[test]
fn visits_and_matters_say_when_where_and_who() {
    let world = world();
    let officer = world.officer();
    let mut door = [0; 16];
    world
        .store()
        .each_household(None, &mut |h| {
            if !h.residents.is_empty() {
                door = h.id;
            }
            Ok(())
        })
        .unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let (id, door, officer) = (hex(&[7; 16]), hex(&door), hex(&officer.0));
    let at = crate::testing::MORNING;
    world.sql(&format!(
        "INSERT INTO visit_row VALUES(x'{id}', x'{door}', x'{officer}', 'routine', 'nobody_in', '灯\n坏了', {at});
         INSERT INTO matter_row(id, community, household, code, kind, channel, category, text, place, state, officer, at_ms, register)
         VALUES(x'{id}', '{COMMUNITY}', NULL, 'ABCD2345', 'complaint', 'door', 'sanitation', '=灯坏了', '', 'registered', x'{officer}', {at}, x'{id}')"
    ));
    let text = |what| String::from_utf8(exported(&world, what, Format::Csv, Lang::Zh)).unwrap();
    let visits = text(What::Visits);
    assert!(visits.contains(",2026-09-14 08:00:00,620102001001,") && visits.contains(",马志强,例行走访,无人在家,\"灯\n坏了\"\r\n"), "{visits}");
    let matters = text(What::Matters);
    assert!(matters.contains(",马志强,ABCD2345,投诉,") && matters.contains(",'=灯坏了,"), "{matters}");
    let json: serde_json::Value = serde_json::from_slice(&exported(&world, What::Visits, Format::Json, Lang::Zh)).unwrap();
    assert_eq!((&json[0]["time"], &json[0]["outcome"]), (&"2026-09-14T08:00:00+08:00".into(), &"nobody_in".into()));
}

#[test]
fn a_disk_that_refuses_is_said() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let world = world();
    for format in [Format::Csv, Format::Xlsx, Format::Json] {
        let fault = export(world.store(), What::Households, format, None, Lang::Zh, &mut Full).unwrap_err();
        assert_eq!(fault.code, "export.failed");
    }
}
