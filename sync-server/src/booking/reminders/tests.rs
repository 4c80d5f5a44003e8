use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use hmac::{Hmac, KeyInit, Mac};
use minqing_core::{
    Id,
    appointment::{Cancel, Confirm, Propose, Request, Said, Slot},
    clock::{DAY_MS, MINUTE_MS},
    model::{Address, AppointmentEvent, AppointmentPurpose, CancelReason, NewHousehold, NewResident, Role},
};
use serde_json::Value;
use sha2::Sha256;

use super::send_reminders;
use crate::{
    auth::base64url,
    booking::{Deed, act, ask, run_due},
    sync,
    testing::{COMMUNITY, MORNING, World},
};

const CLERK: Id = Id([7; 16]);
const SECRET: &str = "a gateway's secret";
const TEN: i64 = MORNING + DAY_MS + 2 * 60 * MINUTE_MS;

/// A gateway that takes messages, or does not.
#[derive(Default)]
struct Gateway {
    is_down: Mutex<bool>,
    taken: Mutex<Vec<(Value, bool)>>,
}

async fn take(State(gateway): State<Arc<Gateway>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if *gateway.is_down.lock().unwrap() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(&body);
    let is_signed = headers["x-minqing-signature"] == base64url(&mac.finalize().into_bytes());
    gateway.taken.lock().unwrap().push((serde_json::from_slice(&body).unwrap(), is_signed));
    StatusCode::ACCEPTED
}

async fn open() -> (World, Arc<Gateway>) {
    let gateway = Arc::new(Gateway::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let webhook = format!("http://{}/messages", listener.local_addr().unwrap());
    let router = Router::new().route("/messages", post(take)).with_state(gateway.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (World::with(&format!("[reminders]\nwebhook = '{webhook}'\nwebhook_secret = \"{SECRET}\"")), gateway)
}

fn does(world: &World, id: Id, code: AppointmentEvent, said: Said) {
    act(&world.app, COMMUNITY, &Deed { appointment: id, by: CLERK, role: Role::Clerk, code, said, saw: 9, only_if_free: true }).unwrap();
}

/// A visit that is agreed for ten o'clock tomorrow, at a door with these telephones.
fn agreed(world: &World, room: &str, phones: &[&str]) -> Id {
    let officer = world.officer();
    let address = Address { community: COMMUNITY.into(), room: room.into(), ..Address::default() };
    let residents = phones.iter().enumerate().map(|(n, phone)| NewResident { name: format!("住户{n}"), phone: (*phone).into(), ..NewResident::default() });
    let new = NewHousehold { grid: format!("{COMMUNITY}001"), address, residents: residents.collect(), ..NewHousehold::default() };
    let (household, _) = sync::add_households(&world.app, &[new]).unwrap()[0];
    let request = Request { household, purpose: AppointmentPurpose::Collect, matter: None, windows: Vec::new(), minutes: 20, persons: 1 };
    let id = ask(&world.app, CLERK, Role::Clerk, COMMUNITY, request).unwrap();
    does(world, id, AppointmentEvent::Propose, Said::Propose(Propose { slot: Slot { start_ms: TEN, minutes: 20, officers: vec![officer] } }));
    does(world, id, AppointmentEvent::Confirm, Said::Confirm(Confirm { sequence: 0 }));
    id
}

/// The clocks are looked at, and reminders handed over; how many were taken.
async fn tick(world: &World) -> usize {
    let app = world.app.clone();
    app.work(|app| run_due(app).and_then(|_| send_reminders(app))).await.unwrap()
}

#[tokio::test]
async fn residents_are_reminded_the_evening_before_and_two_hours_before_by_a_signed_message() {
    let (world, gateway) = open().await;
    let id = agreed(&world, "501", &["13900000001", "", "13900000002"]);
    agreed(&world, "502", &[]);
    assert_eq!(tick(&world).await, 0, "it is not evening yet");
    world.clock.turn(11 * 60 * MINUTE_MS);
    assert_eq!((tick(&world).await, tick(&world).await), (1, 0), "once, and nobody where there is no telephone");
    world.clock.turn(13 * 60 * MINUTE_MS);
    assert_eq!(tick(&world).await, 1);
    let taken = gateway.taken.lock().unwrap().clone();
    let ids: Vec<_> = taken.iter().map(|(message, _)| message["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, [format!("{id}-0-1"), format!("{id}-0-2")]);
    for (message, is_signed) in &taken {
        assert!(is_signed, "the gateway knows who speaks");
        assert_eq!(message["to"], serde_json::json!(["13900000001", "13900000002"]));
        assert_eq!(message["text"], "【民情】9 月 15 日 周二 10:00–10:20，取材料，请留人在家。");
        assert_eq!(message["until_ms"], TEN);
    }
}

#[tokio::test]
async fn a_gateway_that_is_down_gets_it_later_and_never_once_the_visit_has_begun() {
    let (world, gateway) = open().await;
    agreed(&world, "501", &["13900000001"]);
    *gateway.is_down.lock().unwrap() = true;
    world.clock.turn(11 * 60 * MINUTE_MS);
    assert_eq!(tick(&world).await, 0);
    *gateway.is_down.lock().unwrap() = false;
    world.clock.turn(MINUTE_MS - 1);
    assert_eq!(tick(&world).await, 0, "it is tried again after a minute");
    world.clock.turn(1);
    assert_eq!(tick(&world).await, 1);
    *gateway.is_down.lock().unwrap() = true;
    world.clock.turn(13 * 60 * MINUTE_MS);
    assert_eq!(tick(&world).await, 0);
    *gateway.is_down.lock().unwrap() = false;
    world.clock.turn(2 * 60 * MINUTE_MS);
    assert_eq!(tick(&world).await, 0, "the officer is at the door");
    assert!(world.store().reminders_due(i64::MAX, 9).unwrap().is_empty());
}

#[tokio::test]
async fn of_a_visit_that_was_called_off_nobody_is_reminded() {
    let (world, gateway) = open().await;
    let id = agreed(&world, "501", &["13900000001"]);
    *gateway.is_down.lock().unwrap() = true;
    world.clock.turn(11 * 60 * MINUTE_MS);
    assert_eq!(tick(&world).await, 0);
    does(&world, id, AppointmentEvent::Cancel, Said::Cancel(Cancel { reason: CancelReason::ALL[0] }));
    *gateway.is_down.lock().unwrap() = false;
    world.clock.turn(60 * MINUTE_MS);
    assert_eq!(tick(&world).await, 0);
    assert!(gateway.taken.lock().unwrap().is_empty() && world.store().reminders_due(i64::MAX, 9).unwrap().is_empty());
}

#[tokio::test]
async fn without_a_gateway_nothing_waits() {
    let world = World::open();
    agreed(&world, "501", &["13900000001"]);
    world.clock.turn(11 * 60 * MINUTE_MS);
    assert_eq!(tick(&world).await, 0);
    assert!(world.store().reminders_due(i64::MAX, 9).unwrap().is_empty());
}
