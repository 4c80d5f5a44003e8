//! Calendars over real HTTP, read by what others wrote: Python's icalendar and npm's ical.js.

use std::{env, path::Path, process::Command};

use minqing_core::{
    client::NewAppointment,
    model::{Address, NewHousehold, NewMatter, NewResident, Role},
};
use minqing_sync_server::clock::{Clock, SystemClock};
use minqing_tests::hands::Hands;
use serde_json::{Value, json};

use super::office::{asked, does, slot};
use crate::{
    bindings::world::tomorrow_at,
    end_to_end::{
        line::{COMMUNITY, staff},
        program::{json as said, run, with_one_phone},
    },
};

const NAME: &str = "某居民";

/// What both readers find at an address; they must find the same.
fn read(address: &str) -> Vec<Value> {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("calendars");
    let readers = env::var_os("MINQING_CALENDAR_READERS").map_or_else(|| scripts.join("../../target/calendar-readers"), Into::into);
    let run = |program: Command| {
        let mut program = program;
        let done = program.output().unwrap_or_else(|e| panic!("{program:?}: {e}; `tests/run` installs what is missing"));
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "{program:?}: {out}{err}; `tests/run` installs what is missing");
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let mut python = Command::new(env::var_os("MINQING_PYTHON").unwrap_or_else(|| "python3".into()));
    python.arg(scripts.join("read.py")).arg(address);
    let mut node = Command::new("node");
    node.arg(scripts.join("read.cjs")).arg(address).arg(readers);
    let (python, node) = (run(python), run(node));
    assert_eq!(python, node);
    assert_eq!(python["method"], "PUBLISH");
    python["events"].as_array().unwrap().clone()
}

fn text(address: &str, known: &str) -> (u16, String, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent.get(address).header("if-none-match", known).call().unwrap();
    let etag = answer.headers().get("etag").map_or_else(String::new, |etag| etag.to_str().unwrap().to_owned());
    (answer.status().as_u16(), etag, answer.body_mut().read_to_string().unwrap())
}

#[test]
fn two_readers_that_others_wrote_find_every_appointment_at_its_time_and_nobodys_name() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(SystemClock.now_ms()), 91);
    let address = Address {
        community: COMMUNITY.into(),
        estate: "很长的小区名字，里面有逗号；也有分号的小区".into(),
        building: "3".into(),
        stairwell: "2".into(),
        room: "9817".into(),
        ..Address::default()
    };
    let residents = vec![NewResident { name: NAME.into(), phone: "13800000000".into(), ..NewResident::default() }];
    let household = phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, residents, ..NewHousehold::default() }).unwrap();
    let matter = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "health".into(),
        affected: "household".into(),
        text: "药费".into(),
        household: household.clone(),
        ..NewMatter::default()
    };
    let matter = phone.client.register_matter(matter).unwrap();
    let (ten, four) = (tomorrow_at(10), tomorrow_at(16));
    let of_matter =
        NewAppointment { household: household.clone(), purpose: "collect".into(), matter, start_ms: tomorrow_at(18), minutes: 20, ..NewAppointment::default() };
    phone.client.propose_appointment(of_matter).unwrap();
    phone.sync(&server.url).unwrap();
    let officer = phone.client.enrolment().unwrap().officer;
    let clerk = staff(&data, &server, Role::Clerk, "C");

    let at_server = |address: &Value| address.as_str().unwrap().replace("http://127.0.0.1:8311", &server.url);
    let made = clerk.post("/v1/feeds", &json!({"officer": officer})).unwrap().1;
    let of_all = at_server(&said(&data, &["admin", "feed", "add", "--community", COMMUNITY])["address"]);
    let of_officer = at_server(&made["address"]);
    let (first, second) = (asked(&clerk, &household, 1), asked(&clerk, &household, 1));
    for (id, start_ms) in [(&first, ten), (&second, four)] {
        does(&clerk, id, "propose", &slot(start_ms, &[&officer])).unwrap();
        does(&clerk, id, "confirm", &json!({"sequence": 0})).unwrap();
    }
    let event = |address: &str, id: &str| {
        let uid = format!("{id}@127.0.0.1");
        let all = read(address);
        assert_eq!(all.len(), 3, "{all:?}");
        all.into_iter().find(|event| event["uid"] == uid.as_str()).unwrap()
    };
    let before = event(&of_officer, &first);
    let is = |event: &Value, status: &str, sequence: u32, start_ms: i64| {
        let found = (&event["status"], &event["sequence"], &event["start_ms"], &event["end_ms"]);
        assert_eq!(found, (&json!(status), &json!(sequence), &json!(start_ms), &json!(start_ms + 20 * 60_000)), "{event}");
    };
    is(&before, "CONFIRMED", 0, ten);
    assert_eq!(before["location"], "很长的小区名字，里面有逗号；也有分号的小区 3 号楼 2 单元", "the building and its stairwell");
    assert_eq!(before["summary"], "上门答复 · 很长的小区名字，里面有逗号；也有分号的小区 3 号楼 2 单元");
    let (status, etag, body) = text(&of_officer, "");
    assert_eq!((status, text(&of_officer, &etag).0), (200, 304));
    assert!(!body.contains("REQUEST") && body.lines().all(|line| line.trim_end_matches('\r').len() <= 75), "{body}");

    // Another time of the same: the same event, and a higher number.
    does(&clerk, &first, "reschedule", &slot(ten + 3_600_000, &[&officer])).unwrap();
    is(&event(&of_officer, &first), "TENTATIVE", 1, ten + 3_600_000);
    does(&clerk, &first, "confirm", &json!({"sequence": 1})).unwrap();
    let moved = event(&of_officer, &first);
    is(&moved, "CONFIRMED", 1, ten + 3_600_000);
    assert!(moved["changed_ms"].as_i64() >= before["changed_ms"].as_i64());
    does(&clerk, &second, "cancel", &json!({"reason": "weather"})).unwrap();
    is(&event(&of_all, &second), "CANCELLED", 1, four);
    assert_eq!(text(&of_officer, &etag).0, 200, "it is another one now");

    // What a sensitive matter is about is not to be guessed, and nobody is named.
    let sensitive = read(&of_all).into_iter().find(|event| event["status"] == "TENTATIVE").unwrap();
    assert!(sensitive["summary"].as_str().unwrap().starts_with("（待确认）上门 · "), "{sensitive}");
    for address in [&of_officer, &of_all] {
        let unfolded = text(address, "").2.replace("\r\n ", "");
        for hidden in [NAME, "13800000000", "9817", "药费", "信息员", &household, &officer] {
            assert!(!unfolded.contains(hidden), "{hidden} stands in a calendar");
        }
    }

    let id = made["id"].as_str().unwrap();
    assert_eq!(clerk.post(&format!("/v1/feeds/{id}/revoke"), &json!({})).unwrap().1["revoked"], true);
    assert_eq!((text(&of_officer, &etag).0, text(&of_all, "").0), (404, 200));
    let listed = said(&data, &["admin", "feed", "list", "--community", COMMUNITY])["feeds"].clone();
    assert_eq!((listed[0]["id"].as_str(), listed[0]["revoked_ms"].is_i64(), &listed[1]["officer"]), (Some(id), true, &Value::Null));
    let other = listed[1]["id"].as_str().unwrap();
    assert_eq!(said(&data, &["admin", "feed", "revoke", other, "--community", COMMUNITY])["revoked"], true);
    assert_eq!(text(&of_all, "").0, 404, "also beside a running server");
    assert!(run(&data, &["rebuild", "--check"]).status.success());
}
