//! What everybody may read, over real HTTP: the last gate before it, and the board without signing in.

use std::{path::PathBuf, time::Instant};

use minqing_core::model::{Address, NewHousehold, NewMatter, NewResident, Role};
use minqing_tests::{hands::Hands, phone::Phone, staff::Staff, world::Names};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::{
    line::{COMMUNITY, NOON, done, staff},
    program::{self, Serving, with_one_phone},
};

/// Names that stand in no sentence below.
fn names(n: usize) -> Vec<String> {
    let (names, mut rng) = (Names::load(&["路灯已修好，请放心通行。", "已请专业队伍处理，9月20日前完成。"]), ChaCha8Rng::seed_from_u64(4));
    (0..n).map(|_| names.draw(&mut rng).full).collect()
}

/// An office with a clerk, a lead and a department, and an officer's phone.
struct Place {
    _dir: tempfile::TempDir,
    data: PathBuf,
    server: Serving,
    phone: Phone,
    clerk: Staff,
    lead: Staff,
    handler: Staff,
    department: String,
}

impl Place {
    fn open(seed: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("office");
        let (server, phone) = with_one_phone(dir.path(), &Hands::at(NOON), seed);
        let [clerk, lead, handler] = [(Role::Clerk, "C"), (Role::Lead, "L"), (Role::Department, "H")].map(|(role, letter)| staff(&data, &server, role, letter));
        let added = program::json(&data, &["admin", "department", "add", "城管办", "--community", COMMUNITY, "--answers", "值班室"]);
        program::json(&data, &["admin", "department", "staff", "城管办", "办公室H", "--community", COMMUNITY]);
        let department = added["department"].as_str().unwrap().to_owned();
        Self { _dir: dir, data, server, phone, clerk, lead, handler, department }
    }

    /// Somebody who lives at a door; its id.
    fn lives(&mut self, room: &str, name: &str) -> String {
        let address =
            Address { community: COMMUNITY.into(), estate: "福利路小区".into(), building: "3号楼".into(), room: room.into(), ..Address::default() };
        let residents = vec![NewResident { name: name.into(), phone: "0931 012 7765".into(), birth_year: 1960, ..NewResident::default() }];
        let new = NewHousehold { grid: format!("{COMMUNITY}001"), address, residents, ..NewHousehold::default() };
        let door = self.phone.client.record_household(new).unwrap();
        self.phone.sync(&self.server.url).unwrap();
        door
    }

    /// A matter of a door that the department has signed for.
    fn in_hand(&mut self, door: &str, category: &str) -> String {
        let new = NewMatter {
            kind: "complaint".into(),
            channel: "door".into(),
            category: category.into(),
            text: "楼下路灯不亮".into(),
            household: door.into(),
            affected: "building".into(),
            ..NewMatter::default()
        };
        let id = self.phone.client.register_matter(new).unwrap();
        self.phone.sync(&self.server.url).unwrap();
        done(&self.clerk, &id, "accept", json!({"handling": "promised", "days": 3}), &[]);
        done(&self.clerk, &id, "assign", json!({"to": self.department}), &[]);
        done(&self.handler, &id, "sign", Value::Null, &[]);
        id
    }

    fn finish(&self, id: &str, reply: &str) {
        done(&self.handler, id, "result", solved(), &[("text", json!("换了灯泡")), ("public", json!(reply))]);
        done(&self.lead, id, "pass", Value::Null, &[]);
    }

    fn show(&self, id: &str, text: &str) {
        done(&self.clerk, id, "draft_public", Value::Null, &[("text", json!(text))]);
        done(&self.lead, id, "approve_public", Value::Null, &[]);
        done(&self.clerk, id, "show_public", Value::Null, &[]);
    }

    /// Tries what must be refused; the code, after a look that nothing was written.
    fn refused(&self, who: &Staff, id: &str, event: &str, said: Value, field: &str, text: &str) -> String {
        let written = || (self.clerk.matter(id).unwrap()["history"].clone(), self.log_rows());
        let before = written();
        let mut deed = json!({"event": event, "said": said, "saw": 1_000});
        deed[field] = json!(text);
        let refusal = who.act(id, &deed).map(|answer| answer.err()).unwrap_err().to_string();
        assert_eq!(written(), before, "{event}: something was written");
        assert!(refusal.contains("422") && refusal.contains(&format!("\"path\":\"{field}\"")), "{refusal}");
        let code = refusal.split("\"code\":\"").nth(1).unwrap().split('"').next().unwrap();
        code.to_owned()
    }

