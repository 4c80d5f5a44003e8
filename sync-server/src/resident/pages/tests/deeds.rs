//! What residents do with their matters.

use axum::http::Method;
use minqing_core::{
    event::{Feedback, Other, Refuse, Said},
    model::{Category, EventCode, FeedbackWay, Proof, RefuseReason, Role},
};
use serde_json::json;

use super::{CLERK, Home, LEAD};
use crate::testing::World;

#[tokio::test]
async fn a_rating_counts_once_and_whoever_is_unhappy_is_asked_why() {
    let world = World::open();
    let home = Home::new(&world, 1, Category::Utilities).open().await;
    home.told();
    let page = home.get("/m/mine").await;
    assert_eq!((page.body.matches("name=\"stars\"").count(), page.body.contains("checked")), (5, false), "nothing is chosen");
    assert_eq!(page.body.matches("class=\"go").count(), 0, "no rating looks like the right one");
    let saw = home.world.store().kept_matter(home.matter).unwrap().unwrap().judged;
    let asked = home.post("/m/mine/rate", &format!("stars=2&saw={saw}")).await;
    assert!(asked.status == 200 && asked.body.contains("哪里没有办好") && home.state() == "follow_up", "{}", asked.body);
    let again = home.post("/m/mine/rate", &format!("stars=2&saw={saw}&then=again&text=%3Cscript%3E灯又坏了")).await;
    assert_eq!((again.header("location"), home.state().as_str()), ("/m/mine?did=rate_again", "handling"));
    let texts = world.store().document(home.matter).unwrap().unwrap().doc.content();
    assert!(format!("{:?}", texts.root).contains("<script>灯又坏了"), "kept as it was said");
    let late = home.post("/m/mine/rate", &format!("stars=5&saw={saw}")).await;
    assert!(late.status == 409 && late.body.contains("line.refused"), "{}", late.body);

    let home = Home::new(&world, 2, Category::Utilities).open().await;
    home.told();
    let good = home.post("/m/mine/rate", "stars=5&saw=99").await;
    assert_eq!((good.header("location"), home.state().as_str()), ("/m/mine?did=rate", "closed"));
    assert!(home.answer().await.contains("办好了"));
    assert!(home.get("/m/mine").await.body.contains("很满意"), "what was given is said");
    let reopened = home.post("/m/mine/do", "event=reopen&saw=99&text=又坏了").await;
    assert_eq!((reopened.header("location"), home.state().as_str()), ("/m/mine?did=reopen", "handling"));
    for (event, code) in [("pass", "code.unknown"), ("ask_order", "line.refused"), ("appeal", "line.refused"), ("xx", "code.unknown")] {
        let refused = home.post("/m/mine/do", &format!("event={event}&saw=99&text=写过的话")).await;
        assert!(refused.body.contains(code) && refused.body.contains("写过的话"), "{event}: {} {}", refused.status, refused.body);
    }
    let long = home.post("/m/mine/do", &format!("event=withdraw&saw=99&text={}", "长".repeat(501))).await;
    assert!(long.status == 422 && home.state() == "handling", "{}", long.status);
    let gone = home.post("/m/mine/do", "event=withdraw&saw=99").await;
    assert_eq!((gone.header("location"), home.state().as_str()), ("/m/mine?did=withdraw", "withdrawn"));
    assert!(home.answer().await.contains("撤回了"));
}

#[tokio::test]
async fn a_refusal_is_objected_to_once_and_safety_needs_the_lead_to_take_it_back() {
    let world = World::open();
    let home = Home::new(&world, 1, Category::Safety).open().await;
    let asked = home.post("/m/mine/do", "event=withdraw&saw=99").await;
    assert_eq!((asked.header("location"), home.state().as_str()), ("/m/mine?did=withdraw_asked", "registered"));
    let page = home.get("/m/mine").await.body;
    assert!(page.contains("等书记同意") && !page.contains("id=\"d-withdraw\""), "{page}");

    let home = Home::new(&world, 2, Category::Utilities).open().await;
    let refuse = Said::Refuse(Refuse { reason: RefuseReason::Unclear });
    home.does(CLERK, Role::Clerk, EventCode::Refuse, refuse, "");
    let proposal = world.store().kept_matter(home.matter).unwrap().unwrap().matter.unwrap().proposals[0].event;
    home.does(LEAD, Role::Lead, EventCode::Confirm, Said::Proposed(minqing_core::event::Proposed { proposal }), "");
    assert!(home.answer().await.contains("诉求不明"));
    assert_eq!(home.post("/m/mine/do", "event=appeal&saw=99&text=我说清楚").await.header("location"), "/m/mine?did=appeal");
    assert!(home.answer().await.contains("由书记来定"));
}

#[tokio::test]
async fn whoever_follows_another_matter_reads_its_steps_and_may_leave_it() {
    let world = World::open();
    let [one, other] = [Home::new(&world, 1, Category::Utilities), Home::new(&world, 2, Category::Utilities)];
    other.does(CLERK, Role::Clerk, EventCode::Merge, Said::Other(Other { matter: one.matter }), "");
    let other = other.open().await;
    let page = other.get("/m/mine").await.body;
    assert!(page.contains("有 2 家反映同一件事") && !page.contains(&minqing_core::ids::shown(&one.made.code)), "{page}");
    assert_eq!(other.post("/m/mine/do", "event=detach&saw=99").await.header("location"), "/m/mine?did=detach");
    assert_eq!(other.state(), "registered");
    other.does(CLERK, Role::Clerk, EventCode::Merge, Said::Other(Other { matter: one.matter }), "");
    one.told();
    assert!(other.answer().await.contains("正在告诉您"), "the others were not told yet");
    let reached = Feedback { of: other.matter, way: FeedbackWay::Individual, reached: true, proof: Proof::None };
    one.does(CLERK, Role::Clerk, EventCode::Feedback, Said::Feedback(reached), "");
    assert_eq!(other.post("/m/mine/rate", "stars=4&saw=99").await.header("location"), "/m/mine?did=rate");
    assert!(other.answer().await.contains("评价收到了"));
    assert_eq!(other.post("/m/mine/rate", "stars=1&saw=99&then=leave").await.status, 409, "once");
}

#[tokio::test]
async fn what_programs_send_goes_the_same_way() {
    let world = World::open();
    let home = Home::new(&world, 1, Category::Utilities);
    home.told();
    let token =
        world.post_json("/v1/resident/token", &json!({"code": home.made.code, "pin": home.made.pin})).await.json()["token"].as_str().unwrap().to_owned();
    let headers = [("content-type", "application/json"), ("authorization", &*format!("Bearer {token}"))];
    let seen = world.send(Method::GET, "/v1/resident/matter", &headers, "").await.json();
    assert_eq!((&seen["state"], &seen["reply"], &seen["may"][0]["event"]), (&json!("follow_up"), &json!("灯换好了。"), &json!("rate")), "{seen}");
    let rated = world.send(Method::POST, "/v1/resident/matter/events", &headers, &json!({"event": "rate", "stars": 3, "saw": 99}).to_string()).await.json();
    assert_eq!((&rated["state"], &rated["stars"]), (&json!("closed"), &json!(3)), "{rated}");
    let none = world.send(Method::POST, "/v1/resident/matter/events", &headers, &json!({"event": "rate", "saw": 99}).to_string()).await;
    assert_eq!((none.status, none.json()["code"].as_str()), (422, Some("request.malformed")));
    assert_eq!(world.send(Method::POST, "/v1/resident/appointments", &headers, "").await.status, 409);
    assert_eq!(world.get("/v1/resident/matter").await.status, 401);
}
