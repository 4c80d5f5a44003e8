//! What is not a phone's honest request gets a clear error with a stable code, and changes nothing.

use minqing_core::{
    frame::{MAX_FRAME, encode_frame},
    model::{Address, NewHousehold},
    wire::{CONTENT_TYPE, Up},
};
use minqing_tests::{hands::Hands, phone::Phone};

use super::program::{Serving, json};

const COMMUNITY: &str = "620102001001";

fn post(url: &str, media: &str, token: Option<&str>, body: &[u8]) -> (u16, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut request = agent.post(format!("{url}/v1/sync")).header("content-type", media);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let mut answer = request.send(body).unwrap();
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    let problem: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    (answer.status().as_u16(), problem["code"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn bad_requests_are_refused_by_code() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let officer = json(&data, &["admin", "officer", "add", "信息员", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let server = Serving::start(&data);
    let mut phone = Phone::open(&dir.path().join("phone"), &Hands::at(1_800_000_000_000), 3, 1, 0).unwrap();
    phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
    let token = phone.client.access_token().unwrap();
    let address = Address { community: COMMUNITY.into(), lane: "张掖巷".into(), door: "12".into(), ..Address::default() };
    phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap();
    let honest = phone.client.next_exchange().unwrap();

    let say = |media: &str, token: Option<&str>, body: &[u8]| post(&server.url, media, token, body);
    assert_eq!(say(CONTENT_TYPE, None, &honest), (401, "token.missing".into()));
    assert_eq!(say(CONTENT_TYPE, Some("x.y.z"), &honest), (401, "token.malformed".into()));
    assert_eq!(say("application/cbor", Some(&token), &honest), (415, "request.media_type".into()));
    assert_eq!(say(CONTENT_TYPE, Some(&token), b""), (400, "frame.malformed".into()));
    assert_eq!(say(CONTENT_TYPE, Some(&token), &honest[..honest.len() / 2]), (400, "frame.malformed".into()));
    assert_eq!(say(CONTENT_TYPE, Some(&token), &vec![0x81; 100_000]), (400, "frame.malformed".into()));
    let zeros = vec![0u8; 64 << 20];
    let bomb = zstd::bulk::compress(&zeros, 3).unwrap();
    assert_eq!(say(CONTENT_TYPE, Some(&token), &bomb), (413, "frame.too_large".into()));
    assert_eq!(say(CONTENT_TYPE, Some(&token), &vec![0xff; MAX_FRAME + 1]).0, 413);
    let too_few = encode_frame(&Up { scope: 1, seqs: vec![0; 2], ..Up::default() });
    assert_eq!(say(CONTENT_TYPE, Some(&token), &too_few), (400, "scope.unknown".into()));

    // After all that the honest request is taken as if nothing had happened.
    let answer = phone.send(&server.url, &honest).unwrap();
    assert_eq!(phone.client.take_answer(answer).unwrap().settled, 1);
}

#[test]
fn an_enrolment_code_works_once() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let officer = json(&data, &["admin", "officer", "add", "信息员", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let code = code["code"].as_str().unwrap();
    let server = Serving::start(&data);
    let open = |number| Phone::open(&dir.path().join(format!("phone{number}")), &Hands::at(1_800_000_000_000), 4, number, 0).unwrap();
    // As a person types it: small letters, a dash.
    let typed = format!("{}-{}", &code[..5], &code[5..]).to_lowercase();
    open(1).enrol(&server.url, &typed).unwrap();
    let refused = open(2).enrol(&server.url, code).unwrap_err().to_string();
    assert!(refused.contains("enrol.code_used"), "{refused}");
    let unknown = open(3).enrol(&server.url, "0000000000").unwrap_err().to_string();
    assert!(unknown.contains("enrol.code_unknown"), "{unknown}");
}
