//! `Seconds`: a code is taken once.

use minqing_core::Id;

use super::Make;
use crate::storage::Staff;

pub fn a_code_is_taken_once_and_none_before_it(make: Make<'_>) {
    let store = make();
    let (on, off) = (Id([1; 16]), Id([2; 16]));
    for (id, name) in [(on, "Ma"), (off, "Li")] {
        store.add_staff(&Staff { id, name: name.into(), grants: Vec::new(), disabled_ms: None }, "phc", 0).unwrap();
    }
    assert_eq!((store.second(on).unwrap(), store.take_second(on, 7).unwrap()), (None, false));
    store.set_second(on, Some((&[9; 20], 7))).unwrap();
    assert_eq!((store.second(on).unwrap(), store.second(off).unwrap()), (Some([9; 20]), None));
    assert_eq!([7, 8, 8, 6, 9].map(|step| store.take_second(on, step).unwrap()), [false, true, false, false, true]);
    store.set_second(on, None).unwrap();
    assert_eq!((store.second(on).unwrap(), store.take_second(on, 10).unwrap()), (None, false));
}
