//! Roles, phones and keys as an administrator manages them, with the real program.

use std::path::Path;

use minqing_core::{
    model::{Address, NewHousehold},
    view::RecordState,
};
use minqing_tests::{hands::Hands, phone::Phone};

use super::program::{Serving, json, run, with_one_phone};

const COMMUNITY: &str = "620102001001";

fn refused(data: &Path, args: &[&str]) -> (Option<i32>, String) {
    let done = run(data, &[args, &["--json"]].concat());
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    (done.status.code(), said["error"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn staff_are_added_granted_and_disabled() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let added = json(&data, &["admin", "staff", "add", "窗口甲", "--role", "c", "--community", COMMUNITY]);
    assert_eq!((added["role"].as_str(), added["area"].as_str()), (Some("clerk"), Some(COMMUNITY)));
    json(&data, &["admin", "staff", "grant", "窗口甲", "--role", "S", "--area", "620102001"]);
    assert_eq!(refused(&data, &["admin", "staff", "grant", "窗口甲", "--role", "O", "--area", COMMUNITY]), (Some(2), "role.unknown".into()));
    assert_eq!(refused(&data, &["admin", "staff", "grant", "窗口甲", "--role", "S", "--area", "6201"]), (Some(2), "grant.area".into()));
    assert_eq!(refused(&data, &["admin", "staff", "password", "窗口乙"]), (Some(2), "staff.unknown".into()));
    let password = json(&data, &["admin", "staff", "password", "窗口甲"]);
    assert_ne!(password["password"], added["password"]);
    json(&data, &["admin", "staff", "disable", "窗口甲"]);
    let staff = json(&data, &["admin", "staff", "list"])["staff"][0].clone();
    assert_eq!(staff["grants"].as_array().map(Vec::len), Some(2));
    assert!(staff["disabled_ms"].is_i64());
    json(&data, &["admin", "staff", "enable", "窗口甲"]);
    json(&data, &["admin", "staff", "revoke", "窗口甲", "--role", "S", "--area", "620102001"]);
    assert_eq!(refused(&data, &["admin", "staff", "revoke", "窗口甲", "--role", "S", "--area", "620102001"]), (Some(2), "grant.unknown".into()));
    assert_eq!(json(&data, &["admin", "staff", "sign-out", "窗口甲"])["ended"], 0);
    let db = rusqlite::Connection::open(data.join("minqing.db")).unwrap();
    db.execute("INSERT INTO staff_second(staff, secret, step) SELECT id, zeroblob(20), 0 FROM staff", []).unwrap();
    assert_eq!(json(&data, &["admin", "staff", "second-off", "窗口甲"])["name"], "窗口甲");
    assert_eq!(db.query_row("SELECT count(*) FROM staff_second", [], |row| row.get::<_, i64>(0)), Ok(0));

    let officer = json(&data, &["admin", "officer", "add", "信息员", "--community", COMMUNITY, "--grids", "001"]);
    let id = officer["officer"].as_str().unwrap();
    json(&data, &["admin", "officer", "disable", id]);
    assert_eq!(refused(&data, &["admin", "code", id]), (Some(2), "officer.disabled".into()));
    assert!(json(&data, &["admin", "officer", "list", "--community", COMMUNITY])["officers"][0]["disabled_ms"].is_i64());
    json(&data, &["admin", "officer", "enable", id]);
    json(&data, &["admin", "code", id]);
    // The community's form and notices are in the log.
    let compacted = json(&data, &["admin", "compact", "--older-than-days", "0"]);
    assert!(compacted["rows"].as_u64() > Some(0) && compacted["bytes"].as_u64() > Some(0), "{compacted}");
    assert_eq!(json(&data, &["admin", "compact", "--older-than-days", "0"])["rows"], 0);
}

#[test]
fn a_lost_phone_reads_no_more_and_what_it_still_holds_arrives() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let server = Serving::start(&data);
    let mut phones: Vec<Phone> = (1..=2)
        .map(|number| {
            let officer = json(&data, &["admin", "officer", "add", "信息员", "--community", COMMUNITY, "--grids", "001"]);
            let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
            let mut phone = Phone::open(&dir.path().join(format!("phone{number}")), &Hands::at(1_800_000_000_000), 5, number, 0).unwrap();
            phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
            phone
        })
        .collect();
    let door = |phone: &mut Phone, lane: &str| {
        let address = Address { community: COMMUNITY.into(), lane: lane.into(), door: "12".into(), ..Address::default() };
        phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap()
    };
    let lost = phones.pop().unwrap();
    let mut lost = lost;
    let mut other = phones.pop().unwrap();
    let kept = door(&mut lost, "张掖巷");
    let secret = door(&mut other, "榆树巷");
    other.sync(&server.url).unwrap();

    let number = lost.client.enrolment().unwrap().device.to_string();
    json(&data, &["admin", "device", "end", &number]);
    let listed =
        json(&data, &["admin", "devices"])["devices"].as_array().unwrap().iter().find(|d| d["device"].as_u64() == number.parse().ok()).unwrap().clone();
    assert_eq!(listed["reading_ended"]["why"], "office", "{listed}");

    // It still brings what it has, also with tokens that it must first renew by its key, and gets nothing.
    let brought = lost.sync(&server.url).unwrap();
    assert_eq!((brought.settled, brought.rows, brought.more), (1, 0, false));
    assert_eq!(lost.client.household(kept.clone()).unwrap().household.state, RecordState::Applied);
    assert!(lost.client.household(secret.clone()).is_err(), "it got what another wrote");
    let idle = lost.sync(&server.url).unwrap_err().to_string();
    assert!(idle.contains("403") && idle.contains("device.reading_ended"), "{idle}");
    lost.client.exchange_failed();
    other.sync(&server.url).unwrap();
    assert!(other.client.household(kept).is_ok());

    json(&data, &["admin", "device", "allow", &number]);
    lost.sync(&server.url).unwrap();
    assert!(lost.client.household(secret).is_ok());
    assert_eq!(refused(&data, &["admin", "device", "allow", "77"]), (Some(2), "device.unknown".into()));
    server.kill();
    assert!(run(&data, &["rebuild", "--check"]).status.success());
}

#[test]
fn a_running_server_takes_up_a_new_key() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(1_800_000_000_000), 6);
    let kids = || {
        let text = ureq::get(format!("{}/.well-known/jwks.json", server.url)).call().unwrap().body_mut().read_to_string().unwrap();
        let keys: serde_json::Value = serde_json::from_str(&text).unwrap();
        keys["keys"].as_array().unwrap().iter().map(|k| k["kid"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let old = kids();
    let new = json(&data, &["admin", "key", "rotate"])["kid"].as_str().unwrap().to_owned();
    assert_eq!(kids(), [new.clone(), old[0].clone()]);
    phone.sync(&server.url).unwrap();
    server.kill();
    let listed = json(&data, &["admin", "key", "list"]);
    assert_eq!((listed["keys"][1]["kid"].as_str(), listed["keys"][0]["published"].as_bool()), (Some(new.as_str()), Some(true)));
}
