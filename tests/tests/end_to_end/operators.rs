//! What whoever runs the server looks at: the doctor beside a running server, and its counters.

use std::{fs, os::unix::fs::PermissionsExt};

use minqing_core::model::{Address, NewHousehold};
use minqing_tests::{hands::Hands, phone::Phone};
use serde_json::Value;

use super::program::{Serving, json, run};

const COMMUNITY: &str = "620102001001";

#[test]
fn the_doctor_and_the_counters_of_a_running_server() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let officer = json(&data, &["admin", "officer", "add", "信息员甲", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let made = fs::metadata(data.join("minqing.db")).unwrap().modified().unwrap();
    let now = made.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis().try_into().unwrap();
    let server = Serving::start(&data);
    let mut phone = Phone::open(&dir.path().join("phone"), &Hands::at(now), 1, 1, 0).unwrap();
    phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
    let address = Address { community: COMMUNITY.into(), room: "501".into(), ..Address::default() };
    phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap();
    phone.sync(&server.url).unwrap();

    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let text = agent.get(format!("{}/metrics", server.url)).call().unwrap().body_mut().read_to_string().unwrap();
    let number = |name: &str| -> f64 { text.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_else(|| panic!("{name} in {text}")).trim().parse().unwrap() };
    assert_eq!(number("minqing_items_answered_total{state=\"applied\",reason=\"\"}"), 1.0);
    assert_eq!(number("minqing_items_received_total"), 1.0);
    assert_eq!(number("minqing_inbox_items{state=\"received\"}"), 0.0);
    assert!(number("minqing_exchanges_total") >= 1.0);
    assert_eq!(number("minqing_exchange_seconds_count"), number("minqing_http_requests_total{method=\"POST\",route=\"/v1/sync\",status=\"200\"}"));
    for secret in [COMMUNITY, "信息员甲", officer["officer"].as_str().unwrap()] {
        assert!(!text.contains(secret), "{text}");
    }
    let forwarded = agent.get(format!("{}/metrics", server.url)).header("x-forwarded-for", "192.0.2.7").call().unwrap();
    assert_eq!(forwarded.status(), 404);

    let healthy = run(&data, &["doctor", "--json"]);
    let said: Value = serde_json::from_slice(&healthy.stdout).unwrap();
    assert_eq!((healthy.status.code(), &said["ok"]), (Some(0), &true.into()), "{said}");
    fs::set_permissions(data.join("server.key"), fs::Permissions::from_mode(0o644)).unwrap();
    let ill = run(&data, &["doctor", "--lang", "en"]);
    let words = String::from_utf8(ill.stdout).unwrap();
    assert_eq!(ill.status.code(), Some(1));
    assert!(words.lines().any(|l| l.starts_with("WRONG") && l.contains("chmod 600")), "{words}");
}

#[test]
fn a_backup_that_fails_is_no_wrong_use() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let said = |args: &[&str]| {
        let done = run(&data, &[args, &["--json"]].concat());
        let said: Value = serde_json::from_slice(&done.stdout).unwrap();
        (done.status.code(), said["error"].as_str().unwrap_or_default().to_owned())
    };
    let path = |name: &str| dir.path().join(name).display().to_string();
    let (night, nowhere) = (path("night.tar"), path("not/there/night.tar"));
    assert_eq!(said(&["backup", &night]), (Some(0), String::new()));
    assert_eq!(said(&["backup", &night]), (Some(2), "backup.exists".into()));
    assert_eq!(said(&["backup", &nowhere]), (Some(1), "backup.failed".into()));
    assert_eq!(said(&["restore", &nowhere]), (Some(2), "restore.file".into()));
    // Something lies where the new directory is to be made ready.
    fs::write(path("office.restoring"), "in the way").unwrap();
    assert_eq!(said(&["restore", &night]), (Some(1), "restore.failed".into()));
}
