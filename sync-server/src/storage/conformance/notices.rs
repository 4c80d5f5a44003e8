//! `Notices`: from their documents.

use minqing_core::{
    document::{Doc, DocKind, notice},
    ids::{Device, Opening, actor},
    model::Notice,
};

use super::{
    Make, Office,
    office::{COMMUNITY, OFFICER},
};
use crate::storage::log::DocumentHead;

pub fn notices_are_those_of_a_community_the_last_told_first(make: Make<'_>) {
    let office = Office::of(make);
    let example: Notice = serde_json::from_str(include_str!("../../../data/notices/old_age_allowance.json")).unwrap();
    let later = Notice { until: "2026-12-31".into(), ..example.clone() };
    let mut ids = Vec::new();
    for (notice, withdrawn) in [(&example, true), (&later, false)] {
        let mut doc = Doc::empty();
        let now = doc.content();
        doc.change(actor(Device(0), Opening([1; 5])), 0, |w| {
            notice::put(w, &now, COMMUNITY, notice)?;
            if withdrawn { notice::withdraw(w) } else { Ok(()) }
        })
        .unwrap();
        let id = notice::notice_id(COMMUNITY, notice).unwrap();
        office.apply(|unit| {
            let stream = unit.stream(&format!("commons:{COMMUNITY}"))?.expect("a stream");
            unit.keep_document(id, &DocumentHead { kind: DocKind::Notice, stream, creator: OFFICER, version: 0 }, &doc.save())
        });
        ids.push(id);
    }
    let notices = office.store.notices(COMMUNITY).unwrap();
    let kept: Vec<_> = notices.iter().map(|n| (n.id, n.community.as_str(), &n.notice, n.withdrawn)).collect();
    assert_eq!(kept, [(ids[1], COMMUNITY, &later, false), (ids[0], COMMUNITY, &example, true)]);
    assert_eq!((office.store.notices("").unwrap(), office.store.notices("620102001002").unwrap()), (notices.clone(), vec![]));
    assert_eq!((office.store.notice(ids[0]).unwrap().as_ref(), office.store.notice(OFFICER).unwrap()), (Some(&notices[1]), None));
}
