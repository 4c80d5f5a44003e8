//! `Overview` and `Exports`: what the office sees, and tables of everything.

use minqing_core::{Id, document::Doc, document::DocKind, view::HouseholdRow};

use super::{
    Make, Office,
    office::{COMMUNITY, DEVICE, ENROLLED, OFFICER, STREAMS, officer, open},
};
use crate::{
    projection::{AttachmentShown, HouseholdShown, MatterShown, VisitShown},
    storage::{Result, StoreError, log::DocumentHead},
    testing::MORNING,
};

const NEIGHBOUR: &str = "620102001002";
const HOUR: i64 = 3_600_000;

/// Two doors here and one next door, with visits and matters.
fn shown(make: Make<'_>) -> Office {
    let office = Office::of(make);
    open(&*office.store, NEIGHBOUR);
    let door = |id: u8, community: &str, room: &str| HouseholdShown {
        id: [id; 16],
        row: HouseholdRow { grid: format!("{community}001"), community: community.into(), room: room.into(), ..HouseholdRow::default() },
        ..HouseholdShown::default()
    };
    let visit = |id: u8, household: u8, hour: i64| VisitShown {
        id: [id; 16],
        household: [household; 16],
        officer: OFFICER.0,
        outcome: "talked".into(),
        at_ms: MORNING + hour * HOUR,
        ..VisitShown::default()
    };
    let matter = |id: u8, community: &str, hour: i64| MatterShown {
        id: [id; 16],
        community: community.into(),
        household: Some([1; 16]),
        officer: OFFICER.0,
        at_ms: MORNING + hour * HOUR,
        text: id.to_string(),
        ..MatterShown::default()
    };
    office.apply(|unit| {
        let stream = unit.stream(STREAMS[0])?.expect("a stream");
        for (id, community, room) in [(1, COMMUNITY, "502"), (2, COMMUNITY, "501"), (3, NEIGHBOUR, "909")] {
            unit.show_household(&door(id, community, room))?;
            unit.keep_document(Id([id; 16]), &DocumentHead { kind: DocKind::Card, stream, creator: OFFICER, version: 0 }, &Doc::empty().save())?;
        }
        // One the day before, one next door, one at a door that is not here yet.
        for (id, household, hour) in [(1, 1, 0), (2, 2, 2), (3, 1, 1), (4, 1, -24), (5, 3, 1), (6, 99, 3)] {
            unit.show_visit(&visit(id, household, hour))?;
        }
        for (id, community, hour) in [(1, COMMUNITY, 0), (2, COMMUNITY, -48), (3, NEIGHBOUR, 0)] {
            unit.show_matter(&matter(id, community, hour))?;
        }
        let file = AttachmentShown { doc: [1; 16], id: [1; 16], record: [3; 16], media: "image/jpeg".into(), ..AttachmentShown::default() };
        unit.show_attachments(Id([1; 16]), &[file])
    });
    office
}

pub fn a_day_of_a_community_is_counted_whole_and_listed_newest_first(make: Make<'_>) {
    let office = shown(make);
    office.store.ready().unwrap();
    let day = |community, limit| office.store.day(community, MORNING..MORNING + 24 * HOUR, limit).unwrap();
    let here = day(COMMUNITY, 10);
    assert_eq!((here.visit_count, here.matter_count), (4, 1));
    let seen: Vec<_> = here.visits.iter().map(|v| (v.at_ms, v.address.as_ref().map_or("", |a| a.room.as_str()), v.files.len())).collect();
    let at = |hour: i64| MORNING + hour * HOUR;
    assert_eq!(seen, [(at(3), "", 0), (at(2), "501", 0), (at(1), "502", 1), (at(0), "502", 0)]);
    assert!(here.visits.iter().all(|v| v.officer == "马志强") && here.visits[0].address.is_none());
    assert_eq!(here.matters.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["1", "2"], "matters of all days");
    let cut = day(COMMUNITY, 1);
    assert_eq!((cut.visit_count, cut.visits.len(), cut.matters.len()), (4, 1, 1));
    assert_eq!(day(NEIGHBOUR, 10).visit_count, 1);
}

