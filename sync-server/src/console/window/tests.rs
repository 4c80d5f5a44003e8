//! The window, without a browser.

use minqing_core::{
    Id,
    model::{Address, NewHousehold, NewResident, Role},
};

use crate::{
    rebuild, slip,
    sync::add_households,
    testing::{COMMUNITY, SignedIn, World},
};

fn door(world: &World, room: &str, name: &str) -> String {
    let address = Address { community: COMMUNITY.into(), building: "3".into(), stairwell: "2".into(), room: room.into(), ..Address::default() };
    let residents = vec![NewResident { name: name.into(), ..NewResident::default() }];
    let new = NewHousehold { grid: format!("{COMMUNITY}001"), address, residents, ..NewHousehold::default() };
    add_households(&world.app, &[new]).unwrap()[0].0.to_string()
}

/// What the browser sends of a filled form.
fn form(once: &str, more: &str) -> String {
    format!("once={once}&channel=hall&kind=complaint&affected=household&category=utilities&{more}")
}

async fn once(desk: &SignedIn<'_>) -> String {
    desk.get("/office/window").await.hidden("once")
}

fn registered(world: &World) -> Vec<crate::projection::MatterShown> {
    world.store().matters_in(COMMUNITY, None, None, 99).unwrap()
}

#[tokio::test]
async fn what_is_said_at_the_window_is_registered_once_with_a_paper_that_shows_its_pin() {
    let world = World::open();
    let clerk = world.desk("马春兰", Role::Clerk, COMMUNITY).await;
    let at = door(&world, "501", "王秀兰");
    let sent = form(&once(&clerk).await, "who=3-2-501&text=楼道灯不亮&do=save");
    let paper = clerk.post("/office/window", &sent).await;
    assert_eq!(paper.status, 200, "{}", paper.body);
    let row = registered(&world).remove(0);
    assert_eq!((row.household.map(|id| Id(id).to_string()), row.channel.as_str(), row.state.as_str()), (Some(at), "hall", "registered"));
    assert!(paper.body.contains(&minqing_core::ids::shown(&row.code)) && !paper.body.contains("王秀兰"), "its code, and nobody's name");
    assert!(!paper.body.contains("window-"), "a sentence lacks");
    let pin: String = paper.body.split("class=\"big\">").nth(2).unwrap().split('<').next().unwrap().chars().filter(char::is_ascii_digit).collect();
    assert_eq!(slip::check(&world.app, &row.code, &pin).await.map(|held| held.matter).unwrap(), Some(Id(row.id)));
    let again = clerk.post("/office/window", &sent).await;
    assert_eq!((again.status, again.header("location")), (303, format!("/office/matters/{}", Id(row.id)).as_str()), "sent twice, it is there once");
    assert_eq!(registered(&world).len(), 1);
    let report = rebuild::check(world.store()).unwrap();
    assert!(report.is_good(), "{report:?}");
}

#[tokio::test]
async fn what_was_typed_stays_whatever_is_refused() {
    let world = World::open();
    let clerk = world.desk("马春兰", Role::Clerk, COMMUNITY).await;
    door(&world, "501", "王秀兰");
    door(&world, "502", "王秀兰");
    let bound = slip::make(&world.app, COMMUNITY, 2).unwrap();
    let first = form(&once(&clerk).await, &format!("place=后院&text=漏水&slip={}&do=save", bound[0].code.to_lowercase()));
    let paper = clerk.post("/office/window", &first).await;
    assert!(paper.status == 200 && !paper.body.contains(&bound[0].pin), "the PIN stands on the slip that was handed out: {}", paper.body);
    assert_eq!(clerk.post("/office/window", &first).await.status, 303, "sent twice, its slip is bound to itself");
    let refused = [
        ("who=王秀兰&text=一件事&do=save", 422, "window.door"),
        ("who=没有这个人&text=一件事&do=save", 422, "window.door"),
        ("place=后院&text=+&do=save", 422, "text.empty"),
        ("place=一件事&text=x&slip=12&do=save", 422, "slip.malformed"),
        ("place=一件事&text=x&slip=0000-0000&do=save", 422, "slip.unknown"),
        (&format!("place=一件事&text=x&slip={}&do=save", bound[0].code), 422, "slip.bound"),
        ("place=一件事&text=x&settled=true&do=save", 422, "text.empty"),
    ];
    for (typed, status, code) in refused {
        let answer = clerk.post("/office/window", &form(&once(&clerk).await, typed)).await;
        assert_eq!((answer.status, answer.body.contains(code)), (status, true), "{typed}: {}", answer.body);
        assert!(answer.body.contains("aria-invalid=\"true\"") && !answer.body.contains("data-fresh"), "{typed}");
        assert!(answer.body.contains("一件事") || typed.contains("后院") && answer.body.contains("value=\"后院\""), "{typed}: what was typed is gone");
    }
    let none = clerk.post("/office/window", "channel=door&text=x&category=utilities&kind=help&affected=household&do=save").await;
    assert!(none.status == 422 && none.body.contains("code.unknown"), "no other channel comes in here");
    assert_eq!(registered(&world).len(), 1);
}

