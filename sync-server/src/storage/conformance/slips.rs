//! `Slips`: a stock is kept whole or not at all, and a slip belongs to one matter.

use minqing_core::Id;

use super::{Make, office::COMMUNITY};
use crate::storage::{NewSlip, StoreError};

fn slip(code: &str) -> NewSlip {
    NewSlip { code: code.into(), community: COMMUNITY.into(), phc: format!("hash of {code}"), made_ms: 5 }
}

pub fn a_stock_is_kept_whole_or_not_at_all(make: Make<'_>) {
    let store = make();
    store.add_slips(&[slip("K7021150"), slip("K7021151")]).unwrap();
    assert_eq!(store.add_slips(&[slip("K7021152"), slip("K7021150")]), Err(StoreError::Exists { what: "slip" }));
    let kept = store.slip("K7021151").unwrap().unwrap();
    assert_eq!((kept.community.as_str(), kept.phc.as_str(), kept.matter), (COMMUNITY, "hash of K7021151", None));
    assert!(store.slip("K7021152").unwrap().is_none());
}

pub fn the_first_matter_keeps_a_slip(make: Make<'_>) {
    let store = make();
    store.add_slips(&[slip("K7021150")]).unwrap();
    let matter = || store.slip("K7021150").unwrap().unwrap().matter;
    let undone = store.apply(&mut |unit| {
        unit.bind_slip("K7021150", Id([9; 16]), 6)?;
        Err(StoreError::Refused("aside.rules"))
    });
    assert_eq!((undone.is_err(), matter()), (true, None));
    for n in [1, 2] {
        store.apply(&mut |unit| unit.bind_slip("K7021150", Id([n; 16]), 7)).unwrap();
    }
    assert_eq!(matter(), Some(Id([1; 16])));
    store.apply(&mut |unit| unit.bind_slip("00000000", Id([3; 16]), 7)).unwrap();
    assert!(store.slip("00000000").unwrap().is_none(), "nobody's code");
}
