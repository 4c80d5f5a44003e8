//! `Log::receive`, `waiting`, `pending` and `states`.

use std::{collections::BTreeSet, thread};

use minqing_core::{envelope::Quarantine, ids::Name, wire::ItemState};

use super::{
    Make, Office, delivery, item, name,
    office::{COMMUNITY, DEVICE, ENROLLED, OFFICER, STREAMS, envelope},
};
use crate::{
    storage::{
        StoreError,
        log::{Apart, Delivery},
    },
    testing::MORNING,
};

pub fn what_is_new_waits_in_order_of_arrival(make: Make<'_>) {
    let office = Office::of(make);
    assert_eq!(office.deliver(7, &[item(1, "c")]).known, [None]);
    assert_eq!(office.deliver(1, &[item(1, "a"), item(2, "b")]).known, [None, None]);
    assert_eq!(office.store.waiting().unwrap(), [7, 1, 2].map(name));
    assert_eq!(office.store.states(&[name(2)]).unwrap(), [ItemState::Received]);
    let pending = office.store.pending(&[name(99), name(2)]).unwrap();
    assert_eq!(pending.len(), 1, "one that is not there is left out");
    let p = &pending[0];
    assert_eq!((p.name, &p.item, p.received_ms, p.officer, p.enrolled_ms), (name(2), &item(2, "b"), MORNING, OFFICER, ENROLLED));
    assert_eq!((p.community.as_str(), &p.scope[1..]), (COMMUNITY, &STREAMS.map(str::to_owned)[..]));
}

pub fn the_same_again_changes_nothing_and_other_bytes_are_refused(make: Make<'_>) {
    let office = Office::of(make);
    let logged = item(1, "a");
    assert_eq!(office.log(STREAMS[0], 1, &logged), 1);
    office.deliver(2, &[item(1, "b")]);
    for _ in 0..2 {
        let again = office.deliver(1, &[logged.clone(), item(1, "b")]);
        assert_eq!(again.known, [Some(ItemState::Duplicate(1)), Some(ItemState::Received)]);
        let other = office.deliver(1, &[item(1, "A"), item(1, "B")]);
        assert_eq!(other.known, [Some(ItemState::Reused), Some(ItemState::Reused)]);
    }
    assert_eq!(office.store.waiting().unwrap(), [name(2)]);
    assert_eq!(office.store.states(&[name(1)]).unwrap(), [ItemState::Seq(1)]);
    assert_eq!(office.rows().len(), 1);
    assert_eq!(office.store.pending(&[name(2)]).unwrap()[0].item, item(1, "b"));
}

pub fn what_cheap_checks_found_is_put_aside_with_its_reason(make: Make<'_>) {
    let office = Office::of(make);
    let mut one = delivery(4, &[item(6, "too big"), item(6, "fine")]);
    one.envelopes[0].items[0].1 = Some(Apart::Aside(Quarantine::Oversize));
    let aside = Some(ItemState::Quarantined(Quarantine::Oversize));
    for (first, second) in [(aside.clone(), None), (aside, Some(ItemState::Received))] {
        assert_eq!(office.store.receive(one.clone()).unwrap().known, [first, second]);
    }
    assert_eq!(office.store.waiting().unwrap(), [name(5)]);
    let listed = office.store.aside(Some(COMMUNITY), 10).unwrap();
    assert_eq!(listed, office.store.aside(None, 10).unwrap());
    assert_eq!(listed.len(), 1);
    let row = &listed[0];
    assert_eq!((row.name, row.officer, row.kind, row.doc, row.reason), (name(4), OFFICER, 1, item(6, "").doc, Quarantine::Oversize));
    assert_eq!((row.community.as_str(), row.received_ms, row.size, row.parked), (COMMUNITY, MORNING, 7, 0));
    assert_eq!(office.store.aside(Some("620102001002"), 10).unwrap(), []);
    assert_eq!(office.store.aside(None, 0).unwrap(), []);
}

pub fn what_nobody_signed_has_no_name_and_is_bounded(make: Make<'_>) {
    let office = Office::of(make);
    let forged = |from: usize, count: usize| {
        let items: Vec<_> = (from..from + count).map(|i| item(1, &i.to_string())).collect();
        crate::storage::log::Delivered { signed: false, ..envelope(1, &items) }
    };
    let bring = |envelopes| office.store.receive(Delivery { envelopes, ..delivery(1, &[]) });
    let said = Some(ItemState::Quarantined(Quarantine::Signature));
    assert_eq!(bring(vec![forged(0, 2)]).unwrap().known, [said.clone(), said]);
    assert_eq!(office.deliver(1, &[item(1, "signed")]).known, [None], "the name was not used up");
    let kept = office.store.inbox().unwrap().unsigned;
    assert_eq!(kept, 2);
    // Too much, and something good before it: nothing of either is received.
    let refused = bring(vec![envelope(5, &[item(1, "also signed")]), forged(10, 1_000)]).unwrap_err();
    assert_eq!(refused, StoreError::Unknown { what: "envelope", id: DEVICE.0.to_string() });
    assert_eq!(office.store.waiting().unwrap(), [name(1)]);
    assert_eq!(office.store.inbox().unwrap().unsigned, kept);
}

pub fn what_its_phone_wrote_again_is_superseded(make: Make<'_>) {
    let office = Office::of(make);
    office.log(STREAMS[0], 1, &item(1, "a"));
    office.deliver(2, &[item(1, "b"), item(1, "c")]);
    let again = Delivery { superseded: vec![name(1), name(2), name(77)], ..delivery(9, &[item(1, "b")]) };
    assert_eq!(office.store.receive(again).unwrap().known, [None]);
    assert_eq!(office.store.states(&[name(1), name(2)]).unwrap(), [ItemState::Seq(1), ItemState::Superseded], "what is in the log stays");
    assert_eq!(office.store.waiting().unwrap(), [name(3), name(9)]);
}

pub fn of_many_threads_everything_acknowledged_is_there(make: Make<'_>) {
    let office = Office::of(make);
    let bring = |thread: u64| -> Vec<Name> {
        let mut acknowledged = Vec::new();
        for n in (thread * 100..).step_by(2).take(6) {
            let good = office.deliver(n, &[item(1, &n.to_string()), item(2, &n.to_string())]);
            assert_eq!(good.known, [None, None]);
            acknowledged.extend([name(n), name(n + 1)]);
            // Between them one that fails: it takes nobody along.
            let items: Vec<_> = (0..1_001).map(|i| item(3, &i.to_string())).collect();
            let bad = crate::storage::log::Delivered { signed: false, ..envelope(1, &items) };
            assert!(n % 4 != 0 || office.store.receive(Delivery { envelopes: vec![bad], ..delivery(1, &[]) }).is_err());
        }
        acknowledged
    };
    let acknowledged: BTreeSet<Name> = thread::scope(|s| {
        let threads: Vec<_> = (1..=8).map(|thread| s.spawn(move || bring(thread))).collect();
        threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(acknowledged.len(), 96);
    assert_eq!(office.store.waiting().unwrap().into_iter().collect::<BTreeSet<_>>(), acknowledged);
    assert_eq!(office.store.inbox().unwrap().unsigned, 0);
}
