//! A round goes from the office to the phone, is walked without a network, and is planned anew on the way.

use std::time::Duration;

use minqing_core::{
    Id,
    client::NewAppointment,
    clock::{DAY_MS, day_start, local_date},
    model::{Address, NewHousehold, NewVisit, grid_id},
    view::{RoundRow, RoundStop},
};
use minqing_sync_server::{
    rounds::{Asked, DayPlan, plan_day, plan_mornings},
    settings::{self, Change, Subject},
};
use minqing_tests::sim::{MORNING, Sim};
use serde_json::json;

use crate::{
    end_to_end::line::COMMUNITY,
    simulation::intruder::{exchange, quiet},
};

/// Doors at which nobody was for forty days are to be visited.
const LATER: i64 = 40 * DAY_MS;
const HOUR: i64 = 3_600_000;

/// Forty days later, at eight in the morning.
fn later(seed: u64) -> Sim {
    let mut sim = quiet(3, seed);
    let grid = grid_id(COMMUNITY, sim.grids_of(2).unwrap()[0]);
    for n in 1..=8 {
        let address = Address { community: COMMUNITY.into(), estate: "新苑".into(), building: n.to_string(), room: format!("{n}02"), ..Address::default() };
        sim.phone(2).client.record_household(NewHousehold { grid: grid.clone(), address, ..NewHousehold::default() }).unwrap();
    }
    sim.settle().unwrap();
    sim.hands().turn(MORNING + LATER - sim.hands().now());
    sim.settle().unwrap();
    sim
}

fn plan(sim: &mut Sim, number: usize) -> DayPlan {
    let grid = grid_id(COMMUNITY, sim.grids_of(number).unwrap()[0]);
    let day = local_date(sim.hands().now());
    plan_day(sim.app(), &Asked { community: COMMUNITY.into(), grid, day, limit: Duration::from_millis(300), seed: 1 }, None).unwrap()
}

fn round(sim: &mut Sim, number: usize) -> RoundRow {
    sim.phone(number).client.round("zh".into()).unwrap()
}

fn to_come(round: &RoundRow) -> Vec<&RoundStop> {
    round.stops.iter().filter(|stop| stop.state == "next" || stop.state == "waiting").collect()
}

fn is_at(sim: &mut Sim, number: usize, door: &str, outcome: &str) {
    let visit = NewVisit { household: door.into(), purpose: "routine".into(), outcome: outcome.into(), note: "记下".into(), ..NewVisit::default() };
    sim.phone(number).client.record_visit(visit).unwrap();
}

#[test]
fn the_office_plans_the_phone_walks_and_plans_anew_at_each_door() {
    let mut sim = later(0x8201);
    let planned = plan(&mut sim, 2);
    let me: Id = sim.phone(2).client.enrolment().unwrap().officer.parse().unwrap();
    let mine = planned.rounds.iter().find(|round| round.officer == me).unwrap().plan.served();
    assert!(mine >= 3, "{mine} doors");
    assert_eq!(round(&mut sim, 2).made_ms, 0, "not heard of yet");
    exchange(&mut sim, 2).unwrap();
    let first = round(&mut sim, 2);
    assert_eq!((first.by_office, first.is_stale, to_come(&first).len(), first.stops[0].state.as_str()), (true, false, mine, "next"));
    assert!(first.stops.iter().all(|stop| stop.reasons.iter().any(|reason| !reason.said.is_empty())), "each says why: {first:?}");
    assert!(first.stops.iter().all(|stop| stop.reasons.iter().any(|reason| reason.why == "cycle")), "{first:?}");
    assert!(first.stops.windows(2).all(|two| two[0].at_ms < two[1].at_ms));

    // Without a network: somebody talked, nobody was in, and what is left is planned anew from there.
    let (one, two) = (first.stops[0].household.id.clone(), first.stops[1].household.id.clone());
    is_at(&mut sim, 2, &one, "talked");
    sim.hands().turn(20 * 60_000);
    is_at(&mut sim, 2, &two, "nobody_in");
    sim.phone(2).client.plan_round().unwrap();
    let second = round(&mut sim, 2);
    let states: Vec<&str> = second.stops.iter().take(3).map(|stop| stop.state.as_str()).collect();
    assert_eq!((second.by_office, states, second.stops.len()), (false, vec!["done", "nobody_in", "next"], mine));
    assert!(to_come(&second).iter().all(|stop| stop.at_ms >= second.made_ms), "nobody is expected in the past");

    // What the office plans later counts, and what is over stays over.
    sim.settle().unwrap();
    sim.hands().turn(60_000);
    plan(&mut sim, 2);
    assert!(!round(&mut sim, 2).by_office, "the phone's own, until it has synced");
    sim.settle().unwrap();
    let third = round(&mut sim, 2);
    assert_eq!((third.by_office, third.stops[0].state.as_str(), third.stops[1].state.as_str()), (true, "done", "nobody_in"));
    assert!(to_come(&third).iter().all(|stop| stop.household.id != one));
    sim.check_same_everywhere().unwrap();
    let report = minqing_sync_server::rebuild::check(sim.app().store.as_ref()).unwrap();
    assert!(report.is_good(), "{report:?}");
}

