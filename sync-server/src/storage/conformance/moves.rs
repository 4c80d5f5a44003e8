//! `Moves`, and what a unit of work can do to a document's home.

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    envelope::{Item, ItemKind, Quarantine, doc_term, item_term},
    event::{Fact, FactKind},
    wire::{Claim, ItemState},
};

use super::{
    Make, Office, item, name,
    office::{COMMUNITY, DEVICE, OFFICER, STREAMS},
};
use crate::{
    storage::{
        MovePreview, Result, Standing, StoreError,
        log::{DocumentHead, Entry, Unit},
    },
    testing::MORNING,
};

fn grid(n: u8) -> String {
    format!("{COMMUNITY}00{n}")
}

pub fn other_grids_are_a_new_version_and_the_same_ones_are_not(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    let first = store.scope(OFFICER).unwrap().unwrap();
    assert_eq!(store.set_grids(OFFICER, &[grid(2), grid(1)], 7).unwrap(), first, "the same, however they are given");
    let moved = store.set_grids(OFFICER, &[grid(2)], 7).unwrap();
    assert_eq!((moved.version, moved.streams.len()), (first.version + 8, 3));
    assert_eq!((store.scope(OFFICER).unwrap(), store.officer(OFFICER).unwrap().unwrap().grids), (Some(moved), vec![grid(2)]));
    assert_eq!(store.scope_at(OFFICER, 1).unwrap(), Some(first.streams), "old versions stay");
    let unknown = |what, id: &str| Err(StoreError::Unknown { what, id: id.into() });
    assert_eq!(store.set_grids(OFFICER, &[grid(3)], 0), unknown("grid", &grid(3)));
    let nobody = Id([9; 16]);
    assert_eq!(store.set_grids(nobody, &[grid(1)], 0), unknown("officer", &nobody.to_string()));
    let preview = store.preview_move(OFFICER, &[grid(1)]).unwrap();
    assert_eq!(preview, MovePreview { phones: vec![(DEVICE.0, None)], ..MovePreview::default() }, "nothing lies there");
}

pub fn a_phone_takes_a_scope_up_once_with_what_it_held(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    let opening = name(1).opening;
    let claim = |first, last, scope| Claim { opening, first, last, scope };
    assert_eq!(store.standing(DEVICE).unwrap(), Some(Standing::default()));
    store.take_up(DEVICE, 1, &[]).unwrap();
    store.note_told(DEVICE).unwrap();
    assert_eq!(store.standing(DEVICE).unwrap(), Some(Standing { scope: 1, told: 1, revoked: false }));
    let held = [claim(3, 5, 1), claim(1, 2, 0), claim(9, 8, 1), claim(1, u64::MAX, 1)];
    store.take_up(DEVICE, 4, &held).unwrap();
    assert_eq!(store.standing(DEVICE).unwrap(), Some(Standing { scope: 4, told: 0, revoked: false }));
    store.take_up(DEVICE, 4, &[claim(6, 9, 1)]).unwrap();
    assert_eq!(store.claims(DEVICE, opening.0).unwrap(), [held[0]], "of the scope it left, no more and no less, and not named later");
    assert!(store.claims(DEVICE, [0; 5]).unwrap().is_empty());
    assert_eq!(store.standing(minqing_core::ids::Device(1)).unwrap(), None);
}

pub fn what_a_revoked_phone_had_waiting_is_kept_apart(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    office.deliver(1, &[item(1, "a"), item(2, "b")]);
    office.apply(|unit| unit.hold(name(2), b"missing", Some(b"own")));
    store.revoke_device(DEVICE, MORNING).unwrap();
    assert!(store.reading_ended(DEVICE).unwrap() && store.standing(DEVICE).unwrap().unwrap().revoked);
    assert_eq!(store.states(&[name(1), name(2)]).unwrap(), [ItemState::Received, ItemState::Escrowed], "what was about to be applied still is");
    let aside = store.aside(None, 9).unwrap();
    assert_eq!((aside.len(), aside[0].name, aside[0].reason), (1, name(2), Quarantine::Revoked));
    assert_eq!(store.revoke_device(minqing_core::ids::Device(1), MORNING).unwrap_err().code(), "device.unknown");
}

fn fact(kind: FactKind, doc: u8) -> Item {
    let fact = Fact { id: Id([kind.number(); 16]), kind: kind.number(), server_ms: 0, payload: Vec::new() };
    Item { kind: ItemKind::Fact.number(), doc: Id([doc; 16]), bytes: fact.encode() }
}