#[tokio::test]
async fn the_same_matter_is_named_and_followed_by_one_button() {
    let world = World::open();
    let clerk = world.desk("马春兰", Role::Clerk, COMMUNITY).await;
    door(&world, "501", "王秀兰");
    door(&world, "502", "赵福全");
    clerk.post("/office/window", &form(&once(&clerk).await, "who=3-2-501&text=楼道灯不亮，老人怕摔&do=save")).await;
    let master = Id(registered(&world)[0].id);
    let typed = "who=3-2-502&text=楼道的灯不亮了";
    let like = clerk.post("/office/window/like", &form("", typed)).await;
    assert!(like.body.contains(&format!("follow:{master}")) && like.body.contains("老人怕摔"), "{}", like.body);
    assert!(clerk.post("/office/window", &form("", &format!("{typed}&do=like"))).await.body.contains(&format!("follow:{master}")), "without scripts, too");
    // Of another kind, or of no door, it cannot go with it; nothing is lost.
    let refused = clerk.post("/office/window", &form(&once(&clerk).await, &format!("place=后院&text=灯不亮&do=follow:{master}"))).await;
    assert!(refused.status == 409 && refused.body.contains("line.refused") && refused.body.contains(">灯不亮</textarea>"), "{}", refused.body);
    let follows = clerk.post("/office/window", &form(&once(&clerk).await, &format!("{typed}&do=follow:{master}"))).await;
    assert_eq!(follows.status, 200, "{}", follows.body);
    let code = world.store().matter_row(master).unwrap().unwrap().code;
    assert!(!follows.body.contains(&minqing_core::ids::shown(&code)), "no code of others on a resident's paper");
    let mut states: Vec<String> = registered(&world).into_iter().map(|row| row.state).collect();
    states.sort();
    assert_eq!(states, ["merged", "registered"]);
    assert_eq!(clerk.post("/office/window", &form(&once(&clerk).await, "place=x&text=x&do=follow:nothing")).await.status, 422);
}

#[tokio::test]
async fn numbers_are_taken_called_and_printed_and_the_form_keeps_what_was_typed() {
    let world = World::open();
    let clerk = world.desk("马春兰", Role::Clerk, COMMUNITY).await;
    let press = async |what: &str, served: &str| clerk.post("/office/window", &form("x", &format!("text=一件事&served={served}&do={what}"))).await.body;
    assert!(press("next", "").await.contains("现在没有人等"));
    for n in ["1", "2"] {
        let took = press("take", "").await;
        assert!(took.contains(&format!("/office/window/number/{n}")) && took.contains(">一件事</textarea>"), "{took}");
    }
    assert!(press("next", "").await.contains("name=\"served\" value=\"1\""));
    assert!(press("next", "").await.contains("name=\"served\" value=\"1\""), "sent twice, one is called");
    assert!(press("done", "1").await.contains("name=\"served\" value=\"\""));
    let paper = clerk.get("/office/window/number/2").await;
    assert!(paper.body.contains("<p class=\"big huge\">2</p>") && !paper.body.contains("window-"), "{}", paper.body);
    let none = clerk.get("/office/window/number/9").await;
    assert!(none.status == 404 && none.body.contains("window.number"));
}

#[tokio::test]
async fn only_who_may_register_sees_the_window() {
    let world = World::open();
    for (name, role) in
        [("李卫东", Role::Lead), ("何建军", Role::Department), ("周建国", Role::Supervisor), ("周玉兰", Role::Delegate), ("孙立民", Role::Administrator)]
    {
        let desk = world.desk(name, role, COMMUNITY).await;
        assert!(!desk.get("/office").await.body.contains("/office/window"), "{role:?}");
        for path in ["/office/window", "/office/window/number/1"] {
            assert_eq!(desk.get(path).await.status, 403, "{role:?} {path}");
        }
        for path in ["/office/window", "/office/window/doors", "/office/window/like"] {
            assert_eq!(desk.post(path, &form("", "who=3-2-501&text=x&do=save")).await.status, 403, "{role:?} {path}");
        }
    }
    let clerk = world.desk("马春兰", Role::Clerk, COMMUNITY).await;
    assert!(clerk.get("/office").await.body.contains("/office/window"));
    for path in ["/office/window", "/office/window/doors", "/office/window/like"] {
        assert_eq!(clerk.forged(path, &form("", "text=x&do=save")).await.status, 403, "{path}");
    }
    assert!(registered(&world).is_empty());
}

#[tokio::test]
async fn hostile_words_are_words() {
    let world = World::open();
    let clerk = world.desk("马春兰", Role::Clerk, COMMUNITY).await;
    let hostile = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%3E%3Ci%3Ex%27";
    let sent = form(&once(&clerk).await, &format!("place={hostile}&text={hostile}&do=like"));
    let paper = clerk.post("/office/window", &sent.replace("do=like", "do=save")).await;
    for page in [clerk.post("/office/window", &sent).await, paper] {
        assert!(page.status == 200 && !page.body.contains("<script>alert") && !page.body.contains("<i>x"), "{}", page.body);
    }
    let sent = form(&once(&clerk).await, &format!("who={hostile}&text={hostile}&do=save"));
    let refused = clerk.post("/office/window", &sent).await;
    assert!(refused.status == 422 && !refused.body.contains("<script>alert"));
}
