//! How the line does, as the office asks for it: over HTTP and by the program, with numerator and denominator of each share.

use minqing_core::{clock::local_date, model::Role};
use minqing_tests::{hands::Hands, phone::Phone};
use serde_json::{Value, json};

use super::{
    door::door,
    line::{COMMUNITY, NOON, done, staff},
    program::{self, run, with_one_phone},
};

/// A matter that is settled at its door, told and rated there.
fn settled(phone: &mut Phone, room: &str, stars: u8) -> String {
    let (_, matter) = door(phone, room);
    phone.client.solve_on_spot(matter.clone(), "当场办好".into()).unwrap();
    let event = phone.client.matter(matter.clone()).unwrap().events.last().unwrap().id.clone();
    let rows = phone.client.to_tell(phone.client.matter(matter.clone()).unwrap().matter.household, "zh".into()).unwrap();
    assert!(rows.iter().any(|row| row.event == event), "{rows:?}");
    phone.client.tell_resident(matter.clone(), event).unwrap();
    phone.client.rate_assisted(matter.clone(), stars, true).unwrap();
    matter
}

fn rate(n: u64, of: u64) -> Value {
    json!({"n": n, "of": of, "rate": if of == 0 { Value::Null } else { json!((n as f64 / of as f64 * 10_000.0).round() / 10_000.0) }})
}

#[test]
fn figures_of_a_community_and_who_is_asked_again() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(NOON), 41);
    let clerk = staff(&data, &server, Role::Clerk, "C");
    let none = clerk.get("/v1/figures").unwrap();
    assert_eq!((&none["total"]["received"], &none["total"]["satisfaction"]), (&json!(0), &rate(0, 0)), "nothing was counted");

    let (happy, unhappy) = (settled(&mut phone, "101", 5), settled(&mut phone, "102", 2));
    door(&mut phone, "103");
    phone.sync(&server.url).unwrap();
    phone.sync(&server.url).unwrap();
    let all = clerk.get("/v1/figures").unwrap();
    let total = &all["total"];
    assert_eq!([&total["received"], &total["ended"], &total["open"], &total["solved"]], [3, 2, 1, 2].map(|n| json!(n)).each_ref(), "{all}");
    assert_eq!((&total["satisfaction"], &total["participation"], &total["solution"]), (&rate(1, 2), &rate(2, 2), &rate(1, 2)), "{all}");
    assert_eq!((&total["told_at_door"], &total["overdue_multiple"]), (&json!(2), &Value::Null));
    assert_eq!((&all["by_type"]["immediate"]["ended"], &all["by_type"][""]["open"]), (&json!(2), &json!(1)));
    assert_eq!(all["by_category"]["environment"], *total);
    assert_eq!((&all["by_area"][format!("{COMMUNITY}001")], &all["by_channel"]["door"]), (total, total));
    let today = local_date(clerk.matter(&happy).unwrap()["clocks"][0]["ended_ms"].as_i64().unwrap());
    let month = clerk.get(&format!("/v1/figures?from={}&to={today}", today.first_of_month())).unwrap();
    assert_eq!((&month["total"]["ended"], &month["total"]["open"]), (&json!(2), &json!(0)), "what is open ended in no month");
    assert_eq!(clerk.get("/v1/figures?from=2020-01-01&to=2020-12-31").unwrap()["total"]["received"], 0);
    for wrong in ["/v1/figures?area=6201", "/v1/figures?area=620102001002", "/v1/figures?area=62%25"] {
        assert!(clerk.get(wrong).unwrap_err().to_string().contains("403"), "{wrong}");
    }
    assert!(clerk.get("/v1/figures?from=yesterday").unwrap_err().to_string().contains("4"), "no day");

    // Both rated with the help of staff: both are asked again, the unhappy one for another reason.
    let due = clerk.get("/v1/call-backs").unwrap();
    let why = |matter: &str| due["due"].as_array().unwrap().iter().find(|one| one["matter"] == matter).unwrap()["why"].clone();
    assert_eq!((why(&happy), why(&unhappy), &due["chosen"], &due["rated"]), (json!("assisted"), json!("low"), &json!(2), &json!(2)));
    done(&clerk, &unhappy, "call_back", json!({"of": unhappy, "result": "confirmed"}), &[]);
    let left = clerk.get("/v1/call-backs").unwrap();
    assert_eq!((left["due"].as_array().unwrap().len(), &left["due"][0]["matter"]), (1, &json!(happy)));
    assert_eq!(clerk.get("/v1/figures").unwrap()["total"]["solution"], rate(2, 2), "asked again, it is solved after all");

    // The program says the same; a database in which nothing was counted counts once more when it is opened.
    let by_program = program::json(&data, &["figures"]);
    assert_eq!(by_program["total"], clerk.get("/v1/figures").unwrap()["total"]);
    let db = rusqlite::Connection::open(data.join("minqing.db")).unwrap();
    db.execute_batch("UPDATE matter SET tally = NULL; DELETE FROM matter_figure; DELETE FROM rating_row; DELETE FROM public_text;").unwrap();
    assert_eq!(program::json(&data, &["figures", "--area", COMMUNITY])["total"], by_program["total"]);
    assert_eq!(program::json(&data, &["rebuild", "--check"])["rows_differ"], 0);
    let words = String::from_utf8(run(&data, &["figures", "--by", "type", "--lang", "zh"]).stdout).unwrap();
    assert!(words.contains("收到 3 件") && words.contains("满意率 50.0%（1 / 2）") && words.contains("参评率 100.0%（2 / 2）"), "{words}");
    assert!(words.contains("即办件：") && words.contains("响应率 –（0 / 0）"), "{words}");
    db.execute("UPDATE matter_figure SET received_ms = 7 WHERE ended_ms IS NULL", []).unwrap();
    assert_ne!(run(&data, &["rebuild", "--check"]).status.code(), Some(0), "a figure changed by hand is seen");
}