pub fn what_left_a_stream_counts_there_no_more_and_moves_with_its_rows(make: Make<'_>) {
    let office = Office::of(make);
    let (a, b) = (item(1, "a"), item(2, "b"));
    office.log(STREAMS[0], 1, &a);
    office.log(STREAMS[0], 2, &b);
    let mut moving = Vec::new();
    office.apply(|unit| {
        let (from, to) = (unit.stream(STREAMS[0])?.unwrap(), unit.stream(STREAMS[1])?.unwrap());
        moving = unit.rows_to_move(a.doc, from)?;
        for row in &moving {
            let (name, envelope) = (row.name, row.envelope);
            unit.append(to, &Entry { name, item: &row.item, envelope, received_ms: row.received_ms, applied_ms: MORNING, counts: true })?;
        }
        let leave = fact(FactKind::Leave, 1);
        unit.append(from, &Entry { name: name(9), item: &leave, envelope: None, received_ms: 0, applied_ms: 0, counts: false })?;
        assert!(unit.rows_to_move(a.doc, from)?.is_empty(), "nothing of it counts there");
        Ok(())
    });
    assert_eq!((moving.len(), moving[0].name, &moving[0].item), (1, name(1), &a));
    let term = |item: &Item| doc_term(item.doc, item_term(item.doc, item.hash()));
    let ends = office.store.rows_after(&[STREAMS[0].into(), STREAMS[1].into()], &[9, 9], 0).unwrap();
    assert_eq!(ends.sum, 0, "past the end");
    let at = |seq| office.store.rows_after(&[STREAMS[0].into()], &[seq], 0).unwrap().sum;
    assert_eq!((at(2), at(3)), (term(&a).wrapping_add(term(&b)), term(&b)));
    let sums = |seq| office.store.doc_sums_at(STREAMS[0], seq, Id([0; 16]), Id([0xff; 16])).unwrap().len();
    assert_eq!((sums(1), sums(2), sums(3)), (1, 2, 1), "as it was before it left");
    let rows = |seq| office.store.rows_of(STREAMS[0], a.doc, seq).unwrap().len();
    assert_eq!((rows(2), rows(3)), (1, 0));
}

pub fn by_which_streams_a_document_was_read_before_is_remembered(make: Make<'_>) {
    let office = Office::of(make);
    let doc = Id([1; 16]);
    office.apply(|unit| {
        let (one, other) = (unit.stream(STREAMS[0])?.unwrap(), unit.stream(STREAMS[1])?.unwrap());
        unit.set_home(doc, one, other)?;
        assert_eq!(unit.former_homes(doc)?, [one]);
        unit.set_home(doc, other, one)?;
        assert_eq!(unit.former_homes(doc)?, [other], "its home is no former one");
        unit.share(doc, one)?;
        unit.unshare(doc, one)?;
        assert_eq!((unit.shares(doc)?, unit.former_homes(doc)?), (vec![], vec![one, other]));
        Ok(())
    });
}

pub fn what_is_archived_counts_nowhere_and_keeps_the_rows_it_had(make: Make<'_>) {
    let office = Office::of(make);
    let a = item(1, "a");
    office.log(STREAMS[0], 1, &a);
    let archived = || {
        let mut seen = (Vec::new(), 0);
        office
            .store
            .at_one_moment(&mut |moment| {
                seen = (moment.archived()?, 0);
                let home = moment.stream_ends()?.into_iter().find(|end| end.name == STREAMS[0]).unwrap();
                moment.documents_of(home.id, &mut |_, _| {
                    seen.1 += 1;
                    Ok(())
                })
            })
            .unwrap();
        (seen.0, seen.1, office.store.volumes(Id([0; 16]), 9).unwrap())
    };
    let in_home = |work: &dyn Fn(&mut dyn Unit, i64) -> Result<()>| office.apply(|unit| unit.stream(STREAMS[0])?.map_or(Ok(()), |home| work(unit, home)));
    in_home(&|unit, stream| unit.keep_document(a.doc, &DocumentHead { kind: DocKind::Visits, stream, creator: OFFICER, version: 0 }, &Doc::empty().save()));
    assert_eq!(archived(), (vec![], 1, vec![a.doc]));
    in_home(&|unit, home| {
        let rows = unit.rows_to_move(a.doc, home)?;
        let gone = fact(FactKind::Archive, 1);
        unit.append(home, &Entry { name: name(9), item: &gone, envelope: None, received_ms: 0, applied_ms: 0, counts: false })?;
        unit.set_archived(a.doc, true)?;
        assert!(unit.archived(a.doc)? && rows.len() == 1);
        assert_eq!(unit.rows_to_move(a.doc, home)?, rows);
        Ok(())
    });
    assert_eq!(archived(), (vec![a.doc], 0, vec![]));
    let end = office.store.rows_after(&[STREAMS[0].into()], &[2], 0).unwrap();
    assert_eq!((end.sum, office.store.rows_of(STREAMS[0], a.doc, 2).unwrap().len()), (0, 0));
    in_home(&|unit, _| unit.set_archived(a.doc, false));
    assert_eq!(archived(), (vec![], 1, vec![a.doc]));
}
