//! What was recorded last is taken back (docs/adr/0025), and nothing that goes wrong afterwards brings it back.

use std::collections::BTreeSet;

use minqing_core::{
    client::NewAppointment,
    model::{Address, NewHousehold, NewMatter},
};
use minqing_tests::{
    file::lies_in,
    phone::Phone,
    sim::{MORNING, Plot, Sim, Wal, copy_files, for_seeds},
};

use super::{
    crash::at_each_frame,
    intruder::{door, matter, quiet, visit},
    salvage::{overwrite, use_and_mend, week},
};

const PAGE: usize = 4096;
const FRAME: usize = 24 + PAGE;

fn late(sim: &mut Sim, record: &str) {
    assert_eq!(sim.phone(0).client.take_back(record.into()).unwrap_err().code(), "undo.late");
}

#[test]
fn invariant_16_what_is_taken_back_in_the_middle_of_everything_is_nowhere_and_nothing_else_is_gone() {
    for_seeds(12, "invariant_16", |seed| {
        let rough = Plot::rough(seed ^ 0x7b60);
        let mut sim = Sim::open(Plot { second_thoughts: true, packs: seed % 3 == 0, phone_accidents: seed % 3 > 0, ..rough })?;
        sim.run()?;
        assert!(sim.second_thoughts() > 3, "{} times: the story proves nothing", sim.second_thoughts());
        sim.check_taken_back()?;
        sim.check_all_arrived()
    });
}