    fn log_rows(&self) -> i64 {
        let db = rusqlite::Connection::open(self.data.join("minqing.db")).unwrap();
        db.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap()
    }

    /// What somebody reads who is not signed in.
    fn reads(&self, path: &str) -> (u16, Value) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent.get(format!("{}/v1/public/matters{path}", self.server.url)).call().unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_slice(&answer.body_mut().read_to_vec().unwrap()).unwrap())
    }

    fn board(&self) -> Vec<Value> {
        self.reads("").1["matters"].as_array().unwrap().clone()
    }
}

fn solved() -> Value {
    json!({"solved": "yes", "fen": 0, "contributions": []})
}

#[test]
fn a_text_with_a_name_a_number_or_the_room_is_refused_and_another_one_goes_on() {
    let mut place = Place::open(41);
    let all = names(4);
    let door = place.lives("502", &all[0]);
    place.lives("601", &all[1]);
    let id = place.in_hand(&door, "environment");
    let result = |text: &str| place.refused(&place.handler, &id, "result", solved(), "public", text);
    assert_eq!(result(&format!("已为{}家修好", all[0])), "public.name");
    assert_eq!(result(&format!("{}同意了", all[1])), "public.name", "a neighbour");
    for number in ["0931-012 7765", "１３８００１３８０００", "138.0013.8000", "一三八零零一三八零零零", "620102 19600101 2234"] {
        assert_eq!(result(&format!("请打{number}")), "public.number", "{number}");
    }
    assert_eq!(result("502室漏水已修"), "public.room");
    let reply = format!("路灯已修好，请放心通行。已告知{}。", all[2]);
    done(&place.handler, &id, "result", solved(), &[("text", json!(format!("{}当面确认，电话0931 012 7765", all[0]))), ("public", json!(reply))]);

    // Since then somebody of that name has moved in.
    place.lives("702", &all[2]);
    assert_eq!(place.refused(&place.lead, &id, "pass", Value::Null, "public", ""), "public.name");
    done(&place.lead, &id, "send_back", Value::Null, &[("text", json!("不要写姓名"))]);
    place.finish(&id, "路灯已修好，请放心通行。12345 随时可打。");

    let draft = |text: &str| place.refused(&place.clerk, &id, "draft_public", Value::Null, "text", text);
    assert_eq!(draft(&format!("{}反映的问题", all[0])), "public.name");
    assert_eq!(draft("请打 0931 012 7765"), "public.number");
    assert_eq!(draft("3号楼502"), "public.room");
    done(&place.clerk, &id, "draft_public", Value::Null, &[("text", json!(format!("已请{}处理", all[3])))]);
    place.lives("801", &all[3]);
    assert_eq!(place.refused(&place.lead, &id, "approve_public", Value::Null, "text", ""), "public.name");
    place.show(&id, "已请专业队伍处理，9月20日前完成。");
    assert_eq!(place.board().len(), 1);
    assert_eq!(program::json(&place.data, &["rebuild", "--check"])["rows_differ"], 0);
}

#[test]
fn a_name_that_came_after_the_approval_is_found_when_it_is_shown() {
    let mut place = Place::open(42);
    let all = names(2);
    let door = place.lives("502", &all[0]);
    let id = place.in_hand(&door, "environment");
    done(&place.clerk, &id, "draft_public", Value::Null, &[("text", json!(format!("已请{}处理", all[1])))]);
    done(&place.lead, &id, "approve_public", Value::Null, &[]);
    place.lives("601", &all[1]);
    assert_eq!(place.refused(&place.clerk, &id, "show_public", Value::Null, "text", ""), "public.name");
    assert!(place.board().is_empty());
}

