//! What waits in the inbox: held, parked, put aside, settled.

use minqing_core::{envelope::Quarantine, wire::ItemState};

use super::{
    Make, Office, item, name,
    office::{COMMUNITY, STREAMS, take},
};
use crate::storage::log::AsideFate;

fn with_six(make: Make<'_>) -> Office {
    let office = Office::of(make);
    office.deliver(4, &[item(1, "4"), item(1, "5"), item(1, "6")]);
    office.deliver(1, &[item(1, "1"), item(1, "2"), item(1, "3")]);
    office
}

pub fn what_waits_is_found_by_what_it_waits_for(make: Make<'_>) {
    let office = with_six(make);
    office.apply(|unit| {
        for n in [1, 5, 6] {
            unit.hold(name(n), b"x", None)?;
        }
        unit.hold(name(2), b"y", Some(b"two"))?;
        assert_eq!(unit.held_for(b"x")?, [5, 6, 1].map(name), "in order of arrival");
        assert_eq!(unit.held_for(b"two")?, []);
        Ok(())
    });
    assert_eq!(office.store.states(&[name(1), name(2)]).unwrap(), [ItemState::Held(b"x".to_vec()), ItemState::Held(b"y".to_vec())]);
    assert_eq!(office.store.waiting().unwrap(), [4, 3].map(name), "what was looked at is not waiting to be");
    assert_eq!(office.store.inbox().unwrap().held, 4);
    office.apply(|unit| {
        take(unit, STREAMS[0], 5)?;
        assert!(unit.item(name(5))?.is_none() && unit.item(name(6))?.is_some());
        assert_eq!(unit.held_for(b"x")?, [6, 1].map(name));
        Ok(())
    });
}

pub fn what_rests_on_an_item_put_aside_is_parked_however_far(make: Make<'_>) {
    let office = with_six(make);
    office.apply(|unit| {
        unit.hold(name(3), b"two", Some(b"three"))?;
        unit.hold(name(2), b"one", Some(b"two"))?;
        unit.put_aside(name(1), Quarantine::Failed, Some(b"one"))?;
        // It comes when what it waits for is parked already.
        unit.hold(name(4), b"three", Some(b"four"))?;
        unit.hold(name(5), b"four", None)?;
        unit.put_aside(name(6), Quarantine::OutOfScope, None)?;
        assert!(unit.held_for(b"one")?.is_empty() && unit.item(name(2))?.is_some_and(|p| p.name == name(2)));
        Ok(())
    });
    let parked = |missing: &[u8]| ItemState::ParkedWith(missing.to_vec());
    let states = office.store.states(&[1, 2, 3, 4, 5, 6].map(name)).unwrap();
    let [failed, out] = [Quarantine::Failed, Quarantine::OutOfScope].map(ItemState::Quarantined);
    assert_eq!(states, [failed, parked(b"one"), parked(b"two"), parked(b"three"), parked(b"four"), out]);
    let inbox = office.store.inbox().unwrap();
    assert_eq!((inbox.parked, inbox.aside, inbox.held, inbox.received), (4, 2, 0, 0));
    let aside = office.store.aside(None, 9).unwrap();
    let listed: Vec<_> = aside.iter().map(|row| (row.name, row.parked)).collect();
    assert_eq!(listed, [(name(6), 0), (name(1), 1)], "oldest first, with what waits for each");
}

pub fn what_the_office_settled_is_aside_no_longer(make: Make<'_>) {
    let office = with_six(make);
    office.apply(|unit| {
        for n in [1, 2, 4] {
            unit.put_aside(name(n), Quarantine::Malformed, None)?;
            assert_eq!(unit.aside(name(n))?.map(|p| p.item), Some(item(1, &n.to_string())));
        }
        assert!(unit.aside(name(3))?.is_none() && unit.item(name(1))?.is_none());
        unit.close_aside(name(1), AsideFate::Adopted)?;
        unit.close_aside(name(2), AsideFate::Returned)?;
        assert!(unit.aside(name(1))?.is_none() && unit.aside(name(2))?.is_none());
        Ok(())
    });
    let left: Vec<_> = office.store.aside(None, 9).unwrap().into_iter().map(|row| row.name).collect();
    assert_eq!(left, [name(4)]);
    let looked_at = |n| office.store.aside_item(name(n)).unwrap().map(|p| (p.item, p.community));
    assert_eq!(looked_at(4), Some((item(1, "4"), COMMUNITY.to_owned())));
    assert_eq!((looked_at(1), looked_at(3), looked_at(77)), (None, None, None));
    let told = ItemState::Quarantined(Quarantine::Malformed);
    assert_eq!(office.store.states(&[name(1), name(2)]).unwrap(), [told.clone(), told.clone()], "its phone hears the same");
    assert_eq!(office.deliver(1, &[item(1, "1")]).known, [Some(told)], "its bytes stay");
}
