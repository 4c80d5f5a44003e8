//! A bundle from hand to hand, and then over real HTTP: carried unread, larger than other requests may be, refused by code.

use minqing_core::{
    bundle::CONTENT_TYPE,
    client::Request,
    model::{Address, NewHousehold, NewVisit},
    view::RecordState,
};
use minqing_tests::{hands::Hands, network::send, phone::Phone};

use super::program::{json, with_one_phone};

const COMMUNITY: &str = "620102001001";
const NOW: i64 = 1_800_000_000_000;

fn post(url: &str, media: &str, token: Option<&str>, body: &[u8]) -> (u16, String) {
    let request = Request::post("/v1/bundles", media, body.to_vec());
    let answer = send(url, &token.map_or(request.clone(), |token| request.with_token(token))).unwrap();
    let told: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    (answer.status, told["code"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_month_without_a_network_comes_to_the_office_in_a_colleagues_phone() {
    let dir = tempfile::tempdir().unwrap();
    let hands = Hands::at(NOW);
    let (server, mut carrier) = with_one_phone(dir.path(), &hands, 11);
    let data = dir.path().join("office");
    let officer = json(&data, &["admin", "officer", "add", "信息员乙", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let mut author = Phone::open(&dir.path().join("author"), &hands, 11, 2, 0).unwrap();
    author.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();

    let mut door = |n: u32| {
        let address = Address { community: COMMUNITY.into(), lane: "张掖巷".into(), door: n.to_string(), ..Address::default() };
        author.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap()
    };
    let doors: Vec<String> = (1..=60).map(&mut door).collect();
    // Words that no packing makes small: the bundle is larger than an exchange may be.
    let mut state = 7u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from_u32(0x4e00 + (state >> 40) as u32 % 20_000).unwrap_or('字')
    };
    let mut visit = |n: usize| {
        let note = (0..900).map(|_| word()).collect();
        let visit = NewVisit { household: doors[n % 60].clone(), purpose: "routine".into(), outcome: "talked".into(), note, ..NewVisit::default() };
        author.client.record_visit(visit).unwrap()
    };
    let visits: Vec<String> = (0..600).map(&mut visit).collect();
    let made = author.client.courier_bundles(dir.path().display().to_string()).unwrap();
    assert_eq!((made.len(), made[0].items), (1, 660));
    let bytes = std::fs::read(&made[0].path).unwrap();
    println!("{} items in a bundle of {} bytes", made[0].items, bytes.len());
    assert!(bytes.len() > 1_114_112, "it would fit an exchange");

    let token = carrier.client.access_token().unwrap();
    assert_eq!(post(&server.url, CONTENT_TYPE, None, &bytes[..99]), (401, "token.missing".into()));
    assert_eq!(post(&server.url, "application/zip", Some(&token), &bytes[..99]), (415, "request.media_type".into()));
    assert_eq!(post(&server.url, CONTENT_TYPE, Some(&token), &bytes[..bytes.len() - 1]), (400, "bundle.malformed".into()));
    assert_eq!(post(&server.url, CONTENT_TYPE, Some(&token), b"PK"), (400, "bundle.malformed".into()));
    let address = carrier.client.merge_address().unwrap();
    let merge = author.client.merge_bundles(dir.path().display().to_string(), address).unwrap();
    assert_eq!(post(&server.url, CONTENT_TYPE, Some(&token), &std::fs::read(&merge[0].path).unwrap()), (400, "bundle.not_for_me".into()));

    carrier.client.take_bundle(made[0].path.clone()).unwrap();
    let brought = carrier.contact(&server.url).unwrap();
    assert_eq!((brought.bundles, brought.differs), (1, false));
    assert!(carrier.client.carried_bundles().unwrap().is_empty());
    // What was applied after the answer comes down with the next ones.
    while !visits.iter().all(|visit| carrier.client.visit(visit.clone()).is_ok()) {
        std::thread::sleep(std::time::Duration::from_millis(50));
        carrier.contact(&server.url).unwrap();
    }
    assert_eq!(carrier.client.visit(visits[599].clone()).unwrap().state, RecordState::Applied);
    assert_eq!(author.client.visit(visits[599].clone()).unwrap().state, RecordState::Ready);
    author.contact(&server.url).unwrap();
    assert!(visits.iter().all(|visit| author.client.visit(visit.clone()).unwrap().state == RecordState::Applied));
    drop(server);
    let check = super::program::run(&data, &["rebuild", "--check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}
