//! `Erasures`, and what a unit of work can do to erase a document.

use minqing_core::{
    Id,
    document::Names,
    envelope::{doc_term, item_term},
    ids::Device,
};

use super::{
    Make, Office, item, name,
    office::{DEVICE, STREAMS},
};
use crate::{
    storage::{ErasedDoc, Erasure, log::Blank},
    testing::MORNING,
};

const ERASURE: Id = Id([7; 16]);
const HOUSEHOLD: Id = Id([8; 16]);

fn erased(doc: Id) -> ErasedDoc {
    ErasedDoc { erasure: ERASURE, doc, dead: vec![[1; 32]], names: Names::default(), changes: Some(vec![b"anew".to_vec()]) }
}

pub fn rows_whose_bytes_were_erased_count_as_before(make: Make<'_>) {
    let office = Office::of(make);
    let (a, b) = (item(1, "a"), item(2, "b"));
    office.log(STREAMS[0], 1, &a);
    office.log(STREAMS[0], 2, &b);
    let read = || office.store.rows_after(&[STREAMS[0].into()], &[0], 1 << 20).unwrap();
    let sum = read().sum;
    office.apply(|unit| {
        assert!(unit.note_erasure(ERASURE, HOUSEHOLD, MORNING)? && !unit.note_erasure(ERASURE, HOUSEHOLD, MORNING)?);
        unit.blank(&erased(a.doc))?;
        let stream = unit.stream(STREAMS[0])?.unwrap();
        assert!(unit.rows_to_move(a.doc, stream)?.is_empty() && unit.rows_to_move(b.doc, stream)?.len() == 1);
        assert_eq!(unit.end_of(stream)?, 2);
        assert!(unit.is_dead(a.doc, [1; 32])? && !unit.is_dead(b.doc, [1; 32])? && !unit.is_dead(a.doc, [2; 32])?);
        unit.note_late(a.doc, [2; 32], &Names::default())?;
        assert!(unit.is_dead(a.doc, [2; 32])?);
        Ok(())
    });
    let rows = read().rows;
    assert_eq!((read().sum, rows.len()), (sum, 2));
    assert_eq!((rows[0].1.blank, &rows[0].1.item.bytes[..]), (Some(Blank { hash: a.hash(), counts: true }), &b""[..]));
    assert_eq!((rows[1].1.blank, &rows[1].1.item), (None, &b));
    assert!(rows[0].1.counts() && !rows[0].1.uncounts());
    assert_eq!(sum, doc_term(a.doc, item_term(a.doc, a.hash())).wrapping_add(doc_term(b.doc, item_term(b.doc, b.hash()))));
    let listed = office.store.erased_docs().unwrap();
    let dead = vec![[1; 32], [2; 32]];
    assert_eq!(listed, [(ErasedDoc { dead, ..erased(a.doc) }, HOUSEHOLD, MORNING)]);
}

pub fn an_erasure_is_open_until_phones_and_backups_let_go(make: Make<'_>) {
    const DAY: i64 = 24 * 3_600_000;
    let office = Office::of(make);
    let store = &office.store;
    store.take_up(DEVICE, 1, &[]).unwrap();
    office.log(STREAMS[0], 1, &item(1, "a"));
    office.deliver(5, &[item(1, "waits")]);
    store.note_backup("before", MORNING - 2 * DAY).unwrap();
    store.note_backup("old", MORNING - 40 * DAY).unwrap();
    assert!(store.scrub().unwrap(), "nothing was erased");
    office.apply(|unit| {
        unit.note_erasure(ERASURE, HOUSEHOLD, MORNING)?;
        unit.blank(&erased(Id([1; 16])))
    });
    store.note_backup("after", MORNING + DAY).unwrap();
    assert_eq!(store.streams_to_scrub().unwrap(), [STREAMS[0]]);
    assert!(store.scrub().unwrap() && store.streams_to_scrub().unwrap().is_empty());
    let open = |now_ms| store.erasures(now_ms, 35 * DAY).unwrap().remove(0);
    let all = Erasure {
        id: ERASURE.to_string(),
        household: HOUSEHOLD.to_string(),
        at_ms: MORNING,
        late: 0,
        phones: vec![DEVICE.0],
        aside: 1,
        backups: vec![("before".into(), MORNING - 2 * DAY)],
    };
    assert_eq!(open(MORNING), all);
    store.erasures_done(DEVICE, &[Id([9; 16]), ERASURE], MORNING).unwrap();
    store.erasures_done(Device(99), &[ERASURE], MORNING).unwrap();
    office.apply(|unit| unit.settle_as(name(5), 1));
    assert!(store.scrub().unwrap() && !open(MORNING).is_over());
    assert!(open(MORNING + 34 * DAY).is_over(), "backups are not kept so long");
    assert!(store.drop_erased_files().unwrap().is_empty());
}
