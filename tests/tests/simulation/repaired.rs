//! A phone's file that says something else than the log is found by its sums and mended, document by document.

use minqing_core::{Id, client::Exchanged, document::DocKind, frame::decode_frame, wire::Up};
use minqing_tests::sim::Sim;

use super::intruder::{door, exchange, matter, quiet, visit};

/// A phone at rest with a few visits and a matter, and something of its own that was never sent.
fn story(seed: u64) -> (Sim, String, String) {
    let mut sim = quiet(2, seed);
    let door = door(&mut sim, 1);
    for number in [0, 1, 0] {
        sim.phone(number).client.record_visit(visit(&door, "灯坏了")).unwrap();
        sim.settle().unwrap();
    }
    sim.phone(0).client.register_matter(matter(&door, "水管漏水")).unwrap();
    sim.settle().unwrap();
    let unsent = sim.phone(1).client.record_visit(visit(&door, "还没送出")).unwrap();
    (sim, door, unsent)
}

/// Changes a phone's file behind its back.
fn tamper(sim: &mut Sim, number: usize, sql: &str) -> usize {
    let file = rusqlite::Connection::open(sim.phone(number).dir.join("minqing.db")).unwrap();
    file.execute(sql, []).unwrap()
}

/// Exchanges while more is to be done, at most so often; the last answer and how many there were.
fn exchanges(sim: &mut Sim, number: usize) -> (Exchanged, usize) {
    for count in 1..20 {
        let taken = exchange(sim, number).unwrap();
        if !taken.more {
            return (taken, count);
        }
    }
    panic!("no end of exchanges");
}

fn volume(door: &str) -> String {
    let bytes: Vec<u8> = Id::visits(door.parse().unwrap(), 2026).0.to_vec();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_mended(mut sim: Sim, door: &str, unsent: &str) {
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
    let notes: Vec<_> = sim.phone(1).client.household(door.into()).unwrap().visits.into_iter().map(|v| (v.id, v.note)).collect();
    assert_eq!(notes.len(), 4);
    assert!(notes.contains(&(unsent.into(), "还没送出".into())), "{notes:?}");
    assert_eq!(sim.phone(0).client.household(door.into()).unwrap().visits.len(), 4, "and it reached the office");
}

#[test]
fn a_sum_that_differs_is_mended_in_two_exchanges_and_asks_for_nothing_more() {
    let (mut sim, door, unsent) = story(501);
    assert!(tamper(&mut sim, 1, "UPDATE doc_sum SET sum = sum + 7 WHERE stream LIKE 'grid:%'") > 1);
    assert!(tamper(&mut sim, 1, "UPDATE cursor SET sum = sum + 7 WHERE stream LIKE 'grid:%'") > 0);
    let first = exchange(&mut sim, 1).unwrap();
    assert!(first.differs && first.more, "{first:?}");
    let second = exchange(&mut sim, 1).unwrap();
    assert!(!second.differs && !second.more, "{second:?}");
    let idle = sim.phone(1).client.next_exchange().unwrap();
    assert!(idle.len() <= 64, "{} bytes", idle.len());
    is_mended(sim, &door, &unsent);
}

#[test]
fn a_document_that_cannot_be_read_comes_again_with_what_was_not_sent() {
    let (mut sim, door, unsent) = story(502);
    let volume = volume(&door);
    assert_eq!(tamper(&mut sim, 1, &format!("UPDATE document SET bytes = x'00', damaged = 1 WHERE id = x'{volume}'")), 1);
    let (last, _) = exchanges(&mut sim, 1);
    assert!(!last.differs);
    let digest = sim.phone(1).client.digest().unwrap();
    assert!(digest.iter().any(|d| d.kind == DocKind::Visits.number()) && digest.iter().all(|d| !d.damaged));
    is_mended(sim, &door, &unsent);
}

#[test]
fn what_is_gone_from_a_phones_file_comes_again() {
    let (mut sim, door, unsent) = story(503);
    let volume = volume(&door);
    // The volume as it was before anything came, and what is counted of it.
    tamper(&mut sim, 1, &format!("DELETE FROM change WHERE doc = x'{volume}' AND seq IS NOT NULL"));
    tamper(&mut sim, 1, &format!("UPDATE document SET bytes = x'00' WHERE id = x'{volume}'"));
    tamper(&mut sim, 1, &format!("DELETE FROM doc_sum WHERE doc = x'{volume}'"));
    tamper(&mut sim, 1, "UPDATE cursor SET sum = sum + 1 WHERE stream LIKE 'grid:%'");
    tamper(&mut sim, 1, "DELETE FROM event");
    tamper(&mut sim, 1, "DELETE FROM doc_sum WHERE doc IN (SELECT id FROM matter_row)");
    tamper(&mut sim, 1, "DELETE FROM matter_row");
    exchanges(&mut sim, 1);
    let matters = sim.phone(1).client.matters(0, 10).unwrap();
    assert_eq!(matters.len(), 1);
    is_mended(sim, &door, &unsent);
}

#[test]
fn what_a_phone_counts_and_the_log_does_not_is_counted_no_more() {
    let (mut sim, door, unsent) = story(504);
    tamper(&mut sim, 1, "INSERT INTO doc_sum (stream, doc, sum) SELECT stream, x'ffffffffffffffffffffffffffffffff', 9 FROM cursor WHERE stream LIKE 'grid:%'");
    tamper(&mut sim, 1, "UPDATE cursor SET sum = sum + 9 WHERE stream LIKE 'grid:%'");
    let (last, _) = exchanges(&mut sim, 1);
    assert!(!last.differs, "{last:?}");
    is_mended(sim, &door, &unsent);
}

#[test]
fn a_sum_that_was_added_up_wrongly_is_added_up_anew() {
    let (mut sim, door, unsent) = story(505);
    tamper(&mut sim, 1, "UPDATE cursor SET sum = sum + 1");
    let first = exchange(&mut sim, 1).unwrap();
    assert!(first.differs && first.more);
    assert!(!exchange(&mut sim, 1).unwrap().differs);
    is_mended(sim, &door, &unsent);
}

/// What no comparison mends, as a log that was tampered with, is asked for less and less often.
#[test]
fn what_cannot_be_mended_is_not_asked_for_at_every_exchange() {
    let (mut sim, _, _) = story(506);
    sim.settle().unwrap();
    let file = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    file.execute("UPDATE stream SET sum = sum + 1 WHERE name LIKE 'grid:%'", []).unwrap();
    let mut asked = 0;
    for _ in 0..64 {
        let body = sim.phone(1).client.next_exchange().unwrap();
        let up: Up = decode_frame(&body).unwrap();
        asked += u32::from(up.manifests.is_some());
        let answer = sim.serve(1, &body).unwrap().unwrap();
        assert!(sim.phone(1).client.take_answer(answer).unwrap().differs);
    }
    assert!((3..=7).contains(&asked), "asked {asked} times");
}
