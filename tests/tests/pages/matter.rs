//! One matter from its acceptance to its feedback, by those whose turn it is.

use serde_json::json;

use super::{
    office::{Office, complaint, door},
    story::Story,
};
use crate::end_to_end::program::json as command;

#[test]
fn a_matter_goes_its_way_by_the_buttons_of_its_page() {
    let mut office = Office::open();
    let staff = [("clerk", "马春兰", "C"), ("lead", "李卫东", "L"), ("handler", "何建军", "H"), ("delegate", "周玉兰", "D")];
    let mut given = json!({"url": office.server.url});
    for (key, name, role) in staff {
        given[key] = office.staff(name, role);
    }
    command(&office.data, &["admin", "department", "add", "市政养护所", "--community", super::office::COMMUNITY, "--answers", "值班室"]);
    command(&office.data, &["admin", "department", "staff", "市政养护所", "何建军", "--community", super::office::COMMUNITY]);
    let mut phone = office.phone("马志强");
    let at = door(&mut phone.client, "7", "201", &[("王秀兰", "0931 012 7765")]);
    let text = "门口污水井盖破损，夜里绊人。我妈前天绊了一跤，说了两回了，一直没有人来修，晚上没有灯，老人小孩都不敢走";
    let matter = complaint(&mut phone.client, &at, text, "");
    given["matter"] = matter.clone().into();
    given["other"] = complaint(&mut phone.client, &at, "井盖坏了", "").into();
    let next_door = door(&mut phone.client, "7", "202", &[("赵福全", "")]);
    let third = complaint(&mut phone.client, &next_door, "井盖破了，老人不敢出门", "");
    given["third"] = third.clone().into();
    phone.sync(&office.server.url).unwrap();
    Story::begin("matter", given).end();
    phone.sync(&office.server.url).unwrap();
    assert_eq!(phone.client.line_of(matter).unwrap().state, "follow_up");
    assert_eq!(phone.client.line_of(third).unwrap().state, "merged");
}
