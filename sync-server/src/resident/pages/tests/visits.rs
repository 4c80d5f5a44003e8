//! Times at the own door.

use axum::http::Method;
use minqing_core::model::Category;

use super::{FORM, Home};
use crate::testing::World;

#[tokio::test]
async fn a_time_at_the_door_is_asked_for_chosen_moved_and_taken_back_by_its_resident_alone() {
    let world = World::open();
    let home = Home::new(&world, 1, Category::Utilities).open().await;
    let stranger = Home::new(&world, 2, Category::Utilities).open().await;
    assert_eq!(home.post("/m/mine/visits", "").await.status, 409, "nobody has anything to do there yet");
    home.told();
    let asked = home.post("/m/mine/visits", "").await;
    assert!(asked.header("location").starts_with("/m/mine/visits/"), "{} {}", asked.status, asked.body);
    let at = asked.header("location").to_owned();
    let times = home.get(&at).await;
    let starts: Vec<&str> = times.body.split("name=\"start_ms\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(starts.len() > 2, "{}", times.body);
    assert!(times.body.contains("9 月 14 日 周一") && times.body.contains("?day=2026-09-15"), "{}", times.body);
    let next = home.get(&format!("{at}?day=2026-09-15")).await.body;
    assert!(next.contains("9 月 15 日 周二") && !next.contains("9 月 14 日") && next.contains("?day=2026-09-16"), "{next}");
    assert!(home.get(&format!("{at}?day=2027-09-15")).await.body.contains("现在没有能约的时间"), "no diary reaches so far");
    let chosen = home.post(&at, &format!("event=choose&start_ms={}&saw=99", starts[0])).await;
    assert_eq!((chosen.status, chosen.header("location")), (303, "/m/mine?did=chosen"), "{}", chosen.body);
    let page = home.get("/m/mine").await.body;
    assert!(page.contains("class=\"promise\"") && page.contains("说好的时间"), "{page}");
    assert_eq!(home.post("/m/mine/visits", "").await.status, 409, "one visit at a time");
    let moved = home.post(&at, &format!("event=choose&start_ms={}&saw=99", starts[2])).await;
    assert_eq!(moved.header("location"), "/m/mine?did=chosen", "{}", moved.body);
    let never = home.post(&at, "event=choose&start_ms=5&saw=99").await;
    assert!(never.status == 409 && never.body.contains("appointment."), "{} {}", never.status, never.body);
    // Another slip opens nothing of it.
    assert_eq!(stranger.get(&at).await.status, 404);
    for form in ["event=cancel&saw=99", "event=missed&saw=99", &format!("event=choose&start_ms={}&saw=99", starts[1])] {
        assert_eq!(stranger.post(&at, form).await.status, 404, "{form}");
    }
    assert_eq!(home.send(&at, "csrf=guess&event=cancel&saw=99").await.status, 403);
    let from_elsewhere = world.send(Method::POST, &at, &[FORM], "event=cancel&saw=99").await;
    assert_eq!((from_elsewhere.status, from_elsewhere.header("location")), (303, "/m"), "a strict cookie does not come along");
    let early = home.post(&at, "event=missed&saw=99").await;
    assert!(early.status == 409 && early.body.contains("appointment.refused"));
    let csrf_of_other = stranger.get("/m/mine").await.hidden("csrf");
    assert_eq!(home.send(&at, &format!("csrf={csrf_of_other}&event=cancel&saw=99")).await.status, 403);
    assert_eq!(home.post(&at, "event=cancel&saw=99").await.header("location"), "/m/mine?did=cancel");
    assert!(home.get("/m/mine").await.body.contains("不用来了"));
    let quiet = Home::new(&world, 3, Category::Relief).open().await;
    quiet.told();
    assert!(!quiet.get("/m/mine").await.body.contains("action=\"/m/mine/visits\""), "of a sensitive matter the grid hears nothing");
    assert_eq!(quiet.post("/m/mine/visits", "").await.status, 409);
}
