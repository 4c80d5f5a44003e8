//! The residents' pages as residents use them: without an account, without scripts, on an old phone.

use minqing_core::model::{NewMatter, Role};
use minqing_tests::{phone::Phone, staff::Staff};
use serde_json::{Value, json};

use super::{
    office::{COMMUNITY, Office, door},
    story::Story,
};
use crate::end_to_end::{line::done, program};

/// What stands on cards and in what was said, and must be read on no page without a session of the office.
const PRIVATE: [&str; 6] = ["王秀兰", "赵福全", "0931 012 7765", "7041", "7042", "马志强"];

fn registered(phone: &mut Phone, household: &str, slip: &str) -> String {
    let new = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "utilities".into(),
        text: "楼道灯不亮，王秀兰摔了一跤，电话 0931 012 7765".into(),
        household: household.into(),
        affected: "stairwell".into(),
        slip: slip.into(),
        ..NewMatter::default()
    };
    phone.client.register_matter(new).unwrap()
}

/// Slips as they are printed: code and PIN of each.
fn slips(office: &Office, count: &str) -> Vec<Value> {
    let page = program::json(&office.data, &["slips", "--count", count])["html"].as_str().unwrap().to_owned();
    let all = |class: &str| page.split(class).skip(1).map(|part| part.split('<').next().unwrap().to_owned()).collect::<Vec<_>>();
    let pair = |(code, pin): (String, String)| json!({"code": code, "pin": pin.replace(' ', "")});
    all("class=\"code\">").into_iter().zip(all("class=\"pin\">")).map(pair).collect()
}

#[test]
fn a_resident_looks_up_agrees_rates_and_writes_without_an_account() {
    let mut office = Office::open_with(&[("MINQING__OFFICE__PHONE", "0931 012 3456")]);
    let url = office.server.url.clone();
    let window = office.staff("马春兰", "C");
    let staff = |who: &Value, role| Staff::sign_in(&url, role, who["name"].as_str().unwrap(), who["password"].as_str().unwrap()).unwrap();
    let (clerk, lead) = (staff(&window, Role::Clerk), staff(&office.staff("李卫东", "L"), Role::Lead));
    let handler = staff(&office.staff("何建军", "H"), Role::Department);
    program::json(&office.data, &["admin", "department", "add", "物业维修班", "--community", COMMUNITY, "--answers", "值班室"]);
    program::json(&office.data, &["admin", "department", "staff", "物业维修班", "何建军", "--community", COMMUNITY]);
    let slips = slips(&office, "6");
    let mut phone = office.phone("马志强");
    let rooms = [("7041", "王秀兰", "0931 012 7765"), ("7042", "赵福全", "")];
    let doors = rooms.map(|(room, name, number)| door(&mut phone.client, "7", room, &[(name, number)]));
    let matters: Vec<String> = (0..5).map(|n| registered(&mut phone, &doors[n % 2], slips[n]["code"].as_str().unwrap())).collect();
    phone.sync(&url).unwrap();

    // The first has a result for its door; the second and the last were told; the third is handled; of the fourth nobody knows yet. The last slip is
    // in a drawer.
    let to = clerk.departments().unwrap()[0]["id"].clone();
    for matter in [0, 1, 2, 4].map(|n| &matters[n]) {
        done(&clerk, matter, "accept", json!({"handling": "promised", "days": 3}), &[]);
        done(&clerk, matter, "assign", json!({"to": to}), &[]);
        done(&handler, matter, "sign", Value::Null, &[]);
    }
    for matter in [0, 1, 4].map(|n| &matters[n]) {
        let reply = [("text", json!("王秀兰家门口的灯座也换了")), ("public", json!("楼道的 6 盏灯都换了新的。"))];
        done(&handler, matter, "result", json!({"solved": "yes", "fen": 0, "contributions": []}), &reply);
        done(&lead, matter, "pass", Value::Null, &[]);
    }
    for matter in [1, 4].map(|n| &matters[n]) {
        done(&clerk, matter, "feedback", json!({"of": matter, "way": "individual", "reached": true, "proof": "none"}), &[]);
    }

    Story::begin("residents", json!({"url": url, "slips": slips, "private": PRIVATE, "clerk": window, "at_window": matters[4]})).end();

    // What residents did stands on the line, and the log says the same as what is kept.
    let state = |matter: &String| clerk.matter(matter).unwrap()["state"].clone();
    assert_eq!([1, 3, 4].map(|n| state(&matters[n])), ["closed", "withdrawn", "closed"].map(|word| json!(word)));
    let letters: Vec<Value> = clerk.matters().unwrap().into_iter().filter(|m| !matters.iter().any(|id| m["id"] == json!(id))).collect();
    assert_eq!((letters.len(), &letters[0]["state"]), (2, &json!("registered")), "{letters:?}");
    let check = program::run(&office.data, &["rebuild", "--check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}
