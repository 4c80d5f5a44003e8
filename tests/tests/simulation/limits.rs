//! Bounded before it is parsed, and bounded once it is kept.

use minqing_core::{
    Id,
    envelope::{Envelope, Item, ItemKind, Quarantine},
    frame::{MAX_ENVELOPES, MAX_ITEMS, encode_frame},
    wire::{ItemState, Up},
};
use minqing_sync_server::sync::run_exchange;
use minqing_tests::sim::Sim;

use super::intruder::{Intruder, doc_of, door, exchange, quiet, visit};

fn frame(sim: &mut Sim, envelopes: Vec<Envelope>) -> Vec<u8> {
    let seqs = vec![0; sim.phone(0).client.streams().unwrap().len()];
    let envelopes = Some(envelopes.iter().map(|e| e.encode().into()).collect());
    encode_frame(&Up { scope: 1, seqs, envelopes, ..Up::default() })
}

#[test]
fn a_frame_holds_so_many_items_and_envelopes_and_no_more() {
    let mut sim = quiet(2, 10);
    let intruder = Intruder::new(&mut sim, 0, 9);
    let seal = |first: u64, count: usize| {
        let item = |i: usize| Item { kind: 2, doc: Id([0; 16]), bytes: i.to_be_bytes().to_vec() };
        Envelope::seal(&intruder.keys, intruder.carrier.device, intruder.opening, first, 1, (0..count).map(item).collect())
    };
    let before = sim.log_rows().unwrap();
    let too_many_items = frame(&mut sim, vec![seal(1, MAX_ITEMS + 1)]);
    let too_many_envelopes = frame(&mut sim, (0..=MAX_ENVELOPES as u64).map(|i| seal(i, 1)).collect());
    for body in [too_many_items, too_many_envelopes] {
        assert_eq!(run_exchange(sim.app(), &intruder.carrier, &body).unwrap_err().code, "frame.too_large");
    }
    let office = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    assert_eq!(office.query_row("SELECT count(*) FROM inbox", [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    assert_eq!(sim.log_rows().unwrap(), before);
}

#[test]
fn what_nobody_signed_is_kept_apart_and_only_so_much_of_it() {
    let mut sim = quiet(2, 17);
    let intruder = Intruder::new(&mut sim, 0, 9);
    let victim = Intruder::new(&mut sim, 1, 9);
    // An envelope that claims to be another phone's.
    let forged = |n: u64, count: usize| {
        let item = |i: usize| Item { kind: 2, doc: Id([0; 16]), bytes: [n, i as u64].map(u64::to_be_bytes).concat() };
        Envelope::seal(&intruder.keys, victim.carrier.device, victim.opening, n, 1, (0..count).map(item).collect())
    };
    let body = frame(&mut sim, vec![forged(1, 2)]);
    let answer = run_exchange(sim.app(), &intruder.carrier, &body).unwrap();
    let down: minqing_core::wire::Down = minqing_core::frame::decode_frame(&answer).unwrap();
    assert_eq!(down.states, vec![ItemState::Quarantined(Quarantine::Signature); 2]);
    let body = frame(&mut sim, vec![forged(10, 1_500)]);
    assert_eq!(run_exchange(sim.app(), &intruder.carrier, &body).unwrap_err().code, "envelope.unsigned");
    let office = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    let count = |table: &str| office.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((count("unsigned"), count("inbox")), (2, 0), "and no name of the other phone is used up");
}

#[test]
fn a_document_grows_so_far_and_no_further_and_the_server_starts_again() {
    let mut sim = quiet(2, 5);
    let doors: Vec<String> = sim.phone(0).client.households(0, 9).unwrap().into_iter().map(|h| h.id).collect();
    let id: Id = doors[0].parse().unwrap();
    let mut doc = doc_of(&mut sim, 0, id);
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    let mut noise = 1u64;
    let mut states = Vec::new();
    for n in 0..100 {
        let text: String = (0..47_000)
            .map(|_| {
                noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from(b'a' + (noise >> 60) as u8)
            })
            .collect();
        let bytes = intruder.change(&mut doc, |w| w.put(&format!("k{n}"), text.as_str()));
        states.extend(intruder.send(&sim, vec![(ItemKind::Change, id, bytes)]));
        if !matches!(states.last(), Some(ItemState::Seq(_))) {
            break;
        }
    }
    assert_eq!(states.last(), Some(&ItemState::Quarantined(Quarantine::Oversize)), "after {}", states.len());
    assert!(states.len() > 50);
    sim.restart_server().unwrap();
    let elsewhere = sim.phone(0).client.record_visit(visit(&doors[1], "别的门")).unwrap();
    while exchange(&mut sim, 0).unwrap().more {}
    assert_eq!(sim.phone(0).client.visit(elsewhere).unwrap().state, minqing_core::view::RecordState::Applied);
    assert_eq!(door(&mut sim, 0), doors[0]);
}
