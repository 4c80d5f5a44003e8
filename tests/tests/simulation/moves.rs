//! Officers and households move, and are shared for a while: nothing is lost on the way, and what left a phone is not in its file.

use std::path::Path;

use minqing_core::model::NewMatter;
use minqing_tests::{
    file::stands_in,
    sim::{Plot, Sim, for_seeds},
};

use super::intruder::visit;

const SECRET: &str = "王奶奶家的备用钥匙在鞋柜里";

pub(super) fn doors(sim: &mut Sim, number: usize) -> Vec<String> {
    sim.phone(number).client.households(0, 100).unwrap().into_iter().map(|h| h.id).collect()
}

/// Whether a text stands anywhere in a directory's files.
pub(super) fn is_in(dir: &Path, text: &str) -> bool {
    stands_in(dir, text).unwrap()
}

/// The words of the search index of a phone's file.
pub(super) fn words_of(dir: &Path) -> Vec<String> {
    let db = rusqlite::Connection::open(dir.join("minqing.db")).unwrap();
    db.execute_batch("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, find, row)").unwrap();
    let mut query = db.prepare("SELECT term FROM word").unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn nothing_is_lost_while_officers_and_households_move() {
    for_seeds(10, "nothing_is_lost_while_officers_and_households_move", |seed| {
        let rough = Plot::rough(seed ^ 0x7000);
        let mut sim = Sim::open(Plot { moves: true, phones: 4, steps: 160, phone_accidents: false, packs: seed % 2 == 0, ..rough })?;
        sim.run()?;
        sim.check_all_arrived()
    });
}

#[test]
fn invariant_07_who_moves_uploads_first_and_then_holds_nothing_of_the_old_grid() {
    let mut sim = Sim::open(Plot::quiet(0x7001)).unwrap();
    sim.settle().unwrap();
    let old = doors(&mut sim, 1);
    for door in &old {
        sim.phone(1).client.record_visit(visit(door, SECRET)).unwrap();
    }
    sim.phone(1).client.keep_draft(String::new(), "visit".into(), old[0].clone(), format!("写到一半：{SECRET}")).unwrap();
    sim.move_officer(1, &[1]).unwrap();
    // Still without a network: what is written now is written under the old scope, which is all this phone knows of.
    sim.phone(1).client.record_visit(visit(&old[0], SECRET)).unwrap();
    let dir = sim.phone(1).dir.clone();
    assert!(is_in(&dir, SECRET));
    sim.settle().unwrap();
    assert_eq!(sim.grids_of(1).unwrap(), [1]);
    assert!(doors(&mut sim, 1).iter().all(|door| !old.contains(door)));
    assert!(sim.phone(1).client.tidy().unwrap());
    assert!(!is_in(&dir, SECRET), "bytes of the old grid are in the file");
    assert!(!words_of(&dir).iter().any(|word| word == "匙"), "words of the old grid are in the index");
    // All of it is at the office, and on the phone of whoever has both grids.
    let visits: usize = old.iter().map(|door| sim.phone(0).client.household(door.clone()).unwrap().visits.len()).sum();
    assert_eq!(visits, old.len() + 1);
    sim.check_nothing_put_aside().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn what_was_held_when_the_scope_changed_comes_later_and_what_is_written_after_does_not() {
    let mut sim = Sim::open(Plot::quiet(0x7002)).unwrap();
    sim.settle().unwrap();
    let door = doors(&mut sim, 1).remove(0);
    // Its answer is lost, so the phone never hears whether these came.
    sim.phone(1).client.record_visit(visit(&door, "一")).unwrap();
    let body = sim.phone(1).client.next_exchange().unwrap();
    sim.phone(1).client.exchange_failed();
    sim.move_officer(1, &[1]).unwrap();
    sim.settle().unwrap();
    assert_eq!(sim.grids_of(1).unwrap(), [1]);
    sim.check_nothing_put_aside().unwrap();
    // The late request is known by now; a new item under the old scope is not: an old copy of the file writes it.
    sim.serve(1, &body).unwrap();
    sim.check_nothing_put_aside().unwrap();
    assert_eq!(sim.phone(0).client.household(door).unwrap().visits.len(), 1);
}

#[test]
fn invariant_07_a_household_moves_while_two_people_edit_it() {
    let mut sim = Sim::open(Plot::quiet(0x7003)).unwrap();
    sim.settle().unwrap();
    let door = doors(&mut sim, 1).remove(0);
    let matter = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "utilities".into(),
        text: "楼道灯不亮".into(),
        household: door.clone(),
        affected: "household".into(),
        community: minqing_core::model::community_of_grid(&sim.phone(1).client.household(door.clone()).unwrap().household.grid).to_owned(),
        ..NewMatter::default()
    };
    let matter = sim.phone(1).client.register_matter(matter).unwrap();
    sim.settle().unwrap();
    // Both write, neither has heard of the move: one of them will never read the door again.
    sim.phone(1).client.record_visit(visit(&door, SECRET)).unwrap();
    sim.phone(0).client.record_visit(visit(&door, "也来过")).unwrap();
    sim.move_door(&door, 1).unwrap();
    sim.settle().unwrap();
    assert!(!doors(&mut sim, 1).contains(&door));
    let seen = sim.phone(0).client.household(door.clone()).unwrap();
    assert_eq!((seen.household.grid.as_str(), seen.visits.len()), ("620102001001001", 2));
    assert!(sim.phone(0).client.matter(matter.clone()).is_ok());
    let dir = sim.phone(1).dir.clone();
    assert!(sim.phone(1).client.tidy().unwrap());
    assert!(!is_in(&dir, SECRET));
    // And back again.
    sim.move_door(&door, 2).unwrap();
    sim.settle().unwrap();
    assert_eq!(sim.phone(1).client.household(door).unwrap().visits.len(), 2);
    assert!(sim.phone(1).client.matter(matter).is_ok());
    sim.check_nothing_put_aside().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn invariant_07_a_household_is_shared_for_a_while() {
    let mut sim = Sim::open(Plot::quiet(0x7004)).unwrap();
    sim.settle().unwrap();
    let door = doors(&mut sim, 1).remove(0);
    sim.phone(1).client.record_visit(visit(&door, "一")).unwrap();
    sim.settle().unwrap();
    sim.share_with(2, &door, true).unwrap();
    sim.settle().unwrap();
    assert_eq!(sim.phone(2).client.household(door.clone()).unwrap().visits.len(), 1);
    // Both write on it, and both hear of it.
    sim.phone(2).client.record_visit(visit(&door, SECRET)).unwrap();
    sim.phone(1).client.record_visit(visit(&door, "二")).unwrap();
    sim.settle().unwrap();
    assert_eq!(sim.phone(2).client.household(door.clone()).unwrap().visits.len(), 3);
    sim.check_same_everywhere().unwrap();
    sim.share_with(2, &door, false).unwrap();
    sim.settle().unwrap();
    let dir = sim.phone(2).dir.clone();
    assert!(sim.phone(2).client.tidy().unwrap());
    assert!(!is_in(&dir, SECRET) && !doors(&mut sim, 2).contains(&door));
    assert_eq!(sim.phone(1).client.household(door).unwrap().visits.len(), 3);
    sim.check_nothing_put_aside().unwrap();
    sim.check_same_everywhere().unwrap();
}
