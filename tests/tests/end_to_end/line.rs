//! One matter from the door to its rating: phone, office, residents' answer, over real HTTP with the real program.

use minqing_core::{
    client::NewFeedback,
    clock::local_date,
    event::Said,
    model::{Address, EventCode, NewHousehold, NewMatter, Role},
};
use minqing_tests::{hands::Hands, phone::Phone, staff::Staff};
use serde_json::{Value, json};

use super::program::{self, Serving, run, with_one_phone};

pub const COMMUNITY: &str = "620102001001";
pub const NOON: i64 = 1_800_000_000_000;

fn matter(phone: &mut Phone) -> String {
    let address = Address { community: COMMUNITY.into(), room: "502".into(), ..Address::default() };
    let household = phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap();
    let new = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "environment".into(),
        text: "楼下树枝挡路".into(),
        household,
        affected: "building".into(),
        ..NewMatter::default()
    };
    phone.client.register_matter(new).unwrap()
}

pub fn staff(data: &std::path::Path, server: &Serving, role: Role, letter: &str) -> Staff {
    let name = format!("办公室{letter}");
    let added = program::json(data, &["admin", "staff", "add", &name, "--role", letter, "--community", COMMUNITY]);
    Staff::sign_in(&server.url, role, &name, added["password"].as_str().unwrap()).unwrap()
}

pub fn done(staff: &Staff, matter: &str, event: &str, said: Value, more: &[(&str, Value)]) -> Value {
    let mut deed = json!({"event": event, "said": said, "saw": 1_000});
    more.iter().for_each(|(key, value)| deed[*key] = value.clone());
    staff.act(matter, &deed).unwrap().unwrap_or_else(|word| panic!("{event}: {word}"))
}

