//! A sensitive matter lies at the desk: its author has it by `share`, and nobody else's phone.

use minqing_core::{
    Id,
    document::matter::{Home, put_text},
    envelope::{ItemKind, Quarantine},
    event::{Event, Register},
    frame::to_cbor,
    model::{Category, EventCode, MatterEdit, NewMatter, Role},
    wire::ItemState,
};
use minqing_tests::{
    phone::Phone,
    sim::{Sim, copy_files},
};

use super::intruder::{Intruder, MALFORMED, door, matter, quiet};

fn relief(door: &str) -> NewMatter {
    NewMatter { category: "relief".into(), ..matter(door, "低保材料交了没有回音") }
}

fn texts(phone: &Phone) -> Vec<String> {
    phone.client.matters(0, 50).unwrap().into_iter().map(|m| m.text).collect()
}

/// Every document that a phone's file names, also where it was deleted.
fn holds(sim: &mut Sim, number: usize, text: &str) -> bool {
    let dir = sim.phone(number).dir.clone();
    let bytes: Vec<u8> = ["minqing.db", "minqing.db-wal"].iter().filter_map(|file| std::fs::read(dir.join(file)).ok()).flatten().collect();
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_sensitive_matter_reaches_its_author_and_no_other_phone() {
    let mut sim = quiet(3, 701);
    let door = door(&mut sim, 2);
    sim.phone(2).client.register_matter(matter(&door, "楼道灯坏了")).unwrap();
    let id = sim.phone(2).client.register_matter(relief(&door)).unwrap();
    sim.settle().unwrap();
    sim.phone(2).client.add_note(id.clone(), "补了一份收入证明".into()).unwrap();
    sim.settle().unwrap();
    // Phone 0 reads the same grid.
    assert_eq!(texts(sim.phone(0)), ["楼道灯坏了"]);
    assert!(!holds(&mut sim, 0, "低保材料") && !holds(&mut sim, 0, "收入证明"));
    assert!(holds(&mut sim, 2, "低保材料"));
    let row = sim.phone(2).client.matter(id).unwrap();
    assert!(row.matter.main_state == "registered" && row.events.len() == 2 && row.matter.household == door, "{row:?}");
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_put_aside().unwrap();
    sim.check_causally_closed().unwrap();
}

#[test]
fn an_officers_other_phone_has_it_whole_and_what_is_written_there_comes_back() {
    let mut sim = quiet(2, 702);
    let door = door(&mut sim, 1);
    let early = sim.scratch();
    sim.reopen(1).unwrap();
    let dir = sim.phone(1).dir.clone();
    copy_files(&dir, &early).unwrap();
    let id = sim.phone(1).client.register_matter(relief(&door)).unwrap();
    sim.settle().unwrap();
    sim.phone(1).client.edit_matter(id.clone(), MatterEdit { text: Some("低保材料补交".into()), ..MatterEdit::default() }).unwrap();
    sim.settle().unwrap();
    // The file from before it was written: everything must come down.
    copy_files(&early, &dir).unwrap();
    sim.reopen(1).unwrap();
    sim.settle().unwrap();
    let seen = sim.phone(1).client.matter(id.clone()).unwrap();
    assert_eq!((seen.matter.text.as_str(), seen.events.len()), ("低保材料补交", 1));
    sim.phone(1).client.solve_on_spot(id.clone(), "当场办好".into()).unwrap();
    sim.settle().unwrap();
    assert_eq!(sim.phone(1).client.matter(id).unwrap().matter.main_state, "feedback");
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_shared_document_that_cannot_be_read_comes_again() {
    let mut sim = quiet(2, 703);
    let door = door(&mut sim, 1);
    let id = sim.phone(1).client.register_matter(relief(&door)).unwrap();
    sim.settle().unwrap();
    sim.phone(1).client.add_note(id.clone(), "等通知".into()).unwrap();
    sim.settle().unwrap();
    let file = rusqlite::Connection::open(sim.phone(1).dir.join("minqing.db")).unwrap();
    let doc: Id = id.parse().unwrap();
    assert_eq!(file.execute("UPDATE document SET bytes = x'00', damaged = 1 WHERE id = ?", [doc.0]).unwrap(), 1);
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
    assert_eq!(sim.phone(1).client.matter(id).unwrap().events.len(), 2);
}

#[test]
fn whoever_registers_a_sensitive_matter_at_the_door_is_put_aside_and_another_officer_writes_nothing_on_it() {
    let mut sim = quiet(3, 704);
    let door = door(&mut sim, 2);
    let shared = sim.phone(2).client.register_matter(relief(&door)).unwrap();
    sim.settle().unwrap();
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    // Words in the door's stream, the registration says sensitive: they have no home together.
    let (id, event) = (Id::timed(minqing_tests::sim::MORNING, &[7; 10]), Id::timed(minqing_tests::sim::MORNING, &[8; 10]));
    let household: Id = door.parse().unwrap();
    let mut doc = minqing_core::document::Doc::empty();
    let change = intruder.change(&mut doc, |w| put_text(w, &Home::Household(household), event, Some("低保"), None));
    let register = Register {
        code: "K702115X".into(),
        kind: 1,
        channel: 2,
        category: Category::Relief.number(),
        household: Some(household),
        affected: 1,
        proposed: None,
        urgent: None,
        errand: None,
    };
    let officer = intruder.carrier.officer;
    let at = minqing_core::clock::At { device_ms: minqing_tests::sim::MORNING, server_ms: None, since_ms: None };
    let said = Event {
        id: event,
        code: EventCode::Register.number(),
        by: officer,
        role: Role::Officer.number(),
        at,
        saw: 0,
        after: None,
        payload: to_cbor(&register),
    };
    let states = intruder.send(&sim, vec![(ItemKind::Change, id, change), (ItemKind::Event, id, said.encode())]);
    assert!(matches!(states[0], ItemState::Seq(_)), "{states:?}");
    assert_eq!(states[1], MALFORMED);
    // And an event of his on the colleague's matter.
    let note = Event { id: Id::timed(minqing_tests::sim::MORNING, &[9; 10]), code: EventCode::Note.number(), saw: 1, payload: vec![0xa0], ..said };
    let states = intruder.send(&sim, vec![(ItemKind::Event, shared.parse().unwrap(), note.encode())]);
    assert_eq!(states, [ItemState::Quarantined(Quarantine::OutOfScope)]);
}
