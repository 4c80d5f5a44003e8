//! `Log::apply`: one transaction.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    envelope::Quarantine,
};

use super::{
    Make, Office, item, name,
    office::{STREAMS, take},
};
use crate::{
    projection::{AnswerShown, AttachmentShown, HouseholdShown, MatterShown, VisitShown},
    storage::{
        Result, StoreError,
        log::{Ahead, DocumentHead, KeptMatter, Shown, Unit},
    },
};

/// One of every write.
fn everything(unit: &mut dyn Unit) -> Result<()> {
    let id = Id([1; 16]);
    take(unit, STREAMS[0], 1)?;
    unit.hold(name(2), b"missing", Some(b"own"))?;
    unit.put_aside(name(3), Quarantine::Malformed, None)?;
    unit.note_known(name(4), 1)?;
    unit.note_recovered(item(1, "x").hash(), name(1).device, 1)?;
    let stream = unit.stream(STREAMS[0])?.expect("a stream");
    unit.keep_document(id, &DocumentHead { kind: DocKind::Card, stream, creator: id, version: 0 }, &Doc::empty().save())?;
    unit.keep_matter(id, &KeptMatter { judged: 1, ..KeptMatter::new(stream, id) }, Ahead::default())?;
    unit.keep_event(id, id)?;
    unit.show_household(&HouseholdShown { id: id.0, stream, ..HouseholdShown::default() })?;
    unit.show_visit(&VisitShown { id: id.0, ..VisitShown::default() })?;
    unit.show_answer(&AnswerShown { visit: id.0, ..AnswerShown::default() })?;
    unit.show_matter(&MatterShown { id: id.0, ..MatterShown::default() })?;
    unit.show_attachments(id, &[AttachmentShown { doc: id.0, id: id.0, ..AttachmentShown::default() }])
}

/// Holds the store against what it held before any of it.
fn is_untouched(office: &Office) {
    let id = Id([1; 16]);
    assert_eq!(office.store.waiting().unwrap(), [1, 2, 3, 4].map(name));
    assert_eq!(office.rows().len(), 0);
    assert!(office.store.document(id).unwrap().is_none());
    office.apply(|unit| {
        assert_eq!((unit.matter(id)?, unit.event_known(id)?), (None, false));
        Ok(())
    });
    office
        .store
        .at_one_moment(&mut |moment| {
            assert_eq!(moment.shown()?, Shown::default());
            assert!(moment.matters()?.is_empty() && moment.stream_ends()?.iter().all(|end| end.seq == 0));
            Ok(())
        })
        .unwrap();
}

fn with_four(make: Make<'_>) -> Office {
    let office = Office::of(make);
    office.deliver(1, &["a", "b", "c", "d"].map(|text| item(1, text)));
    office
}

pub fn all_of_it_or_nothing(make: Make<'_>) {
    let office = with_four(make);
    for refused in [StoreError::Refused("aside.rules"), StoreError::Damaged("x".into()), StoreError::Conflict("x".into())] {
        let done = office.store.apply(&mut |unit| everything(unit).and_then(|()| Err(refused.clone())));
        assert_eq!(done, Err(refused));
        is_untouched(&office);
    }
    office.apply(everything);
    assert_eq!(office.store.waiting().unwrap(), []);
    assert_eq!(office.rows().len(), 1);
}

pub fn a_panic_leaves_nothing_and_the_next_works(make: Make<'_>) {
    let office = with_four(make);
    let fell = catch_unwind(AssertUnwindSafe(|| {
        office.store.apply(&mut |unit| {
            everything(unit)?;
            panic!("half way")
        })
    }));
    assert!(fell.is_err());
    is_untouched(&office);
    office.apply(everything);
}

pub fn one_after_the_other(make: Make<'_>) {
    let office = Office::of(make);
    office.deliver(1, &(1..=40).map(|n| item(1, &n.to_string())).collect::<Vec<_>>());
    let threads = 8;
    thread::scope(|s| {
        for thread in 0..threads {
            let office = &office;
            s.spawn(move || (1..=40).filter(|n| n % threads == thread).for_each(|n| office.apply(|unit| take(unit, STREAMS[0], n).map(drop))));
        }
    });
    let seqs: Vec<u64> = office.rows().iter().map(|p| p.row.seq).collect();
    assert_eq!(seqs, (1..=40).collect::<Vec<_>>());
    assert_eq!(office.store.waiting().unwrap(), []);
}
