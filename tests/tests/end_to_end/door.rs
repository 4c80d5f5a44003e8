//! What an officer is to tell at a door: what the office did comes to the phone as sentences, each ticked once.

use minqing_core::{
    client::TellRow,
    model::{Address, NewHousehold, NewMatter, Role},
};
use minqing_tests::{hands::Hands, phone::Phone, staff::Staff};
use serde_json::{Value, json};

use super::{
    line::{COMMUNITY, NOON, done, staff},
    program::{self, with_one_phone},
};

/// A door with a matter of its grid; the door and the matter.
pub fn door(phone: &mut Phone, room: &str) -> (String, String) {
    let address = Address { community: COMMUNITY.into(), building: "3".into(), room: room.into(), ..Address::default() };
    let household = phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap();
    let new = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "environment".into(),
        text: "树枝挡了窗户".into(),
        household: household.clone(),
        affected: "building".into(),
        ..NewMatter::default()
    };
    let matter = phone.client.register_matter(new).unwrap();
    (household, matter)
}

fn to_tell(phone: &Phone, door: &str) -> Vec<TellRow> {
    phone.client.to_tell(door.to_owned(), "zh".to_owned()).unwrap()
}

/// The only sentence for a door.
fn news(phone: &Phone, door: &str) -> TellRow {
    let mut rows = to_tell(phone, door);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

/// Proposed by one, confirmed by another.
fn by_two(first: &Staff, second: &Staff, matter: &str, event: &str, said: Value) {
    let proposal = done(first, matter, event, said, &[])["proposals"][0]["event"].clone();
    done(second, matter, "confirm", json!({"proposal": proposal}), &[]);
}

#[test]
fn what_two_persons_decided_is_told_once_with_its_reason_and_its_day() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(NOON), 31);
    let ((first, refused), (second, extended)) = (door(&mut phone, "101"), door(&mut phone, "201"));
    phone.sync(&server.url).unwrap();
    assert!(to_tell(&phone, &first).is_empty(), "what the officer wrote down is no news");

    let [clerk, lead, handler] = [(Role::Clerk, "C"), (Role::Lead, "L"), (Role::Department, "H")].map(|(role, letter)| staff(&data, &server, role, letter));
    let department = program::json(&data, &["admin", "department", "add", "城管办", "--community", COMMUNITY, "--answers", "值班室"]);
    program::json(&data, &["admin", "department", "staff", "城管办", "办公室H", "--community", COMMUNITY]);
    let proposal = done(&clerk, &refused, "refuse", json!({"reason": "in_court"}), &[])["proposals"][0]["event"].clone();
    phone.sync(&server.url).unwrap();
    assert!(to_tell(&phone, &first).is_empty(), "a proposal is no decision");
    done(&lead, &refused, "confirm", json!({"proposal": proposal}), &[]);
    done(&clerk, &extended, "accept", json!({"handling": "promised", "days": 3}), &[]);
    phone.sync(&server.url).unwrap();

    let row = news(&phone, &first);
    assert_eq!((row.matter.as_str(), row.news.as_str()), (refused.as_str(), "refused"));
    assert!(row.said.contains("环境绿化") && row.said.contains("诉讼"), "{}", row.said);
    assert_eq!(news(&phone, &second).news, "accepted");
    done(&clerk, &extended, "assign", json!({"to": department["department"]}), &[]);
    done(&handler, &extended, "sign", Value::Null, &[]);
    phone.sync(&server.url).unwrap();
    let accepted = news(&phone, &second);
    assert!(accepted.said.contains("月") && accepted.said.contains("前办结"), "its day is known now: {}", accepted.said);
    by_two(&handler, &lead, &extended, "extend", json!({"days": 2}));
    phone.sync(&server.url).unwrap();
    let longer = news(&phone, &second);
    assert_eq!(longer.news, "extend");
    assert_ne!(longer.event, accepted.event, "the newest stands for what came before it");

    // Ticked without a network, and still so when the office has taken it.
    phone.client.tell_resident(refused.clone(), row.event).unwrap();
    phone.client.tell_resident(extended.clone(), longer.event).unwrap();
    for _ in 0..2 {
        assert!(to_tell(&phone, &first).is_empty() && to_tell(&phone, &second).is_empty());
        phone.sync(&server.url).unwrap();
    }
    let history = lead.matter(&refused).unwrap()["history"].to_string();
    assert!(history.contains("\"tell\""), "the office sees who told it: {history}");
}

#[test]
fn the_result_of_the_matter_that_others_follow_is_told_at_each_of_their_doors() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(NOON), 32);
    let ((first, master), (second, member)) = (door(&mut phone, "101"), door(&mut phone, "201"));
    phone.sync(&server.url).unwrap();
    let [clerk, lead, handler] = [(Role::Clerk, "C"), (Role::Lead, "L"), (Role::Department, "H")].map(|(role, letter)| staff(&data, &server, role, letter));
    let department = program::json(&data, &["admin", "department", "add", "城管办", "--community", COMMUNITY, "--answers", "值班室"]);
    program::json(&data, &["admin", "department", "staff", "城管办", "办公室H", "--community", COMMUNITY]);
    for id in [&master, &member] {
        done(&clerk, id, "accept", json!({"handling": "promised", "days": 3}), &[]);
    }
    done(&clerk, &member, "merge", json!({"matter": master}), &[]);
    phone.sync(&server.url).unwrap();
    assert_eq!((news(&phone, &first).news, news(&phone, &second).news), ("accepted".into(), "merged".into()));

    done(&clerk, &master, "assign", json!({"to": department["department"]}), &[]);
    done(&handler, &master, "sign", Value::Null, &[]);
    let result = json!({"solved": "yes", "fen": 0, "contributions": []});
    done(&handler, &master, "result", result, &[("text", json!("锯掉了")), ("public", json!("树枝已清理。"))]);
    done(&lead, &master, "pass", Value::Null, &[]);
    phone.sync(&server.url).unwrap();
    let (here, there) = (news(&phone, &first), news(&phone, &second));
    assert_eq!((here.event.as_str(), there.matter.as_str()), (there.event.as_str(), member.as_str()));
    assert!(there.said.contains("树枝已清理。"), "{}", there.said);

    phone.client.tell_resident(member.clone(), there.event).unwrap();
    assert!(to_tell(&phone, &second).is_empty());
    assert_eq!(news(&phone, &first).news, "feedback", "the neighbours have their own thread");
    assert_eq!(phone.client.line_of(master.clone()).unwrap().state, "feedback");
    phone.client.tell_resident(master.clone(), here.event).unwrap();
    assert_eq!(phone.client.line_of(master.clone()).unwrap().state, "follow_up", "all of them were reached");
    phone.client.rate_assisted(member.clone(), 4, false).unwrap();
    phone.sync(&server.url).unwrap();
    let end = lead.matter(&master).unwrap();
    assert_eq!(end["state"], "follow_up", "one of two has rated: {end}");
    assert!(end["history"].to_string().contains(&format!("\"of\":\"{member}\"")), "{end}");
}
