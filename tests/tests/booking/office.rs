//! The office books over real HTTP with the real program: nobody is in two places at once.

use std::{collections::BTreeSet, sync::Barrier, thread};

use minqing_core::{
    clock::DAY_MS,
    model::{Address, HouseholdEdit, NewHousehold, NewResident, Role, WeekSpan, WishesEdit},
};
use minqing_sync_server::clock::{Clock, SystemClock};
use minqing_tests::{file::read_only, hands::Hands, phone::Phone, staff::Staff};
use serde_json::{Value, json};

use crate::{
    bindings::world::tomorrow_at,
    end_to_end::{
        line::{COMMUNITY, staff},
        program::{run, with_one_phone},
    },
};

/// A door of the phone's grid.
pub fn door(phone: &mut Phone, room: &str) -> String {
    let address = Address { community: COMMUNITY.into(), estate: "新苑".into(), building: "3".into(), room: room.into(), ..Address::default() };
    phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap()
}

/// An appointment that was asked for.
pub fn asked(staff: &Staff, household: &str, persons: u8) -> String {
    let said = json!({"household": household, "purpose": "feedback", "matter": null, "windows": [], "minutes": 20, "persons": persons});
    let (status, answer) = staff.post("/v1/appointments", &json!({"said": said})).unwrap();
    assert_eq!((status, &answer["state"]), (200, &json!("requested")), "{answer}");
    answer["id"].as_str().unwrap().to_owned()
}

/// What somebody of the office does, or the word of the refusal.
pub fn does(staff: &Staff, id: &str, event: &str, said: &Value) -> Result<Value, String> {
    let (status, answer) = staff.post(&format!("/v1/appointments/{id}/events"), &json!({"event": event, "said": said, "saw": 1_000})).unwrap();
    match status {
        200 => Ok(answer),
        409 => Err(answer["path"].as_str().unwrap().to_owned()),
        _ => panic!("{event} was answered with {status}: {answer}"),
    }
}

/// A time of twenty minutes.
pub fn slot(start_ms: i64, officers: &[&str]) -> Value {
    json!({"slot": {"start_ms": start_ms, "minutes": 20, "officers": officers}})
}

