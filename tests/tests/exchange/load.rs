//! More than the server takes at once: who is told to come again loses nothing and gets through, and who brings much holds
//! nobody up. Counts only; no test waits for a clock.

use std::{thread, time::Duration};

use minqing_core::{
    frame::encode_frame,
    ids::Opening,
    wire::{ItemState, Up},
};
use rusqlite::Connection;

use super::by_hand::{ByHand, STREAMS, Told};
use crate::attachments::office::Office;

const OPENING: Opening = Opening([9; 5]);

fn database(office: &Office) -> Connection {
    Connection::open(office.dir.path().join("server/minqing.db")).unwrap()
}

fn count(db: &Connection, what: &str) -> u64 {
    db.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get::<_, i64>(0)).unwrap() as u64
}

fn until(done: impl Fn() -> bool) {
    while !done() {
        thread::sleep(Duration::from_millis(2));
    }
}

/// Where an item is, once it is in the log.
fn place(told: &Told) -> Option<u64> {
    told.down.as_ref().and_then(|down| down.states.first()).and_then(ItemState::seq)
}

#[test]
fn in_a_crowd_phones_are_told_when_to_come_again_and_all_get_through() {
    let office = Office::with(|config| (config.limits.exchanges_at_once, config.limits.exchanges_waiting) = (1, 2));
    let phones: Vec<ByHand> = (1..=6).map(|n| ByHand::enrol(&office, n)).collect();
    let request = |phone: &ByHand| encode_frame(&ByHand::up(vec![phone.seal(OPENING, 1, &phone.cards(OPENING, 1, 1))]));
    let idle = encode_frame(&Up { scope: 1, seqs: vec![0; STREAMS], ..Up::default() });
    let (db, url) = (database(&office), office.url.as_str());
    let crowd = office.app.crowd.clone();
    // Somebody holds the writer: the first exchange stays at work, and two more fill the office.
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    thread::scope(|scope| {
        let mut first: Vec<_> = Vec::new();
        for (phone, inside) in phones[..2].iter().zip(1..) {
            first.push(scope.spawn(move || phone.post(url, &request(phone))));
            until(|| crowd.inside() == inside);
        }
        // The phone that is at work comes a second time; it has a place, but no second exchange.
        until(|| crowd.at_work() == 2);
        let second = phones[0].post(url, &idle);
        assert_eq!((second.status, second.code.as_str()), (503, "exchange.under_way"));
        assert!(matches!(second.retry_after_s, Some(1..=4)), "{:?}", second.retry_after_s);
        let third = &phones[2];
        first.push(scope.spawn(move || third.post(url, &request(third))));
        until(|| crowd.inside() == 3);
        for phone in &phones[3..] {
            let told = phone.post(url, &request(phone));
            assert_eq!((told.status, told.code.as_str()), (503, "server.busy"));
            assert!(matches!(told.retry_after_s, Some(5..=35)), "{:?}", told.retry_after_s);
        }
        db.execute_batch("ROLLBACK").unwrap();
        for exchange in first {
            assert_eq!(exchange.join().unwrap().status, 200);
        }
    });
    for phone in &phones {
        let told = phone.post(url, &request(phone));
        assert!(place(&told).is_some(), "{} {}", told.status, told.code);
    }
    assert_eq!((count(&db, "log WHERE kind = 1"), count(&db, "inbox")), (6, 0), "each once, nothing lost");
    assert_eq!((crowd.inside(), crowd.at_work()), (0, 0));
}

#[test]
fn a_phone_that_brings_thousands_of_items_holds_nobody_up() {
    const MANY: u32 = 2_000;
    /// What may go before: the batch that is being written, the one already tried, and what is applied while the other is received.
    const BATCHES: u64 = 8;
    let office = Office::open();
    let (heavy, light) = (ByHand::enrol(&office, 1), ByHand::enrol(&office, 2));
    let items = heavy.cards(OPENING, 1, MANY);
    let much = encode_frame(&ByHand::up(vec![heavy.seal(OPENING, 1, &items)]));
    let little = encode_frame(&ByHand::up(vec![light.seal(OPENING, 1, &light.cards(OPENING, 1, 1))]));
    let (db, url) = (database(&office), office.url.as_str());
    thread::scope(|scope| {
        let sent = scope.spawn(|| heavy.post(url, &much));
        until(|| count(&db, "log WHERE kind = 1") > 0);
        let before = count(&db, "log WHERE kind = 1");
        // Where the machine is slow it is received first, and has its place when asked again.
        let (mut asked, mut found) = (0, None);
        while found.is_none() {
            assert!(asked < 100, "not in the log after {asked} exchanges");
            found = place(&light.post(url, &little));
            asked += 1;
        }
        let place = found.unwrap();
        assert!(place > before && place < before + BATCHES * 50, "place {place}, {before} were before it");
        assert!(place < u64::from(MANY), "the others were still waiting");
        assert_eq!(sent.join().unwrap().down.unwrap().states.len(), items.len());
    });
    until(|| count(&db, "inbox") == 0);
    let told = heavy.post(url, &much);
    let places: Vec<u64> = told.down.unwrap().states.iter().filter_map(ItemState::seq).collect();
    assert_eq!(places.len(), items.len());
    assert!(places.is_sorted(), "in the order in which it wrote them");
}
