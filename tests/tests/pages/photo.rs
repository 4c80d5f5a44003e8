//! A photo of a matter is covered for everybody, by whoever may publish.

use minqing_tests::world::camera::photograph;
use serde_json::json;

use super::{
    office::{Office, complaint, door},
    story::Story,
};

#[test]
fn a_photo_is_covered_by_dragging_by_keys_and_by_numbers() {
    let mut office = Office::open();
    let (clerk, handler) = (office.staff("马春兰", "C"), office.staff("何建军", "H"));
    let mut phone = office.phone("马志强");
    let at = door(&mut phone.client, "7", "201", &[("王秀兰", "")]);
    let matter = complaint(&mut phone.client, &at, "门口污水井盖破损，夜里绊人", "");
    let picture = phone.dir.join("from-the-camera");
    std::fs::write(&picture, photograph(1, 1_200, 900)).unwrap();
    let photo = phone.client.prepare(picture.display().to_string(), false).unwrap();
    phone.client.add_attachment(matter.clone(), photo).unwrap();
    phone.sync(&office.server.url).unwrap();
    assert_eq!(phone.upload(&office.server.url, false).unwrap(), 1);
    Story::begin("photo", json!({"url": office.server.url, "clerk": clerk, "handler": handler, "matter": matter})).end();
}
