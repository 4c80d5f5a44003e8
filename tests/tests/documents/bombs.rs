//! Small changes that grow: by what their columns claim, or by what they build.

use automerge::{
    ActorId, Automerge, ObjType, ROOT, ReadDoc, ScalarValue,
    transaction::{CommitOptions, Transactable, Transaction},
};
use minqing_core::{
    document::{Doc, MAX_OPS},
    envelope::Quarantine,
    ids::actor,
};

use super::{
    chunk::{Chunk, column, run, signed, unsigned},
    hostile::{DEVICE, NOON, OPENING, goes_on, refused, still_well, stored},
};

#[test]
fn a_few_bytes_that_claim_billions_are_refused_unread() {
    let (doc, honest) = stored();
    let operations = |n: i64, key: &[u8]| {
        let mut c = Chunk { columns: vec![], ..honest.clone() };
        c.set(column::KEY, run(n, &[&unsigned(key.len() as u64), key].concat()));
        c.set(column::INSERT, unsigned(n as u64));
        c.set(column::ACTION, run(n, &[1]));
        c.set(column::VALUE_META, run(n, &[0]));
        c.set(column::PRED_COUNT, run(n, &[0]));
        c
    };
    let overwriting = |n: i64| {
        let mut c = operations(1, b"a");
        c.set(column::PRED_COUNT, [signed(-1), unsigned(n as u64)].concat());
        c.set(column::PRED_ACTOR, run(n, &[0]));
        c.set(column::PRED_COUNTER, run(n, &[1]));
        c
    };
    let bombs = [
        operations(5_001, b"a"),
        operations(1 << 62, b"a"),
        operations(i64::MAX, b"a"),
        operations(4_000, &[b'k'; 40_000]),
        overwriting(1 << 62),
        overwriting(i64::MAX),
    ];
    for bomb in bombs {
        assert_eq!(refused(&doc, &bomb.write()), Some(Quarantine::Oversize));
    }
    // A run split into many that together overflow, and one that says it holds values which are not there.
    let mut many = operations(1, b"a");
    many.set(column::ACTION, run(i64::MAX, &[1]).repeat(9));
    assert_eq!(refused(&doc, &many.write()), Some(Quarantine::Oversize));
    many.set(column::ACTION, signed(i64::MIN));
    assert_eq!(refused(&doc, &many.write()), Some(Quarantine::Malformed));
    still_well(&doc, &doc.clone());
}

/// A device's first change, written past the core.
fn foreign(write: impl FnOnce(&mut Transaction<'_>)) -> Vec<u8> {
    let mut doc = Automerge::new();
    doc.set_actor(ActorId::from(&actor(DEVICE, OPENING)[..]));
    let mut tx = doc.transaction();
    write(&mut tx);
    let hash = tx.commit_with(CommitOptions::default().with_time(NOON)).0.unwrap();
    doc.get_change_by_hash(&hash).unwrap().raw_bytes().to_vec()
}

/// Maps one in another overflow the stack of whoever reads them, which nothing catches; the rest is not ours.
#[test]
fn structures_that_no_phone_writes_are_refused() {
    let nested = |depth| {
        foreign(|tx| {
            (0..depth).fold(ROOT, |inside, _| tx.put_object(&inside, "a", ObjType::Map).unwrap());
        })
    };
    assert!(refused(&Doc::empty(), &nested(1)).is_none(), "an item on the root");
    let attacks = [
        nested(2),
        nested(400),
        nested(MAX_OPS),
        foreign(|tx| drop(tx.put_object(ROOT, "list", ObjType::List).unwrap())),
        foreign(|tx| drop(tx.put_object(ROOT, "text", ObjType::Text).unwrap())),
        foreign(|tx| {
            tx.put(ROOT, "n", ScalarValue::counter(i64::MAX)).unwrap();
            tx.increment(ROOT, "n", i64::MAX).unwrap();
        }),
    ];
    for attack in attacks {
        assert_eq!(refused(&Doc::empty(), &attack), Some(Quarantine::Malformed));
    }
}

#[test]
fn the_limit_of_operations_is_exact() {
    let (doc, _) = stored();
    let change = |ops: usize| doc.clone().change(actor(DEVICE, OPENING), NOON, |w| (0..ops).try_for_each(|i| w.put(&format!("k{i}"), true))).unwrap().unwrap();
    assert_eq!(refused(&doc, &change(MAX_OPS)), None);
    assert_eq!(refused(&doc, &change(MAX_OPS + 1)), Some(Quarantine::Oversize));
    goes_on(&doc);
}
