//! Answers on their way down: from a later version, incomplete, or undecided about an item.

use minqing_core::{
    Error, Id,
    client::Exchanged,
    envelope::{Hash, Item, ItemKind, doc_term, item_term},
    event::{Fact, FactKind},
    frame::{decode_frame, encode_frame, to_cbor},
    ids::{Device, Opening},
    model::{HouseholdEdit, NewVisit},
    view::RecordState,
    wire::{Down, ItemState, Row},
};
use minqing_tests::sim::Sim;
use rusqlite::Connection;

use super::{office::document, signer::at_rest};

/// Lets a phone exchange, with the answer altered on its way.
pub fn exchange(sim: &mut Sim, number: usize, alter: impl FnOnce(&mut Down)) -> Result<Exchanged, Error> {
    let body = sim.phone(number).client.next_exchange()?;
    let answer = sim.serve(number, &body).unwrap().expect("an answer");
    let mut down = decode_frame::<Down>(&answer)?;
    alter(&mut down);
    sim.phone(number).client.take_answer(encode_frame(&down))
}

pub fn file(sim: &mut Sim, number: usize) -> Connection {
    Connection::open(sim.phone(number).dir.join("minqing.db")).unwrap()
}

/// How far a phone has taken its streams.
pub fn cursors(sim: &mut Sim, number: usize) -> Vec<u64> {
    let db = file(sim, number);
    let mut query = db.prepare("SELECT seq FROM cursor ORDER BY position").unwrap();
    query.query_map([], |row| row.get::<_, i64>(0)).unwrap().map(|seq| seq.unwrap() as u64).collect()
}

pub fn remark(sim: &mut Sim, number: usize, door: &str, note: &str) {
    let edit = HouseholdEdit { note: Some(note.into()), ..HouseholdEdit::default() };
    sim.phone(number).client.edit_household(door.into(), edit).unwrap();
}

/// A row of a kind that is yet to come: [7, 1, seq, doc, hash, true, "new"].
pub fn later_row(seq: u64) -> Vec<u8> {
    to_cbor(&(7u8, 1u32, seq, Id([9; 16]), Hash([8; 32]), true, "new"))
}

#[test]
fn what_a_later_version_wrote_is_kept_raw_and_counted() {
    let mut sim = at_rest(91);
    let mut reached = cursors(&mut sim, 2);
    let fact = |kind| Fact { id: Id([kind; 16]), kind, server_ms: 0, payload: vec![0xa0] }.encode();
    let [event_kind, fact_kind] = [ItemKind::Event, ItemKind::Fact].map(ItemKind::number);
    // A kind of item, a kind of fact, a fact and an event in another shape; and a control fact that this version knows and does not count.
    let items =
        [(200, b"later".to_vec()), (fact_kind, fact(99)), (fact_kind, vec![0xf6]), (event_kind, vec![0xf6]), (fact_kind, fact(FactKind::Scope.number()))];
    let items: Vec<Item> = items.into_iter().zip(1u8..).map(|((kind, bytes), i)| Item { kind, doc: Id([i; 16]), bytes }).collect();
    let taken = exchange(&mut sim, 2, |down| {
        for (item, n) in items.iter().cloned().zip(1..) {
            reached[1] += 1;
            if n < 5 {
                down.end.sum = down.end.sum.wrapping_add(doc_term(item.doc, item_term(item.doc, item.hash())));
            }
            down.rows.push(Row::Item { stream: 1, seq: reached[1], device: Device(0), opening: Opening([7; 5]), n, item });
        }
        reached[1] += 1;
        down.end.sum = down.end.sum.wrapping_add(doc_term(Id([9; 16]), item_term(Id([9; 16]), Hash([8; 32]))));
        down.rows.push(Row::Later { stream: 1, seq: reached[1], doc: Id([9; 16]), hash: Hash([8; 32]), counts: true, bytes: later_row(reached[1]) });
        down.end.cursors = reached.clone();
    });
    let taken = taken.unwrap();
    assert_eq!((taken.rows, taken.differs), (6, false));
    assert_eq!(cursors(&mut sim, 2), reached);
    let db = file(&mut sim, 2);
    let mut query = db.prepare("SELECT kind, bytes FROM later ORDER BY seq").unwrap();
    let kept: Vec<(u8, Vec<u8>)> = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let mut expected: Vec<(u8, Vec<u8>)> = items[..4].iter().map(|i| (i.kind, i.bytes.clone())).collect();
    expected.push((0, later_row(reached[1])));
    assert_eq!(kept, expected);
}

