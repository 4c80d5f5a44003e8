use minqing_core::{
    Id,
    model::{Address, NewHousehold, NewResident, Role},
};

use crate::{
    sync::add_households,
    testing::{COMMUNITY, World},
};

const DAY: i64 = 24 * 3_600_000;

fn door(building: &str, stairwell: &str, room: &str, name: &str) -> NewHousehold {
    let [building, stairwell, room] = [building, stairwell, room].map(str::to_owned);
    let address = Address { community: COMMUNITY.into(), estate: "槐荫".into(), building, stairwell, room, ..Address::default() };
    let resident = NewResident { name: name.into(), birth_year: 1944, phone: "13900000000".into(), ..NewResident::default() };
    let residents = if name.is_empty() { Vec::new() } else { vec![resident] };
    NewHousehold { grid: format!("{COMMUNITY}001"), address, residents, ..NewHousehold::default() }
}

#[tokio::test]
async fn a_stairwell_stands_as_in_the_house_and_says_what_each_door_waits_for() {
    let world = World::open();
    let lane = Address { community: COMMUNITY.into(), lane: "一条巷".into(), door: "7".into(), ..Address::default() };
    let doors = [door("3", "2", "501", "王秀兰"), door("3", "2", "102", "赵福全"), door("3", "1", "101", ""), door("12", "1", "201", "")];
    add_households(&world.app, &doors).unwrap();
    add_households(&world.app, &[NewHousehold { grid: format!("{COMMUNITY}002"), address: lane, ..NewHousehold::default() }]).unwrap();
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let page = desk.get("/office/households?estate=%E6%A7%90%E8%8D%AB&building=3").await;
    assert_eq!(page.status, 200, "{}", page.body);
    let body = page.body;
    let at = |text: &str| body.find(text).unwrap_or_else(|| panic!("{text} lacks in {body}"));
    assert!(at("1 单元</caption>") < at("2 单元</caption>") && at("5 层") < at("<b>501</b>") && at("<b>501</b>") < at("<b>102</b>"), "from the top down");
    assert!(body.contains("data-door=\"empty\"") && body.contains("没去过") && !body.contains("王秀兰"), "no names in the house");
    assert!(at("槐荫 3 号楼") < at("槐荫 12 号楼") && body.contains("一条巷") && body.contains("0 / 3"), "buildings as they are counted");
    assert!(desk.get("/office/households?q=%E7%8E%8B%E7%A7%80").await.body.contains("槐荫 3 号楼 2 单元 501"), "found by a name");
    world.clock.turn(40 * DAY);
    let desk = desk.again().await;
    assert!(
        desk.get(&format!("/office/households?grid={COMMUNITY}002")).await.body.contains("一条巷 7 号") || desk.get("/office/households").await.status == 200
    );
    for (name, role) in [("Admin", Role::Administrator), ("Handler", Role::Department)] {
        assert_eq!(world.desk(name, role, COMMUNITY).await.get("/office/households").await.status, 403, "{role:?}");
    }
}

#[tokio::test]
async fn a_door_tells_its_story_to_its_own_desk() {
    let world = World::open();
    crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
    let home = add_households(&world.app, &[door("3", "2", "501", "王秀兰")]).unwrap()[0].0.to_string();
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let page = desk.get(&format!("/office/households/{home}")).await;
    assert!(page.body.contains("王秀兰") && page.body.contains("82 岁") && page.body.contains("13900000000"), "{}", page.body);
    let other = world.desk("Other", Role::Clerk, "620102001002").await;
    for path in ["", "/erase"] {
        assert_eq!(other.get(&format!("/office/households/{home}{path}")).await.status, 404, "{path}");
    }
    assert_eq!(desk.get(&format!("/office/households/{}", Id([9; 16]))).await.status, 404);
}

#[tokio::test]
async fn who_is_to_be_erased_is_shown_first_and_gone_after() {
    let world = World::open();
    let home = add_households(&world.app, &[door("3", "2", "501", "王秀兰"), door("3", "2", "502", "马志强")]).unwrap()[0].0.to_string();
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let path = format!("/office/households/{home}/erase");
    let form = desk.get(&path).await;
    let resident = form.body.split("name=\"resident\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let asked = format!("resident={resident}&words=");
    let would = desk.post(&path, &format!("{asked}&do=preview")).await;
    assert!(would.status == 200 && would.body.contains("会删这些") && would.body.contains("住户卡片"), "{}", would.body);
    assert!(desk.get(&format!("/office/households/{home}")).await.body.contains("王秀兰"), "nothing was done");
    for (more, code) in [
        ("resident=&words=&do=preview", "erase.nothing"),
        ("resident=zzz&words=&do=preview", "resident.unknown"),
        ("resident=&words=x&do=preview", "request.malformed"),
    ] {
        let refused = desk.post(&path, more).await;
        assert!(refused.body.contains(code), "{more}: {}", refused.body);
    }
    assert_eq!(desk.forged(&path, &format!("{asked}&do=erase")).await.status, 403);
    let done = desk.post(&path, &format!("{asked}&do=erase")).await;
    assert_eq!((done.status, done.header("location")), (303, "/office/erasures?did=erase"), "{}", done.body);
    assert!(!desk.get(&format!("/office/households/{home}")).await.body.contains("王秀兰"));
    let open = desk.get("/office/erasures").await;
    assert!(open.status == 200 && open.body.contains("槐荫 3 号楼 2 单元 501"), "{}", open.body);
    let handler = world.desk("Handler", Role::Department, COMMUNITY).await;
    assert_eq!((handler.get(&path).await.status, handler.get("/office/erasures").await.status), (403, 403));
}