#[test]
fn everybody_reads_what_is_shown_masked_and_nothing_once_it_is_taken_down() {
    let mut place = Place::open(43);
    let all = names(2);
    let door = place.lives("502", &all[0]);
    let id = place.in_hand(&door, "environment");
    place.finish(&id, "路灯已修好，请放心通行。");
    assert_eq!(place.reads(""), (200, json!({"matters": [], "next": null})), "a reply goes to its resident");
    place.show(&id, "已请专业队伍处理，9月20日前完成。");

    let seen = place.board().remove(0);
    let key = seen["id"].as_str().unwrap().to_owned();
    let code = place.clerk.matter(&id).unwrap()["code"].as_str().unwrap().to_owned();
    let surname = all[0].chars().next().unwrap();
    let fields: Vec<&str> = seen.as_object().unwrap().keys().map(String::as_str).collect();
    let api: Value = {
        let mut answer = ureq::get(format!("{}/openapi.json", place.server.url)).call().unwrap();
        serde_json::from_slice(&answer.body_mut().read_to_vec().unwrap()).unwrap()
    };
    let described: Vec<&str> = api["components"]["schemas"]["PublicMatter"]["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, described);
    assert_eq!(seen["raised_by"], format!("{surname}**"));
    assert_eq!(seen["place"], json!({"estate": "福利路小区", "building": "3号楼"}));
    assert_eq!((&seen["department"], &seen["category"], &seen["state"]), (&json!("城管办"), &json!("environment"), &json!("feedback")));
    assert_eq!((&seen["text"], &seen["reply"]), (&json!("已请专业队伍处理，9月20日前完成。"), &json!("路灯已修好，请放心通行。")));
    for secret in [all[0].as_str(), "502", "0127765", "012 7765", &code, &id, "换了灯泡", "不亮"] {
        assert!(!seen.to_string().contains(secret), "{secret}: {seen}");
    }
    assert_eq!(place.reads(&format!("/{key}")), (200, seen.clone()));
    assert_eq!(place.reads(&format!("/{id}")).0, 404, "by the office's own id");
    assert_eq!((place.reads("/x").0, place.reads("?after=x").0, place.reads("?after=1.x").0), (404, 422, 422));
    assert_eq!(place.reads(&format!("?community={COMMUNITY}")).1["matters"], json!([seen]));
    assert_eq!(place.reads("?community=620102001002").1["matters"], json!([]));

    done(&place.lead, &id, "take_down_public", Value::Null, &[]);
    assert_eq!((place.board(), place.reads(&format!("/{key}")).0), (vec![], 404));
    done(&place.clerk, &id, "show_public", Value::Null, &[]);
    assert_eq!(place.board(), [seen]);
    assert_eq!(program::json(&place.data, &["rebuild", "--check"])["rows_differ"], 0);

    // A quarrel is shown to nobody, though two have read its text.
    let quarrel = place.in_hand(&door, "mediation");
    place.show(&quarrel, "已请专业队伍处理，9月20日前完成。");
    assert_eq!(place.board().len(), 1);
}

#[test]
fn a_community_of_thousands_is_looked_through() {
    let mut place = Place::open(44);
    let all = names(5_000);
    let door = place.lives("502", "甲乙");
    let id = place.in_hand(&door, "environment");
    let mut db = rusqlite::Connection::open(place.data.join("minqing.db")).unwrap();
    let tx = db.transaction().unwrap();
    let sql =
        "INSERT INTO household_row SELECT randomblob(16), stream, community, grid, estate, building, stairwell, floor, room, lane, door, note, ?1, 2, 0, NULL
               FROM household_row WHERE names = '甲乙'";
    for two in all.chunks(2) {
        tx.execute(sql, [two.join("、")]).unwrap();
    }
    tx.commit().unwrap();
    let began = Instant::now();
    assert_eq!(place.refused(&place.handler, &id, "result", solved(), "public", &format!("已告知{}", all[4_999])), "public.name");
    let refused = began.elapsed();
    done(&place.handler, &id, "result", solved(), &[("public", json!("路灯已修好，请放心通行。"))]);
    println!("among {} names: refused after {refused:?} with two looks beside, accepted after {:?}", all.len(), began.elapsed() - refused);
}