#[test]
fn invariant_08_a_document_that_misses_a_change_holds_up_no_other_and_heals_when_it_comes() {
    let mut sim = at_rest(92);
    let doors: Vec<String> = sim.phone(2).client.households(0, 2).unwrap().into_iter().map(|h| h.id).collect();
    let damaged = |sim: &mut Sim| sim.phone(2).client.digest().unwrap().into_iter().filter(|d| d.damaged).map(|d| d.id).collect::<Vec<_>>();
    let note = |sim: &mut Sim, door: &str| sim.phone(2).client.household(door.into()).unwrap().household.note;
    remark(&mut sim, 0, &doors[0], "狗凶");
    remark(&mut sim, 0, &doors[0], "白天没人");
    remark(&mut sim, 0, &doors[1], "另一户");
    exchange(&mut sim, 0, |_| ()).unwrap();

    let mut missing = None;
    let taken = exchange(&mut sim, 2, |down| missing = Some(down.rows.remove(0))).unwrap();
    assert!(taken.differs, "the phone knows that something is missing");
    assert_eq!(damaged(&mut sim), [doors[0].clone()]);
    assert_eq!((note(&mut sim, &doors[0]), note(&mut sim, &doors[1])), (String::new(), "另一户".into()));

    let mut reached = cursors(&mut sim, 2);
    let Some(Row::Item { stream: 1, device, opening, n, item, .. }) = missing else { panic!("{missing:?}") };
    exchange(&mut sim, 2, |down| {
        reached[1] += 1;
        down.rows.push(Row::Item { stream: 1, seq: reached[1], device, opening, n, item });
        down.end.cursors = reached.clone();
    })
    .unwrap();
    assert!(damaged(&mut sim).is_empty());
    assert_eq!(note(&mut sim, &doors[0]), "白天没人", "both changes are in");
    let healed = sim.phone(2).client.digest().unwrap().into_iter().find(|d| d.id == doors[0]).unwrap();
    let office = document(&sim, doors[0].parse().unwrap());
    assert_eq!(healed.content, serde_json::to_string(&office.content()).unwrap());
}

#[test]
fn invariant_02_what_is_not_final_is_sent_again_until_it_is() {
    let mut sim = at_rest(93);
    let household = sim.phone(0).client.households(0, 1).unwrap().remove(0).id;
    let visit = NewVisit { household, purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
    let id = sim.phone(0).client.record_visit(visit).unwrap();
    let waiting = |sim: &mut Sim| sim.phone(0).client.today("zh".into()).unwrap().waiting;
    for state in [ItemState::Received, ItemState::Held(vec![1; 32]), ItemState::ParkedWith(vec![1; 16]), ItemState::Unknown(99)] {
        // After each answer it is asked for again a little later; no more than 16 exchanges here.
        let sent = (0..16).find(|_| {
            let mut sent = false;
            let taken = exchange(&mut sim, 0, |down| {
                sent = down.states.len() == 1;
                (down.states, down.rows, down.end.cursors) = (down.states.iter().map(|_| state.clone()).collect(), vec![], vec![]);
            });
            assert_eq!(taken.unwrap().settled, 0, "{state:?}");
            sent
        });
        assert!(sent.is_some(), "{state:?}: it was sent again");
        let parked = matches!(state, ItemState::ParkedWith(_));
        assert_eq!(waiting(&mut sim), u32::from(!parked), "{state:?}");
        assert_ne!(sim.phone(0).client.visit(id.clone()).unwrap().state, RecordState::Applied, "{state:?}");
    }
    // Its row comes down, or it is asked for: either settles it.
    sim.settle().unwrap();
    assert_eq!((waiting(&mut sim), sim.phone(0).client.visit(id).unwrap().state), (0, RecordState::Applied));
}

#[test]
fn after_an_answer_of_another_history_all_is_read_anew_and_nothing_is_lost() {
    let mut sim = at_rest(94);
    let door = sim.phone(0).client.households(0, 1).unwrap().remove(0).id;
    remark(&mut sim, 0, &door, "狗凶");
    let before = cursors(&mut sim, 0);
    let taken = exchange(&mut sim, 0, |down| down.end.history = Some(vec![9; 16].into())).unwrap();
    assert!(taken.anew && taken.more && taken.settled == 0 && taken.rows == 0);
    assert!(cursors(&mut sim, 0).iter().all(|seq| *seq == 0));
    assert_eq!(sim.phone(0).client.today("zh".into()).unwrap().waiting, 1, "it is sent again");
    assert_eq!(sim.phone(0).client.household(door.clone()).unwrap().household.note, "狗凶", "what was written stays to be seen");
    // The history it has is not that one: once more from the beginning.
    assert!(exchange(&mut sim, 0, |_| ()).unwrap().anew);
    sim.settle().unwrap();
    assert_eq!(sim.phone(0).client.today("zh".into()).unwrap().waiting, 0);
    assert!(cursors(&mut sim, 0).iter().zip(&before).all(|(now, before)| now >= before));
    assert_eq!(sim.phone(1).client.household(door).map(|d| d.household.note).unwrap_or("狗凶".into()), "狗凶");
    sim.check_same_everywhere().unwrap();
}
