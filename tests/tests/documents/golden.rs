//! Documents of version 1 read as on the day they were written, and are still written the same way.

use minqing_core::{
    Id,
    document::{
        Admission, Doc, DocKind, admit,
        attachment::add_to_matter,
        card, conflicts,
        matter::{Home, put_text},
        notice, told,
        visits::{self, Made},
    },
    ids::{Device, Opening, actor},
    model::{Address, FollowUpEdit, HouseholdEdit, NewFollowUp, NewHousehold, NewResident, NewVisit, Notice, Prepared, ResidentEdit, Said, VisitEdit},
};
use serde::Serialize;

use super::accept::{golden, golden_text, is_golden};

/// 2026-09-14, noon in Lanzhou.
const NOON_S: i64 = 1_789_358_400;
const GRID: &str = "620102001001001";
const COMMUNITY: &str = "620102001001";
/// The phone of Wang, and that of Ma.
const WANG: [u8; 8] = [0x00, 0x10, 0x01, 1, 1, 1, 1, 1];
const MA: [u8; 8] = [0xab, 0xcd, 0xef, 2, 2, 2, 2, 2];

fn id(n: u8) -> Id {
    Id::timed(NOON_S * 1_000 + i64::from(n), &[n; 10])
}

fn text(text: &str) -> Option<String> {
    Some(text.into())
}

/// Two phones write down one household, know each other's residents, and both change the remark.
fn a_card() -> Doc {
    let address = Address {
        community: COMMUNITY.into(),
        estate: "畅家巷小区".into(),
        building: "3号楼".into(),
        stairwell: "1单元".into(),
        room: "501".into(),
        ..Address::default()
    };
    let new = NewHousehold { grid: GRID.into(), address, note: "耳背，敲门要久一点".into(), residents: vec![] };
    let [old, son] = [("王秀兰", "0931 012 7765", 1944, "lives_alone", "lanzhou"), ("马小军", "", 0, "walks_badly", "hui")].map(
        |(name, phone, birth_year, need, language)| NewResident {
            name: name.into(),
            phone: phone.into(),
            birth_year,
            languages: vec!["mandarin".into(), language.into()],
            needs: vec![need.into(), "hard_of_hearing".into()],
            refuses: vec![],
        },
    );
    let mut wang = Doc::empty();
    let first = wang.change(WANG, NOON_S, |w| card::create(w, &new, &[(id(1), &old)])).unwrap().unwrap();
    let mut ma = Doc::empty();
    ma.apply(&[first]).unwrap();
    let now = ma.content();
    let edit = HouseholdEdit { note: text("狗凶"), ..HouseholdEdit::default() };
    let second = ma.change(MA, NOON_S + 60, |w| card::edit(w, &now, &edit, &[(id(2), &son)])).unwrap().unwrap();
    let resident = ResidentEdit {
        id: id(1).to_string(),
        phone: text("0931 012 7766"),
        drop_needs: vec!["hard_of_hearing".into()],
        add_languages: vec!["tibetan".into()],
        ..ResidentEdit::default()
    };
    let edit = HouseholdEdit { note: text("白天没人，晚上来"), residents: vec![resident], ..HouseholdEdit::default() };
    let now = wang.content();
    wang.change(WANG, NOON_S + 30, |w| card::edit(w, &now, &edit, &[])).unwrap().unwrap();
    wang.apply(&[second]).unwrap();
    wang
}

/// Two visits of two officers, one with companions; a follow-up that is done; a note written better.
fn a_volume() -> Doc {
    let (household, officer, other) = (Id::named(&["household", "golden"]), id(10), id(11));
    let visit = |outcome: &str, note: &str, with: &[Id]| NewVisit {
        household: household.to_string(),
        purpose: "routine".into(),
        outcome: outcome.into(),
        note: note.into(),
        with: with.iter().map(Id::to_string).collect(),
        ..NewVisit::default()
    };
    let due = NewFollowUp { what: "送高龄补助表".into(), due: "2026-09-21".into() };
    let mut wang = Doc::empty();
    let made = Made { officer, at_ms: NOON_S * 1_000 };
    let talked = visit("talked", "水管漏水，已报修", &[other, id(12)]);
    let first = wang.change(WANG, NOON_S, |w| visits::add(w, household, 2026, id(20), &talked, made, &[(id(21), &due)])).unwrap().unwrap();
    let mut ma = Doc::empty();
    let made = Made { officer: other, at_ms: NOON_S * 1_000 + 86_400_000 };
    let second = ma.change(MA, NOON_S + 86_400, |w| visits::add(w, household, 2026, id(22), &visit("nobody_in", "", &[]), made, &[])).unwrap().unwrap();
    ma.apply(&[first]).unwrap();
    wang.apply(&[second]).unwrap();
    let now = ma.content();
    let done = FollowUpEdit { done: Some(true), ..FollowUpEdit::default() };
    let third = ma.change(MA, NOON_S + 86_460, |w| visits::edit_follow_up(w, &now, id(21), &done)).unwrap().unwrap();
    let now = wang.content();
    let better = VisitEdit { note: text("厨房水管漏水，已报修"), ..VisitEdit::default() };
    let later = NewFollowUp { what: "看修好没有".into(), due: String::new() };
    wang.change(WANG, NOON_S + 90_000, |w| visits::edit(w, &now, id(20), officer, &better, &[(id(23), &later)])).unwrap().unwrap();
    wang.apply(&[third]).unwrap();
    wang
}

