//! `Counts`: what figures count is kept by matter and read by area; ratings stand in the order in which they came.

use minqing_core::{Id, model::CallBackResult};

use super::{
    Make, Office,
    documents::registered,
    office::{COMMUNITY, STREAMS},
};
use crate::{
    figures::{Counted, Counts, Rating, Tally},
    storage::log::{Ahead, KeptMatter},
};

fn counted(n: u8, community: &str, fen: u64) -> Counted {
    let counts = Counts { fen, assigned: 3, satisfied: u64::from(n), ..Counts::default() };
    Counted { matter: [n; 16], community: community.into(), grid: format!("{community}001"), received_ms: i64::from(n), counts, ..Counted::default() }
}

fn rating(n: u8, at_ms: i64, call_back: Option<CallBackResult>) -> Rating {
    Rating { matter: Id([n; 16]), of: Id([n; 16]), cycle: 1, at_ms, stars: 4, assisted: n == 1, call_back }
}

fn read(store: &dyn crate::storage::Store, area: &str) -> Vec<Counted> {
    let mut all = Vec::new();
    store.each_counted(area, &mut |row| all.push(row.clone())).unwrap();
    all.sort_by_key(|row| row.matter);
    all
}

pub fn what_figures_count_is_kept_by_matter_and_read_by_area(make: Make<'_>) {
    let store = make();
    let other = "620102001002";
    let later = Counted { ended_ms: Some(9), department: Some([7; 16]), channel: 2, category: 3, handling: 4, ..counted(1, COMMUNITY, 50) };
    store
        .apply(&mut |unit| {
            unit.count_matter(&counted(1, COMMUNITY, 5), &[])?;
            unit.count_matter(&counted(2, other, 7), &[])?;
            unit.count_matter(&later, &[])
        })
        .unwrap();
    assert_eq!(read(&*store, COMMUNITY), std::slice::from_ref(&later));
    for area in ["", "6201", "620102001"] {
        assert_eq!(read(&*store, area), [later.clone(), counted(2, other, 7)]);
    }
    assert!(read(&*store, "620103").is_empty());
}

pub fn ratings_stand_in_the_order_in_which_they_came(make: Make<'_>) {
    let store = make();
    store
        .apply(&mut |unit| {
            unit.count_matter(&counted(2, COMMUNITY, 0), &[rating(2, 5, None)])?;
            unit.count_matter(&counted(1, COMMUNITY, 0), &[rating(1, 6, None)])?;
            unit.count_matter(&counted(3, "620102001002", 0), &[rating(3, 4, None)])?;
            unit.count_matter(&counted(1, COMMUNITY, 0), &[rating(1, 6, Some(CallBackResult::NotSolved))])
        })
        .unwrap();
    assert_eq!(store.ratings(COMMUNITY).unwrap(), [rating(2, 5, None), rating(1, 6, Some(CallBackResult::NotSolved))]);
}

pub fn what_was_never_counted_is_known_until_it_is(make: Make<'_>) {
    let office = Office::of(make);
    let id = Id([9; 16]);
    office.apply(|unit| {
        let stream = unit.stream(STREAMS[1])?.expect("a stream");
        let tried = KeptMatter { judged: 1, ..KeptMatter::new(stream, Id([3; 16])) };
        unit.keep_matter(Id([8; 16]), &tried, Ahead::default())?;
        unit.keep_matter(id, &KeptMatter { matter: Some(registered(id, Id([2; 16]))), ..tried }, Ahead::default())
    });
    assert_eq!(office.store.uncounted(5).unwrap(), [id], "what was never registered counts nothing");
    let tally = Tally { fen: 4, rated_ms: vec![7], ..Tally::default() };
    office.apply(|unit| unit.keep_tally(id, &tally));
    assert!(office.store.uncounted(5).unwrap().is_empty());
    assert_eq!(office.store.kept_matter(id).unwrap().unwrap().tally, Some(tally));
}
