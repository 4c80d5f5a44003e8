//! Tickets: an answer that was lost raises no suspicion, a file that was put back does.

use minqing_core::{frame::decode_frame, model::NewVisit, wire::Down};
use minqing_tests::{
    phone::Phone,
    sim::{Sim, copy_files},
};

use super::{
    office::count,
    signer::{a_door, at_rest},
};

fn visit(phone: &mut Phone, household: &str) {
    let visit = NewVisit { household: household.into(), purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
    phone.client.record_visit(visit).unwrap();
}

fn suspected(sim: &Sim) -> i64 {
    count(sim, "SELECT count(*) FROM device WHERE clone_suspected_ms IS NOT NULL")
}

/// Sends a phone's request; the answer, and whether it names the history anew.
fn ask(sim: &mut Sim, body: &[u8]) -> (Vec<u8>, bool) {
    let answer = sim.serve(0, body).unwrap().expect("an answer");
    let names_history = decode_frame::<Down>(&answer).unwrap().end.history.is_some();
    (answer, names_history)
}

#[test]
fn a_lost_answer_is_no_suspicion_and_a_file_put_back_is() {
    let mut sim = at_rest(81);
    let door = a_door(&mut sim, 0).to_string();
    let (live, copy) = (sim.phone(0).dir.clone(), sim.scratch().join("copy"));
    copy_files(&live, &copy).unwrap();
    for _ in 0..3 {
        visit(sim.phone(0), &door);
        let body = sim.phone(0).client.next_exchange().unwrap();
        assert!(!ask(&mut sim, &body).1, "lost on its way");
        let body = sim.phone(0).client.next_exchange().unwrap();
        let (answer, names_history) = ask(&mut sim, &body);
        assert!(!names_history, "the ticket before fits too");
        sim.phone(0).client.take_answer(answer).unwrap();
    }
    assert_eq!(suspected(&sim), 0);

    let seed = sim.plot.seed;
    let mut restored = Phone::open(&copy, sim.hands(), seed, 0, 1_000).unwrap();
    visit(&mut restored, &door);
    let body = restored.client.next_exchange().unwrap();
    let (answer, names_history) = ask(&mut sim, &body);
    assert_eq!((suspected(&sim), names_history), (1, true), "the office is told, and the phone which history this is");
    restored.client.take_answer(answer).unwrap();
    while restored.client.today("zh".into()).unwrap().waiting > 0 {
        let body = restored.client.next_exchange().unwrap();
        let (answer, _) = ask(&mut sim, &body);
        restored.client.take_answer(answer).unwrap();
    }
    sim.check_same(&restored).unwrap();
}
