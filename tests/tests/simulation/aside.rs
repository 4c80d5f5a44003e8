//! What the office puts aside: its phone writes the rest again, the office adopts or returns, and nobody's word is lost.

use std::sync::Arc;

use minqing_core::{
    Id,
    document::{Doc, hash_of_change, visits},
    envelope::{ItemKind, Quarantine},
    event::Event,
    ids::{Device, Name, Opening},
    model::{NewVisit, VisitEdit},
    view::RecordState,
    wire::ItemState,
};
use minqing_sync_server::{
    rebuild,
    sync::{Carrier, adopt, give_back, run_exchange},
};
use minqing_tests::sim::{MORNING, Sim};

use super::intruder::{Intruder, damage, doc_of, door, exchange, matter, quiet, visit};

fn inbox(sim: &Sim, state: u8) -> i64 {
    let db = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    db.query_row("SELECT count(*) FROM inbox WHERE state = ?", [state], |row| row.get(0)).unwrap()
}

/// The names of all that is put aside.
fn aside(sim: &Sim) -> Vec<Name> {
    sim.app().store.aside(None, 100).unwrap().into_iter().map(|row| row.name).collect()
}

fn state(sim: &mut Sim, phone: usize, id: &str) -> RecordState {
    sim.phone(phone).client.visit(id.to_owned()).unwrap().state
}

