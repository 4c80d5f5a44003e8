use axum::http::Method;
use minqing_core::{
    Id,
    appointment::{Propose, Request, Said, Slot},
    clock::{DAY_MS, MINUTE_MS},
    model::{Address, AppointmentEvent, AppointmentPurpose, NewHousehold, Role},
};
use serde_json::{Value, json};

use crate::{
    booking::{Deed, act, ask},
    settings::{self, Change, Subject},
    slip::{self, Made},
    storage::log::{Ahead, KeptMatter},
    sync,
    testing::{Answer, COMMUNITY, MORNING, World},
};

const CLERK: Id = Id([7; 16]);
const MATTER: Id = Id([9; 16]);

/// An appointment of a matter with an officer at ten, held; its id and the matter's slip.
fn held(world: &World) -> (Id, Made) {
    let officer = world.officer();
    let made = slip::make(&world.app, COMMUNITY, 1).unwrap().remove(0);
    world.store().apply(&mut |unit| unit.bind_slip(&made.code, MATTER, MORNING)).unwrap();
    let address = Address { community: COMMUNITY.into(), room: "501".into(), ..Address::default() };
    let new = NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() };
    let (household, _) = sync::add_households(&world.app, &[new]).unwrap()[0];
    world
        .store()
        .apply(&mut |unit| {
            let stream = unit.stream(&format!("grid:{COMMUNITY}001"))?.unwrap();
            unit.keep_matter(MATTER, &KeptMatter::new(stream, CLERK), Ahead::default())
        })
        .unwrap();
    let request = Request { household, purpose: AppointmentPurpose::Feedback, matter: Some(MATTER), windows: Vec::new(), minutes: 20, persons: 1 };
    let id = ask(&world.app, CLERK, Role::Clerk, COMMUNITY, request).unwrap();
    let slot = Slot { start_ms: MORNING + DAY_MS + 120 * MINUTE_MS, minutes: 20, officers: vec![officer] };
    let said = Said::Propose(Propose { slot });
    act(&world.app, COMMUNITY, &Deed { appointment: id, by: CLERK, role: Role::Clerk, code: AppointmentEvent::Propose, said, saw: 9, only_if_free: true })
        .unwrap();
    (id, made)
}

async fn token(world: &World, made: &Made) -> String {
    let opened = world.post_json("/v1/resident/token", &json!({"code": made.code, "pin": made.pin})).await;
    assert_eq!(opened.header("cache-control"), "no-store");
    opened.json()["token"].as_str().unwrap().to_owned()
}

async fn does(world: &World, token: &str, id: Id, deed: &Value) -> Answer {
    let headers = [("content-type", "application/json"), ("authorization", &*format!("Bearer {token}"))];
    world.send(Method::POST, &format!("/v1/resident/appointments/{id}/events"), &headers, &deed.to_string()).await
}

#[tokio::test]
async fn that_nobody_came_is_heard_half_an_hour_after_the_end_and_another_time_is_chosen() {
    let world = World::open();
    let (id, made) = held(&world);
    let shown = token(&world, &made).await;
    let agreed = does(&world, &shown, id, &json!({"event": "confirm", "sequence": 0, "saw": 9})).await;
    assert_eq!(agreed.json()["state"], "confirmed", "{}", agreed.body);
    world.clock.turn(DAY_MS + (120 + 20 + 30) * MINUTE_MS - 1);
    assert_eq!(does(&world, &shown, id, &json!({"event": "missed", "saw": 9})).await.json()["code"], "token.expired");
    let shown = token(&world, &made).await;
    let early = does(&world, &shown, id, &json!({"event": "missed", "saw": 9})).await;
    assert_eq!((early.status, early.json()["path"].as_str()), (409, Some("not_allowed")));
    world.clock.turn(1);
    let list = world.send(Method::GET, "/v1/resident/appointments", &[("authorization", &format!("Bearer {shown}"))], "").await.json();
    assert_eq!(list["appointments"][0]["may"], json!(["choose", "cancel", "missed"]));
    assert_eq!(does(&world, &shown, id, &json!({"event": "missed", "saw": 9})).await.json()["state"], "missed_by_officer");
    let soon = does(&world, &shown, id, &json!({"event": "choose", "start_ms": MORNING + DAY_MS + 180 * MINUTE_MS, "saw": 99})).await;
    assert_eq!((soon.status, soon.json()["code"].as_str(), soon.json()["path"].as_str()), (409, Some("appointment.no_room"), Some("too_soon")));
    let again = does(&world, &shown, id, &json!({"event": "choose", "start_ms": MORNING + 2 * DAY_MS + 120 * MINUTE_MS, "saw": 99})).await;
    assert_eq!((&again.json()["state"], &again.json()["sequence"]), (&json!("held"), &json!(1)), "{}", again.body);
}

