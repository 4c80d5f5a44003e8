//! Documents, matters and events as kept.

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    event::{Register, Said},
    frame::to_cbor,
    ids::{Device, Opening, actor},
    model::{EventCode, Role},
    pipeline::{Happened, Matter, Step, Times},
};

use super::{
    Make, Office,
    office::{DEVICE, ENROLLED, STREAMS},
};
use crate::storage::log::{Ahead, DocumentHead, KeptMatter, Seen};

pub fn a_document_is_kept_with_its_home_and_its_versions_are_counted(make: Make<'_>) {
    let office = Office::of(make);
    let id = Id([1; 16]);
    let mut doc = Doc::empty();
    let mut stream = 0;
    for version in 1..=3u64 {
        doc.change(actor(Device(1), Opening([1; 5])), 0, |w| w.put("note", &*version.to_string())).unwrap();
        office.apply(|unit| {
            stream = unit.stream(STREAMS[0])?.expect("a stream");
            let head = DocumentHead { kind: DocKind::Card, stream, creator: Id([2; 16]), version: 0 };
            unit.keep_document(id, &head, &doc.save())?;
            // Seen at once by the same transaction.
            assert_eq!(unit.document_head(id)?, Some(DocumentHead { version, ..head }));
            assert_eq!(unit.document(id)?.map(|kept| kept.doc.heads()), Some(doc.heads()));
            assert!(unit.document_head(Id([9; 16]))?.is_none() && unit.document(Id([9; 16]))?.is_none());
            Ok(())
        });
        let kept = office.store.document(id).unwrap().unwrap();
        assert_eq!((kept.head.version, kept.doc.heads()), (version, doc.heads()));
    }
    assert!(office.store.document(Id([9; 16])).unwrap().is_none());
    office
        .store
        .at_one_moment(&mut |moment| {
            let all = moment.documents()?;
            assert_eq!(all.len(), 1);
            let kept = all[0].1.as_ref().expect("it reads");
            assert_eq!((all[0].0, kept.head.kind, kept.head.stream, kept.head.creator), (id, DocKind::Card, stream, Id([2; 16])));
            Ok(())
        })
        .unwrap();
}

pub fn a_matter_and_its_events_are_kept(make: Make<'_>) {
    let office = Office::of(make);
    let (id, event) = (Id([1; 16]), Id([2; 16]));
    let mut kept = None;
    office.apply(|unit| {
        assert_eq!((unit.matter(id)?, unit.event_known(event)?), (None, false));
        let stream = unit.stream(STREAMS[1])?.expect("a stream");
        let tried = KeptMatter { judged: 1, ..KeptMatter::new(stream, Id([3; 16])) };
        unit.keep_matter(id, &tried, Ahead::default())?;
        unit.keep_event(event, id)?;
        assert_eq!((unit.matter(id)?, unit.event_known(event)?), (Some(tried.clone()), true));
        let begun = KeptMatter { judged: 2, matter: Some(registered(id, event)), ..tried };
        unit.keep_matter(id, &begun, Ahead::default())?;
        assert_eq!(unit.matter(id)?.as_ref(), Some(&begun));
        kept = Some(begun);
        Ok(())
    });
    office
        .store
        .at_one_moment(&mut |moment| {
            assert_eq!(moment.matters()?, [(id, kept.clone().unwrap())]);
            Ok(())
        })
        .unwrap();
}

/// A matter that was registered, with all that its fold has.
pub(super) fn registered(id: Id, event: Id) -> Matter {
    let register = Register {
        code: "K702115X".into(),
        kind: 2,
        channel: 2,
        category: 3,
        household: Some(Id([4; 16])),
        affected: 1,
        proposed: None,
        urgent: None,
        errand: None,
    };
    let times = Times { done_at: 1, judged_ms: 2, calendar: 3, started: Vec::new() };
    let (code, role, payload) = (EventCode::Register, Role::Officer, to_cbor(&register));
    let step = Step { id: event, ordinal: 2, code, by: Id([3; 16]), role, said: Said::Register(register), payload, times };
    Matter::fold(id, [Happened::Step(step)]).expect("it is registered")
}

pub fn matters_are_due_in_the_order_of_their_moments(make: Make<'_>) {
    let office = Office::of(make);
    office.apply(|unit| {
        let stream = unit.stream(STREAMS[1])?.expect("a stream");
        for (id, next_ms) in [(1, Some(300)), (2, Some(100)), (3, None), (4, Some(200)), (5, Some(301))] {
            let kept = KeptMatter { judged: 1, ..KeptMatter::new(stream, Id([3; 16])) };
            unit.keep_matter(Id([id; 16]), &kept, Ahead { next_ms, due_ms: None })?;
        }
        Ok(())
    });
    let due = |now_ms, limit| office.store.matters_due(now_ms, limit).unwrap().into_iter().map(|id| id.0[0]).collect::<Vec<_>>();
    assert_eq!((due(99, 10), due(300, 10), due(300, 2)), (vec![], vec![2, 4, 1], vec![2, 4]));
    office.apply(|unit| {
        let kept = unit.matter(Id([2; 16]))?.expect("it is kept");
        unit.keep_matter(Id([2; 16]), &kept, Ahead::default())
    });
    assert_eq!(due(300, 10), [4, 1], "nothing more is due about one whose clocks come to nothing");
    // What is set anew may change what clocks come to, and a due date beside which there is nothing else to come.
    office.apply(|unit| {
        let kept = unit.matter(Id([2; 16]))?.expect("it is kept");
        unit.keep_matter(Id([2; 16]), &kept, Ahead { next_ms: None, due_ms: Some(900) })?;
        unit.look_again(50)
    });
    assert_eq!(due(50, 10), [1, 2, 4, 5], "but for the one without either");
}

pub fn the_phone_heard_of_longest_ago_is_known_by_stream(make: Make<'_>) {
    let office = Office::of(make);
    let heard = |stream: &str| {
        let mut heard = None;
        office.apply(|unit| {
            let id = unit.stream(stream)?.expect("a stream");
            heard = unit.last_heard(id)?;
            Ok(())
        });
        heard
    };
    assert_eq!(heard(STREAMS[0]), Some(ENROLLED), "since it was enrolled");
    let exchange = |device, now_ms| {
        office.store.seen(Seen { device, shown: None, next: Some([1; 8]), fresh: true, app: None, bundle: false, unsent: 0, room_mib: None, now_ms }).unwrap()
    };
    exchange(DEVICE, ENROLLED + 1_000);
    assert_eq!(heard(STREAMS[0]), Some(ENROLLED + 1_000));
    let second = Device(7);
    office.enrol([2; 32], second, ENROLLED + 5_000);
    exchange(DEVICE, ENROLLED + 9_000);
    assert_eq!(heard(STREAMS[1]), Some(ENROLLED + 5_000), "a phone that says nothing is waited for");
    office.store.end_reading(second, ENROLLED + 9_500).unwrap();
    assert_eq!(heard(STREAMS[1]), Some(ENROLLED + 9_000), "but not one whose reading has ended");
    assert_eq!(heard("desk:620102001001"), None, "no phone reads the desk");
}
