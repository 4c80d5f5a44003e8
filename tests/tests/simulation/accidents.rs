//! Accidents between two honest parties.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use minqing_core::{
    Id,
    envelope::{Item, ItemKind},
    model::HouseholdEdit,
    view::RecordState,
    wire::ItemState,
};
use minqing_sync_server::sync::run_exchange;
use minqing_tests::{
    phone::Phone,
    sim::{Sim, copy_files},
};

use super::intruder::{Intruder, damage, door, exchange, matter, quiet, visit};

#[test]
fn what_was_received_and_could_not_be_applied_is_tried_again_while_the_server_lives() {
    let mut sim = quiet(2, 4);
    let door = door(&mut sim, 0);
    let id = sim.phone(0).client.record_visit(visit(&door, "a")).unwrap();
    let body = sim.phone(0).client.next_exchange().unwrap();
    let carrier = Intruder::new(&mut sim, 0, 9).carrier;
    let mut app = sim.app().clone();
    app.received = Arc::new(|| panic!("as if the disk were full after receiving"));
    assert!(catch_unwind(AssertUnwindSafe(|| run_exchange(&app, &carrier, &body).map(drop))).is_err());
    sim.phone(0).client.exchange_failed();
    assert_eq!(sim.phone(0).client.visit(id.clone()).unwrap().state, RecordState::Ready);
    exchange(&mut sim, 0).unwrap();
    assert_eq!(sim.phone(0).client.visit(id).unwrap().state, RecordState::Applied);
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn of_two_processes_on_one_phone_the_slower_changes_nothing() {
    let mut sim = quiet(3, 3);
    let doors: Vec<String> = sim.phone(2).client.households(0, 9).unwrap().into_iter().map(|h| h.id).collect();
    let dir = sim.phone(2).dir.clone();
    let mut background = Phone::open(&dir, sim.hands(), sim.plot.seed, 2, 77).unwrap();
    sim.phone(0).client.record_visit(visit(&doors[0], "一")).unwrap();
    exchange(&mut sim, 0).unwrap();
    let body = background.client.next_exchange().unwrap();
    let early = sim.serve(2, &body).unwrap().unwrap();
    sim.phone(0).client.record_visit(visit(&doors[1], "二")).unwrap();
    exchange(&mut sim, 0).unwrap();
    assert_eq!(exchange(&mut sim, 2).unwrap().rows, 2);
    assert_eq!(background.client.take_answer(early).unwrap_err().code(), "exchange.stale");
    background.client.exchange_failed();
    for _ in 0..2 {
        assert!(!exchange(&mut sim, 2).unwrap().differs);
    }
    sim.check_same_everywhere().unwrap();
}

#[test]
fn an_answer_to_an_earlier_request_does_not_disturb_the_present_one() {
    let mut sim = quiet(2, 21);
    let door = door(&mut sim, 0);
    let first = sim.phone(0).client.next_exchange().unwrap();
    let late = sim.serve(0, &first).unwrap().unwrap();
    let id = sim.phone(0).client.record_visit(visit(&door, "后来写的")).unwrap();
    let second = sim.phone(0).client.next_exchange().unwrap();
    let answer = sim.serve(0, &second).unwrap().unwrap();
    assert_eq!(sim.phone(0).client.visit(id.clone()).unwrap().state, RecordState::Sending);
    assert_eq!(sim.phone(0).client.take_answer(late).unwrap_err().code(), "frame.malformed");
    assert_eq!(sim.phone(0).client.take_answer(answer).unwrap().settled, 1);
    assert_eq!(sim.phone(0).client.visit(id).unwrap().state, RecordState::Applied);
}

#[test]
fn more_held_than_fits_a_frame_comes_to_an_end() {
    let mut sim = quiet(2, 11);
    let door = door(&mut sim, 0);
    sim.phone(0).client.record_visit(visit(&door, "坏了")).unwrap();
    damage(&mut sim, 0, ItemKind::Change);
    let long = "长".repeat(3_900);
    for _ in 0..60 {
        sim.phone(0).client.record_visit(visit(&door, &long)).unwrap();
    }
    let mut exchanges = 0;
    while exchange(&mut sim, 0).unwrap().more {
        exchanges += 1;
        assert!(exchanges < 5, "more for ever");
    }
    // What is held is asked for again now and then, not at every poll.
    let polls: Vec<usize> = (0..8)
        .map(|_| {
            let body = sim.phone(0).client.next_exchange().unwrap();
            let answer = sim.serve(0, &body).unwrap().unwrap();
            sim.phone(0).client.take_answer(answer).unwrap();
            body.len()
        })
        .collect();
    assert!(polls.iter().filter(|bytes| **bytes < 100).count() >= 3, "{polls:?}");
}

#[test]
fn an_event_after_one_that_was_put_aside_is_judged() {
    let mut sim = quiet(2, 12);
    let door = door(&mut sim, 0);
    let id = sim.phone(0).client.register_matter(matter(&door, "事")).unwrap();
    sim.settle().unwrap();
    // A note that the office puts aside: it says somebody else's name.
    sim.phone(0).client.add_note(id.clone(), "坏了".into()).unwrap();
    spoil_author(&mut sim, 0);
    exchange(&mut sim, 0).unwrap();
    let detail = sim.phone(0).client.matter(id.clone()).unwrap();
    assert_eq!(detail.events[1].state, RecordState::Parked);
    assert!(!detail.matter.pending, "what was put aside is not waited for");
    sim.phone(0).client.add_note(id.clone(), "好的".into()).unwrap();
    sim.phone(0).client.solve_on_spot(id.clone(), "办好了".into()).unwrap();
    sim.settle().unwrap();
    let detail = sim.phone(0).client.matter(id).unwrap();
    assert_eq!(detail.matter.main_state, "feedback");
    let ordinals: Vec<u64> = detail.events.iter().map(|e| e.ordinal).filter(|o| *o > 0).collect();
    assert_eq!(ordinals, [1, 2, 3]);
    assert_eq!(sim.phone(0).client.today("zh".into()).unwrap().waiting, 0);
}

/// Makes the last event in a phone's outbox say that somebody else did it.
fn spoil_author(sim: &mut Sim, phone: usize) {
    let db = rusqlite::Connection::open(sim.phone(phone).dir.join("minqing.db")).unwrap();
    let last = "SELECT id, doc, bytes FROM outbox WHERE kind = 2 ORDER BY id DESC LIMIT 1";
    let (id, doc, bytes): (i64, [u8; 16], Vec<u8>) = db.query_row(last, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let mut event = minqing_core::event::Event::decode(&bytes).unwrap();
    event.by = Id([9; 16]);
    let spoilt = event.encode();
    let hash = Item { kind: 2, doc: Id(doc), bytes: spoilt.clone() }.hash();
    db.execute("UPDATE event SET bytes = ?1 WHERE id = ?2", (&spoilt, event.id.0)).unwrap();
    db.execute("UPDATE outbox SET bytes = ?, hash = ? WHERE id = ?", (spoilt, hash.0, id)).unwrap();
}

#[test]
fn what_waits_for_an_item_put_aside_is_parked_with_it() {
    let mut sim = quiet(3, 31);
    // Phone 1 keeps a door of the other grid, as after a move that the office did not make.
    let stranger = door(&mut sim, 2);
    let id: Id = stranger.parse().unwrap();
    let mut intruder = Intruder::new(&mut sim, 1, 9);
    let mut card = super::intruder::doc_of(&mut sim, 2, id);
    let first = intruder.change(&mut card, |w| w.put("note", "一"));
    let second = intruder.change(&mut card, |w| w.put("note", "二"));
    let states = intruder.send(&sim, vec![(ItemKind::Change, id, first), (ItemKind::Change, id, second)]);
    assert!(matches!(states[0], ItemState::Quarantined(_)));
    assert!(matches!(states[1], ItemState::ParkedWith(_)), "{states:?}");
}

#[test]
fn rows_that_cannot_be_read_on_a_phone_hold_up_nothing() {
    let mut sim = quiet(3, 41);
    let doors: Vec<String> = sim.phone(2).client.households(0, 2).unwrap().into_iter().map(|h| h.id).collect();
    let id = sim.phone(0).client.register_matter(matter(&doors[0], "事")).unwrap();
    sim.settle().unwrap();
    let db = rusqlite::Connection::open(sim.phone(2).dir.join("minqing.db")).unwrap();
    assert_eq!(db.execute("UPDATE event SET bytes = x'ff'", []).unwrap(), 1);
    assert_eq!(db.execute("UPDATE document SET bytes = x'ff' WHERE id = ?", [doors[0].parse::<Id>().unwrap().0]).unwrap(), 1);
    drop(db);
    sim.phone(0).client.add_note(id, "又一句".into()).unwrap();
    sim.phone(0).client.edit_household(doors[0].clone(), HouseholdEdit { note: Some("狗凶".into()), ..HouseholdEdit::default() }).unwrap();
    let elsewhere = sim.phone(0).client.record_visit(visit(&doors[1], "别的门")).unwrap();
    exchange(&mut sim, 0).unwrap();
    let own = sim.phone(2).client.record_visit(visit(&doors[1], "自己的")).unwrap();
    assert!(!exchange(&mut sim, 2).unwrap().differs);
    assert_eq!(sim.phone(2).client.visit(elsewhere).unwrap().note, "别的门");
    assert_eq!(sim.phone(2).client.visit(own).unwrap().state, RecordState::Applied);
}

#[test]
fn a_request_that_was_long_on_its_way_makes_nobody_suspect_a_copy() {
    let mut sim = quiet(2, 42);
    let door = door(&mut sim, 0);
    let early = sim.phone(0).client.next_exchange().unwrap();
    sim.phone(0).client.record_visit(visit(&door, "一")).unwrap();
    exchange(&mut sim, 0).unwrap();
    sim.phone(0).client.record_visit(visit(&door, "二")).unwrap();
    exchange(&mut sim, 0).unwrap();
    sim.serve(0, &early).unwrap().unwrap();
    sim.phone(0).client.record_visit(visit(&door, "三")).unwrap();
    exchange(&mut sim, 0).unwrap();
    let suspected = |sim: &Sim| -> i64 {
        let office = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
        office.query_row("SELECT count(*) FROM device WHERE clone_suspected_ms IS NOT NULL", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(suspected(&sim), 0);
    // A copy of the phone's file that writes is told of.
    let (dir, copy) = (sim.phone(0).dir.clone(), sim.scratch().join("copy"));
    copy_files(&dir, &copy).unwrap();
    sim.phone(0).client.record_visit(visit(&door, "四")).unwrap();
    exchange(&mut sim, 0).unwrap();
    exchange(&mut sim, 0).unwrap();
    let mut clone = Phone::open(&copy, sim.hands(), sim.plot.seed, 0, 99).unwrap();
    clone.client.record_visit(visit(&door, "抄来的手机")).unwrap();
    sim.phone(0).client.record_visit(visit(&door, "五")).unwrap();
    exchange(&mut sim, 0).unwrap();
    let body = clone.client.next_exchange().unwrap();
    sim.serve(0, &body).unwrap().unwrap();
    assert_eq!(suspected(&sim), 1);
}

#[test]
fn a_restored_phone_still_shows_its_refused_work() {
    let mut sim = quiet(3, 14);
    let door = door(&mut sim, 2);
    let id = sim.phone(0).client.register_matter(matter(&door, "事")).unwrap();
    sim.settle().unwrap();
    let (dir, copy) = (sim.phone(0).dir.clone(), sim.scratch().join("before"));
    copy_files(&dir, &copy).unwrap();
    sim.phone(2).client.solve_on_spot(id.clone(), "先办的".into()).unwrap();
    sim.phone(0).client.solve_on_spot(id, "后办的".into()).unwrap();
    exchange(&mut sim, 2).unwrap();
    sim.settle().unwrap();
    assert_eq!(sim.phone(0).client.today("zh".into()).unwrap().refused, 1);
    let mut restored = Phone::open(&copy, sim.hands(), sim.plot.seed, 0, 99).unwrap();
    for _ in 0..3 {
        let body = restored.client.next_exchange().unwrap();
        let answer = sim.serve(0, &body).unwrap().unwrap();
        restored.client.take_answer(answer).unwrap();
    }
    assert_eq!(restored.client.today("zh".into()).unwrap().refused, 1);
}