pub fn buildings_count_their_doors_and_those_where_somebody_was_met(make: Make<'_>) {
    let office = Office::of(make);
    let door = |id: u8, grid: &str, building: &str, lane: &str| {
        let [grid, building, lane] = [format!("{COMMUNITY}{grid}"), building.into(), lane.into()];
        let row = HouseholdRow { grid, community: COMMUNITY.into(), estate: "槐荫".into(), building, lane, room: id.to_string(), ..HouseholdRow::default() };
        HouseholdShown { id: [id; 16], row, ..HouseholdShown::default() }
    };
    let visit = |id: u8, household: u8, at_ms: i64, outcome: &str| VisitShown {
        id: [id; 16],
        household: [household; 16],
        officer: OFFICER.0,
        outcome: outcome.into(),
        at_ms,
        ..VisitShown::default()
    };
    office.apply(|unit| {
        let doors = [(1, "001", "3", ""), (2, "001", "3", ""), (3, "002", "3", "一条巷"), (4, "002", "", "一条巷"), (5, "002", "", "二条巷")];
        for (id, grid, building, lane) in doors {
            unit.show_household(&door(id, grid, building, lane))?;
        }
        let merged = HouseholdShown { merged_into: Some([1; 16]), ..door(6, "001", "3", "") };
        unit.show_household(&merged)?;
        for v in
            [visit(31, 1, MORNING, "talked"), visit(32, 1, MORNING + 9, "nobody_in"), visit(33, 2, MORNING - 1, "talked"), visit(34, 3, MORNING, "nobody_in")]
        {
            unit.show_visit(&v)?;
        }
        Ok(())
    });
    let mut all = office.store.buildings(COMMUNITY, None, MORNING).unwrap();
    all.sort_by(|a, b| (&a.building, &a.lane).cmp(&(&b.building, &b.lane)));
    let seen: Vec<_> = all.iter().map(|b| (b.building.as_str(), b.lane.as_str(), b.doors, b.met, b.grids.len())).collect();
    assert_eq!(seen, [("", "一条巷", 1, 0, 1), ("", "二条巷", 1, 0, 1), ("3", "", 3, 1, 2)], "what was merged counts no more");
    let of_grid = office.store.buildings(COMMUNITY, Some(&format!("{COMMUNITY}001")), MORNING).unwrap();
    assert_eq!((of_grid.len(), of_grid[0].doors), (1, 2));
    let doors = office.store.building(COMMUNITY, &all[2]).unwrap();
    let last: Vec<_> = doors.iter().map(|d| (d.household.0[0], d.last.clone())).collect();
    let out = |at_ms: i64, word: &str| Some((at_ms, word.to_owned()));
    assert_eq!(last, [(1, out(MORNING + 9, "nobody_in")), (2, out(MORNING - 1, "talked")), (3, out(MORNING, "nobody_in"))]);
    assert_eq!(office.store.building(COMMUNITY, &all[0]).unwrap().len(), 1);
    assert!(office.store.buildings(NEIGHBOUR, None, 0).unwrap().is_empty() && office.store.building(NEIGHBOUR, &all[2]).unwrap().is_empty());
}

pub fn phones_are_listed_with_those_who_have_none(make: Make<'_>) {
    let office = Office::of(make);
    let mut second = officer(Id([6; 16]));
    second.name = "安".into();
    office.store.add_officer(&second, MORNING).unwrap();
    let phones = office.store.phones(COMMUNITY).unwrap();
    let seen: Vec<_> = phones.iter().map(|p| (p.officer, p.number, p.enrolled_ms, p.app.as_str())).collect();
    assert_eq!(seen, [(second.id, None, 0, ""), (OFFICER, Some(DEVICE), ENROLLED, "test/1")], "by name");
    assert_eq!(office.store.phones(NEIGHBOUR).unwrap(), []);
}

/// Collects what `each` gives.
fn all<T>(each: impl FnOnce(&mut dyn FnMut(T) -> Result<()>) -> Result<()>) -> Vec<T> {
    let mut found = Vec::new();
    each(&mut |one| {
        found.push(one);
        Ok(())
    })
    .unwrap();
    found
}

pub fn tables_have_everything_once_in_a_steady_order(make: Make<'_>) {
    let office = shown(make);
    let store = &office.store;
    for (community, rooms, visits, matters, areas) in
        [(Some(COMMUNITY), &["501", "502"][..], 5, 2, 3), (Some(NEIGHBOUR), &["909"], 1, 1, 3), (None, &["501", "502", "909"], 6, 3, 6)]
    {
        let doors = all(|read| store.each_household(community, read));
        assert_eq!(doors.iter().map(|door| door.address.room.as_str()).collect::<Vec<_>>(), rooms);
        let made = all(|read| store.each_visit(community, read));
        assert!(made.is_sorted_by_key(|v| v.visit.at_ms) && made.iter().all(|v| v.officer == "马志强"));
        let registered = all(|read| store.each_matter(community, read));
        assert!(registered.is_sorted_by_key(|m| m.matter.at_ms));
        assert_eq!((made.len(), registered.len(), all(|read| store.each_area(community, read)).len()), (visits, matters, areas));
    }
    let full = StoreError::Refused("export.failed");
    assert_eq!(store.each_visit(None, &mut |_| Err(full.clone())), Err(full.clone()), "what reading returns");
}
