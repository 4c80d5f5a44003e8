//! The first run.

use minqing_tests::{hands::Hands, phone::Phone};
use serde_json::json;

use super::story::Story;
use crate::end_to_end::program::Serving;

#[test]
fn five_steps_from_an_empty_database_to_the_first_phone() {
    let dir = tempfile::tempdir().unwrap();
    let server = Serving::start(&dir.path().join("office"));
    let code = server.first_run.split_once("code=").unwrap().1;
    let mut story = Story::begin("first-run", json!({"url": server.url, "first_run": format!("{}/office/first?code={code}", server.url)}));
    let code = story.hear()["code"].as_str().unwrap().to_owned();
    let mut phone = Phone::open(&dir.path().join("phone"), &Hands::at(1_800_000_000_000), 5, 1, 0).unwrap();
    phone.enrol(&server.url, &code).unwrap();
    story.end();
}
