//! A long stream comes down in pieces.

use minqing_core::{
    envelope::read_back,
    model::{HouseholdEdit, NewVisit},
};
use minqing_sync_server::storage::log::{Log, LogRow};
use minqing_tests::proof::open_store;

use super::{
    office::file,
    signer::{a_door, at_rest},
};

#[test]
fn pieces_of_any_size_give_every_row_once_with_the_sum_of_where_they_lead() {
    let mut sim = at_rest(55);
    let door = a_door(&mut sim, 0).to_string();
    for note in ["狗凶", "白天没人", "晚上在家"] {
        let visit = NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "talked".into(), note: note.into(), ..NewVisit::default() };
        sim.phone(0).client.record_visit(visit).unwrap();
        sim.phone(0).client.edit_household(door.clone(), HouseholdEdit { note: Some(note.into()), ..HouseholdEdit::default() }).unwrap();
    }
    sim.settle().unwrap();
    let store = open_store(&sim.server_dir()).unwrap();
    let streams = sim.phone(0).client.streams().unwrap();
    let nothing = vec![0; streams.len()];
    let whole = store.rows_after(&streams, &nothing, usize::MAX).unwrap();
    let places = |rows: &[(u32, LogRow)]| rows.iter().map(|(stream, row)| (*stream, row.seq)).collect::<Vec<_>>();
    assert!(!whole.more && whole.rows.len() > 10);
    let db = file(&sim);
    let sum_at = |stream: &str, seq: u64| {
        let sql = "SELECT l.sum FROM log l JOIN stream s ON s.id = l.stream WHERE s.name = ? AND l.seq = ?";
        db.query_row(sql, (stream, seq as i64), |row| row.get::<_, i64>(0)).map_or(0, read_back)
    };
    // A device that may not read gets none.
    assert!(store.rows_after(&streams, &nothing, 0).unwrap().rows.is_empty());
    for budget in [1, 700, 2_000] {
        let (mut seqs, mut rows) = (nothing.clone(), Vec::new());
        let mut pieces = 0;
        loop {
            let piece = store.rows_after(&streams, &seqs, budget).unwrap();
            assert!(!piece.rows.is_empty(), "a row larger than the budget comes alone");
            let sum = streams.iter().zip(&piece.cursors).fold(0u64, |sum, (stream, seq)| sum.wrapping_add(sum_at(stream, *seq)));
            assert_eq!(piece.sum, sum);
            rows.extend(piece.rows);
            seqs = piece.cursors;
            pieces += 1;
            if !piece.more {
                break;
            }
        }
        assert_eq!((places(&rows), &seqs), (places(&whole.rows), &whole.cursors), "{budget}");
        assert!(pieces > 1, "{budget}");
    }
}
