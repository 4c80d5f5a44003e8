//! A stock of slips: printed by the program, handed out at a door, bound to the first matter that is registered with it.

use std::collections::BTreeSet;

use minqing_core::model::{Address, NewHousehold, NewMatter, Role};
use minqing_tests::{hands::Hands, phone::Phone};
use serde_json::json;

use super::{
    line::{COMMUNITY, NOON, staff},
    program::{self, run, with_one_phone},
};

/// What stands between two marks, each time.
fn between(page: &str, begin: &str, end: &str) -> Vec<String> {
    page.split(begin).skip(1).filter_map(|part| part.split(end).next()).map(str::to_owned).collect()
}

fn matter(phone: &mut Phone, room: &str, slip: &str) -> Result<String, minqing_core::Error> {
    let address = Address { community: COMMUNITY.into(), room: room.into(), ..Address::default() };
    let household = phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap();
    let (kind, channel, category, affected) = ("complaint".into(), "door".into(), "environment".into(), "building".into());
    phone
        .client
        .register_matter(NewMatter { kind, channel, category, affected, text: "路灯不亮".into(), household, slip: slip.into(), ..NewMatter::default() })
}

#[test]
fn two_hundred_slips_are_printed_and_one_belongs_to_one_matter() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(NOON), 51);
    let file = dir.path().join("slips.html");
    let said = program::json(&data, &["slips", "--count", "200", "--out", file.to_str().unwrap()]);
    assert_eq!((&said["slips"], &said["community"]), (&json!(200), &json!(COMMUNITY)));
    let page = std::fs::read_to_string(&file).unwrap();
    let (codes, pins) = (between(&page, "class=\"code\">", "<"), between(&page, "class=\"pin\">", "<"));
    assert_eq!((codes.len(), pins.len(), codes.iter().collect::<BTreeSet<_>>().len(), page.matches("class=\"qr\"").count()), (200, 200, 200, 200));
    assert!(pins.iter().collect::<BTreeSet<_>>().len() > 190, "PINs are drawn, each for itself");
    let stored = std::fs::read(data.join("minqing.db")).unwrap();
    let stands = |text: &str| stored.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(!pins.iter().any(|pin| stands(&format!("\"{pin}\""))) && !stands(&pins[0]), "the paper alone has the PIN");
    let line = program::json(&data, &["slips", "--count", "1"]);
    assert!(line["html"].as_str().unwrap().contains("class=\"pin\"") && line["file"].is_null());
    assert_eq!(run(&data, &["slips", "--count", "0"]).status.code(), Some(2));

    let first = matter(&mut phone, "101", &codes[7].to_lowercase()).unwrap();
    let second = matter(&mut phone, "102", &codes[7]).unwrap();
    let without = matter(&mut phone, "103", "").unwrap();
    assert_eq!(matter(&mut phone, "104", "12").unwrap_err().code(), "slip.malformed");
    phone.sync(&server.url).unwrap();
    let clerk = staff(&data, &server, Role::Clerk, "C");
    let seen = |id: &str| clerk.matter(id).unwrap();
    assert_eq!((&seen(&first)["slip"], seen(&first)["code"].as_str().unwrap()), (&json!("bound"), codes[7].replace('-', "").as_str()));
    assert_eq!((&seen(&second)["slip"], &seen(&without)["slip"]), (&json!("taken"), &json!(null)));
}
