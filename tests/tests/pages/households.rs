//! Households and devices: stairwells, one door, an erasure, a move, a revoked phone.

use minqing_core::model::{Address, NewHousehold};
use serde_json::json;

use super::{
    office::{COMMUNITY, Office, complaint, door, visit},
    story::Story,
};
use crate::end_to_end::program;

#[test]
fn a_door_is_found_in_its_stairwell_somebody_is_erased_and_an_officer_moves() {
    let mut office = Office::open();
    let clerk = office.staff("马春兰", "C");
    let mut phone = office.phone("马志强");
    let at = door(&mut phone.client, "3", "501", &[("王秀兰", "0931 012 7765")]);
    door(&mut phone.client, "3", "102", &[("赵福全", "")]);
    let next = Address { community: COMMUNITY.into(), building: "3".into(), stairwell: "1".into(), room: "301".into(), ..Address::default() };
    let next = NewHousehold { grid: format!("{COMMUNITY}001"), address: next, ..NewHousehold::default() };
    phone.client.record_household(next).unwrap();
    visit(&mut phone.client, &at, "老人说水压小，王秀兰自己提水");
    complaint(&mut phone.client, &at, "楼道灯不亮", "");
    phone.sync(&office.server.url).unwrap();
    let mut story = Story::begin("households", json!({"url": office.server.url, "clerk": clerk}));
    assert_eq!(story.hear()["moved"], true);
    story.end();
    let check = program::run(&office.data, &["rebuild", "--check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}
