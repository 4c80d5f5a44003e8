use axum::http::Method;
use jiff::ToSpan;
use minqing_core::{
    Id,
    appointment::{Availability, OtherDay},
    clock::{day_start, local_date},
    model::{Address, AppointmentPurpose, NewHousehold, Role},
};
use serde_json::{Value, json};

use crate::{
    sync::add_households,
    testing::{Answer, COMMUNITY, MORNING, SignedIn, World},
};

const HOUR: i64 = 3_600_000;

fn door(building: u32) -> NewHousehold {
    let address = Address {
        community: COMMUNITY.into(),
        estate: "槐荫".into(),
        building: building.to_string(),
        stairwell: "2".into(),
        room: "302".into(),
        ..Address::default()
    };
    NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }
}

/// The day after the world begins, and an hour of it.
fn tomorrow() -> jiff::civil::Date {
    local_date(MORNING).saturating_add(1.days())
}

fn at(hour: i64) -> i64 {
    day_start(tomorrow()) + hour * HOUR
}

/// Asks for a visit by the form; returns the appointment.
async fn ask(desk: &SignedIn<'_>, household: &str, more: &str) -> String {
    let asked = desk.post("/office/appointments/new", &format!("who=302&household={household}&purpose=routine&minutes=30&persons=1{more}")).await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let to = asked.header("location").to_owned();
    to.split("move=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

async fn name_time(desk: &SignedIn<'_>, id: &str, start_ms: i64, officers: &str) -> Answer {
    desk.post(&format!("/office/appointments/{id}/do"), &format!("event=move&to={start_ms}~{officers}")).await
}

async fn stands(desk: &SignedIn<'_>, id: &str) -> Value {
    desk.get(&format!("/v1/appointments/{id}")).await.json()
}

#[tokio::test]
async fn a_visit_is_asked_for_timed_agreed_moved_taken_back_and_entered() {
    let world = World::open();
    let officer = world.officer().to_string();
    let home = add_households(&world.app, &[door(3)]).unwrap()[0].0.to_string();
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let form = desk.get("/office/appointments/new").await.body;
    for purpose in AppointmentPurpose::ALL {
        assert!(form.contains(&format!("name=\"purpose\" value=\"{}\"", purpose.word())), "{purpose:?}");
    }
    let id = ask(&desk, &home, "").await;
    let waiting = desk.get("/office/rounds").await.body;
    assert!(waiting.contains("待约时间") && waiting.contains("槐荫 3 号楼 2 单元 302"), "{waiting}");

    let choose = desk.get(&format!("/office/rounds?move={id}&day={}", tomorrow())).await.body;
    assert!(choose.contains(&format!("value=\"{}~{officer}\"", at(10))) && !choose.contains(&format!("value=\"{}~{officer}\"", at(13))), "not at noon");
    let moved = name_time(&desk, &id, at(10), &officer).await;
    assert_eq!((moved.status, moved.header("location")), (303, format!("/office/rounds?day={}&did=moved&of={id}", tomorrow()).as_str()));
    let held = stands(&desk, &id).await;
    assert_eq!((&held["state"], &held["slot"]["start_ms"]), (&json!("held"), &json!(at(10))));
    let page = desk.get(&format!("/office/appointments/{id}")).await.body;
    assert!(page.contains("value=\"confirm\"") && page.contains("name=\"reason\" value=\"weather\"") && !page.contains("name=\"signed\""), "it has not begun");
    assert_eq!(desk.post(&format!("/office/appointments/{id}/do"), "event=confirm&sequence=9").await.status, 409, "of another time");
    let agreed = desk.post(&format!("/office/appointments/{id}/do"), &format!("event=confirm&sequence={}", held["sequence"])).await;
    assert_eq!(agreed.status, 303, "{}", agreed.body);
    let day = desk.get(&format!("/office/rounds?day={}", tomorrow())).await.body;
    assert!(day.contains("3-2-302") && day.contains("data-move"), "{day}");

    // Moved by an hour, and back by what the page offers.
    let moved = name_time(&desk, &id, at(11), &officer).await;
    let done = desk.get(moved.header("location")).await.body;
    assert!(done.contains(&format!("value=\"{}~{officer}\" aria-keyshortcuts=\"Z\"", at(10))), "{done}");
    assert_eq!(name_time(&desk, &id, at(10), &officer).await.status, 303);
    assert_eq!(stands(&desk, &id).await["slot"]["start_ms"], json!(at(10)));

    world.clock.turn(at(11) - MORNING);
    let desk = desk.again().await;
    assert!(desk.get(&format!("/office/appointments/{id}")).await.body.contains("name=\"signed\" value=\"household\""));
    assert_eq!(desk.post(&format!("/office/appointments/{id}/do"), "event=done").await.status, 422, "who signed is asked");
    assert_eq!(desk.post(&format!("/office/appointments/{id}/do"), "event=done&signed=nobody").await.status, 303);
    assert_eq!(stands(&desk, &id).await["state"], json!("done"));
    let page = desk.get(&format!("/office/appointments/{id}?did=done")).await.body;
    assert!(page.contains("做好了") || page.contains("办完"), "{page}");
}

#[tokio::test]
async fn what_cannot_be_had_is_said_with_why_and_changes_nothing() {
    let world = World::open();
    let officer = world.officer().to_string();
    let homes = add_households(&world.app, &[door(3), door(4)]).unwrap();
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let (first, second) = (ask(&desk, &homes[0].0.to_string(), "").await, ask(&desk, &homes[1].0.to_string(), "").await);
    assert_eq!(name_time(&desk, &first, at(10), &officer).await.status, 303);
    assert_eq!(name_time(&desk, &second, at(15), &officer).await.status, 303);
    let clash = name_time(&desk, &second, at(10), &officer).await;
    assert_eq!(clash.status, 422);
    assert!(clash.body.contains("10:00 到 10:30 要去 3-2-302") && clash.body.contains("appointment.no_room"), "{}", clash.body);
    assert!(clash.body.contains("class=\"daybook moving\""), "another one is chosen at once");
    assert_eq!(stands(&desk, &second).await["slot"]["start_ms"], json!(at(15)), "what was held stays");
    for (hour, why) in [(13, "那时不上门打扰"), (21, "那时不上门打扰")] {
        assert!(name_time(&desk, &second, at(hour), &officer).await.body.contains(why), "{hour}");
    }
    assert!(name_time(&desk, &second, MORNING + HOUR, &officer).await.body.contains("太近了"));
    for to in ["", "x", "1~2", &format!("{}~{}", at(16), Id([9; 16])), &format!("{}~{officer},{officer}", at(16))] {
        let answer = desk.post(&format!("/office/appointments/{second}/do"), &format!("event=move&to={to}")).await;
        assert!([409, 422].contains(&answer.status), "{to}: {}", answer.status);
    }
    assert_eq!(stands(&desk, &second).await["slot"]["start_ms"], json!(at(15)));
    assert_eq!(desk.post(&format!("/office/appointments/{second}/do"), "event=cancel&reason=weather").await.status, 303);
    assert!(!desk.get(&format!("/office/rounds?day={}", tomorrow())).await.body.contains("4-2-302"), "what is called off takes no place");
}

#[tokio::test]
async fn the_table_shows_who_is_free_and_who_is_off() {
    let world = World::open();
    let officer = world.officer();
    add_households(&world.app, &[door(3)]).unwrap();
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let day = desk.get(&format!("/office/rounds?day={}", tomorrow())).await.body;
    assert!(day.contains("08:00 空 4 小时 30 分") && day.contains("12:30–14:30 不打扰") && day.contains("14:30 空 6 小时"), "{day}");
    let ill = Availability { exceptions: vec![OtherDay { day: tomorrow(), spans: vec![(9 * 60, 10 * 60)] }], ..Availability::default() };
    let lead = world.desk("Lead", Role::Lead, COMMUNITY).await;
    let put = json!({"csrf": lead.csrf(), "seen": 0, "value": ill});
    let headers = [("content-type", "application/json"), ("cookie", lead.cookie.as_str())];
    let answer = world.send(Method::PUT, &format!("/v1/settings/officers/{officer}"), &headers, &put.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let day = desk.get(&format!("/office/rounds?day={}", tomorrow())).await.body;
    assert!(day.contains("不当班") && day.contains("09:00 空 1 小时") && !day.contains("14:30 空"), "{day}");
}

#[tokio::test]
async fn a_day_is_planned_by_a_button_and_drawn() {
    let world = World::open();
    world.officer();
    add_households(&world.app, &(1..=4).map(door).collect::<Vec<_>>()).unwrap();
    world.clock.turn(40 * 24 * HOUR);
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let day = local_date(MORNING + 40 * 24 * HOUR).saturating_add(1.days());
    let path = format!("/office/rounds?day={day}");
    assert!(desk.get(&path).await.body.contains("这一天还没有排路线"));
    let planned = desk.post(&format!("/office/rounds/plan?day={day}"), &format!("grid={COMMUNITY}001")).await;
    assert_eq!(planned.status, 303, "{}", planned.body);
    let page = desk.get(planned.header("location")).await.body;
    assert!(page.contains("4 站") && page.matches("class=\"house\"").count() == 4 && page.contains("还没有楼的坐标"), "{page}");
    let other = desk.post(&format!("/office/rounds/plan?day={day}"), "grid=620102001002001").await;
    assert_eq!(other.status, 404);
}

#[tokio::test]
async fn nobody_asks_moves_or_speaks_for_another_community() {
    let world = World::open();
    let officer = world.officer().to_string();
    crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
    let home = add_households(&world.app, &[door(3)]).unwrap()[0].0.to_string();
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let id = ask(&desk, &home, "").await;
    let other = world.desk("Other", Role::Clerk, "620102001002").await;
    assert_eq!(other.get(&format!("/office/appointments/{id}")).await.status, 404);
    assert_eq!(other.get(&format!("/office/rounds?move={id}")).await.status, 404);
    assert_eq!(name_time(&other, &id, at(10), &officer).await.status, 404);
    assert!(!other.get(&format!("/office/appointments/new?household={home}")).await.body.contains("槐荫"));
    let asked = other.post("/office/appointments/new", &format!("who=302&household={home}&purpose=routine")).await;
    assert_eq!(asked.status, 422, "{}", asked.body);
    // A matter of this community is none of theirs.
    let once = desk.get("/office/window").await.hidden("once");
    let said = format!("once={once}&channel=hall&kind=complaint&affected=household&category=utilities&text=楼道灯不亮&do=save");
    assert_eq!(desk.post("/office/window", &said).await.status, 200);
    let matter = Id(world.store().matters_in(COMMUNITY, None, None, 9).unwrap()[0].id);
    let far = NewHousehold {
        grid: "620102001002001".into(),
        address: Address { community: "620102001002".into(), building: "9".into(), room: "302".into(), ..Address::default() },
        ..NewHousehold::default()
    };
    let far = add_households(&world.app, &[far]).unwrap()[0].0.to_string();
    let about = other.post("/office/appointments/new", &format!("who=302&household={far}&purpose=feedback&matter={matter}")).await;
    assert_eq!((about.status, about.body.contains("matter.unknown")), (404, true), "{}", about.body);
    let admin = world.desk("Admin", Role::Administrator, COMMUNITY).await;
    assert_eq!(admin.get("/office/rounds").await.status, 403);
    // Who names no times is offered none.
    let supervisor = world.desk("Supervisor", Role::Supervisor, COMMUNITY).await;
    for path in [format!("/office/rounds?move={id}"), format!("/office/rounds?day={}", tomorrow())] {
        let page = supervisor.get(&path).await;
        let offered = ["/office/appointments/new", "data-move", "rounds/plan", "class=\"to\""].iter().find(|what| page.body.contains(**what));
        assert_eq!((page.status, offered), (200, None), "{path}");
    }
    assert_eq!(name_time(&supervisor, &id, at(10), &officer).await.status, 409);
    assert_eq!(desk.forged(&format!("/office/appointments/{id}/do"), "event=cancel&reason=weather").await.status, 403);
}
