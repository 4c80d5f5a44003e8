//! A visit typed at the door without a network arrives at the office, and nothing is lost.

use minqing_core::{
    model::{Address, NewFollowUp, NewHousehold, NewMatter, NewVisit},
    view::RecordState,
};
use minqing_tests::{hands::Hands, phone::Phone};

use super::program::{Serving, json, run};

const COMMUNITY: &str = "620102001001";

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

/// The value of a cookie that an answer sets.
fn cookie(answer: &ureq::http::Response<ureq::Body>, name: &str) -> String {
    let set = answer.headers().get_all("set-cookie").iter().filter_map(|c| c.to_str().ok());
    let pair = set.filter_map(|c| c.split(';').next()).find(|c| c.starts_with(&format!("{name}=")));
    pair.unwrap_or_default().to_owned()
}

#[test]
fn a_visit_typed_offline_arrives_at_the_office() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "2"]);
    let officer = json(&data, &["admin", "officer", "add", "信息员甲", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let staff = json(&data, &["admin", "staff", "add", "窗口甲", "--role", "C", "--community", COMMUNITY]);
    assert!(code["link"].as_str().unwrap().starts_with("minqing:enrol?server="));

    // The server's clock is the real one here, and so is the phone's.
    let now: i64 =
        std::fs::metadata(data.join("minqing.db")).unwrap().modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis().try_into().unwrap();
    let server = Serving::start(&data);
    let mut phone = Phone::open(&dir.path().join("phone"), &Hands::at(now), 1, 1, 0).unwrap();
    phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
    server.kill();

    // No network: everything is saved at once and shows as ready.
    let address = Address {
        community: COMMUNITY.into(),
        estate: "槐荫小区".into(),
        building: "3".into(),
        stairwell: "2".into(),
        room: "501".into(),
        ..Address::default()
    };
    let door = NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() };
    let door = phone.client.record_household(door).unwrap();
    let visit = NewVisit {
        household: door.clone(),
        purpose: "routine".into(),
        outcome: "talked".into(),
        note: "老人说楼道灯坏了 <b>三天</b>".into(),
        follow_ups: vec![NewFollowUp { what: "带助听器电池来".into(), due: "2027-01-08".into() }],
        ..NewVisit::default()
    };
    let visit = phone.client.record_visit(visit).unwrap();
    let matter = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "utilities".into(),
        text: "二单元楼道灯坏了".into(),
        place: "三楼".into(),
        household: door.clone(),
        affected: "stairwell".into(),
        ..NewMatter::default()
    };
    let matter = phone.client.register_matter(matter).unwrap();
    assert_eq!(phone.client.visit(visit.clone()).unwrap().state, RecordState::Ready);
    assert_eq!(phone.client.today("zh".into()).unwrap().line, "今天走访 1 户：0 户已到办公室");

    let server = Serving::start(&data);
    phone.sync(&server.url).unwrap();
    assert_eq!(phone.client.visit(visit).unwrap().state, RecordState::Applied);
    let detail = phone.client.household(door).unwrap();
    assert_eq!((detail.household.state, detail.follow_ups.len(), detail.matters.len()), (RecordState::Applied, 1, 1));
    assert_eq!(phone.client.today("zh".into()).unwrap().line, "今天走访 1 户：1 户已到办公室");
    assert_eq!(phone.client.today("en".into()).unwrap().line, "Today 1 visit: 1 at the office");
    let code = phone.client.matter(matter).unwrap().matter.code;

    let page = office_page(&server.url, staff["password"].as_str().unwrap());
    for text in ["3 号楼", "501", "楼道灯坏了 &#60;b&#62;三天", "二单元楼道灯坏了", "信息员甲", &minqing_core::ids::shown(&code)] {
        assert!(page.contains(text), "{text} is not on the page:\n{page}");
    }
    server.kill();
    let check = run(&data, &["rebuild", "--check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

/// Signs in as a browser without script would, and reads today's page.
fn office_page(url: &str, password: &str) -> String {
    let agent = agent();
    let mut form = agent.get(format!("{url}/office/sign-in")).call().unwrap();
    let form_cookie = cookie(&form, "minqing_form");
    let html = form.body_mut().read_to_string().unwrap();
    let token = html.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let fields = [("token", token), ("name", "窗口甲"), ("password", password)];
    let signed_in = agent.post(format!("{url}/office/sign-in")).header("cookie", &form_cookie).send_form(fields).unwrap();
    assert_eq!(signed_in.status(), 303, "the sign-in");
    let session = cookie(&signed_in, "minqing_session");
    let mut page = agent.get(format!("{url}/office")).header("cookie", &session).call().unwrap();
    assert_eq!(page.status(), 200);
    page.body_mut().read_to_string().unwrap()
}

#[test]
fn a_log_whose_rows_are_gone_is_found_out() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let officer = json(&data, &["admin", "officer", "add", "信息员乙", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let server = Serving::start(&data);
    let mut phone = Phone::open(&dir.path().join("phone"), &Hands::at(1_800_000_000_000), 2, 1, 0).unwrap();
    phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
    let address = Address { community: COMMUNITY.into(), lane: "张掖巷".into(), door: "12".into(), ..Address::default() };
    phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap();
    phone.sync(&server.url).unwrap();
    server.kill();
    assert!(run(&data, &["rebuild", "--check"]).status.success());
    rusqlite::Connection::open(data.join("minqing.db")).unwrap().execute("DELETE FROM log WHERE device > 0", []).unwrap();
    let found = run(&data, &["rebuild", "--check", "--json"]);
    assert_eq!(found.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(found.stdout.split(|b| *b == b'\n').next().unwrap()).unwrap();
    assert_eq!((report["broken"].as_u64(), report["documents_differ"].as_u64(), report["rows_differ"].as_u64()), (Some(1), Some(1), Some(1)));
}
