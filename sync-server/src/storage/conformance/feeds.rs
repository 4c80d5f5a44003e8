//! `Feeds`: calendars by the hash of their address, and what stands in one.

use minqing_core::{Id, view::HouseholdRow};

use super::{
    Make, Office,
    bookings::{FIRST, HOUSEHOLD, SECOND, keep},
    item,
    office::{COMMUNITY, OFFICER, STREAMS, officer, open},
};
use crate::{
    projection::HouseholdShown,
    storage::{KeptFeed, NewFeed, StoreError},
    testing::MORNING,
};

fn feed(n: u8, officer: Option<Id>) -> NewFeed {
    NewFeed { id: Id([n; 16]), hash: [n; 32], community: COMMUNITY.into(), officer, made_ms: MORNING + i64::from(n) }
}

fn kept(new: NewFeed, revoked_ms: Option<i64>) -> KeptFeed {
    KeptFeed { id: new.id, community: new.community, officer: new.officer, made_ms: new.made_ms, revoked_ms }
}

pub fn a_feed_is_read_by_the_hash_of_its_address_until_it_is_revoked(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    open(&**store, "620102001002");
    for new in [feed(2, Some(OFFICER)), feed(1, None)] {
        store.add_feed(&new).unwrap();
    }
    assert_eq!((store.feed(&[1; 32]).unwrap(), store.feed(&[3; 32]).unwrap()), (Some(kept(feed(1, None), None)), None));
    let revoke = |community, n: u8| store.revoke_feed(community, Id([n; 16]), MORNING + 9);
    let unknown = |n: u8| Err(StoreError::Unknown { what: "feed", id: Id([n; 16]).to_string() });
    assert_eq!((revoke("620102001002", 1), revoke(COMMUNITY, 3)), (unknown(1), unknown(3)), "of another community, and of none");
    assert_eq!((revoke(COMMUNITY, 1), revoke(COMMUNITY, 1), store.feed(&[1; 32]).unwrap()), (Ok(true), Ok(false), None));
    assert_eq!(store.feeds(COMMUNITY).unwrap(), [kept(feed(1, None), Some(MORNING + 9)), kept(feed(2, Some(OFFICER)), None)]);
    assert_eq!(store.feeds("620102001002").unwrap(), []);
}

pub fn an_officers_feed_ends_with_the_officer(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    let other = Id([6; 16]);
    store.add_officer(&officer(other), MORNING).unwrap();
    let unknown = |what, id: Id| Err(StoreError::Unknown { what, id: id.to_string() });
    assert_eq!(store.add_feed(&feed(1, Some(Id([9; 16])))), unknown("officer", Id([9; 16])));
    let elsewhere = NewFeed { community: "620102001002".into(), ..feed(1, Some(OFFICER)) };
    assert_eq!(store.add_feed(&elsewhere), unknown("officer", OFFICER));
    for new in [feed(1, None), feed(2, Some(OFFICER)), feed(3, Some(other))] {
        store.add_feed(&new).unwrap();
    }
    store.disable_officer(OFFICER, Some(MORNING + 9)).unwrap();
    let answers = || [1, 2, 3].map(|n: u8| store.feed(&[n; 32]).unwrap().is_some());
    assert_eq!(answers(), [true, false, true]);
    assert_eq!(store.add_feed(&feed(4, Some(OFFICER))), unknown("officer_disabled", OFFICER));
    store.disable_officer(OFFICER, None).unwrap();
    assert_eq!(answers(), [true, false, true], "an address that was out stays out");
    store.add_feed(&feed(4, Some(OFFICER))).unwrap();
}

pub fn a_calendar_has_the_appointments_of_a_span_with_their_doors(make: Make<'_>) {
    let office = Office::of(make);
    let first = keep(&office, FIRST, STREAMS[0], MORNING, None);
    keep(&office, SECOND, STREAMS[1], MORNING + 10, None);
    let on = |from, until| office.store.on_calendar(COMMUNITY, from, until).unwrap();
    assert_eq!(on(MORNING, MORNING + 11).iter().map(|on| on.appointment.id).collect::<Vec<_>>(), [FIRST, SECOND]);
    assert_eq!((on(MORNING + 1, MORNING + 10).len(), office.store.on_calendar("620102001002", 0, i64::MAX).unwrap().len()), (0, 0));
    let before = on(MORNING, MORNING + 1);
    assert_eq!((Some(&before[0].appointment), before[0].changed_ms, &before[0].address), (first.appointment.as_ref(), first.changed_ms, &None));
    let mark = office.store.calendar_mark(COMMUNITY).unwrap();
    let row = HouseholdRow { community: COMMUNITY.into(), building: "3".into(), room: "501".into(), ..HouseholdRow::default() };
    office.apply(|unit| unit.show_household(&HouseholdShown { id: HOUSEHOLD.0, stream: first.stream, row: row.clone(), ..HouseholdShown::default() }));
    let address = on(MORNING, MORNING + 1)[0].address.clone().unwrap();
    assert_eq!((address.building.as_str(), address.room.as_str(), address.community.as_str()), ("3", "501", COMMUNITY));
    assert_eq!(office.store.calendar_mark(COMMUNITY).unwrap(), mark, "the log says nothing new");
    office.log(STREAMS[0], 1, &item(7, "x"));
    assert_ne!(office.store.calendar_mark(COMMUNITY).unwrap(), mark);
}
