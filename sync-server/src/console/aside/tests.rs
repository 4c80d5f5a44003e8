use axum::http::Method;
use minqing_core::{
    Id,
    document::Doc,
    envelope::{Item, ItemKind},
    guards::Guards,
    ids::{Device, Name, Opening, actor},
    model::{Address, NewHousehold, Role, grid_id},
};
use serde_json::json;

use crate::{
    admin, rebuild,
    storage::log::{Delivered, Delivery, EnvelopeHead, Seen},
    sync::{add_households, apply},
    testing::{Answer, COMMUNITY, MORNING, Phone, SignedIn, World},
};

const NEIGHBOUR: &str = "620102001002";
const OPENING: Opening = Opening([9; 5]);

/// An office with a door in a grid that is not the phone's, and a neighbouring office with a door.
struct Story {
    world: World,
    phone: Phone,
    /// In the second grid; the phone has the first.
    door: Id,
    neighbours: Id,
    written: std::cell::Cell<u64>,
}

impl Story {
    async fn begin() -> Self {
        let world = World::open();
        admin::add_community(world.store(), NEIGHBOUR, 1).unwrap();
        let phone = Phone::enrolled(&world, 1).await;
        let door = |community: &str, grid: u16, room: &str| {
            let address = Address { community: community.into(), building: "3".into(), room: room.into(), ..Address::default() };
            let new = NewHousehold { grid: grid_id(community, grid), address, ..NewHousehold::default() };
            add_households(&world.app, &[new]).unwrap()[0].0
        };
        let (door, neighbours) = (door(COMMUNITY, 2, "501"), door(NEIGHBOUR, 1, "909"));
        Self { world, phone, door, neighbours, written: 0.into() }
    }

    /// Brings an item of the phone, as its app never would; it is put aside.
    fn bring(&self, doc: Id, bytes: Vec<u8>) -> Name {
        let n = self.written.get() + 1;
        self.written.set(n);
        let item = Item { kind: ItemKind::Change.number(), doc, bytes };
        let device = Device(self.phone.number);
        let head = EnvelopeHead { device, opening: OPENING, first: n, scope: 1, hashes: vec![item.hash()], signature: [1; 64] };
        let envelopes = vec![Delivered { head, signed: true, items: vec![(item, None)] }];
        let seen = Seen { device, shown: None, next: None, fresh: false, app: None, bundle: false, unsent: 0, room_mib: None, now_ms: MORNING };
        self.world.store().receive(Delivery { envelopes, superseded: Vec::new(), seen, guards: Guards::default() }).unwrap();
        let name = Name { device, opening: OPENING, n };
        apply(&self.world.app, &[name]).unwrap();
        assert!(self.world.store().aside_item(name).unwrap().is_some(), "it came in");
        name
    }

    /// A remark on a door that is not the phone's.
    fn remark(&self, door: Id, note: &str) -> Name {
        let mut doc: Doc = self.world.store().document(door).unwrap().unwrap().doc;
        let bytes = doc.change(actor(Device(self.phone.number), OPENING), 0, |w| w.put("note", note)).unwrap().unwrap();
        self.bring(door, bytes)
    }

    fn note(&self, door: Id) -> String {
        self.world.store().document(door).unwrap().unwrap().doc.content().root.text("note")
    }

    async fn clerk(&self) -> SignedIn<'_> {
        self.world.desk("Ma", Role::Clerk, COMMUNITY).await
    }

    async fn json(&self, path: &str, desk: &SignedIn<'_>, csrf: &str) -> Answer {
        let headers = [("content-type", "application/json"), ("cookie", desk.cookie.as_str())];
        self.world.send(Method::POST, path, &headers, &json!({ "csrf": csrf }).to_string()).await
    }
}

