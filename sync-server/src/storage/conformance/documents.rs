//! Documents, matters and events as kept.

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    ids::{Device, Opening, actor},
    model::MatterState,
    pipeline::Matter,
};

use super::{Make, Office, office::STREAMS};
use crate::storage::log::{DocumentHead, KeptMatter};

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
        let tried = KeptMatter { stream, registrar: Id([3; 16]), judged: 1, matter: None };
        unit.keep_matter(id, &tried)?;
        unit.keep_event(event, id)?;
        assert_eq!((unit.matter(id)?, unit.event_known(event)?), (Some(tried.clone()), true));
        let begun = KeptMatter { judged: 2, matter: Some(Matter { state: MatterState::Feedback, moved: (event, 2) }), ..tried };
        unit.keep_matter(id, &begun)?;
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
