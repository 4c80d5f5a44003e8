//! A phone that was lost: nothing is given to it, what it still brings is kept for the office, and then it wipes itself.

use minqing_core::{ids::Device, model::NewVisit};
use minqing_sync_server::sync::adopt;
use minqing_tests::{
    file::lies_in,
    sim::{Plot, Sim},
};

/// A phone with a visit that is nowhere else, and the door.
fn with_unsent(seed: u64) -> (Sim, String, Device) {
    let mut sim = Sim::open(Plot::quiet(seed)).unwrap();
    sim.settle().unwrap();
    let door = sim.phone(1).client.households(0, 1).unwrap().remove(0).id;
    let visit = NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "talked".into(), note: "还没交".into(), ..NewVisit::default() };
    sim.phone(1).client.record_visit(visit).unwrap();
    let device = Device(sim.phone(1).client.enrolment().unwrap().device);
    (sim, door, device)
}

#[test]
fn what_a_lost_phone_still_has_is_kept_for_the_office_and_then_it_wipes_itself() {
    let (mut sim, door, device) = with_unsent(0x7100);
    sim.app().store.revoke_device(device, 1).unwrap();
    let dir = sim.phone(1).dir.clone();
    assert_eq!(sim.phone(1).client.wipe().unwrap_err().code(), "wipe.unsent", "nothing is wiped that waits");
    // A colleague's news is not given to it.
    let note = NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "talked".into(), note: "新消息".into(), ..NewVisit::default() };
    sim.phone(0).client.record_visit(note).unwrap();
    let body = sim.phone(0).client.next_exchange().unwrap();
    let answer = sim.serve(0, &body).unwrap().unwrap();
    sim.phone(0).client.take_answer(answer).unwrap();
    let brought = sim.contact(1).unwrap();
    assert!(brought.revoked && brought.settled == 1 && brought.rows == 0, "{brought:?}");
    sim.phone(1).client.wipe().unwrap();
    assert_eq!(sim.phone(1).client.enrolment().unwrap_err().code(), "device.not_enrolled");
    assert!(sim.phone(1).client.households(0, 10).unwrap().is_empty());
    assert!(!lies_in(&dir, "还没交").unwrap());
    // The office has it, and takes it over in the officer's name.
    let aside = sim.app().store.aside(None, 10).unwrap();
    assert_eq!((aside.len(), aside[0].reason.word()), (1, "revoked"));
    assert!(adopt(sim.app(), aside[0].name).unwrap());
    let visits = |sim: &mut Sim| sim.phone(0).client.household(door.clone()).unwrap().visits.len();
    let body = sim.phone(0).client.next_exchange().unwrap();
    let answer = sim.serve(0, &body).unwrap().unwrap();
    sim.phone(0).client.take_answer(answer).unwrap();
    assert_eq!(visits(&mut sim), 2);
}

#[test]
fn revoking_in_the_middle_of_an_upload_loses_nothing() {
    let (mut sim, door, device) = with_unsent(0x7101);
    // The answer is lost on its way, and the phone is revoked before it asks again.
    let body = sim.phone(1).client.next_exchange().unwrap();
    sim.serve(1, &body).unwrap();
    sim.phone(1).client.exchange_failed();
    sim.app().store.revoke_device(device, 1).unwrap();
    let late = NewVisit { household: door, purpose: "routine".into(), outcome: "talked".into(), note: "后来写的".into(), ..NewVisit::default() };
    sim.phone(1).client.record_visit(late).unwrap();
    let brought = sim.contact(1).unwrap();
    assert!(brought.settled >= 2 && brought.rows == 0, "{brought:?}");
    // The first is in the log, since it came before; the second is kept apart.
    assert_eq!(sim.app().store.aside(None, 10).unwrap().len(), 1);
    assert!(sim.phone(1).client.wipe().is_ok());
    // A phone that was found again is let in again, and enrolled anew.
    sim.app().store.allow_reading(device).unwrap();
    assert!(!sim.app().store.standing(device).unwrap().unwrap().revoked);
}

#[test]
fn a_lost_phone_of_an_officer_who_moved_is_not_told_that_it_differs() {
    let (mut sim, _, device) = with_unsent(0x7102);
    sim.move_officer(1, &[1]).unwrap();
    sim.app().store.revoke_device(device, 1).unwrap();
    let body = sim.phone(1).client.next_exchange().unwrap();
    let answer = sim.serve(1, &body).unwrap().unwrap();
    let taken = sim.phone(1).client.take_answer(answer).unwrap();
    assert!(taken.settled == 1 && !taken.differs, "{taken:?}");
}
