//! `Compaction`: bodies are let go, and whoever reads sees no difference.

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    envelope::Item,
    ids::{Device, Opening, actor},
};

use super::{
    Make, Office, item,
    office::{OFFICER, STREAMS},
};
use crate::{
    storage::{Compacted, Result, StoreError, log::DocumentHead},
    testing::MORNING,
};

/// Just after all rows took their place.
const AFTER: i64 = MORNING + 6;

/// A document of so many changes, and their items.
fn written(id: u8, changes: u32) -> (Doc, Vec<Item>) {
    let mut doc = Doc::empty();
    let change = |n| {
        let note = format!("第{n}次").repeat(40);
        let bytes = doc.change(actor(Device(1), Opening([id; 5])), 0, |w| w.put("note", &*note)).unwrap().unwrap();
        Item { kind: 1, doc: Id([id; 16]), bytes }
    };
    let items = (1..=changes).map(change).collect();
    (doc, items)
}

fn keep(office: &Office, id: u8, doc: &Doc) {
    office.apply(|unit| {
        let stream = unit.stream(STREAMS[0])?.expect("a stream");
        unit.keep_document(Id([id; 16]), &DocumentHead { kind: DocKind::Card, stream, creator: OFFICER, version: 0 }, &doc.save())
    });
}

/// All that readers of rows see.
fn seen(office: &Office) -> String {
    let store = &office.store;
    let mut moving = Vec::new();
    office.apply(|unit| {
        for stream in STREAMS {
            let stream = unit.stream(stream)?.expect("a stream");
            moving.extend(unit.rows_to_move(Id([1; 16]), stream)?);
        }
        Ok(())
    });
    let batch = store.rows_after(&STREAMS.map(str::to_owned), &[0; 3], usize::MAX).unwrap();
    let rows: Vec<_> = STREAMS.iter().map(|stream| store.rows_of(stream, Id([1; 16]), 99).unwrap()).collect();
    let sums = store.doc_sums_at(STREAMS[0], 2, Id([0; 16]), Id([0xff; 16])).unwrap();
    format!("{:?}{batch:?}{rows:?}{moving:?}{sums:?}", office.rows())
}

/// Compacts a stream to its end; all that was done.
fn compact(office: &Office, stream: &str) -> Result<Compacted> {
    let mut all = Compacted::default();
    loop {
        let step = office.store.compact(stream, AFTER, 2)?;
        assert!(step.rows <= 2 && step.seq >= all.seq);
        all = Compacted { rows: all.rows + step.rows, bytes: all.bytes + step.bytes, kept: all.kept + step.kept, ..step };
        if !step.more {
            return Ok(all);
        }
    }
}

pub fn old_changes_are_let_go_and_read_as_before(make: Make<'_>) {
    let office = Office::of(make);
    let (doc, items) = written(1, 3);
    let event = Item { kind: 2, ..item(1, "an event") };
    for (n, one) in (1..).zip(items.iter().chain([&event])) {
        office.log(STREAMS[0], n, one);
    }
    // Said again where the document went later: there as well.
    office.log(STREAMS[1], 5, &items[0]);
    keep(&office, 1, &doc);
    let (before, bytes) = (seen(&office), office.store.body_bytes().unwrap());
    assert_eq!(office.store.compact(STREAMS[0], AFTER - 1, 9).unwrap(), Compacted::default(), "all of it is too young");
    let done = compact(&office, STREAMS[0]).unwrap();
    assert_eq!((done.rows, done.kept, done.seq), (3, 0, 4));
    assert_eq!(office.store.body_bytes().unwrap(), bytes - done.bytes);
    assert_eq!(compact(&office, STREAMS[1]).unwrap().rows, 1);
    assert_eq!(seen(&office), before);
    assert_eq!([0, 1, 2].map(|n| office.store.compacted(STREAMS[n]).unwrap()), [4, 1, 0]);
    assert_eq!(compact(&office, STREAMS[0]).unwrap(), Compacted { seq: 4, ..Compacted::default() }, "once");
    // What comes on top is a change like any other.
    let (more, items) = written(1, 4);
    office.log(STREAMS[0], 6, &items[3]);
    keep(&office, 1, &more);
    let before = seen(&office);
    assert_eq!(compact(&office, STREAMS[0]).unwrap().rows, 1);
    assert_eq!(seen(&office), before);
    let unknown = StoreError::Unknown { what: "stream", id: "grid:nowhere".into() };
    assert_eq!((office.store.compact("grid:nowhere", 0, 1), office.store.compacted("grid:nowhere")), (Err(unknown.clone()), Err(unknown)));
}

pub fn what_no_document_gives_back_stays(make: Make<'_>) {
    let office = Office::of(make);
    let (doc, items) = written(1, 1);
    // Another document's change, one of a document that is not there, and one that its document does not hold.
    let (_, strange) = written(2, 2);
    let foreign = Item { doc: items[0].doc, ..strange[1].clone() };
    for (n, one) in (1..).zip([&items[0], &foreign, &strange[0], &item(1, "no change at all")]) {
        office.log(STREAMS[0], n, one);
    }
    keep(&office, 1, &doc);
    let before = seen(&office);
    let done = compact(&office, STREAMS[0]).unwrap();
    assert_eq!((done.rows, done.kept, done.seq), (1, 3, 4));
    assert_eq!(seen(&office), before);
}
