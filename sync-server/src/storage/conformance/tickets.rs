//! `Log::seen`, and the ticket that moves with a delivery.

use minqing_core::{guards::Guards, ids::Device};

use super::{
    Make, Office, delivery, item,
    office::{COMMUNITY, DEVICE, envelope, seen},
};
use crate::{
    storage::{
        StoreError,
        log::{Delivered, Delivery, Seen, TicketSeen},
    },
    testing::MORNING,
};

/// When a copy was suspected, and the last exchange.
fn noted(office: &Office) -> (Option<i64>, Option<i64>) {
    let phone = office.store.phones(COMMUNITY).unwrap().remove(0);
    (phone.clone_suspected_ms, phone.last_exchange_ms)
}

pub fn a_lost_answer_fits_and_an_old_ticket_is_told(make: Make<'_>) {
    let office = Office::of(make);
    let ask = |shown, next, fresh| office.store.seen(Seen { fresh, ..seen(shown, next) }).unwrap();
    assert_eq!(ask(None, Some(1), false), TicketSeen::First);
    assert_eq!(noted(&office), (None, Some(MORNING)));
    assert_eq!(ask(None, Some(1), false), TicketSeen::First, "the answer was lost; its history is told once more");
    assert_eq!(ask(Some(1), Some(2), true), TicketSeen::Fits);
    assert_eq!(ask(Some(1), Some(3), true), TicketSeen::Fits, "the answer with the second was lost");
    assert_eq!(ask(Some(3), None, false), TicketSeen::Fits, "an idle exchange leaves the ticket");
    assert_eq!(ask(Some(3), Some(4), true), TicketSeen::Fits);
    assert_eq!(ask(Some(1), Some(5), false), TicketSeen::Old, "perhaps long on its way");
    assert_eq!(ask(Some(4), Some(6), true), TicketSeen::Fits, "so it moved nothing");
    assert_eq!(noted(&office).0, None);
    assert_eq!(ask(Some(1), Some(7), true), TicketSeen::Old);
    assert_eq!(noted(&office).0, Some(MORNING));
    // What comes as a bundle of another phone is no exchange.
    let bundle = Seen { bundle: true, ..seen(None, None) };
    assert_eq!(office.store.seen(bundle).unwrap(), TicketSeen::Fits);
    let stranger = Seen { device: Device(7), ..seen(None, None) };
    assert_eq!(office.store.seen(stranger).unwrap_err(), StoreError::Unknown { what: "device", id: "7".into() });
}

pub fn a_ticket_moves_with_the_items_or_not_at_all(make: Make<'_>) {
    let office = Office::of(make);
    let bring = |envelopes: Vec<Delivered>, shown, next| {
        office.store.receive(Delivery { envelopes, superseded: Vec::new(), seen: seen(shown, next), guards: Guards::default() })
    };
    let first = bring(vec![envelope(1, &[item(1, "a")])], None, Some(1)).unwrap();
    assert_eq!(first.ticket, TicketSeen::First);
    let many: Vec<_> = (0..1_001).map(|i| item(1, &i.to_string())).collect();
    let forged = Delivered { signed: false, ..envelope(1, &many) };
    assert!(bring(vec![forged], Some(1), Some(2)).is_err());
    assert_eq!(bring(vec![envelope(2, &[item(1, "b")])], Some(1), Some(3)).unwrap().ticket, TicketSeen::Fits);
    // Fresh is what the delivery brings, not what its carrier says.
    assert_eq!(office.store.receive(Delivery { seen: seen(Some(9), Some(4)), ..delivery(2, &[item(1, "b")]) }).unwrap().ticket, TicketSeen::Old);
    assert_eq!(noted(&office).0, None);
    assert_eq!(office.store.receive(Delivery { seen: seen(Some(9), Some(5)), ..delivery(3, &[item(1, "c")]) }).unwrap().ticket, TicketSeen::Old);
    assert_eq!(noted(&office).0, Some(MORNING));
}

pub fn how_a_phone_does_is_noted_day_by_day(make: Make<'_>) {
    const DAY: i64 = 24 * 3_600_000;
    let office = Office::of(make);
    let ask = |now_ms: i64| office.store.seen(Seen { now_ms, unsent: 3, room_mib: (now_ms > MORNING + DAY).then_some(40), ..seen(None, Some(1)) }).unwrap();
    for now_ms in [MORNING, MORNING + 120_000, MORNING + DAY] {
        ask(now_ms);
    }
    let today = minqing_core::clock::day_start(minqing_core::clock::local_date(MORNING));
    assert_eq!(office.store.exchanges(COMMUNITY, 0).unwrap(), [(DEVICE, today, 2), (DEVICE, today + DAY, 1)]);
    assert_eq!(office.store.exchanges(COMMUNITY, today + 1).unwrap().len(), 1);
    assert!(office.store.exchanges("620102001002", 0).unwrap().is_empty());
    ask(MORNING + 200 * DAY);
    assert_eq!(office.store.exchanges(COMMUNITY, 0).unwrap(), [(DEVICE, today + 200 * DAY, 1)], "a quarter of a year is kept");
    let skew = |ms: i64| {
        office.apply(|unit| unit.note_skew(DEVICE, ms));
        office.store.phones(COMMUNITY).unwrap()[0].skew_ms
    };
    assert_eq!([skew(59_999), skew(600_000), skew(630_000), skew(-600_000), skew(0)], [0, 600_000, 600_000, -600_000, 0]);
    let phone = office.store.phones(COMMUNITY).unwrap().remove(0);
    assert_eq!(phone.room_mib, Some(40));
    assert_eq!((phone.unsent, phone.aside, phone.refused, phone.revoked), (3, 0, 0, false));
}
