//! The board of the line, while phones bring what is new.

use serde_json::json;

use super::{
    office::{COMMUNITY, Office, complaint, door},
    story::Story,
};
use crate::end_to_end::program::json as command;

#[test]
fn the_board_shows_what_comes_and_does_the_same_with_several() {
    let mut office = Office::open();
    let mut given = json!({"url": office.server.url, "clerk": office.staff("马春兰", "C"), "handler": office.staff("何建军", "H")});
    command(&office.data, &["admin", "department", "add", "市政养护所", "--community", COMMUNITY, "--answers", "值班室"]);
    command(&office.data, &["admin", "department", "staff", "市政养护所", "何建军", "--community", COMMUNITY]);
    let mut phone = office.phone("马志强");
    let texts = ["楼道灯不亮，老人摸黑上楼", "门口污水井盖破损，夜里绊人", "加压泵坏了，停水半天", "暖气不热，室内 14 度"];
    let matters: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| {
            let at = door(&mut phone.client, "7", &format!("{}01", n + 2), &[("王秀兰", "")]);
            complaint(&mut phone.client, &at, text, "")
        })
        .collect();
    phone.sync(&office.server.url).unwrap();
    given["matters"] = json!(matters);
    let mut story = Story::begin("board", given);
    assert_eq!(story.hear()["now"], "another one");
    complaint(&mut phone.client, "", "小广场流浪狗追孩子", "小广场");
    phone.sync(&office.server.url).unwrap();
    story.end();
}