/// One exchange of a phone in which the office puts its first item aside, as if its officer had lost that grid.
pub(super) fn exchange_with_first_aside(sim: &mut Sim, phone: usize) {
    let me = sim.phone(phone).client.enrolment().unwrap();
    let carrier = Carrier { device: Device(me.device), officer: me.officer.parse().unwrap(), app: None };
    let mut app = sim.app().clone();
    let file = sim.server_dir().join("minqing.db");
    app.received = Arc::new(move || {
        let db = rusqlite::Connection::open(&file).unwrap();
        let first = "SELECT opening, n, kind, bytes FROM inbox WHERE state = 16 ORDER BY envelope, n LIMIT 1";
        let (opening, n, kind, bytes): ([u8; 5], i64, u8, Vec<u8>) =
            db.query_row(first, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
        let own = if kind == 1 { hash_of_change(&bytes).unwrap().to_vec() } else { Event::decode(&bytes).unwrap().id.0.to_vec() };
        db.execute("UPDATE inbox SET state = 2, reason = 4, own = ?3 WHERE opening = ?1 AND n = ?2", (opening, n, own)).unwrap();
    });
    let body = sim.phone(phone).client.next_exchange().unwrap();
    let answer = run_exchange(&app, &carrier, &body).unwrap();
    sim.phone(phone).client.take_answer(answer).unwrap();
}

fn corrected(note: &str) -> VisitEdit {
    VisitEdit { note: Some(note.into()), ..VisitEdit::default() }
}

#[test]
fn what_rests_on_a_damaged_change_is_written_again_and_the_damaged_one_stays_to_be_seen() {
    let mut sim = quiet(3, 701);
    let door = door(&mut sim, 2);
    let bad = sim.phone(0).client.record_visit(visit(&door, "坏了的记录")).unwrap();
    damage(&mut sim, 0, ItemKind::Change);
    let rests = sim.phone(0).client.record_visit(visit(&door, "接着写的")).unwrap();
    sim.phone(0).client.edit_visit(rests.clone(), corrected("接着写的，改过")).unwrap();
    sim.settle().unwrap();
    assert_eq!(state(&mut sim, 0, &bad), RecordState::Parked);
    assert_eq!(state(&mut sim, 0, &rests), RecordState::Applied);
    assert_eq!(sim.phone(0).client.visit(bad.clone()).unwrap().note, "坏了的记录");
    assert_eq!(sim.phone(2).client.visit(rests).unwrap().note, "接着写的，改过");
    // The office waits for nothing but the damaged one, and has the bytes of all.
    assert_eq!([2, 5, 16, 17, 18].map(|state| inbox(&sim, state)), [1, 2, 0, 0, 0]);
    assert_eq!(adopt(sim.app(), aside(&sim)[0]).unwrap_err().code, "aside.unreadable");
    assert_eq!(sim.phone(0).client.send_again(bad.clone()).unwrap_err().code(), "item.unreadable");
    give_back(sim.app(), aside(&sim)[0]).unwrap();
    exchange(&mut sim, 0).unwrap();
    assert_eq!(state(&mut sim, 0, &bad), RecordState::Refused);
    assert!(aside(&sim).is_empty());
    sim.check_acknowledged().unwrap();
    assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
}

#[test]
fn the_office_adopts_a_visit_in_its_officers_name_and_its_correction_finds_it() {
    let mut sim = quiet(3, 702);
    let door = door(&mut sim, 1);
    let first = sim.phone(1).client.record_visit(visit(&door, "先写的")).unwrap();
    let second = sim.phone(1).client.record_visit(visit(&door, "后写的")).unwrap();
    sim.phone(1).client.edit_visit(first.clone(), corrected("先写的，改过")).unwrap();
    exchange_with_first_aside(&mut sim, 1);
    assert_eq!(state(&mut sim, 1, &first), RecordState::Parked);
    assert_eq!(inbox(&sim, 18), 2, "the office parked what rests on it");
    sim.settle().unwrap();
    assert_eq!(state(&mut sim, 1, &second), RecordState::Applied, "written again in another opening");
    assert_eq!([2, 5, 18].map(|state| inbox(&sim, state)), [1, 1, 1], "the correction has no visit to correct yet");
    assert_eq!(sim.phone(1).client.visit(first.clone()).unwrap().note, "先写的，改过", "what was typed is there to be seen");
    assert!(adopt(sim.app(), aside(&sim)[0]).unwrap());
    sim.settle().unwrap();
    for phone in [0, 1] {
        let seen = sim.phone(phone).client.visit(first.clone()).unwrap();
        assert_eq!((seen.note.as_str(), seen.state), ("先写的，改过", RecordState::Applied), "phone {phone}");
    }
    assert_eq!([2, 5, 6, 18].map(|state| inbox(&sim, state)), [0, 2, 1, 0]);
    sim.check_acknowledged().unwrap();
    assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
}

#[test]
fn what_was_put_aside_can_be_sent_again_and_the_office_sees_that() {
    let mut sim = quiet(2, 704);
    let door = door(&mut sim, 1);
    let first = sim.phone(1).client.record_visit(visit(&door, "先写的")).unwrap();
    exchange_with_first_aside(&mut sim, 1);
    let old = aside(&sim)[0];
    sim.phone(1).client.send_again(first.clone()).unwrap();
    assert_eq!(sim.phone(1).client.send_again(first.clone()).unwrap_err().code(), "record.unknown");
    sim.settle().unwrap();
    assert_eq!(state(&mut sim, 1, &first), RecordState::Applied);
    assert_eq!(sim.phone(0).client.visit(first).unwrap().note, "先写的");
    assert_eq!((aside(&sim), adopt(sim.app(), old).unwrap_err().code), (vec![], "aside.unknown"));
    // The number of the change put aside was never given to another one.
    let openings: i64 = rusqlite::Connection::open(sim.phone(1).dir.join("minqing.db"))
        .unwrap()
        .query_row("SELECT count(DISTINCT opening) FROM outbox", [], |row| row.get(0))
        .unwrap();
    assert_eq!(openings, 2);
}

#[test]
fn events_after_one_put_aside_are_sent_again_and_the_adopted_one_is_judged() {
    let mut sim = quiet(2, 705);
    let door = door(&mut sim, 1);
    let matter = sim.phone(1).client.register_matter(matter(&door, "灯坏了")).unwrap();
    sim.settle().unwrap();
    let events = |sim: &mut Sim| sim.phone(1).client.matter(matter.clone()).unwrap().events;
    sim.phone(1).client.add_note(matter.clone(), "第一句".into()).unwrap();
    sim.phone(1).client.add_note(matter.clone(), "第二句".into()).unwrap();
    let db = rusqlite::Connection::open(sim.phone(1).dir.join("minqing.db")).unwrap();
    // The texts are in; of the two events the first is put aside.
    db.execute("UPDATE outbox SET due = 99 WHERE kind = 2 AND final = 0", []).unwrap();
    exchange(&mut sim, 1).unwrap();
    db.execute("UPDATE outbox SET due = 0 WHERE kind = 2 AND final = 0", []).unwrap();
    exchange_with_first_aside(&mut sim, 1);
    sim.settle().unwrap();
    assert_eq!(events(&mut sim).iter().map(|e| e.state).collect::<Vec<_>>(), [RecordState::Applied, RecordState::Applied, RecordState::Parked]);
    assert!(adopt(sim.app(), aside(&sim)[0]).unwrap());
    sim.settle().unwrap();
    assert!(events(&mut sim).iter().all(|e| e.state == RecordState::Applied));
    assert_eq!(events(&mut sim).len(), 3);
    assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
}

#[test]
fn an_office_adopts_once_and_only_what_keeps_the_rules() {
    let mut sim = quiet(3, 703);
    let stranger = door(&mut sim, 2);
    let id: Id = stranger.parse().unwrap();
    let mut intruder = Intruder::new(&mut sim, 1, 9);
    let officer = intruder.carrier.officer;
    // A door of the other grid: out of scope, but true.
    let mut card = doc_of(&mut sim, 2, id);
    let note = intruder.change(&mut card, |w| w.put("note", "外面的人写的"));
    // Somebody else's visit.
    let volume = Id::visits(id, 2026);
    let made = visits::Made { officer: Id([7; 16]), at_ms: MORNING };
    let new = NewVisit { purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
    let mut foreign = Doc::empty();
    let foreign = intruder.change(&mut foreign, |w| visits::add(w, id, 2026, Id::timed(MORNING, &[1; 10]), &new, made, &[]));
    // The officer's own, at that door.
    let own_id = Id::timed(MORNING, &[2; 10]);
    let mut own = Doc::empty();
    let own = intruder.change(&mut own, |w| visits::add(w, id, 2026, own_id, &new, visits::Made { officer, ..made }, &[]));
    let states = intruder.send(&sim, vec![(ItemKind::Change, id, note), (ItemKind::Change, volume, foreign), (ItemKind::Change, volume, own)]);
    let out = ItemState::Quarantined(Quarantine::OutOfScope);
    assert_eq!(states[0], out);
    assert!(matches!(states[1], ItemState::Quarantined(Quarantine::Malformed)), "{states:?}");
    assert_eq!(states[2], out);
    let [note, foreign, own] = [1, 2, 3].map(|n| Name { device: intruder.carrier.device, opening: intruder.opening, n });
    assert!(adopt(sim.app(), note).unwrap());
    assert_eq!(adopt(sim.app(), note).unwrap_err().code, "aside.unknown");
    assert_eq!(adopt(sim.app(), foreign).unwrap_err().code, "aside.rules");
    assert!(adopt(sim.app(), own).unwrap());
    assert_eq!(adopt(sim.app(), Name { device: Device(1), opening: Opening([0; 5]), n: 1 }).unwrap_err().code, "aside.unknown");
    sim.settle().unwrap();
    assert_eq!(sim.phone(2).client.household(stranger).unwrap().household.note, "外面的人写的");
    assert_eq!(sim.phone(2).client.visit(own_id.to_string()).unwrap().officer, officer.to_string());
    assert_eq!((inbox(&sim, 2), inbox(&sim, 6)), (1, 2));
    assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
}
