//! Residents with a slip over real HTTP: they see, choose, move and take back what is theirs, and nothing else.

use minqing_core::model::{Address, NewHousehold, NewMatter, Role};
use minqing_sync_server::clock::{Clock, SystemClock};
use minqing_tests::{hands::Hands, phone::Phone, staff::Staff};
use serde_json::{Value, json};

use super::office::{does, slot};
use crate::{
    bindings::world::tomorrow_at,
    end_to_end::{
        line::{COMMUNITY, staff},
        program::{Serving, json as said, run, with_one_phone},
    },
};

/// A resident at a program that speaks HTTP.
struct Resident<'s> {
    server: &'s Serving,
    token: String,
}

/// Code and PIN of each slip of a stock.
fn slips(data: &std::path::Path, count: &str) -> Vec<(String, String)> {
    let page = said(data, &["slips", "--count", count])["html"].as_str().unwrap().to_owned();
    let all = |class: &str| page.split(class).skip(1).map(|part| part.split('<').next().unwrap().to_owned()).collect::<Vec<_>>();
    all("class=\"code\">").into_iter().zip(all("class=\"pin\">")).map(|(code, pin)| (code, pin.replace(' ', ""))).collect()
}

fn send(server: &Serving, method: &str, path: &str, token: &str, body: &Value) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let (url, bearer) = (format!("{}{path}", server.url), format!("Bearer {token}"));
    let mut answer = match method {
        "GET" => agent.get(url).header("authorization", bearer).call(),
        _ => agent.post(url).header("authorization", bearer).header("content-type", "application/json").send(body.to_string()),
    }
    .unwrap();
    (answer.status().as_u16(), serde_json::from_slice(&answer.body_mut().read_to_vec().unwrap()).unwrap())
}

impl<'s> Resident<'s> {
    fn of(server: &'s Serving, (code, pin): &(String, String)) -> Self {
        let (status, opened) = send(server, "POST", "/v1/resident/token", "", &json!({"code": code.to_lowercase(), "pin": pin}));
        assert_eq!(status, 200, "{opened}");
        Self { server, token: opened["token"].as_str().unwrap().to_owned() }
    }

    fn get(&self, path: &str) -> (u16, Value) {
        send(self.server, "GET", &format!("/v1/resident/appointments{path}"), &self.token, &Value::Null)
    }

    fn all(&self) -> Vec<Value> {
        let (status, answer) = self.get("");
        assert_eq!(status, 200, "{answer}");
        answer["appointments"].as_array().unwrap().clone()
    }

    fn times(&self, id: &str) -> Vec<i64> {
        let (status, answer) = self.get(&format!("/{id}/times"));
        assert_eq!(status, 200, "{answer}");
        answer["times"].as_array().unwrap().iter().map(|time| time["start_ms"].as_i64().unwrap()).collect()
    }

    /// The appointment then, or status, code and what it is about.
    fn does(&self, id: &str, deed: &Value) -> Result<Value, (u16, String, String)> {
        let mut deed = deed.clone();
        deed["saw"] = json!(1_000);
        let (status, answer) = send(self.server, "POST", &format!("/v1/resident/appointments/{id}/events"), &self.token, &deed);
        let text = |key: &str| answer[key].as_str().unwrap_or_default().to_owned();
        if status == 200 { Ok(answer) } else { Err((status, text("code"), text("path"))) }
    }
}

/// A matter at a door of its own, registered with a slip; the household and the matter.
fn matter(phone: &mut Phone, room: &str, slip: &str) -> (String, String) {
    let address = Address { community: COMMUNITY.into(), estate: "新苑".into(), building: "3".into(), room: room.into(), ..Address::default() };
    let household = phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap();
    let (kind, channel, category, affected) = ("complaint".into(), "door".into(), "environment".into(), "building".into());
    let new =
        NewMatter { kind, channel, category, affected, text: "路灯不亮".into(), household: household.clone(), slip: slip.into(), ..NewMatter::default() };
    (household, phone.client.register_matter(new).unwrap())
}

