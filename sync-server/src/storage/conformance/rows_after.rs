//! `Log::rows_after`: cursors, budget, sums.

use super::{
    Make, Office, item,
    office::{OFFICER, STREAMS},
};
use crate::storage::{StoreError, log::LogRow};

pub fn pieces_of_any_size_give_every_row_once_with_the_sum_of_where_they_lead(make: Make<'_>) {
    let office = Office::of(make);
    for n in 1..=12u8 {
        let text = "字".repeat(usize::from(n) * 20);
        office.log(STREAMS[usize::from(n % 2)], u64::from(n), &item(n % 3, &text));
    }
    let streams = STREAMS.map(str::to_owned);
    let whole = office.store.rows_after(&streams, &[0; 3], usize::MAX).unwrap();
    let places = |rows: &[(u32, LogRow)]| rows.iter().map(|(stream, row)| (*stream, row.seq)).collect::<Vec<_>>();
    assert_eq!(places(&whole.rows), [0, 1].map(|stream| (1..=6).map(|seq| (stream, seq)).collect::<Vec<_>>()).concat());
    assert_eq!((whole.cursors, whole.more), (vec![6, 6, 0], false));
    let log = office.rows();
    let sum_at = |stream: &str, seq: u64| log.iter().find(|p| p.stream_name == stream && p.row.seq == seq).map_or(0, |p| p.sum);
    // A device that may not read gets none, and is told where its cursors stand.
    let none = office.store.rows_after(&streams, &[2, 6, 0], 0).unwrap();
    assert_eq!((none.rows.len(), none.cursors, none.more), (0, vec![2, 6, 0], true));
    for budget in [1, 700, 2_000] {
        let (mut seqs, mut rows, mut pieces) = (vec![0; 3], Vec::new(), 0);
        loop {
            let piece = office.store.rows_after(&streams, &seqs, budget).unwrap();
            assert!(!piece.rows.is_empty(), "a row larger than the budget comes alone");
            let bytes: usize = piece.rows.iter().map(|(_, row)| row.item.bytes.len()).sum();
            assert!(bytes <= budget || piece.rows.len() == 1, "{bytes} of {budget}");
            let sum = streams.iter().zip(&piece.cursors).fold(0u64, |sum, (stream, seq)| sum.wrapping_add(sum_at(stream, *seq)));
            assert_eq!(piece.sum, sum);
            rows.extend(piece.rows);
            seqs = piece.cursors;
            pieces += 1;
            if !piece.more {
                break;
            }
        }
        assert_eq!((places(&rows), seqs), (places(&whole.rows), vec![6, 6, 0]), "{budget}");
        assert!(rows.iter().zip(&whole.rows).all(|(a, b)| a.1.item == b.1.item && a.1.name == b.1.name));
        assert!(pieces > 1, "{budget}");
    }
}

pub fn a_stream_that_is_not_there_is_said(make: Make<'_>) {
    let office = Office::of(make);
    let lost = office.store.rows_after(&["grid:620102001001009".into()], &[0], 1_000).unwrap_err();
    assert_eq!(lost, StoreError::Unknown { what: "stream", id: "grid:620102001001009".into() });
    let own = format!("person:{OFFICER}");
    assert_eq!(office.store.scope_at(OFFICER, 1).unwrap(), Some([vec![own], STREAMS.map(str::to_owned).to_vec()].concat()));
    assert_eq!(office.store.scope_at(OFFICER, 2).unwrap(), None);
    office.apply(|unit| {
        assert_eq!(unit.stream("grid:620102001001009")?, None);
        assert!(matches!(unit.stream_name(1 << 40), Err(StoreError::Unknown { what: "stream", .. })));
        Ok(())
    });
}