#[test]
fn a_complaint_goes_from_the_door_to_its_rating() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(NOON), 21);
    let id = matter(&mut phone);
    assert_eq!((phone.client.line_of(id.clone()).unwrap().state.as_str(), phone.client.line_of(id.clone()).unwrap().pending), ("registered", true));
    phone.sync(&server.url).unwrap();

    let (clerk, lead, handler) =
        (staff(&data, &server, Role::Clerk, "C"), staff(&data, &server, Role::Lead, "L"), staff(&data, &server, Role::Department, "H"));
    let department = program::json(&data, &["admin", "department", "add", "城管办", "--community", COMMUNITY, "--answers", "值班室"]);
    program::json(&data, &["admin", "department", "staff", "城管办", "办公室H", "--community", COMMUNITY]);
    assert_eq!(clerk.departments().unwrap()[0]["id"], department["department"], "{:?}", clerk.departments());

    // What the rules refuse is said, and nothing of it stays.
    let before = clerk.matter(&id).unwrap();
    assert_eq!((&before["proposed_handling"], &before["proposed_department"]), (&json!("promised"), &Value::Null), "as the category is");
    let (of, value) = (department["department"].as_str().unwrap(), json!({"name": "城管办", "answers": "值班室", "categories": ["environment"]}));
    assert_eq!(lead.set(&format!("departments/{of}"), 1, &value).unwrap(), 2);
    assert_eq!(clerk.matter(&id).unwrap()["proposed_department"], of);
    let before = clerk.matter(&id).unwrap();
    let refused = |who: &Staff, event: &str, said: Value| who.act(&id, &json!({"event": event, "said": said, "saw": 1_000})).unwrap().unwrap_err();
    assert_eq!(refused(&clerk, "accept", json!({"handling": "promised"})), "incomplete");
    assert_eq!(refused(&handler, "accept", json!({"handling": "promised", "days": 3})), "role");
    assert_eq!(refused(&handler, "sign", Value::Null), "not_allowed");
    let unseen = handler.act(&id, &json!({"event": "sign", "saw": 0})).unwrap();
    assert_eq!(unseen.unwrap_err(), "overtaken", "whoever had seen nothing");
    assert_eq!(clerk.matter(&id).unwrap()["history"], before["history"]);
    let wrong = |event: &str, said: Value| clerk.act(&id, &json!({"event": event, "said": said})).unwrap_err().to_string();
    assert!(wrong("dance", Value::Null).contains("code.unknown") && wrong("accept", json!({"handling": "song"})).contains("request.malformed"));
    assert!(wrong("accept", json!({"handling": "promised", "days": 3, "name": "x"})).contains("request.malformed"), "what is said beside is no part of it");
    assert!(clerk.matter("nonsense").unwrap_err().to_string().contains("404"));

    done(&clerk, &id, "accept", json!({"handling": "promised", "days": 3}), &[]);
    done(&clerk, &id, "assign", json!({"to": department["department"]}), &[]);
    phone.sync(&server.url).unwrap();
    let line = phone.client.line_of(id.clone()).unwrap();
    assert_eq!((line.state.as_str(), line.handling.as_str(), line.pending), ("assigned", "promised", false));
    assert!(line.due_ms > 0, "the phone shows when it is due");
    done(&handler, &id, "sign", Value::Null, &[]);
    // A part of another department, and an order that waits for its answer.
    let (task, today) = (department["department"].clone(), before["history"][0]["done_at"].as_i64().map(local_date).unwrap());
    let due: u32 = today.tomorrow().unwrap().strftime("%Y%m%d").to_string().parse().unwrap();
    let parts = done(&lead, &id, "co_assign", json!({"task": task, "to": task, "due": due}), &[])["tasks"].clone();
    assert_eq!(parts, json!([{"task": task, "to": task, "due": due, "done": null}]));
    assert_eq!(refused(&lead, "co_assign", json!({"task": task, "to": task, "due": 20_990_101})), "too_late");
    let supervisor = staff(&data, &server, Role::Supervisor, "S");
    let ordered = done(&supervisor, &id, "order", Value::Null, &[]);
    assert!(ordered["answer_order_ms"].as_i64() > ordered["history"].as_array().unwrap().last().unwrap()["judged_ms"].as_i64(), "{ordered}");
    assert_eq!(done(&lead, &id, "answer_order", Value::Null, &[("text", json!("明天就办"))])["answer_order_ms"], Value::Null);
    let result = json!({"solved": "yes", "fen": 12_300, "contributions": []});
    done(&handler, &id, "result", result, &[("text", json!("锯掉了")), ("public", json!("树枝已清理，请放心通行。"))]);
    done(&lead, &id, "pass", Value::Null, &[]);

    // At the door, without a network.
    phone.sync(&server.url).unwrap();
    assert_eq!(phone.client.line_of(id.clone()).unwrap().public_reply, "树枝已清理，请放心通行。");
    let code = minqing_core::ids::shown(&phone.client.matter(id.clone()).unwrap().matter.code);
    let (way, proof, text) = ("appointment".into(), "code".into(), "当面说了".into());
    let told = NewFeedback { way, proof, code: code.to_lowercase(), text, reached: true, ..NewFeedback::default() };
    let other = NewFeedback { code: "0000-0000".into(), ..told.clone() };
    assert_eq!(phone.client.give_feedback(id.clone(), other).unwrap_err().code(), "proof.code");
    let unsigned = NewFeedback { proof: "signature".into(), ..told.clone() };
    assert_eq!(phone.client.give_feedback(id.clone(), unsigned).unwrap_err().code(), "proof.missing");
    phone.client.give_feedback(id.clone(), told).unwrap();
    assert_eq!(phone.client.line_of(id.clone()).unwrap().state, "follow_up");
    phone.client.rate_assisted(id.clone(), 5, false).unwrap();
    assert_eq!(phone.client.rate_assisted(id.clone(), 6, false).unwrap_err().code(), "stars.range");
    phone.sync(&server.url).unwrap();
    phone.sync(&server.url).unwrap();
    let end = clerk.matter(&id).unwrap();
    assert_eq!((&end["state"], &end["outcome"], &end["cycle"]), (&json!("closed"), &json!("solved"), &json!(1)), "{end}");
    assert_eq!(phone.client.line_of(id.clone()).unwrap().state, "closed");

    // The same from the log alone, as after an update that keeps a matter otherwise.
    let db = rusqlite::Connection::open(data.join("minqing.db")).unwrap();
    assert_eq!(db.execute("UPDATE matter SET folded = NULL", []).unwrap(), 1);
    assert_eq!(clerk.matter(&id).unwrap(), end);
    assert_eq!(program::json(&data, &["rebuild", "--check"])["rows_differ"], 0);

    let code = end["code"].as_str().unwrap();
    let explained = program::json(&data, &["pipeline", "explain", code]);
    assert_eq!((&explained["state"], &explained["history"]), (&end["state"], &end["history"]));
    let words = String::from_utf8(run(&data, &["pipeline", "explain", code, "--lang", "zh"]).stdout).unwrap();
    assert!(words.contains("已办结") && words.contains("派单") && words.contains("办理时限"), "{words}");
    assert_eq!(run(&data, &["pipeline", "explain", "ZZZZ-ZZZZ"]).status.code(), Some(2));
    assert_eq!(program::json(&data, &["pipeline", "run"])["timers"], 0, "nothing is due");
}

#[test]
fn nobody_moves_a_matter_of_another_desk_or_without_the_lists_token() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(NOON), 22);
    let id = matter(&mut phone);
    phone.sync(&server.url).unwrap();
    let other = "620102001002";
    program::json(&data, &["admin", "community", "add", other, "--grids", "1"]);
    let added = program::json(&data, &["admin", "staff", "add", "别处", "--role", "C", "--community", other]);
    let stranger = Staff::sign_in(&server.url, Role::Clerk, "别处", added["password"].as_str().unwrap()).unwrap();
    assert!(stranger.matters().unwrap().is_empty());
    let deed = json!({"event": "accept", "said": {"handling": "promised", "days": 3}});
    assert!(stranger.act(&id, &deed).unwrap_err().to_string().contains("404"));

    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let post = |cookie: &str| {
        let request = agent.post(format!("{}/v1/matters/{id}/events", server.url)).header("content-type", "application/json").header("cookie", cookie);
        request.send(json!({"event": "note", "csrf": "guess", "said": null}).to_string()).unwrap().status().as_u16()
    };
    assert_eq!(post(""), 401, "nobody is signed in");
    assert_eq!(post(&stranger.cookie()), 403, "the list's token is wanted");
}

#[test]
fn every_event_that_a_phone_may_propose_is_read_from_json_as_it_is_sent() {
    for code in EventCode::ALL.iter().copied().filter(|code| ![EventCode::Register].contains(code)) {
        // What says nothing takes whatever stands there for nothing.
        let said = Said::from_json(code, json!({"unheard": 1}));
        assert!(said.is_err() || said.is_ok_and(|said| said == Said::Nothing), "{}", code.word());
    }
}