#[test]
fn what_another_process_of_the_phone_may_have_sent_stays() {
    let mut sim = quiet(2, 0x7b00);
    let door = door(&mut sim, 0);
    let saved = sim.phone(0).client.record_visit(visit(&door, "后台已经发了")).unwrap();
    let mut background = Phone::open(&sim.phone(0).dir.clone(), sim.hands(), sim.plot.seed, 0, 77).unwrap();
    let body = background.client.next_exchange().unwrap();
    late(&mut sim, &saved);
    let after = sim.phone(0).client.record_visit(visit(&door, "以后记的")).unwrap();
    sim.phone(0).client.take_back(after).unwrap();
    let answer = sim.serve(0, &body).unwrap().expect("an answer");
    background.client.take_answer(answer).unwrap();
    late(&mut sim, &saved);
    drop(background);
    sim.settle().unwrap();
    assert_eq!(sim.phone(0).client.household(door).unwrap().visits.len(), 1);
    sim.check_nothing_put_aside().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_door_stays_while_anything_is_at_it_and_a_matter_while_an_appointment_is_about_it() {
    let mut sim = quiet(2, 0x7b10);
    let at = door(&mut sim, 0);
    let grid = sim.phone(0).client.household(at.clone()).unwrap().household.grid;
    let client = &mut sim.phone(0).client;
    let [visited, told, agreed, empty] = ["901", "902", "903", "904"].map(|room| {
        let address = Address { community: grid[..12].into(), estate: "新苑".into(), building: "9".into(), room: room.into(), ..Address::default() };
        client.record_household(NewHousehold { grid: grid.clone(), address, ..NewHousehold::default() }).unwrap()
    });
    let seen = client.record_visit(visit(&visited, "在新登记的门口")).unwrap();
    // A sensitive one, whose document lies at the desk.
    let of = client.register_matter(NewMatter { category: "relief".into(), ..matter(&told, "困难") }).unwrap();
    let mut appointment = |household: &str, matter: &str| {
        let (household, purpose, start_ms, minutes) = (household.into(), "deliver".into(), MORNING + 2 * 86_400_000, 30);
        client.propose_appointment(NewAppointment { household, purpose, matter: matter.into(), start_ms, minutes, ..NewAppointment::default() }).unwrap()
    };
    let (about, alone) = (appointment(&at, &of), appointment(&agreed, ""));
    for record in [&visited, &told, &of] {
        late(&mut sim, record);
    }
    let client = &mut sim.phone(0).client;
    client.take_back(empty.clone()).unwrap();
    assert!(client.household(empty).is_err());
    // From the top.
    for record in [about, of, told, alone.clone(), agreed, seen, visited] {
        client.take_back(record).unwrap();
    }
    assert!(client.outbox(0, 9, false).unwrap().is_empty() && client.appointment(alone).is_err());
    sim.settle().unwrap();
    sim.check_nothing_put_aside().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn what_was_refused_and_done_again_is_in_the_inbox_again() {
    let mut sim = quiet(2, 0x7b20);
    let door = door(&mut sim, 0);
    let client = &mut sim.phone(0).client;
    let of = client.register_matter(matter(&door, "楼道灯坏了")).unwrap();
    client.solve_on_spot(of.clone(), "换了灯泡".into()).unwrap();
    client.solve_on_spot(of, "又换了一个".into()).unwrap();
    sim.settle().unwrap();
    let client = &mut sim.phone(0).client;
    let refused = client.refused_work("zh".into()).unwrap();
    let again = client.send_refused_again(refused[0].event.clone(), Some("换的是二楼的".into())).unwrap();
    assert!(client.refused_work("zh".into()).unwrap().is_empty());
    client.take_back(again).unwrap();
    assert_eq!(client.refused_work("zh".into()).unwrap(), refused);
}

const GONE: &str = "收回的";

/// Takes back a visit, a matter and a note; returns the first two.
fn thinks_twice(sim: &mut Sim) -> [String; 2] {
    let door = door(sim, 0);
    let client = &mut sim.phone(0).client;
    let visited = client.record_visit(visit(&door, "收回的走访")).unwrap();
    client.take_back(visited.clone()).unwrap();
    let of = client.register_matter(matter(&door, "收回的事项")).unwrap();
    client.take_back(of.clone()).unwrap();
    let stays = client.matters(0, 1).unwrap().remove(0).id;
    client.add_note(stays.clone(), "收回的备注".into()).unwrap();
    client.take_back(stays).unwrap();
    // So that it is known to have been committed.
    client.record_visit(visit(&door, "以后记的")).unwrap();
    [visited, of]
}

fn is_nowhere(sim: &mut Sim, [visited, of]: &[String; 2], when: &str) {
    let client = &sim.phone(0).client;
    assert!(client.visit(visited.clone()).is_err(), "{when}: the visit is back");
    assert!(client.matter(of.clone()).is_err(), "{when}: the matter is back");
    assert!(client.search(GONE.into(), Vec::new(), 0, 9).unwrap().is_empty(), "{when}: it is found");
    let mut events = client.matters(0, 100).unwrap().into_iter().flat_map(|m| client.matter(m.id).unwrap().events);
    assert!(events.all(|event| !event.text.contains(GONE)), "{when}: the note is back");
    assert!(!lies_in(&sim.server_dir(), GONE).unwrap(), "{when}: it is at the office");
}

/// Looks at a phone that is damaged in so many ways.
fn stays_taken_back(sim: &mut Sim, gone: &[String; 2], ways: usize, damage: impl Fn(&std::path::Path, usize)) {
    let copy = sim.scratch().join("copy");
    for way in 0..ways {
        sim.damage_phone(0, |dir| {
            copy_files(&copy, dir).unwrap();
            damage(dir, way);
        })
        .unwrap();
        use_and_mend(sim, 0);
        use_and_mend(sim, 0);
        is_nowhere(sim, gone, &format!("{way} of {ways}"));
    }
    sim.settle().unwrap();
    assert!(lies_in(&sim.server_dir(), "以后记的").unwrap());
    sim.check_nothing_put_aside().unwrap();
    sim.check_actors().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn whichever_page_is_overwritten_it_stays_taken_back() {
    let mut sim = week(0x7b30, 40).unwrap();
    let gone = thinks_twice(&mut sim);
    sim.reopen(0).unwrap();
    let copy = sim.scratch().join("copy");
    sim.damage_phone(0, |dir| copy_files(dir, &copy).unwrap()).unwrap();
    let pages = std::fs::read(copy.join("minqing.db")).unwrap().len() / PAGE;
    stays_taken_back(&mut sim, &gone, pages, |dir, page| overwrite(dir, page + 1..=page + 1, page as u64));
}

#[test]
fn whichever_frame_of_its_log_is_damaged_it_stays_taken_back() {
    let mut sim = week(0x7b50, 40).unwrap();
    // Closing empties the log; from here on it only grows.
    sim.reopen(0).unwrap();
    sim.phone(0).client.store().pragma("wal_autocheckpoint", 0).unwrap();
    let gone = thinks_twice(&mut sim);
    let (dir, copy) = (sim.phone(0).dir.clone(), sim.scratch().join("copy"));
    copy_files(&dir, &copy).unwrap();
    let log = std::fs::read(copy.join("minqing.db-wal")).unwrap();
    let frames = (log.len() - 32) / FRAME;
    assert!(frames > 50, "{frames}");
    // Older states of each page lie before its last frame. The last one ends what is known to be committed.
    stays_taken_back(&mut sim, &gone, frames - 1, |dir, frame| {
        let mut damaged = log.clone();
        damaged[32 + frame * FRAME + 1_000] ^= 0xff;
        std::fs::write(dir.join("minqing.db-wal"), damaged).unwrap();
    });
}

#[test]
fn a_phone_that_dies_while_it_takes_back_has_all_of_it_or_nothing() {
    let mut sim = quiet(2, 0x7b40);
    let door = door(&mut sim, 0);
    sim.reopen(0).unwrap();
    sim.phone(0).client.store().pragma("wal_autocheckpoint", 0).unwrap();
    let of = sim.phone(0).client.register_matter(matter(&door, "收回的事项")).unwrap();
    let beyond = Wal::length(&sim.phone(0).dir.clone());
    sim.phone(0).client.take_back(of.clone()).unwrap();
    let mut seen = BTreeSet::new();
    at_each_frame(&mut sim, beyond, |sim, mut phone| {
        let is_there = phone.client.matter(of.clone()).is_ok();
        assert_eq!(phone.client.today("zh".into()).unwrap().waiting, if is_there { 2 } else { 0 }, "text and event");
        seen.insert(is_there);
        if is_there {
            return;
        }
        phone.client.record_visit(visit(&door, "重启之后")).unwrap();
        for _ in 0..4 {
            let body = phone.client.next_exchange().unwrap();
            let answer = sim.serve(0, &body).unwrap().expect("an answer");
            assert!(!phone.client.take_answer(answer).unwrap().differs);
        }
        assert_eq!(phone.client.today("zh".into()).unwrap().waiting, 0);
        sim.check_same(&phone).unwrap();
    });
    assert_eq!(seen.len(), 2);
    assert!(!lies_in(&sim.server_dir(), GONE).unwrap());
}
