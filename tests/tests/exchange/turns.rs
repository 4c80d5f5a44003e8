//! One writes at a time. Who waits for that gets a turn in the middle of a large batch.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use minqing_core::{ids::Device, model::NewVisit};

use super::{
    office::{count, file},
    signer::{a_door, at_rest},
};

#[test]
fn who_waits_to_write_need_not_wait_for_a_whole_batch() {
    let mut sim = at_rest(73);
    let household = a_door(&mut sim, 0).to_string();
    for _ in 0..100 {
        let visit = NewVisit { household: household.clone(), purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
        sim.phone(0).client.record_visit(visit).unwrap();
    }
    let body = sim.phone(0).client.next_exchange().unwrap();
    let before = count(&sim, "SELECT count(*) FROM log");
    let (store, db, ended) = (sim.app().store.clone(), file(&sim), Arc::new(AtomicBool::new(false)));
    let other = {
        let ended = ended.clone();
        thread::spawn(move || {
            let mut seen = BTreeSet::new();
            while !ended.load(Ordering::Relaxed) {
                store.allow_reading(Device(404)).unwrap_err();
                seen.insert(db.query_row("SELECT count(*) FROM log", [], |row| row.get::<_, i64>(0)).unwrap());
            }
            seen
        })
    };
    let answer = sim.serve(0, &body).unwrap().expect("an answer");
    ended.store(true, Ordering::Relaxed);
    let seen = other.join().unwrap();
    sim.phone(0).client.take_answer(answer).unwrap();
    let after = count(&sim, "SELECT count(*) FROM log");
    assert!(after - before >= 100, "{before} to {after}");
    let between = seen.iter().filter(|rows| (before + 1..after).contains(rows)).count();
    assert!(between > 10, "it wrote {between} times while {} items were applied", after - before);
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}
