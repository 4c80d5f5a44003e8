//! `Reminders`: the newest of each appointment waits until it is handed over.

use super::{
    Make, Office,
    bookings::{FIRST, SECOND, keep},
    office::STREAMS,
};
use crate::{storage::WaitingReminder, testing::MORNING};

pub fn a_newer_reminder_takes_the_place_of_an_older(make: Make<'_>) {
    let office = Office::of(make);
    for id in [FIRST, SECOND] {
        keep(&office, id, STREAMS[0], MORNING, None);
    }
    office.apply(|unit| {
        unit.put_reminder(SECOND, 0, 1, 20)?;
        unit.put_reminder(FIRST, 0, 1, 10)
    });
    let store = &office.store;
    let due = |now_ms, limit| store.reminders_due(now_ms, limit).unwrap().iter().map(|r| (r.appointment, r.which, r.tries)).collect::<Vec<_>>();
    assert_eq!((due(9, 9), due(20, 1), due(20, 9)), (vec![], vec![(FIRST, 1, 0)], vec![(FIRST, 1, 0), (SECOND, 1, 0)]));
    let older = WaitingReminder { appointment: FIRST, sequence: 0, which: 1, tries: 0 };
    store.reminder_again(&older, 30).unwrap();
    assert_eq!((due(29, 9), due(30, 9)), (vec![(SECOND, 1, 0)], vec![(SECOND, 1, 0), (FIRST, 1, 1)]));
    office.apply(|unit| unit.put_reminder(FIRST, 0, 2, 25));
    store.reminder_again(&older, 99).unwrap();
    store.reminder_done(&older).unwrap();
    assert_eq!(due(25, 9), [(SECOND, 1, 0), (FIRST, 2, 0)], "what became of the older one is nothing to the newer");
    store.reminder_done(&WaitingReminder { which: 2, ..older }).unwrap();
    assert_eq!(due(99, 9), [(SECOND, 1, 0)]);
}
