//! `Unit::append`, as a moment gives it back: numbers, sums, links, proofs.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    envelope::{Hash, Sums, next_link},
    ids::{Device, Name, Opening},
};

use super::{
    Make, Office, item, name,
    office::{STREAMS, envelope},
};
use crate::{storage::log::Entry, testing::MORNING};

pub fn rows_are_numbered_linked_and_summed_stream_by_stream(make: Make<'_>) {
    let office = Office::of(make);
    for (n, (stream, doc)) in (1..).zip([(0, 1), (1, 1), (0, 2), (0, 1), (1, 3)]) {
        office.log(STREAMS[stream], n, &item(doc, &n.to_string()));
    }
    let uncounted = item(4, "not in the sum");
    let own = Name { device: Device(0), opening: Opening([1; 5]), n: 1 };
    office.apply(|unit| {
        let stream = unit.stream(STREAMS[0])?.expect("a stream");
        assert_eq!(unit.stream_name(stream)?, STREAMS[0]);
        let entry = Entry { name: own, item: &uncounted, envelope: None, received_ms: 1, applied_ms: 2, counts: false };
        assert_eq!(unit.append(stream, &entry)?, 4);
        Ok(())
    });
    let rows = office.rows();
    let places: Vec<_> = rows.iter().map(|p| (p.stream_name.as_str(), p.row.seq, p.row.name)).collect();
    let [a, b] = [STREAMS[0], STREAMS[1]];
    assert_eq!(places, [(a, 1, name(1)), (a, 2, name(3)), (a, 3, name(4)), (a, 4, own), (b, 1, name(2)), (b, 2, name(5))]);
    let mut ends: BTreeMap<&str, (Hash, u64)> = BTreeMap::new();
    let mut docs: BTreeMap<(&str, Id), u64> = BTreeMap::new();
    for p in &rows {
        let (link, stream_sum) = ends.get(p.stream_name.as_str()).copied().unwrap_or((Hash([0; 32]), 0));
        let doc = docs.entry((&p.stream_name, p.row.item.doc)).or_default();
        let mut sums = Sums { doc: *doc, stream: stream_sum };
        if p.row.name != own {
            sums = sums.with(p.row.item.doc, p.hash);
        }
        *doc = sums.doc;
        assert_eq!((p.hash, p.sum, p.link), (p.row.item.hash(), sums.stream, next_link(&link, &p.head())), "{}", p.row.seq);
        ends.insert(&p.stream_name, (p.link, p.sum));
    }
    let mut said = Vec::new();
    office
        .store
        .at_one_moment(&mut |moment| {
            said = moment.stream_ends()?;
            Ok(())
        })
        .unwrap();
    for end in said {
        let (link, sum) = ends.get(end.name.as_str()).copied().unwrap_or((Hash([0; 32]), 0));
        assert_eq!((end.link, end.sum, end.seq), (link, sum, rows.iter().filter(|p| p.stream_name == end.name).count() as u64), "{}", end.name);
    }
}

pub fn a_row_keeps_what_proves_it(make: Make<'_>) {
    let office = Office::of(make);
    let items = [item(1, "a"), item(1, &"long ".repeat(2_000))];
    office.deliver(1, &items);
    office.apply(|unit| super::office::take(unit, STREAMS[0], 2).map(drop));
    let rows = office.rows();
    assert_eq!((rows[0].row.item.clone(), rows[0].received_ms, rows[0].applied_ms), (items[1].clone(), MORNING, MORNING + 5));
    assert_eq!(rows[0].envelope, Some((envelope(1, &items).head, [1; 32])), "the whole envelope's head, though one item is still waiting");
}