#[tokio::test]
async fn a_record_is_read_escaped_and_adopted_after_asking_once_more() {
    let story = Story::begin().await;
    let desk = story.clerk().await;
    assert!(desk.get("/office/aside").await.body.contains("没有暂存的记录"));
    let name = story.remark(story.door, "<script>alert('狗凶')</script>");
    let list = desk.get("/office/aside").await;
    for there in
        ["&#60;script&#62;alert(&#39;狗凶&#39;)", "3 号楼 501", "马志强", "今天 08:00", "不在该信息员的网格里", "住户卡", "备注", "aria-current=\"page\""]
    {
        assert!(list.body.contains(there), "{there}: {}", list.body);
    }
    assert!(!list.body.contains("<script>a") && !list.body.contains("style="));
    assert!(!list.body.contains("method=\"post\" action=\"/office/aside"), "nothing is done from the list");

    let adopt = format!("/office/aside/{name}/adopt");
    assert!(list.body.contains(&adopt));
    let sure = desk.get(&adopt).await;
    assert!(sure.body.contains("采纳这条记录？") && sure.body.contains("&#60;script&#62;alert") && sure.body.contains("做了就不能撤回"), "{}", sure.body);
    assert_eq!(story.note(story.door), "", "a look changes nothing");
    let done = desk.post(&adopt, "").await;
    assert_eq!((done.status, done.header("location")), (303, "/office/inbox?kind=all&aside=adopted"));
    assert_eq!(story.note(story.door), "<script>alert('狗凶')</script>");
    let after = desk.get("/office/inbox?kind=all&aside=adopted").await;
    assert!(after.body.contains("已采纳，内容已写入") && after.body.contains("都清完了"), "{}", after.body);
    for again in [desk.get(&adopt).await, desk.post(&adopt, "").await] {
        assert_eq!(again.status, 404);
    }
    // The second time it says the same.
    story.remark(story.door, "晚上在家");
    let same = story.remark(story.door, "晚上在家");
    let [first, second] = [name.n + 1, same.n].map(|n| format!("/office/aside/{}/adopt", Name { n, ..name }));
    assert_eq!(desk.post(&first, "").await.header("location"), "/office/inbox?kind=all&aside=adopted");
    assert_eq!(desk.post(&second, "").await.header("location"), "/office/inbox?kind=all&aside=known");
    let english = desk.get("/office/inbox?lang=en&kind=all&aside=known").await;
    assert!(english.body.contains("Adopted: its content stood there already"), "{}", english.body);
    let report = rebuild::check(story.world.store()).unwrap();
    assert!(report.broken == 0 && report.documents_differ == 0 && report.rows_differ == 0, "{report:?}");
}

#[tokio::test]
async fn what_cannot_be_read_is_only_returned() {
    let story = Story::begin().await;
    let desk = story.clerk().await;
    let name = story.bring(story.door, b"no change at all".to_vec());
    let list = desk.get("/office/aside").await;
    assert!(
        list.body.contains("3 号楼 501") && list.body.contains("内容读不出来") && list.body.contains("格式不对") && !list.body.contains("/adopt"),
        "{}",
        list.body
    );
    let refused = desk.post(&format!("/office/aside/{name}/adopt"), "").await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("aside.unreadable"), "{}", refused.body);
    let back = format!("/office/aside/{name}/return");
    let sure = desk.get(&back).await;
    assert!(sure.body.contains("退回这条记录？"), "{}", sure.body);
    assert_eq!(desk.post(&back, "").await.header("location"), "/office/inbox?kind=all&aside=returned");
    assert!(story.world.store().aside_item(name).unwrap().is_none());
    assert!(desk.get("/office/inbox?kind=all&aside=returned").await.body.contains("已退回"));
    assert!(!desk.get("/office/inbox?kind=all&aside=%3Cb%3E").await.body.contains("role=\"status\""), "the address cannot put words on the page");
}

#[tokio::test]
async fn only_who_may_and_only_here() {
    let story = Story::begin().await;
    let name = story.remark(story.door, "只有本社区看得到");
    let adopt = format!("/office/aside/{name}/adopt");
    for (n, (role, area, see, shown, change)) in [
        (Role::Lead, "620102001", 200, true, 200),
        (Role::Supervisor, "620102001", 200, true, 403),
        (Role::Department, COMMUNITY, 200, true, 403),
        (Role::Delegate, COMMUNITY, 403, false, 403),
        (Role::Administrator, COMMUNITY, 403, false, 403),
        (Role::Clerk, NEIGHBOUR, 200, false, 404),
    ]
    .into_iter()
    .enumerate()
    {
        let desk = story.world.desk(&format!("S{n}"), role, area).await;
        let (list, sure) = (desk.get("/office/aside").await, desk.get(&adopt).await);
        assert_eq!((list.status, list.body.contains("只有本社区看得到")), (see, shown), "{role:?} {area}");
        assert_eq!((sure.status, list.body.contains(&adopt)), (change, change == 200), "{role:?} {area}");
        let rail = desk.get("/office").await.body;
        let offers = |place: &str| rail.contains(&format!("href=\"/office/{place}\""));
        // Whoever settles them finds them in the inbox.
        let settles = matches!(role, Role::Lead | Role::Clerk);
        assert_eq!((offers("aside"), offers("inbox")), (see == 200 && !settles, settles), "{role:?}");
        assert_eq!(desk.forged(&adopt, "").await.status, 403);
        for way in ["adopt", "return"].iter().filter(|_| change != 200) {
            assert_eq!(desk.post(&format!("/office/aside/{name}/{way}"), "").await.status, change, "{role:?} {way}");
            let csrf = desk.csrf().to_owned();
            assert_eq!(story.json(&format!("/v1/aside/{name}/{way}"), &desk, &csrf).await.status, change, "{role:?} {way}");
        }
        let asked = story.world.with_cookie(Method::GET, "/v1/aside", &desk.cookie).await;
        assert_eq!((asked.status, asked.body.contains("只有本社区看得到")), (see, shown), "{role:?} {area}");
    }
    assert_eq!(story.note(story.door), "", "nobody adopted it");
    assert_eq!(story.world.get("/office/aside").await.header("location"), "/office/sign-in");
}