#[test]
fn of_fifty_who_want_one_time_exactly_one_gets_it_and_the_others_are_offered_three() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(SystemClock.now_ms()), 81);
    let doors: Vec<String> = (0..5).map(|n| door(&mut phone, &format!("{}02", n + 1))).collect();
    phone.sync(&server.url).unwrap();
    let officer = phone.client.enrolment().unwrap().officer;
    let clerk = staff(&data, &server, Role::Clerk, "C");
    let ids: Vec<String> = (0..50).map(|n| asked(&clerk, &doors[n % 5], 1)).collect();
    let (at, start_ms) = (Barrier::new(50), tomorrow_at(10));
    let one = |id: &String| {
        at.wait();
        let named = does(&clerk, id, "propose", &slot(start_ms, &[&officer])).unwrap();
        let confirmed = (named["state"] == "held").then(|| does(&clerk, id, "confirm", &json!({"sequence": 0})).unwrap());
        (named, confirmed)
    };
    let one = &one;
    let answers: Vec<(Value, Option<Value>)> = thread::scope(|scope| {
        let threads: Vec<_> = ids.iter().map(|id| scope.spawn(move || one(id))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let won: Vec<&Value> = answers.iter().filter_map(|(_, confirmed)| confirmed.as_ref()).collect();
    assert_eq!(won.len(), 1, "{won:?}");
    assert_eq!((&won[0]["state"], &won[0]["promised"]["start_ms"]), (&json!("confirmed"), &json!(start_ms)));
    for (named, _) in answers.iter().filter(|(_, confirmed)| confirmed.is_none()) {
        assert_eq!((&named["state"], &named["no_room"]), (&json!("proposed"), &json!("taken")), "{named}");
        let offers: Vec<i64> = named["offers"].as_array().unwrap().iter().map(|offer| offer["start_ms"].as_i64().unwrap()).collect();
        assert_eq!(offers.len(), 3);
        // Half an hour each with what is kept free behind it.
        assert!(offers.iter().all(|offer| (offer - start_ms).abs() >= 30 * 60_000), "{offers:?} beside {start_ms}");
        assert!(offers.windows(2).all(|two| two[1] - two[0] >= 30 * 60_000));
    }
    // Claims are the booked minutes, in pieces of five.
    let claims: i64 = read_only(&data).unwrap().query_row("SELECT count(*) FROM slot_claim", [], |row| row.get(0)).unwrap();
    assert_eq!(claims, 6, "a visit of twenty minutes and ten behind it");
    let day = clerk.get(&format!("/v1/appointments?day={}&officer={officer}", minqing_core::clock::local_date(start_ms))).unwrap();
    assert_eq!(day["appointments"].as_array().unwrap().iter().filter(|a| a["state"] == "confirmed").count(), 1);
    assert!(run(&data, &["rebuild", "--check"]).status.success(), "the log alone says the same");
}

#[test]
fn two_persons_are_both_taken_and_another_time_frees_and_takes_in_one_go() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(SystemClock.now_ms()), 82);
    let household = door(&mut phone, "402");
    phone.sync(&server.url).unwrap();
    let first = phone.client.enrolment().unwrap().officer;
    let added = crate::end_to_end::program::json(&data, &["admin", "officer", "add", "信息员乙", "--community", COMMUNITY, "--grids", "001"]);
    let second = added["officer"].as_str().unwrap();
    let clerk = staff(&data, &server, Role::Clerk, "C");
    let (both, one, ten) = (asked(&clerk, &household, 2), asked(&clerk, &household, 1), tomorrow_at(10));
    assert_eq!(does(&clerk, &both, "propose", &slot(ten, &[&first])), Err("incomplete".into()), "two are to come");
    let held = does(&clerk, &both, "propose", &slot(ten, &[&first, second])).unwrap();
    assert_eq!(held["state"], "held");
    let late = does(&clerk, &one, "propose", &slot(ten + 20 * 60_000, &[second])).unwrap();
    assert_eq!(late["no_room"], "taken", "the second person is on the way from there");
    does(&clerk, &both, "confirm", &json!({"sequence": 0})).unwrap();
    let claims = || -> BTreeSet<(Vec<u8>, i64)> {
        let db = read_only(&data).unwrap();
        let mut query = db.prepare("SELECT person, bucket FROM slot_claim").unwrap();
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    let before = claims();
    assert_eq!(before.len(), 12);
    // A time that overlaps its own is no obstacle.
    let moved = does(&clerk, &both, "reschedule", &slot(ten + 10 * 60_000, &[&first, second])).unwrap();
    assert_eq!((&moved["state"], &moved["sequence"]), (&json!("held"), &json!(1)), "{moved}");
    assert_eq!((claims().len(), claims().difference(&before).count()), (12, 4));
    assert_eq!(does(&clerk, &both, "confirm", &json!({"sequence": 0})), Err("nothing_such".into()), "of an older time");
    does(&clerk, &both, "confirm", &json!({"sequence": 1})).unwrap();
    does(&clerk, &both, "cancel", &json!({"reason": "weather"})).unwrap();
    assert!(claims().is_empty());
    assert_eq!(does(&clerk, &one, "propose", &slot(ten, &[second])).unwrap()["state"], "held");
    let named = |event: &str, start_ms: i64| does(&clerk, &one, event, &slot(start_ms, &[second])).unwrap()["no_room"].clone();
    assert_eq!(named("reschedule", ten + 3 * 3_600_000), "quiet", "at one o'clock people rest");
    assert_eq!(named("propose", ten + 12 * 3_600_000), "quiet", "nor at ten in the evening");
    let soon = (SystemClock.now_ms() / 300_000 + 2) * 300_000;
    assert_eq!(named("propose", soon), "too_soon", "two hours ahead at least");
    assert_eq!(does(&clerk, &one, "propose", &slot(ten - 2 * DAY_MS, &[second])), Err("too_late".into()));
    assert!(run(&data, &["rebuild", "--check"]).status.success());
}

#[test]
fn a_time_is_held_when_the_officer_works_and_for_whom_the_door_asks() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(SystemClock.now_ms()), 83);
    let household = door(&mut phone, "302");
    let ten = tomorrow_at(10);
    let day = minqing_core::clock::local_date(ten);
    let weekday = day.weekday().to_monday_one_offset() as u8;
    let is_in = WeekSpan { weekday, from_minute: 16 * 60, until_minute: 18 * 60 };
    let wishes = WishesEdit { lift: Some(false), add_needs: vec!["dialect".into()], add_spans: vec![is_in], ..WishesEdit::default() };
    phone.client.edit_wishes(household.clone(), wishes).unwrap();
    let hui = NewResident { name: "马某".into(), languages: vec!["hui".into()], ..NewResident::default() };
    phone.client.edit_household(household.clone(), HouseholdEdit { new_residents: vec![hui], ..HouseholdEdit::default() }).unwrap();
    let read = phone.client.household(household.clone()).unwrap().wishes;
    assert_eq!((read.lift, read.needs, read.spans), (Some(false), vec!["dialect".to_owned()], vec![is_in]));
    phone.sync(&server.url).unwrap();
    let officer = phone.client.enrolment().unwrap().officer;
    let (clerk, lead) = (staff(&data, &server, Role::Clerk, "C"), staff(&data, &server, Role::Lead, "L"));
    let id = asked(&clerk, &household, 1);
    let named = |event: &str, start_ms: i64| does(&clerk, &id, event, &slot(start_ms, &[&officer])).unwrap();
    assert_eq!(named("propose", ten)["no_room"], "does_not_fit");
    let set = |seen: u32, value: Value| lead.put(&format!("/v1/settings/officers/{officer}"), &json!({"seen": seen, "value": value})).unwrap();
    let works = json!([{"weekday": weekday, "from_minute": 540, "until_minute": 720}, {"weekday": weekday, "from_minute": 900, "until_minute": 1080}]);
    assert_eq!(set(0, json!({"languages": ["hui"], "shifts": works})), (200, json!({"version": 1})));
    assert_eq!(named("propose", ten)["state"], "held", "who is in is asked of offers alone: the resident may have said yes");
    let off = named("reschedule", ten + 2 * 3_600_000);
    assert_eq!(off["no_room"], "off_work");
    let offers: Vec<i64> = off["offers"].as_array().unwrap().iter().map(|offer| (offer["start_ms"].as_i64().unwrap() - ten) / 60_000).collect();
    assert_eq!(offers, [6 * 60, 6 * 60 + 30, 6 * 60 + 60], "from four to six both are there");
    // Ill on that day: the office moves what was promised, and nothing is held then.
    let ill = json!({"languages": ["hui"], "shifts": works, "exceptions": [{"day": day, "spans": []}]});
    assert_eq!(set(1, ill.clone()).0, 200);
    assert_eq!(named("propose", ten)["no_room"], "off_work");
    assert_eq!(set(1, ill).0, 409, "somebody else has set it since");
    let relative = json!({"languages": ["hui"], "relatives": [household]});
    assert_eq!(set(2, relative).0, 200);
    assert_eq!(named("propose", ten)["no_room"], "does_not_fit");
    for (value, code) in [(json!({"shifts": [{"weekday": 8, "from_minute": 1, "until_minute": 2}]}), 422), (json!({"mood": "good"}), 422)] {
        assert_eq!(set(3, value).0, code);
    }
    let stranger = lead.put(&format!("/v1/settings/officers/{household}"), &json!({"seen": 0, "value": {}})).unwrap();
    assert_eq!((stranger.0, &stranger.1["code"]), (404, &json!("officer.unknown")));
    assert_eq!(clerk.put(&format!("/v1/settings/officers/{officer}"), &json!({"seen": 3, "value": {}})).unwrap().0, 403);
    assert!(run(&data, &["rebuild", "--check"]).status.success());
}