#[test]
fn a_promised_time_is_kept_in_the_round_and_never_moves_silently() {
    let mut sim = later(0x8202);
    let door = sim.phone(2).client.households(0, 9).unwrap().remove(1).id;
    let ten = MORNING + LATER + 2 * HOUR + 30 * 60_000;
    let new = NewAppointment { household: door.clone(), purpose: "deliver".into(), start_ms: ten, minutes: 30, ..NewAppointment::default() };
    let id = sim.phone(2).client.propose_appointment(new).unwrap();
    sim.settle().unwrap();
    sim.phone(2).client.confirm_appointment(id.clone()).unwrap();
    sim.settle().unwrap();
    plan(&mut sim, 2);
    exchange(&mut sim, 2).unwrap();
    let first = round(&mut sim, 2);
    let stop = first.stops.iter().find(|stop| stop.household.id == door).unwrap();
    assert_eq!((stop.at_ms, stop.is_promised, &stop.appointment, stop.minutes), (ten, true, &id, 30));
    assert!(stop.bring.contains(&"certificates".to_owned()) && first.bring.contains(&"certificates".to_owned()));
    sim.phone(2).client.plan_round().unwrap();
    assert_eq!(round(&mut sim, 2).stops.iter().find(|stop| stop.household.id == door).unwrap().at_ms, ten, "planned anew around it");

    // A colleague moves it: the time is the new one at once, the round says that it is stale, and the card stays until it was seen.
    sim.phone(0).client.reschedule_appointment(id.clone(), ten + HOUR).unwrap();
    sim.settle().unwrap();
    let moved = round(&mut sim, 2);
    let stop = moved.stops.iter().find(|stop| stop.household.id == door).unwrap();
    assert_eq!((moved.is_stale, stop.at_ms, stop.is_promised), (true, ten + HOUR, false));
    assert_eq!(sim.phone(2).client.appointment(id.clone()).unwrap().moved_ms, ten);
    sim.phone(2).client.plan_round().unwrap();
    assert!(!round(&mut sim, 2).is_stale);
    // Cancelled, and the door has no other reason to be visited: it leaves the round.
    sim.phone(2).client.cancel_appointment(id, "not_needed".into()).unwrap();
    assert!(round(&mut sim, 2).is_stale);
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_day_that_is_over_and_a_grid_without_officers_are_not_planned() {
    let mut sim = later(0x8203);
    let grid = grid_id(COMMUNITY, sim.grids_of(2).unwrap()[0]);
    let day = local_date(sim.hands().now());
    let asked = |grid: &str, day| Asked { community: COMMUNITY.into(), grid: grid.into(), day, limit: Duration::from_millis(50), seed: 1 };
    let code = |asked| plan_day(sim.app(), &asked, None).unwrap_err().code;
    assert_eq!(code(asked(&grid, day.yesterday().unwrap())), "round.day");
    assert_eq!(code(asked(&grid_id(COMMUNITY, 99), day)), "round.officers");
}

#[test]
fn each_morning_the_server_plans_for_those_whose_shifts_are_set() {
    let mut sim = later(0x8204);
    let me: Id = sim.phone(2).client.enrolment().unwrap().officer.parse().unwrap();
    let today = local_date(sim.hands().now());
    let at = |day: i64, hour: i64| day_start(today) + day * DAY_MS + hour * HOUR;
    let turn_to = |sim: &Sim, ms: i64| sim.hands().turn(ms - sim.hands().now());
    turn_to(&sim, at(1, 6));
    assert_eq!(plan_mornings(sim.app(), None).unwrap(), 0, "nobody's shifts are set");
    let shifts: Vec<_> = (1..=7).map(|weekday| json!({"weekday": weekday, "from_minute": 540, "until_minute": 720})).collect();
    let change = Change { subject: Subject::Officer(me), seen: 0, from_ms: None, value: json!({"shifts": shifts}) };
    settings::put(sim.app(), None, COMMUNITY, change).unwrap();
    assert_eq!((plan_mornings(sim.app(), None).unwrap(), plan_mornings(sim.app(), None).unwrap()), (1, 0), "once");
    sim.settle().unwrap();
    let first = round(&mut sim, 2);
    assert!(first.by_office && first.stops.len() >= 3, "{first:?}");
    assert!(first.stops.iter().all(|stop| (at(1, 9)..at(1, 12)).contains(&stop.at_ms)), "when the officer works: {first:?}");
    turn_to(&sim, at(2, 9));
    assert_eq!(plan_mornings(sim.app(), None).unwrap(), 0, "people are on their way by now");
}
