//! Three neighbours with one trouble: merged at the desk, taken over when the first takes his matter back, told by one reply.

use std::{path::Path, sync::Arc};

use minqing_core::{
    Id,
    event::Said,
    model::{EventCode, Role},
};
use minqing_sync_server::{
    App,
    clock::SystemClock,
    entropy::SystemEntropy,
    pipeline::{Deed, Texts, act},
};
use minqing_tests::{hands::Hands, phone::Phone, server::config, staff::Staff};
use serde_json::{Value, json};

use super::{
    door::door,
    line::{COMMUNITY, NOON, done, staff},
    program::{self, with_one_phone},
};

/// What a resident does on a page that is not built yet, beside the running server.
fn withdraws(data: &Path, matter: &str) {
    let app = App::open(config(data).unwrap(), Arc::new(SystemClock), Arc::new(SystemEntropy)).unwrap();
    let (matter, by, payload) = (matter.parse().unwrap(), Id::named(&["resident", matter]), Said::Nothing.encode());
    let (works_for, texts, code) = (Vec::new(), Texts { text: "自己疏通了".into(), ..Texts::default() }, EventCode::Withdraw);
    act(&app, &Deed { matter, by, role: Role::Resident, works_for, code, payload, texts, saw: u64::MAX >> 1 }).unwrap();
}

fn state(phone: &Phone, matter: &str) -> String {
    phone.client.line_of(matter.to_owned()).unwrap().state
}

fn refused(staff: &Staff, matter: &str, deed: Value) -> String {
    let mut deed = deed;
    deed["saw"] = json!(1_000);
    staff.act(matter, &deed).unwrap().unwrap_err()
}

#[test]
fn neighbours_with_one_trouble_are_merged_taken_over_and_told_by_one_reply() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(NOON), 51);
    let [(_, first), (second_door, second), (third_door, third)] = ["101", "201", "301"].map(|room| {
        let both = door(&mut phone, room);
        phone.sync(&server.url).unwrap();
        both
    });
    let [clerk, lead, handler] = [(Role::Clerk, "C"), (Role::Lead, "L"), (Role::Department, "H")].map(|(role, letter)| staff(&data, &server, role, letter));
    let department = program::json(&data, &["admin", "department", "add", "城管办", "--community", COMMUNITY, "--answers", "值班室"]);
    program::json(&data, &["admin", "department", "staff", "城管办", "办公室H", "--community", COMMUNITY]);

    // One request each; the master counts them by itself.
    let promise = json!({"handling": "promised", "days": 3});
    done(&clerk, &second, "accept", promise.clone(), &[]);
    for member in [&third, &second] {
        assert_eq!(done(&clerk, member, "merge", json!({"matter": first}), &[])["master"], json!(first));
    }
    assert_eq!(lead.matter(&first).unwrap()["members"], json!([third, second]));
    assert_eq!(refused(&clerk, &first, json!({"event": "merge", "said": {"matter": second}})), "other_matter");
    phone.sync(&server.url).unwrap();
    assert_eq!([&first, &second, &third].map(|id| state(&phone, id)), ["registered", "merged", "merged"]);

    // The first takes it back: the oldest of the others takes its place, and all of that reaches the phone.
    withdraws(&data, &first);
    assert_eq!(lead.matter(&first).unwrap()["members"], json!([]));
    assert_eq!((lead.matter(&second).unwrap()["members"].clone(), lead.matter(&third).unwrap()["master"].clone()), (json!([third]), json!(second)));
    phone.sync(&server.url).unwrap();
    assert_eq!([&first, &second, &third].map(|id| state(&phone, id)), ["withdrawn", "accepted", "merged"]);

    done(&clerk, &second, "assign", json!({"to": department["department"]}), &[]);
    done(&handler, &second, "sign", Value::Null, &[]);
    let result = json!({"solved": "yes", "fen": 0, "contributions": []});
    done(&handler, &second, "result", result, &[("public", json!("管道已疏通。"))]);
    done(&lead, &second, "pass", Value::Null, &[]);
    phone.sync(&server.url).unwrap();
    let to_tell = |phone: &Phone, door: &str| phone.client.to_tell(door.to_owned(), "zh".into()).unwrap().len();
    assert_eq!((to_tell(&phone, &second_door), to_tell(&phone, &third_door)), (1, 1));

    // One reply for all that are left. It names nobody, and is a special reply or none.
    let reply = json!({"way": "special_reply", "reached": true, "proof": "none"});
    let malformed = |said: Value| clerk.act(&second, &json!({"event": "feedback", "cluster": true, "said": said})).unwrap_err().to_string();
    assert!(malformed(json!({"way": "individual", "reached": true, "proof": "none"})).contains("request.malformed"));
    assert!(malformed(json!({"of": third, "way": "special_reply", "reached": true, "proof": "none"})).contains("request.malformed"));
    assert!(malformed(Value::Null).contains("request.malformed"));
    let replied = done(&clerk, &second, "feedback", reply.clone(), &[("cluster", json!(true)), ("text", json!("贴在单元门口，逐户电话"))]);
    let told: Vec<&Value> = replied["history"].as_array().unwrap().iter().filter(|h| h["event"] == "feedback").map(|h| &h["said"]["of"]).collect();
    assert_eq!((&replied["state"], told), (&json!("follow_up"), vec![&json!(second), &json!(third)]));
    let own_thread = lead.matter(&third).unwrap()["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&own_thread["event"], &own_thread["role"], &own_thread["by"]), (&json!("tell"), &json!("system"), &json!("")));
    assert_eq!(refused(&clerk, &second, json!({"event": "feedback", "cluster": true, "said": reply})), "nothing_such");
    phone.sync(&server.url).unwrap();
    assert_eq!((to_tell(&phone, &second_door), to_tell(&phone, &third_door)), (0, 0), "nobody is told twice");

    // Each rates on their own.
    phone.client.rate_assisted(third.clone(), 5, false).unwrap();
    phone.sync(&server.url).unwrap();
    assert_eq!(lead.matter(&second).unwrap()["state"], "follow_up");
    phone.client.rate_assisted(second.clone(), 4, false).unwrap();
    phone.sync(&server.url).unwrap();
    phone.sync(&server.url).unwrap();
    let states = ["withdrawn", "closed", "merged"];
    assert_eq!([&first, &second, &third].map(|id| state(&phone, id)), states);
    assert_eq!([&first, &second, &third].map(|id| lead.matter(id).unwrap()["state"].clone()), states.map(|state| json!(state)));
    let report = program::json(&data, &["rebuild", "--check"]);
    assert_eq!((&report["rows_differ"], &report["documents_differ"], &report["unreadable"]), (&json!(0), &json!(0), &json!(0)), "{report}");
}
