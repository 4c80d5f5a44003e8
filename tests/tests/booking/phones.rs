//! Appointments on phones, over the simulation's real server: named without a network, held when there is one, moved by somebody else, done.

use minqing_core::client::NewAppointment;
use minqing_sync_server::booking;
use minqing_tests::sim::{MORNING, Plot, Sim};

use crate::simulation::intruder::{door, exchange, quiet};

/// The next day at ten in the morning.
pub const TEN: i64 = MORNING + 26 * 3_600_000;
const HALF_AN_HOUR: i64 = 1_800_000;

fn proposed(sim: &mut Sim, number: usize, door: &str, start_ms: i64) -> String {
    let new = NewAppointment { household: door.to_owned(), purpose: "feedback".into(), start_ms, minutes: 20, ..NewAppointment::default() };
    sim.phone(number).client.propose_appointment(new).unwrap()
}

fn state(sim: &mut Sim, number: usize, id: &str) -> (String, bool) {
    let row = sim.phone(number).client.appointment(id.to_owned()).unwrap();
    (row.state, row.pending)
}

#[test]
fn what_is_proposed_without_a_network_is_to_be_confirmed_then_held_and_at_last_done() {
    let mut sim = quiet(3, 0x8001);
    let door = door(&mut sim, 2);
    let id = proposed(&mut sim, 2, &door, TEN);
    assert_eq!(state(&mut sim, 2, &id), ("proposed".into(), true));
    exchange(&mut sim, 2).unwrap();
    exchange(&mut sim, 2).unwrap();
    assert_eq!(state(&mut sim, 2, &id), ("held".into(), false));
    // A colleague of the grid sees it, too.
    sim.settle().unwrap();
    assert_eq!(state(&mut sim, 0, &id), ("held".into(), false));
    let phone = &mut sim.phone(2).client;
    phone.confirm_appointment(id.clone()).unwrap();
    phone.start_appointment(id.clone()).unwrap();
    phone.arrive_at_appointment(id.clone()).unwrap();
    assert_eq!(phone.appointment(id.clone()).unwrap().state, "arrived", "a whole day without a network");
    phone.finish_appointment(id.clone(), Vec::new(), "resident".into()).unwrap();
    assert_eq!(phone.appointments(TEN, TEN + 1).unwrap().len(), 1);
    sim.settle().unwrap();
    for number in [0, 2] {
        assert_eq!(state(&mut sim, number, &id), ("done".into(), false));
    }
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_put_aside().unwrap();
}

#[test]
fn of_two_phones_that_named_one_time_for_one_officer_the_second_is_offered_others() {
    let mut sim = quiet(3, 0x8002);
    let (first, second) = (door(&mut sim, 2), sim.phone(2).client.households(0, 9).unwrap().remove(1).id);
    let kept = proposed(&mut sim, 2, &first, TEN);
    let late = proposed(&mut sim, 2, &second, TEN + 600_000);
    sim.settle().unwrap();
    assert_eq!(state(&mut sim, 2, &kept).0, "held");
    let row = sim.phone(2).client.appointment(late.clone()).unwrap();
    assert_eq!((row.state.as_str(), row.no_room.as_str(), row.offers.len()), ("proposed", "taken", 3));
    let offer = row.offers[0];
    sim.phone(2).client.reschedule_appointment(late.clone(), offer).unwrap();
    sim.settle().unwrap();
    let row = sim.phone(2).client.appointment(late).unwrap();
    assert_eq!((row.state.as_str(), row.start_ms, row.no_room.as_str()), ("held", offer, ""));
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_promise_that_a_colleague_moved_is_a_card_and_what_happened_at_the_door_counts() {
    let mut sim = quiet(3, 0x8003);
    let door = door(&mut sim, 2);
    let id = proposed(&mut sim, 2, &door, TEN);
    sim.settle().unwrap();
    sim.phone(2).client.confirm_appointment(id.clone()).unwrap();
    sim.settle().unwrap();
    // Its officer has no network; a colleague names another time.
    sim.phone(0).client.reschedule_appointment(id.clone(), TEN + 4 * HALF_AN_HOUR).unwrap();
    for _ in 0..2 {
        exchange(&mut sim, 0).unwrap();
    }
    sim.phone(2).client.finish_appointment(id.clone(), Vec::new(), "household".into()).unwrap();
    sim.settle().unwrap();
    let row = sim.phone(2).client.appointment(id.clone()).unwrap();
    assert_eq!((row.state.as_str(), row.moved_ms, row.sequence), ("done", TEN, 1));
    assert_eq!(row.unseen, [sim.phone(2).client.enrolment().unwrap().officer]);
    sim.phone(2).client.acknowledge_move(id.clone()).unwrap();
    sim.settle().unwrap();
    assert_eq!(sim.phone(0).client.appointment(id).unwrap().moved_ms, 0);
    sim.check_same_everywhere().unwrap();
}

#[test]
fn what_nobody_confirms_is_free_again_and_who_never_came_is_noted() {
    let mut sim = quiet(3, 0x8004);
    let door = door(&mut sim, 2);
    let id = proposed(&mut sim, 2, &door, TEN);
    sim.settle().unwrap();
    sim.hands().turn(HALF_AN_HOUR + 60_000);
    assert_eq!(booking::run_due(sim.app()).unwrap(), 1);
    assert_eq!(booking::run_due(sim.app()).unwrap(), 0, "done once");
    sim.settle().unwrap();
    assert_eq!(state(&mut sim, 2, &id).0, "proposed");
    sim.phone(2).client.reschedule_appointment(id.clone(), TEN).unwrap();
    sim.settle().unwrap();
    sim.phone(2).client.confirm_appointment(id.clone()).unwrap();
    sim.settle().unwrap();
    // The evening before, two hours before, and half an hour after: nobody was heard of.
    for (at, after) in [(TEN - 15 * 3_600_000, "reminded"), (TEN - 2 * 3_600_000, "reminded"), (TEN + 60 * 60_000, "missed_by_officer")] {
        let ahead = at + 60_000 - sim.hands().now();
        sim.hands().turn(ahead);
        sim.settle().unwrap();
        booking::run_due(sim.app()).unwrap();
        sim.settle().unwrap();
        assert_eq!(state(&mut sim, 2, &id).0, after);
    }
    // It was done after all; the phone had it unsent.
    sim.phone(2).client.finish_appointment(id.clone(), Vec::new(), "nobody".into()).unwrap();
    sim.settle().unwrap();
    assert_eq!(state(&mut sim, 0, &id).0, "done");
    sim.check_same_everywhere().unwrap();
}

#[test]
fn an_appointment_moves_with_its_household_and_leaves_the_phone_of_who_moves() {
    let mut sim = Sim::open(Plot::quiet(0x8005)).unwrap();
    sim.settle().unwrap();
    let door = door(&mut sim, 2);
    let id = proposed(&mut sim, 2, &door, TEN);
    sim.settle().unwrap();
    let grid = sim.grids_of(2).unwrap()[0];
    sim.move_door(&door, 3 - grid).unwrap();
    sim.settle().unwrap();
    assert!(sim.phone(2).client.appointment(id.clone()).is_err(), "its door is another grid's");
    assert_eq!(state(&mut sim, 1, &id).0, "held");
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_put_aside().unwrap();
}
