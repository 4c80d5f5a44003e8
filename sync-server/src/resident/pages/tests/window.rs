//! What is opened at a window: the screen on which a matter is rated, and the print-out of what is held.

use minqing_core::{
    Id,
    model::{Category, HouseholdEdit, NewResident, Role},
};

use super::Home;
use crate::{
    admin, sync,
    testing::{COMMUNITY, World},
};

#[tokio::test]
async fn at_a_window_one_matter_is_rated_for_ten_minutes_and_asked_about_again() {
    let world = World::open();
    let [open, quiet] = [Home::new(&world, 1, Category::Utilities), Home::new(&world, 2, Category::Relief)];
    [&open, &quiet].into_iter().for_each(Home::told);
    let desk = world.desk("马春兰", Role::Clerk, COMMUNITY).await;
    let at = |home: &Home<'_>| format!("/office/matters/{}/screen", home.matter);
    assert!(desk.get(&format!("/office/matters/{}", open.matter)).await.body.contains(&at(&open)));
    assert_eq!(desk.forged(&at(&open), "x=1").await.status, 403);
    assert_eq!(desk.post(&at(&Home::new(&world, 3, Category::Utilities)), "x=1").await.status, 409, "there is nothing to rate yet");
    let delegate = world.desk("周玉兰", Role::Delegate, COMMUNITY).await;
    assert_eq!(delegate.post(&at(&open), "x=1").await.status, 403);
    admin::add_community(world.store(), "620102001002", 1).unwrap();
    let stranger = world.desk("赵福全", Role::Clerk, "620102001002").await;
    assert_eq!(stranger.post(&at(&open), "x=1").await.status, 404, "another community's matter is not there");

    let screen = desk.post(&at(&open), "x=1").await.header("location").to_owned();
    let page = open.get(&screen).await;
    assert!(page.body.contains("马春兰") && page.body.contains("水电气暖") && page.body.contains("data-place=\"hall\""), "{}", page.body);
    assert!(page.body.contains(&open.made.code[4..]) && !page.body.contains(&minqing_core::ids::shown(&open.made.code)), "the last four alone");
    let sensitive = desk.post(&at(&quiet), "x=1").await.header("location").to_owned();
    let hidden = quiet.get(&sensitive).await.body;
    assert!(hidden.contains("一件事") && !hidden.contains("贫困救助"), "{hidden}");

    let asked = open.send(&screen, "stars=1").await;
    assert!(asked.status == 200 && asked.body.contains("要不要重新办") && open.state() == "follow_up", "{}", asked.body);
    assert_eq!(open.send(&screen, "stars=1&then=leave").await.header("location"), screen);
    assert!(open.get(&screen).await.body.contains("谢谢您"));
    let rated = world.store().kept_matter(open.matter).unwrap().unwrap().matter.unwrap().ratings[0].clone();
    assert_eq!((rated.stars, rated.assisted), (1, true));
    assert_eq!(open.send(&screen, "stars=5").await.status, 409, "once");
    assert_eq!(quiet.send(&sensitive, "stars=9").await.status, 409);
    world.clock.turn(10 * 60_000);
    assert_eq!(open.get(&screen).await.status, 410);
    assert_eq!(open.get("/m/screen/x").await.status, 410);
    let slip_token = open.open().await.cookie.split_once('=').unwrap().1.to_owned();
    assert_eq!(world.get(&format!("/m/screen/{slip_token}")).await.status, 410, "a slip's token is none of a screen");
}

#[tokio::test]
async fn what_the_office_holds_is_printed_for_one_person_at_the_own_desk_alone() {
    let world = World::open();
    let home = Home::new(&world, 1, Category::Utilities);
    let household = world.store().kept_matter(home.matter).unwrap().unwrap().matter.unwrap().about.household.unwrap();
    let second = NewResident { name: "赵福全".into(), phone: "09310127766".into(), ..NewResident::default() };
    let edit = HouseholdEdit { new_residents: vec![second], note: Some("耳背".into()), ..HouseholdEdit::default() };
    sync::edit_household(&world.app, household, &edit).unwrap();
    let desk = world.desk("马春兰", Role::Clerk, COMMUNITY).await;
    let at = format!("/office/households/{household}/held");
    let choice = desk.get(&at).await;
    assert!(choice.status == 200 && choice.body.contains("王秀兰") && !choice.body.contains("09310127765"), "{}", choice.body);
    let page = desk.get(choice.body.split("href=\"").find(|part| part.contains("?resident=")).unwrap().split('"').next().unwrap()).await.body;
    let (own, other) = if page.contains("09310127765") { ("09310127765", "09310127766") } else { ("09310127766", "09310127765") };
    assert!(page.contains(own) && !page.contains(other), "of one person alone");
    assert!(page.contains("耳背") && page.contains(&minqing_core::ids::shown(&home.made.code)) && page.contains("楼道灯不亮"), "{page}");
    assert_eq!(desk.get(&format!("{at}?resident={}", Id([9; 16]))).await.status, 404);
    assert_eq!(desk.get(&format!("/office/households/{}/held", Id([9; 16]))).await.status, 404);
    assert_eq!(desk.get(&format!("/office/households/{}/held", home.matter)).await.status, 404);
    admin::add_community(world.store(), "620102001002", 1).unwrap();
    assert_eq!(world.desk("赵福全", Role::Clerk, "620102001002").await.get(&at).await.status, 404);
    assert_eq!(world.desk("周玉兰", Role::Delegate, COMMUNITY).await.get(&at).await.status, 403);
}
