//! `Packs`, and what they are made from: `Moment::documents_of`, `told_in` and `matters_shown`.

use minqing_core::{
    Id,
    document::DocKind,
    envelope::{Hash, Item},
    pack::Part,
};

use super::{
    Make, Office, item,
    office::{OFFICER, STREAMS},
};
use crate::{
    projection::MatterShown,
    storage::{
        Pack,
        log::{Ahead, DocumentHead, KeptMatter},
    },
};

fn stream(office: &Office, name: &str) -> i64 {
    let mut id = None;
    office.apply(|unit| {
        id = unit.stream(name)?;
        Ok(())
    });
    id.unwrap()
}

pub fn packs_are_listed_newest_first_and_each_is_noted_once(make: Make<'_>) {
    let office = Office::of(make);
    let (here, elsewhere) = (stream(&office, STREAMS[0]), stream(&office, STREAMS[1]));
    let pack = |stream, seq, parts: u8| {
        let parts = (0..parts).map(|part| Part { bytes: u64::from(part) + 1, hash: Hash([part; 32]) }).collect();
        Pack { stream, seq, sum: u64::MAX - seq, parts }
    };
    for noted in [pack(here, 100, 3), pack(here, 300, 2), pack(here, 200, 2), pack(elsewhere, 400, 1), pack(here, 100, 2)] {
        office.store.add_pack(&noted).unwrap();
    }
    let listed = |name: &str| office.store.packs(name).unwrap();
    assert_eq!(listed(STREAMS[0]), [pack(here, 300, 2), pack(here, 200, 2), pack(here, 100, 2)]);
    for _ in 0..2 {
        office.store.drop_pack(&pack(here, 200, 2)).unwrap();
    }
    assert_eq!(listed(STREAMS[0]), [pack(here, 300, 2), pack(here, 100, 2)]);
    assert_eq!((listed(STREAMS[1]).len(), listed(STREAMS[2]).len(), listed("grid:nowhere").len()), (1, 0, 0));
}

pub fn a_stream_gives_its_documents_and_what_was_told_in_it(make: Make<'_>) {
    let office = Office::of(make);
    let told = |kind, text: &str| Item { kind, ..item(1, text) };
    for (n, (name, one)) in (1..).zip([(0, told(1, "change")), (0, told(2, "event")), (1, told(2, "elsewhere")), (0, told(3, "fact")), (0, told(1, "change"))])
    {
        office.log(STREAMS[name], n, &Item { doc: Id([n as u8; 16]), ..one });
    }
    let (here, elsewhere) = (stream(&office, STREAMS[0]), stream(&office, STREAMS[1]));
    office.apply(|unit| {
        for (id, stream) in [(3, here), (1, here), (2, elsewhere)] {
            let head = DocumentHead { kind: DocKind::Card, stream, creator: OFFICER, version: 0 };
            unit.keep_document(Id([id; 16]), &head, &[id])?;
        }
        for (id, stream) in [(6, here), (5, here), (7, elsewhere)] {
            unit.keep_matter(Id([id; 16]), &KeptMatter { judged: 1, ..KeptMatter::new(stream, OFFICER) }, Ahead::default())?;
            unit.show_matter(&MatterShown { id: [id; 16], ..MatterShown::default() })?;
        }
        Ok(())
    });
    let (mut rows, mut documents, mut matters) = (Vec::new(), Vec::new(), Vec::new());
    office
        .store
        .at_one_moment(&mut |moment| {
            matters = moment.matters_shown(here)?.into_iter().map(|shown| shown.id).collect();
            moment.told_in(here, &mut |row| {
                rows.push((row.seq, row.item.kind, row.name.n));
                Ok(())
            })?;
            moment.documents_of(here, &mut |id, bytes| {
                documents.push((id, bytes));
                Ok(())
            })
        })
        .unwrap();
    assert_eq!(rows, [(2, 2, 2), (3, 3, 4)]);
    assert_eq!(documents, [(Id([1; 16]), vec![1]), (Id([3; 16]), vec![3])]);
    assert_eq!(matters, [[5; 16], [6; 16]]);
}
