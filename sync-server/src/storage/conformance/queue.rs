//! `Queue`: numbers of the window, from 1 on each day.

use minqing_core::Id;

use super::{Make, Office, office::COMMUNITY};
use crate::storage::{QueueSeen, Taken};

const DAY: &str = "2026-09-14";
const NEXT_DAY: &str = "2026-09-15";
const NEIGHBOUR: &str = "620102001002";

pub fn numbers_are_given_and_called_in_order_each_day_from_one_on(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    let (one, other) = (Id([1; 16]), Id([2; 16]));
    assert_eq!([1, 2, 3].map(|at| store.take_number(COMMUNITY, DAY, at).unwrap()), [1, 2, 3]);
    assert_eq!((store.take_number(COMMUNITY, NEXT_DAY, 9).unwrap(), store.take_number(NEIGHBOUR, DAY, 9).unwrap()), (1, 1));
    assert_eq!(store.number(COMMUNITY, DAY, 3).unwrap(), Some(Taken { n: 3, at_ms: 3, before: 2, called_ms: None }));
    assert_eq!(store.number(COMMUNITY, DAY, 4).unwrap(), None);

    let next = |by, served| store.call_next(COMMUNITY, DAY, by, served, 10).unwrap();
    assert_eq!(next(one, None), Some(1));
    assert_eq!(next(one, None), Some(1), "pressed twice, one is called");
    assert_eq!(next(other, None), Some(2), "two windows never call the same");
    let seen = |by| store.queue(COMMUNITY, DAY, by).unwrap();
    assert_eq!(seen(one), QueueSeen { here: Some(1), waiting: 1, last: 3 });
    store.end_call(COMMUNITY, DAY, one, 11).unwrap();
    assert_eq!(seen(one), QueueSeen { here: None, waiting: 1, last: 3 });
    assert_eq!(next(one, None), Some(3));
    assert_eq!((next(one, Some(3)), next(other, Some(2))), (None, None), "nobody waits");
    assert_eq!((seen(other), seen(one)), (QueueSeen { here: None, waiting: 0, last: 3 }, QueueSeen { here: None, waiting: 0, last: 3 }));
    assert_eq!(store.queue(COMMUNITY, "2026-09-16", one).unwrap(), QueueSeen::default());
}