#[tokio::test]
async fn whoever_holds_a_slip_sees_when_the_hall_is_open() {
    let world = World::open();
    let (_, made) = held(&world);
    let set = |value: Value| settings::put(&world.app, None, COMMUNITY, Change { subject: Subject::Openings, seen: 0, from_ms: None, value });
    let at = |weekday: u8| json!({"weekday": weekday, "from_minute": 540, "until_minute": 720});
    assert_eq!(set(json!({"places": [{"name": ""}]})).unwrap_err().code, "setting.malformed");
    set(json!({"places": [{"name": "便民大厅", "spans": [at(1), at(3)], "off_hours": [at(6)]}]})).unwrap();
    let shown = token(&world, &made).await;
    let list = world.send(Method::GET, "/v1/resident/openings", &[("authorization", &format!("Bearer {shown}"))], "").await.json();
    let once = |day: i64, off_hours| json!({"place": "便民大厅", "from_ms": MORNING + day * DAY_MS + 60 * MINUTE_MS, "until_ms": MORNING + day * DAY_MS + 240 * MINUTE_MS, "off_hours": off_hours});
    assert_eq!(list["openings"], json!([once(0, false), once(2, false), once(5, true), once(7, false), once(9, false)]), "Saturday the 26th is a holiday");
    assert_eq!(world.get("/v1/resident/openings").await.status, 401);
}

#[tokio::test]
async fn guessing_tokens_and_appointments_shuts_the_door_and_so_does_moving_to_and_fro() {
    let world = World::with("[tries]\naddress_at_once = 2");
    let list = async |token: &str| world.send(Method::GET, "/v1/resident/appointments", &[("authorization", &format!("Bearer {token}"))], "").await.status;
    for status in [401, 401, 401, 429] {
        assert_eq!(list("x").await, status);
    }
    let world = World::with("[tries]\ncode_at_once = 3");
    let (id, made) = held(&world);
    let shown = token(&world, &made).await;
    let mut ends = Vec::new();
    for hour in [3, 7, 8, 9] {
        ends.push(does(&world, &shown, id, &json!({"event": "choose", "start_ms": MORNING + DAY_MS + hour * 60 * MINUTE_MS, "saw": 99})).await.status);
    }
    assert_eq!(ends, [200, 200, 200, 429]);
}

#[tokio::test]
async fn a_resident_needs_a_slip_that_is_still_bound_to_the_matter() {
    let world = World::open();
    let (id, _) = held(&world);
    let other = slip::make(&world.app, COMMUNITY, 1).unwrap().remove(0);
    let shown = token(&world, &other).await;
    assert_eq!(does(&world, &shown, id, &json!({"event": "confirm", "sequence": 0})).await.json()["code"], "matter.unknown");
    world.store().apply(&mut |unit| unit.bind_slip(&other.code, Id([8; 16]), MORNING)).unwrap();
    let hidden = does(&world, &shown, id, &json!({"event": "confirm", "sequence": 0})).await;
    assert_eq!((hidden.status, hidden.json()["code"].as_str()), (404, Some("appointment.unknown")));
}