#[tokio::test]
async fn a_door_of_another_community_is_neither_shown_nor_written_on() {
    let story = Story::begin().await;
    let desk = story.clerk().await;
    let name = story.remark(story.neighbours, "写到别的社区去了");
    let list = desk.get("/office/aside").await;
    assert!(list.body.contains("写到别的社区去了") && !list.body.contains("class=\"plate\""), "{}", list.body);
    let refused = desk.post(&format!("/office/aside/{name}/adopt"), "").await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("aside.place"), "{}", refused.body);
    assert_eq!(story.note(story.neighbours), "");
    let csrf = desk.csrf().to_owned();
    let asked = story.json(&format!("/v1/aside/{name}/adopt"), &desk, &csrf).await;
    assert_eq!((asked.status, asked.json()["code"].as_str()), (409, Some("aside.place")));
}

#[tokio::test]
async fn programs_ask_under_the_same_session() {
    let story = Story::begin().await;
    let (first, second) = (story.remark(story.door, "<b>狗凶</b>"), story.bring(story.door, b"no change".to_vec()));
    let nobody = story.world.get("/v1/aside").await;
    assert_eq!((nobody.status, nobody.json()["code"].as_str()), (401, Some("session.missing")));
    let desk = story.clerk().await;
    let list = story.world.with_cookie(Method::GET, "/v1/aside", &desk.cookie).await;
    assert_eq!((list.status, list.header("cache-control")), (200, "no-store"));
    let list = list.json();
    assert_eq!((list["community"].as_str(), list["aside"].as_array().map(Vec::len)), (Some(COMMUNITY), Some(2)));
    let one = &list["aside"][0];
    assert_eq!((one["item"].as_str(), one["officer"].as_str()), (Some(first.to_string().as_str()), Some("马志强")));
    assert_eq!((one["about"].as_str(), one["reason"].as_str(), one["readable"].as_bool()), (Some("card"), Some("out-of-scope"), Some(true)));
    assert_eq!(one["says"], json!([{"field": "note", "value": "<b>狗凶</b>"}]));
    assert_eq!((list["aside"][1]["readable"].as_bool(), list["aside"][1]["says"].as_array().map(Vec::len)), (Some(false), Some(0)));

    let csrf = list["csrf"].as_str().unwrap();
    let adopt = format!("/v1/aside/{first}/adopt");
    let forged = story.json(&adopt, &desk, "guess").await;
    assert_eq!((forged.status, forged.json()["code"].as_str()), (403, Some("form.stale")));
    let form = [("content-type", "application/x-www-form-urlencoded"), ("cookie", desk.cookie.as_str())];
    assert_eq!(story.world.send(Method::POST, &adopt, &form, &format!("csrf={csrf}")).await.status, 415, "what another site could send");
    let adopted = story.json(&adopt, &desk, csrf).await;
    assert_eq!((adopted.status, adopted.json()), (200, json!({"item": first.to_string(), "wrote": true})));
    assert_eq!(story.note(story.door), "<b>狗凶</b>");
    let again = story.json(&adopt, &desk, csrf).await;
    assert_eq!((again.status, again.json()["code"].as_str()), (404, Some("aside.unknown")));
    assert_eq!(story.json(&format!("/v1/aside/{second}/adopt"), &desk, csrf).await.json()["code"], "aside.unreadable");
    let returned = story.json(&format!("/v1/aside/{second}/return"), &desk, csrf).await;
    assert_eq!((returned.status, returned.json()["wrote"].as_bool()), (200, Some(false)));
    assert_eq!(story.json("/v1/aside/nothing/return", &desk, csrf).await.status, 404);
    let left = story.world.with_cookie(Method::GET, "/v1/aside", &desk.cookie).await.json();
    assert_eq!(left["aside"], json!([]));
}
