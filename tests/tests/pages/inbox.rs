//! The inbox, cleared by a clerk with the keyboard alone.

use minqing_core::model::{HouseholdEdit, ResidentEdit, Role};
use minqing_tests::{file::read_only, phone::Phone, staff::Staff};
use serde_json::json;

use super::{
    office::{Office, complaint, door, visit},
    story::Story,
};
use crate::end_to_end::program;

fn remark(phone: &mut Phone, door: &str, note: &str) {
    phone.client.edit_household(door.into(), HouseholdEdit { note: Some(note.into()), ..HouseholdEdit::default() }).unwrap();
}

fn telephone(phone: &mut Phone, door: &str, number: &str) {
    let id = phone.client.household(door.into()).unwrap().residents.remove(0).id;
    let edit = ResidentEdit { id, phone: Some(number.into()), ..ResidentEdit::default() };
    phone.client.edit_household(door.into(), HouseholdEdit { residents: vec![edit], ..HouseholdEdit::default() }).unwrap();
}

#[test]
fn thirty_mixed_cards_are_cleared_with_the_keyboard_alone() {
    let mut office = Office::open();
    let (clerk, lead) = (office.staff("马春兰", "C"), office.staff("李卫东", "L"));
    let (mut ma, mut chen, mut lost) = (office.phone("马志强"), office.phone("陈桂芳"), office.phone("孙立民"));
    let url = office.server.url.clone();
    let names = ["王秀兰", "赵福全", "刘玉珍", "张桂英", "陈建国", "杨淑华", "黄志明", "周玉兰"];
    let doors: Vec<String> = (0..8).map(|n| door(&mut ma.client, "3", &format!("{}02", n + 1), &[(names[n], "")])).collect();
    let matters = ["楼道灯不亮", "下水道堵了"].map(|text| complaint(&mut ma.client, &doors[0], text, ""));
    [&mut ma, &mut chen, &mut lost].into_iter().for_each(|phone| drop(phone.sync(&url).unwrap()));

    // 14 fields that two wrote, unseen by each other.
    for (n, door) in doors.iter().enumerate() {
        remark(&mut ma, door, &format!("耳背，说话要慢。女儿周{}来。", ["一", "二", "三", "四", "五", "六", "日", "日"][n]));
        remark(&mut chen, door, "耳背，上门前先打女儿电话");
        if n < 6 {
            telephone(&mut ma, door, &format!("138 0000 27{n}1"));
            telephone(&mut chen, door, &format!("138 0000 281{n}"));
        }
    }
    // 4 pairs of doors that are one.
    for (n, name) in names.iter().take(4).enumerate() {
        door(&mut ma.client, "7", &format!("{}02", n + 1), &[(name, "0931 012 7765")]);
        door(&mut chen.client, "7", &format!("{} 东", n + 1), &[(name, "0931-0127765")]);
    }
    // 4 matters whose door nobody knows.
    for (text, place) in [("家里停水", "粮店后头三号楼一楼东"), ("阳台漏水", "3号楼2单元202"), ("门口堆放杂物", "菜市场东口"), ("噪音", "刘玉珍家楼上")]
    {
        complaint(&mut ma.client, "", text, place);
    }
    // 2 that were settled meanwhile, so that the officer's word comes too late.
    let office_clerk = Staff::sign_in(&url, Role::Clerk, "马春兰", clerk["password"].as_str().unwrap()).unwrap();
    for matter in &matters {
        crate::end_to_end::line::done(&office_clerk, matter, "accept", json!({"handling": "promised", "days": 3}), &[]);
        chen.client.solve_on_spot(matter.clone(), "换了灯泡，亮了".into()).unwrap();
    }
    // 6 that a phone brings which was lost.
    let number = lost.client.enrolment().unwrap().device.to_string();
    program::json(&office.data, &["admin", "device", "revoke", &number]);
    for (n, door) in doors.iter().take(6).enumerate() {
        visit(&mut lost.client, door, &format!("第 {} 次走访，老人说水压小", n + 1));
    }
    [&mut ma, &mut chen].into_iter().for_each(|phone| drop(phone.sync(&url).unwrap()));
    let _ = lost.sync(&url);
    ma.sync(&url).unwrap();

    Story::begin("inbox", json!({"url": url, "clerk": clerk, "lead": lead})).end();

    // What was decided reaches the phones, and the log says the same as what is kept.
    ma.sync(&url).unwrap();
    assert!(ma.client.reviews().unwrap().is_empty());
    let db = read_only(&office.data).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM decision WHERE undone_ms IS NULL"), 24, "six were put aside and are no decisions");
    assert_eq!(count("SELECT count(*) FROM visit_row"), 6, "what the lost phone brought was adopted");
    drop(db);
    let check = program::run(&office.data, &["rebuild", "--check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}
