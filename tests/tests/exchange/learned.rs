//! What a phone kept because it could not read it is taken after its update, in order and once.

use minqing_core::{
    Id,
    envelope::{Hash, Item, doc_term, item_term},
    frame::{from_cbor, to_cbor},
    ids::{Device, Opening},
    model::NewVisit,
    wire::Row,
};
use minqing_tests::{deeds::broken_lamp, sim::Sim};
use rusqlite::params;

use super::{
    downwards::{cursors, exchange, file, later_row, remark},
    signer::at_rest,
};

/// The envelope of a row of a later version, and in it all of an ordinary one.
type Wrapped<'a> = (u8, u32, u64, Id, Hash, bool, (u32, Opening, u64, u8, minicbor::bytes::ByteVec));

/// How a version that has not learned of a row yet is sent it.
fn wrapped(row: &Row) -> Row {
    let Row::Item { stream, seq, device, opening, n, item } = row else { panic!("{row:?}") };
    let (stream, seq, doc, hash) = (*stream, *seq, item.doc, item.hash());
    let whole: Wrapped<'_> = (9, stream, seq, doc, hash, true, (device.0, *opening, *n, item.kind, item.bytes.clone().into()));
    Row::Later { stream, seq, doc, hash, counts: true, bytes: to_cbor(&whole) }
}

/// The rows that a phone keeps for later.
fn kept(sim: &mut Sim, number: usize) -> Vec<(String, i64, u8, Vec<u8>)> {
    let db = file(sim, number);
    let mut query = db.prepare("SELECT stream, seq, kind, bytes FROM later ORDER BY stream, seq").unwrap();
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap().map(Result::unwrap).collect()
}

/// An app's update: the next version reads rows of tag 9 as what they are, and kinds of items that the last one did not know.
fn update(sim: &mut Sim, number: usize) {
    let rows = kept(sim, number);
    let db = file(sim, number);
    for (at, (stream, seq, _, bytes)) in rows.into_iter().enumerate() {
        let Ok((9, index, place, doc, _, _, (device, opening, n, kind, inner))) = from_cbor::<Wrapped<'_>>(&bytes) else { continue };
        let item = Item { kind, doc, bytes: inner.to_vec() };
        let row = Row::Item { stream: index, seq: place, device: Device(device), opening, n, item: item.clone() };
        let (kind, bytes) = if at % 2 == 0 { (0, to_cbor(&row)) } else { (kind, item.bytes) };
        db.execute("UPDATE later SET kind = ?, bytes = ? WHERE stream = ? AND seq = ?", params![kind, bytes, stream, seq]).unwrap();
    }
    db.execute("DELETE FROM meta WHERE key = 'knows'", []).unwrap();
    drop(db);
    sim.reopen(number).unwrap();
}

#[test]
fn rows_kept_by_an_app_that_could_not_read_them_are_taken_after_its_update() {
    let mut sim = at_rest(95);
    let door = sim.phone(2).client.households(0, 1).unwrap().remove(0).id;
    for note in ["狗凶", "白天没人", "晚上来"] {
        remark(&mut sim, 0, &door, note);
    }
    let visit = NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "talked".into(), note: "说灯坏了".into(), ..NewVisit::default() };
    let visit = sim.phone(0).client.record_visit(visit).unwrap();
    let matter = sim.phone(0).client.register_matter(broken_lamp(&door)).unwrap();
    exchange(&mut sim, 0, |_| ()).unwrap();

    let mut rows = 0;
    let taken = exchange(&mut sim, 2, |down| {
        down.rows = down.rows.iter().map(wrapped).collect();
        rows = down.rows.len();
        // And one that the next version does not know either.
        let seq = down.end.cursors[1] + 1;
        down.end.cursors[1] = seq;
        down.end.sum = down.end.sum.wrapping_add(doc_term(Id([9; 16]), item_term(Id([9; 16]), Hash([8; 32]))));
        down.rows.push(Row::Later { stream: 1, seq, doc: Id([9; 16]), hash: Hash([8; 32]), counts: true, bytes: later_row(seq) });
    });
    assert!(rows >= 7, "{rows} rows: three remarks, a visit, a matter's text, its event and the verdict");
    assert!(!taken.unwrap().differs, "what is kept is counted");
    assert_eq!(kept(&mut sim, 2).len(), rows + 1);
    assert_eq!(sim.phone(2).client.household(door.clone()).unwrap().household.note, "");
    assert!(sim.phone(2).client.visit(visit.clone()).is_err() && sim.phone(2).client.matter(matter.clone()).is_err());

    let reached = cursors(&mut sim, 2);
    update(&mut sim, 2);
    let left = kept(&mut sim, 2);
    assert_eq!(left.iter().map(|(_, _, kind, bytes)| (*kind, bytes.clone())).collect::<Vec<_>>(), [(0, later_row(reached[1]))]);
    assert_eq!(sim.phone(2).client.household(door).unwrap().household.note, "晚上来");
    assert_eq!(sim.phone(2).client.visit(visit).unwrap().note, "说灯坏了");
    assert_eq!(sim.phone(2).client.matter(matter.clone()).unwrap().matter.text, "楼道灯坏了");
    let told = sim.phone(2).client.matter(matter).unwrap();
    assert!(told.events.len() == 1 && told.events[0].ordinal == 1, "the verdict came after its event");
    assert_eq!(cursors(&mut sim, 2), reached, "no cursor moves, and nothing is counted twice");

    // The made-up row is in no log; without it phone and office agree.
    file(&mut sim, 2).execute_batch("DELETE FROM later").unwrap();
    sim.reopen(2).unwrap();
    sim.check_same_everywhere().unwrap();
}
