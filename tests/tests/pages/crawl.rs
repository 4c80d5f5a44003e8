//! Every page as each role; and what another site, another desk and a hostile resident try.

use serde_json::{Value, json};

use super::{
    office::{Office, complaint, door, visit},
    story::Story,
};

/// What a resident may say: it stands on pages as it was said.
pub const HOSTILE: &str = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">'\"><b>{{7*7}}</b>";

fn filled() -> (Office, Vec<(&'static str, Value)>) {
    let mut office = Office::open();
    let roles = [
        ("clerk", "马春兰", "C"),
        ("lead", "李卫东", "L"),
        ("department", "何建军", "H"),
        ("supervisor", "周建国", "S"),
        ("delegate", "周玉兰", "D"),
        ("administrator", "孙立民", "A"),
    ];
    let staff = roles.map(|(role, name, letter)| (role, office.staff(name, letter)));
    let mut phone = office.phone("马志强");
    let at = door(&mut phone.client, "7", "201", &[("王秀兰", "0931 012 7765")]);
    let twin = door(&mut phone.client, "7", "2 东", &[("王秀兰", "09310127765")]);
    visit(&mut phone.client, &at, HOSTILE);
    visit(&mut phone.client, &twin, "老人说水压小");
    complaint(&mut phone.client, &at, HOSTILE, "");
    complaint(&mut phone.client, "", "门口堆放杂物", HOSTILE);
    phone.sync(&office.server.url).unwrap();
    (office, staff.into())
}

#[test]
fn every_page_is_whole_for_each_role_and_shows_nothing_that_is_not_theirs() {
    let (office, staff) = filled();
    // An administrator sees no residents, a delegate reads masked.
    let hides = |role: &str| match role {
        "administrator" | "delegate" => json!(["王秀兰", "0931", "老人说水压小", "document.title"]),
        _ => json!([]),
    };
    let roles: Vec<Value> = staff.iter().map(|(role, staff)| json!({"as": role, "staff": staff, "hides": hides(role)})).collect();
    Story::begin("crawl", json!({"url": office.server.url, "roles": roles})).end();
}

#[test]
fn what_a_resident_says_stands_on_pages_as_it_was_said() {
    let (office, staff) = filled();
    Story::begin("script", json!({"url": office.server.url, "clerk": staff[0].1, "hostile": HOSTILE})).end();
}
