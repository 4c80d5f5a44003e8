//! The parts of the pages, and how they look in this browser.

use serde_json::json;

use super::{
    office::{Office, complaint, door},
    story::Story,
};

#[test]
fn every_part_is_whole_in_each_light_and_size() {
    let mut office = Office::open();
    let clerk = office.staff("马春兰", "C");
    let mut phone = office.phone("马志强");
    let at = door(&mut phone.client, "7", "201", &[("王秀兰", "")]);
    let matter = complaint(&mut phone.client, &at, "门口污水井盖破损，夜里绊人", "");
    phone.sync(&office.server.url).unwrap();
    Story::begin("design", json!({"url": office.server.url, "clerk": clerk, "matter": matter})).end();
}