fn asked(clerk: &Staff, household: &str, matter: &str) -> String {
    let request = json!({"household": household, "purpose": "feedback", "matter": matter, "windows": [], "minutes": 20, "persons": 1});
    let (status, answer) = clerk.post("/v1/appointments", &json!({"said": request})).unwrap();
    assert_eq!(status, 200, "{answer}");
    answer["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_resident_chooses_confirms_moves_and_takes_back_with_code_and_pin_alone() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(SystemClock.now_ms()), 95);
    let stock = slips(&data, "2");
    let (household, of) = matter(&mut phone, "301", &stock[0].0);
    phone.sync(&server.url).unwrap();
    let officer = phone.client.enrolment().unwrap().officer;
    let clerk = staff(&data, &server, Role::Clerk, "C");
    let id = asked(&clerk, &household, &of);

    let resident = Resident::of(&server, &stock[0]);
    let seen = resident.all();
    assert_eq!((seen.len(), &seen[0]["id"], &seen[0]["state"], &seen[0]["time"]), (1, &json!(id), &json!("requested"), &Value::Null));
    assert_eq!(seen[0]["may"], json!(["choose", "cancel"]));
    // Nobody was named yet: times are those of the grid's officers.
    let times = resident.times(&id);
    assert!(times.len() >= 3 && times.windows(2).all(|two| two[1] - two[0] >= 30 * 60_000), "{times:?}");
    let held = resident.does(&id, &json!({"event": "choose", "start_ms": times[1]})).unwrap();
    assert_eq!((&held["state"], &held["time"]["start_ms"], &held["promised"]), (&json!("held"), &json!(times[1]), &Value::Null));
    assert_eq!(resident.does(&id, &json!({"event": "confirm", "sequence": 7})), Err((409, "appointment.refused".into(), "nothing_such".into())));
    let agreed = resident.does(&id, &json!({"event": "confirm", "sequence": held["sequence"]})).unwrap();
    assert_eq!((&agreed["state"], &agreed["promised"]["start_ms"], &agreed["may"]), (&json!("confirmed"), &json!(times[1]), &json!(["choose", "cancel"])));
    assert!(!agreed.to_string().contains(&officer) && !agreed.to_string().contains(&household), "{agreed}");

    // Somebody else has ten o'clock; what was agreed stays.
    let (other, ten) = (asked(&clerk, &household, &of), tomorrow_at(10) + 24 * 3_600_000);
    assert_eq!(does(&clerk, &other, "propose", &slot(ten, &[&officer])).unwrap()["state"], "held");
    assert_eq!(resident.does(&id, &json!({"event": "choose", "start_ms": ten})), Err((409, "appointment.no_room".into(), "taken".into())));
    assert_eq!(resident.does(&id, &json!({"event": "choose", "start_ms": ten + 1})), Err((409, "appointment.refused".into(), "incomplete".into())));
    assert_eq!(resident.all()[0]["promised"]["start_ms"], times[1]);
    assert!(!resident.times(&id).contains(&ten) && resident.times(&id).contains(&times[1]), "its own time is no obstacle");
    let moved = resident.does(&id, &json!({"event": "choose", "start_ms": ten + 3_600_000})).unwrap();
    assert_eq!((&moved["state"], &moved["sequence"], &moved["promised"]), (&json!("held"), &json!(1), &Value::Null));
    resident.does(&id, &json!({"event": "confirm", "sequence": 1})).unwrap();
    assert_eq!(resident.does(&id, &json!({"event": "missed"})), Err((409, "appointment.refused".into(), "not_allowed".into())), "it lies ahead");
    for (wrong, at) in [
        (json!({"event": "done"}), "event"),
        (json!({"event": "choose"}), "start_ms"),
        (json!({"event": "confirm"}), "sequence"),
        (json!({"event": "cancel", "reason": "song"}), "reason"),
    ] {
        let (status, _, path) = resident.does(&id, &wrong).unwrap_err();
        assert_eq!((status, path.as_str()), (422, at));
    }
    let gone = resident.does(&id, &json!({"event": "cancel", "reason": "not_needed"})).unwrap();
    assert_eq!((&gone["state"], &gone["may"]), (&json!("cancelled_by_resident"), &json!([])));
    assert_eq!(resident.does(&id, &json!({"event": "cancel", "reason": "not_needed"})).unwrap_err().0, 409);
    // Whoever was to come is told.
    phone.sync(&server.url).unwrap();
    let row = phone.client.appointment(id).unwrap();
    assert_eq!(row.state, "cancelled_by_resident", "{row:?}");
    assert!(run(&data, &["rebuild", "--check"]).status.success());
}

#[test]
fn the_slip_of_one_matter_neither_reads_nor_moves_anothers_appointment() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(SystemClock.now_ms()), 96);
    let stock = slips(&data, "3");
    let (here, mine) = matter(&mut phone, "301", &stock[0].0);
    let (there, theirs) = matter(&mut phone, "302", &stock[1].0);
    phone.sync(&server.url).unwrap();
    let officer = phone.client.enrolment().unwrap().officer;
    let clerk = staff(&data, &server, Role::Clerk, "C");
    let (own, other) = (asked(&clerk, &here, &mine), asked(&clerk, &there, &theirs));
    does(&clerk, &other, "propose", &slot(tomorrow_at(10), &[&officer])).unwrap();
    let before = clerk.get(&format!("/v1/appointments/{other}")).unwrap();

    let resident = Resident::of(&server, &stock[0]);
    assert_eq!(resident.all().iter().map(|a| a["id"].as_str().unwrap()).collect::<Vec<_>>(), [own.as_str()]);
    let absent = "AAAAAAAAAAAAAAAAAAAAAA";
    let answer = |id: &str| resident.get(&format!("/{id}/times"));
    let (unknown, hidden) = (answer(absent), answer(&other));
    assert_eq!(
        (hidden.0, hidden.1["code"].clone(), unknown.0, unknown.1["code"].clone()),
        (404, json!("appointment.unknown"), 404, json!("appointment.unknown"))
    );
    for deed in [
        json!({"event": "choose", "start_ms": tomorrow_at(15)}),
        json!({"event": "confirm", "sequence": 0}),
        json!({"event": "cancel", "reason": "not_needed"}),
        json!({"event": "missed"}),
        json!({"event": "dance"}),
    ] {
        let refused = resident.does(&other, &deed).unwrap_err();
        assert_eq!((refused.0, refused.1.as_str()), (404, "appointment.unknown"), "{deed}");
    }
    assert_eq!(clerk.get(&format!("/v1/appointments/{other}")).unwrap(), before, "and nothing of it is moved");
    // A slip that nobody registered anything with, a wrong PIN, no token, a phone's token.
    let (status, empty) = Resident::of(&server, &stock[2]).get("");
    assert_eq!((status, &empty["code"]), (404, &json!("matter.unknown")));
    let wrong = send(&server, "POST", "/v1/resident/token", "", &json!({"code": stock[0].0, "pin": stock[1].1}));
    assert_eq!((wrong.0, &wrong.1["code"]), (401, &json!("slip.wrong")));
    let nobody = Resident { server: &server, token: "x".into() }.get("");
    assert_eq!((nobody.0, &nobody.1["code"]), (401, &json!("token.malformed")));
}