/// A matter with a place, and a note by another phone.
fn a_matter() -> Doc {
    let home = Home::Household(Id::named(&["household", "golden"]));
    let mut doc = Doc::empty();
    doc.change(WANG, NOON_S, |w| put_text(w, &home, id(30), Some("楼道灯坏了三天"), Some("3号楼1单元"))).unwrap().unwrap();
    doc.change(MA, NOON_S + 600, |w| put_text(w, &home, id(31), Some("已联系物业\n明天来修"), None)).unwrap().unwrap();
    doc
}

/// A matter with a photo whose place was kept, and a voice note.
fn a_matter_with_files() -> Doc {
    let home = Home::Community(COMMUNITY.into());
    let photo = Prepared {
        sha256: "5e".repeat(32),
        media: "image/jpeg".into(),
        bytes: 312_000,
        width: 1_200,
        height: 1_600,
        taken_ms: NOON_S * 1_000,
        place: "36.06133,103.83417".into(),
    };
    let voice = Prepared { sha256: "a0".repeat(32), media: "audio/mp4".into(), bytes: 90_000, ..Prepared::default() };
    let mut doc = Doc::empty();
    doc.change(WANG, NOON_S, |w| put_text(w, &home, id(40), Some("井盖坏了"), None)).unwrap().unwrap();
    doc.change(WANG, NOON_S + 60, |w| add_to_matter(w, &home, id(41), id(10), &photo)).unwrap().unwrap();
    doc.change(MA, NOON_S + 600, |w| add_to_matter(w, &home, id(42), id(11), &voice)).unwrap().unwrap();
    doc
}

/// A notice for the oldest who live alone, taken back by the office.
fn a_notice() -> Doc {
    let notice = Notice {
        title: Said { zh: "高龄津贴认证".into(), en: "Old-age allowance".into() },
        text: Said { zh: "月底前到社区认证。\n走不动的我们上门。".into(), en: String::new() },
        from: "2026-09-14".into(),
        until: "2026-09-30".into(),
        needs: vec!["lives_alone".into(), "walks_badly".into()],
        min_age: Some(80),
        max_age: Some(120),
    };
    let mut doc = Doc::empty();
    let now = doc.content();
    let server = actor(Device(0), Opening([1; 5]));
    doc.change(server, NOON_S, |w| notice::put(w, &now, COMMUNITY, &notice)).unwrap().unwrap();
    doc.change(server, NOON_S + 86_400, notice::withdraw).unwrap().unwrap();
    doc
}

/// A volume that begins with what was told, by two officers who did not know of each other.
fn a_volume_with_tellings() -> Doc {
    let household = Id::named(&["household", "golden"]);
    let tell = |doc: &mut Doc, actor, officer, notice| {
        let made = Made { officer, at_ms: NOON_S * 1_000 + 999 };
        doc.change(actor, NOON_S, |w| told::put(w, household, 2026, notice, made)).unwrap().unwrap()
    };
    let (mut wang, mut ma) = (Doc::empty(), Doc::empty());
    tell(&mut wang, WANG, id(10), id(50));
    let same = tell(&mut ma, MA, id(11), id(50));
    let other = tell(&mut ma, MA, id(11), id(51));
    wang.apply(&[same, other]).unwrap();
    wang
}

fn all() -> [(&'static str, DocKind, String, Doc); 6] {
    let household = Id::named(&["household", "golden"]).to_string();
    [
        ("card", DocKind::Card, GRID.into(), a_card()),
        ("volume", DocKind::Visits, household.clone(), a_volume()),
        ("volume-told", DocKind::Visits, household.clone(), a_volume_with_tellings()),
        ("matter", DocKind::Matter, household, a_matter()),
        ("notice", DocKind::Notice, COMMUNITY.into(), a_notice()),
        ("matter-files", DocKind::Matter, COMMUNITY.into(), a_matter_with_files()),
    ]
}

fn json(value: &impl Serialize) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap())
}

#[test]
fn documents_of_version_1_read_as_they_were_meant() {
    for (name, kind, home, _) in all() {
        let doc = Doc::load(&golden(&format!("{name}.automerge"))).unwrap();
        assert_eq!(json(&doc.content()), golden_text(&format!("{name}.json")), "{name}");
        assert_eq!(json(&conflicts(&doc)), golden_text(&format!("{name}.conflicts.json")), "{name}");
        assert_eq!(doc.header(), Some((kind, home)), "{name}");
        // And they can be written on.
        let (device, opening) = (Device(77), Opening([7; 5]));
        let next = doc.clone().change(actor(device, opening), 0, |w| w.put("note", "在家")).unwrap().unwrap();
        let Admission::Applied(after) = admit(&doc, &doc.content(), &next, device, opening) else { panic!("{name} is closed") };
        assert_eq!(Doc::load(&after.doc.save()).unwrap().content().root.text("note"), "在家");
    }
}

#[test]
fn documents_are_still_written_the_same_way() {
    for (name, _, _, doc) in all() {
        is_golden(&format!("{name}.automerge"), &doc.save());
        is_golden(&format!("{name}.json"), json(&doc.content()).as_bytes());
        is_golden(&format!("{name}.conflicts.json"), json(&conflicts(&doc)).as_bytes());
    }
}
