//! Whom to visit next, on phones and at the office, over the simulation's real server.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    client::NewAppointment,
    clock::DAY_MS,
    model::{FollowUpEdit, HouseholdEdit, NewFollowUp, NewResident, NewVisit, Notice, Said, grid_id},
    view::WantedRow,
};
use minqing_sync_server::{rounds::wanted_in, sync::add_notice};
use minqing_tests::sim::{MORNING, Sim};

use crate::simulation::intruder::{door, matter, quiet, visit};

const COMMUNITY: &str = "620102001001";
/// The next day at ten in the morning.
const TEN: i64 = MORNING + 26 * 3_600_000;

/// What is wanted at a door: words of its reasons with what they are about, whether it comes first, minutes, an appointment.
type AtDoor = (Vec<(String, String)>, bool, u16, i64);

fn on_phone(sim: &mut Sim, number: usize) -> BTreeMap<String, AtDoor> {
    let rows = sim.phone(number).client.to_visit("zh".into(), 500).unwrap();
    rows.into_iter()
        .map(|row| {
            let reasons = row.reasons.into_iter().map(|reason| (reason.why, reason.about)).collect();
            (row.household.id, (reasons, row.first, row.minutes, row.appointment_ms))
        })
        .collect()
}

fn at_office(sim: &mut Sim, number: usize) -> BTreeMap<String, AtDoor> {
    let grids = sim.grids_of(number).unwrap();
    let found = grids.iter().flat_map(|grid| wanted_in(sim.app(), &grid_id(COMMUNITY, *grid)).unwrap());
    found
        .map(|door| {
            let about = |id: Option<Id>| id.map(|id| id.to_string()).unwrap_or_default();
            let reasons = door.wanted.reasons.iter().map(|reason| (reason.why.word().to_owned(), about(reason.about))).collect();
            (door.row.id, (reasons, door.wanted.first, door.wanted.minutes, door.appointment_ms.unwrap_or(0)))
        })
        .collect()
}

fn why(at_door: &AtDoor) -> Vec<&str> {
    at_door.0.iter().map(|(why, _)| why.as_str()).collect()
}

/// For everybody, in September and October 2026.
fn notice() -> Notice {
    let said = |zh: &str| Said { zh: zh.into(), en: String::new() };
    Notice { title: said("停水"), text: said("周三停水。"), from: "2026-09-14".into(), until: "2026-10-31".into(), ..Notice::default() }
}

#[test]
fn the_office_and_a_phone_want_the_same_doors_for_the_same_reasons() {
    let mut sim = quiet(3, 0x9001);
    let door = door(&mut sim, 2);
    let resident = NewResident { name: "王秀兰".into(), birth_year: 1940, needs: vec!["lives_alone".into()], ..NewResident::default() };
    let client = &mut sim.phone(2).client;
    client.edit_household(door.clone(), HouseholdEdit { new_residents: vec![resident], ..HouseholdEdit::default() }).unwrap();
    let follow_up = NewFollowUp { what: "送表".into(), due: "2026-09-20".into() };
    client.record_visit(NewVisit { follow_ups: vec![follow_up], ..visit(&door, "说好再来") }).unwrap();
    let mine = client.register_matter(matter(&door, "楼道灯坏了")).unwrap();
    client.solve_on_spot(mine.clone(), "换了灯泡".into()).unwrap();
    let (told, _) = add_notice(sim.app(), COMMUNITY, &notice()).unwrap();
    sim.settle().unwrap();
    sim.hands().turn(20 * DAY_MS);
    sim.phone(0).client.record_visit(NewVisit { outcome: "nobody_in".into(), ..visit(&door, "没人") }).unwrap();
    sim.settle().unwrap();
    let wanted = on_phone(&mut sim, 2);
    assert_eq!(why(&wanted[&door]), ["feedback_overdue", "follow_up", "untold", "cycle"], "nobody in is no visit");
    assert_eq!((&wanted[&door].0[0].1, &wanted[&door].0[2].1), (&mine, &told.to_string()));
    assert_eq!((wanted[&door].1, wanted[&door].2), (true, 45));
    let first = sim.phone(2).client.to_visit("zh".into(), 1).unwrap().remove(0);
    assert_eq!((first.household.id.as_str(), first.reasons[3].said.as_str()), (door.as_str(), "已有 20 天没有走访"));
    for number in 0..3 {
        assert_eq!(on_phone(&mut sim, number), at_office(&mut sim, number), "phone {number}");
    }
    // Done, told, and talked over: nothing is left of it.
    let client = &mut sim.phone(2).client;
    let follow_up = client.open_follow_ups(100).unwrap().into_iter().find(|row| row.household == door).unwrap();
    client.edit_follow_up(follow_up.id, FollowUpEdit { done: Some(true), ..FollowUpEdit::default() }).unwrap();
    client.tell_notice(door.clone(), told.to_string()).unwrap();
    client.record_visit(visit(&door, "都说清楚了")).unwrap();
    assert_eq!(why(&on_phone(&mut sim, 2)[&door]), ["feedback_overdue"], "without a network");
    let client = &mut sim.phone(2).client;
    let result = client.to_tell(door.clone(), "zh".into()).unwrap().into_iter().find(|row| row.matter == mine).unwrap();
    client.tell_resident(mine, result.event).unwrap();
    assert!(!on_phone(&mut sim, 2).contains_key(&door));
    sim.settle().unwrap();
    for number in 0..3 {
        assert_eq!(on_phone(&mut sim, number), at_office(&mut sim, number), "phone {number}");
        assert!(!on_phone(&mut sim, number).contains_key(&door));
    }
}

#[test]
fn a_door_where_somebody_comes_anyway_stays_in_its_place_and_says_so() {
    let mut sim = quiet(3, 0x9002);
    add_notice(sim.app(), COMMUNITY, &notice()).unwrap();
    sim.settle().unwrap();
    let before = sim.phone(2).client.to_visit("zh".into(), 500).unwrap();
    let door = before[0].household.id.clone();
    let new = NewAppointment { household: door.clone(), purpose: "routine".into(), start_ms: TEN, minutes: 20, ..NewAppointment::default() };
    let id = sim.phone(2).client.propose_appointment(new).unwrap();
    sim.settle().unwrap();
    let after = sim.phone(2).client.to_visit("zh".into(), 500).unwrap();
    let order = |rows: &[WantedRow]| rows.iter().map(|row| row.household.id.clone()).collect::<Vec<_>>();
    assert_eq!((order(&after), after[0].appointment_ms), (order(&before), TEN));
    assert_eq!(on_phone(&mut sim, 2), at_office(&mut sim, 2));
    sim.phone(2).client.cancel_appointment(id, "not_needed".into()).unwrap();
    assert_eq!(on_phone(&mut sim, 2)[&door].3, 0, "nobody comes any more");
}
