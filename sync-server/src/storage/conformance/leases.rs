//! `Leases`: one holder at a time.

use super::Make;

pub fn a_lease_is_held_by_one_until_it_runs_out_or_is_given_back(make: Make<'_>) {
    let store = make();
    let (one, other) = ([1; 5], [2; 5]);
    assert!(store.hold_lease("timers", one, 10, 20).unwrap());
    assert!(!store.hold_lease("timers", other, 19, 30).unwrap());
    assert!(store.hold_lease("timers", one, 19, 25).unwrap(), "its own, for longer");
    assert!(!store.hold_lease("timers", other, 24, 30).unwrap());
    assert!(store.hold_lease("timers", other, 25, 30).unwrap(), "it has run out");
    store.give_lease_back("timers", one).unwrap();
    assert!(!store.hold_lease("timers", one, 26, 40).unwrap(), "another one holds it");
    store.give_lease_back("timers", other).unwrap();
    assert!(store.hold_lease("timers", one, 26, 40).unwrap());
}
