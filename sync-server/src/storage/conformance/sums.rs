//! `Log::doc_sums_at` and `rows_of`: a stream's documents as they were after a row.

use minqing_core::{Id, envelope::item_term};

use super::{Make, Office, item, office::STREAMS};

pub fn documents_have_the_sums_they_had_after_a_row(make: Make<'_>) {
    let office = Office::of(make);
    let items = [item(2, "a"), item(1, "b"), item(2, "c"), item(3, "d")];
    for (n, one) in (1..).zip(&items) {
        office.log(STREAMS[0], n, one);
    }
    office.log(STREAMS[1], 9, &item(2, "elsewhere"));
    let id = |n: u8| Id([n; 16]);
    let term = |i: usize| item_term(items[i].doc, items[i].hash());
    let at = |seq, from, to| office.store.doc_sums_at(STREAMS[0], seq, id(from), id(to)).unwrap();
    assert_eq!(at(4, 0, 9), [(id(1), term(1)), (id(2), term(0).wrapping_add(term(2))), (id(3), term(3))]);
    assert_eq!(at(2, 0, 9), [(id(1), term(1)), (id(2), term(0))], "as they were");
    assert_eq!(at(4, 2, 2).len(), 1, "both ends are included");
    assert_eq!((at(0, 0, 9), at(4, 4, 9)), (vec![], vec![]));
    let rows = |doc, seq| office.store.rows_of(STREAMS[0], id(doc), seq).unwrap().into_iter().map(|row| (row.seq, row.item)).collect::<Vec<_>>();
    assert_eq!(rows(2, 4), [(1, items[0].clone()), (3, items[2].clone())]);
    assert_eq!((rows(2, 2).len(), rows(9, 4).len()), (1, 0));
    for unknown in [office.store.doc_sums_at("grid:nowhere", 1, id(0), id(9)).map(drop), office.store.rows_of("grid:nowhere", id(1), 1).map(drop)] {
        assert_eq!(unknown.unwrap_err().code(), "stream.unknown");
    }
}
