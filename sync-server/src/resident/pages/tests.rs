use axum::http::Method;
use minqing_core::{
    Id,
    event::{Accept, Assign, Feedback, Other, Outcome, Refuse, Said},
    model::{Address, Category, EventCode, FeedbackWay, HandlingType, HouseholdEdit, NewHousehold, NewMatter, NewResident, Proof, RefuseReason, Role, Solved},
};
use serde_json::json;

use crate::{
    admin, pipeline,
    slip::{self, Made},
    sync::{self, Registering, register},
    testing::{Answer, COMMUNITY, MORNING, World},
};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const CLERK: Id = Id([7; 16]);
const LEAD: Id = Id([6; 16]);
const HANDLER: Id = Id([5; 16]);
/// What must stand on no page that a resident opens: the name, the telephone and the room of the door, and who works there.
const PRIVATE: [&str; 4] = ["王秀兰", "09310127765", "东门", "马志强"];

/// A matter at a door, registered with a slip, and the browser of whoever holds it.
struct Home<'w> {
    world: &'w World,
    matter: Id,
    made: Made,
    cookie: String,
}

impl<'w> Home<'w> {
    fn new(world: &'w World, n: u8, category: Category) -> Self {
        let address = Address { community: COMMUNITY.into(), building: "3".into(), stairwell: "2".into(), room: format!("东门{n}"), ..Address::default() };
        let resident = NewResident { name: "王秀兰".into(), phone: "09310127765".into(), ..NewResident::default() };
        let card = NewHousehold { grid: format!("{COMMUNITY}001"), address, residents: vec![resident], ..NewHousehold::default() };
        let (household, _) = sync::add_households(&world.app, &[card]).unwrap()[0];
        let made = slip::make(&world.app, COMMUNITY, 1).unwrap().remove(0);
        let matter = Id::timed(MORNING, &[n; 10]);
        let who = Registering { matter, by: world.officer(), role: Role::Officer, community: COMMUNITY.into() };
        let new = NewMatter {
            kind: "complaint".into(),
            channel: "door".into(),
            category: category.word().into(),
            text: "王秀兰说楼道灯不亮".into(),
            household: household.to_string(),
            affected: "household".into(),
            slip: made.code.clone(),
            ..NewMatter::default()
        };
        register(&world.app, &who, &new).unwrap();
        Self { world, matter, made, cookie: String::new() }
    }

    /// Shows the slip, as a browser does.
    async fn open(mut self) -> Self {
        let answer = look_up(self.world, &self.made.code, &self.made.pin).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/m/mine"), "{}", answer.body);
        self.cookie = answer.cookie("minqing_slip").unwrap();
        self
    }

    async fn get(&self, path: &str) -> Answer {
        let answer = self.world.with_cookie(Method::GET, path, &self.cookie).await;
        for said in PRIVATE {
            assert!(!answer.body.contains(said), "{said} stands on {path}: {}", answer.body);
        }
        let untold = answer.body.split(['>', '<', '"']).find(|text| text.starts_with("home-") && !text.contains(' '));
        assert_eq!(untold.filter(|key| *key != "home-"), None, "a key of the catalogue stands on {path}");
        answer
    }

    async fn post(&self, path: &str, form: &str) -> Answer {
        let csrf = self.get("/m/mine").await.hidden("csrf");
        self.send(path, &format!("csrf={csrf}&{form}")).await
    }

    async fn send(&self, path: &str, body: &str) -> Answer {
        self.world.send(Method::POST, path, &[FORM, ("cookie", &self.cookie)], body).await
    }

    fn does(&self, by: Id, role: Role, code: EventCode, said: Said, public: &str) {
        let texts = pipeline::Texts { public: public.into(), ..pipeline::Texts::default() };
        let saw = self.world.store().kept_matter(self.matter).unwrap().unwrap().judged;
        let works_for = if role == Role::Department { vec![HANDLER] } else { Vec::new() };
        pipeline::act(&self.world.app, &pipeline::Deed { matter: self.matter, by, role, works_for, code, payload: said.encode(), texts, saw }).unwrap();
    }

    /// To where its resident is asked for a rating.
    fn told(&self) {
        let promised = Accept { handling: HandlingType::Promised, days: Some(5), place: None, category: None };
        self.does(CLERK, Role::Clerk, EventCode::Accept, Said::Accept(promised), "");
        self.does(CLERK, Role::Clerk, EventCode::Assign, Said::Assign(Assign { to: HANDLER }), "");
        self.does(Id([4; 16]), Role::Department, EventCode::Sign, Said::Nothing, "");
        let outcome = Outcome { solved: Solved::Yes, fen: 0, contributions: Vec::new() };
        self.does(Id([4; 16]), Role::Department, EventCode::Result, Said::Outcome(outcome), "灯换好了。");
        self.does(LEAD, Role::Lead, EventCode::Pass, Said::Nothing, "");
        let reached = Feedback { of: self.matter, way: FeedbackWay::Individual, reached: true, proof: Proof::None };
        self.does(CLERK, Role::Clerk, EventCode::Feedback, Said::Feedback(reached), "");
    }

    /// The sentence for where it stands.
    async fn answer(&self) -> String {
        let page = self.get("/m/mine").await;
        let begin = page.body.split("id=\"answer\">").nth(1).unwrap_or_else(|| panic!("{} {}", page.status, page.body));
        begin.split('<').next().unwrap().to_owned()
    }

    fn state(&self) -> String {
        self.world.store().matter_row(self.matter).unwrap().unwrap().state
    }
}

async fn look_up(world: &World, code: &str, pin: &str) -> Answer {
    let page = world.get("/m").await;
    let form = page.cookie("minqing_form").unwrap();
    let body = format!("code={code}&pin={pin}&token={}", page.hidden("token"));
    world.send(Method::POST, "/m", &[FORM, ("cookie", &form)], &body).await
}

#[tokio::test]
async fn a_slip_opens_its_matter_for_half_an_hour_by_a_cookie_that_goes_nowhere_else() {
    let world = World::open();
    let home = Home::new(&world, 1, Category::Utilities);
    let answer = look_up(&world, &minqing_core::ids::shown(&home.made.code).to_lowercase(), &home.made.pin).await;
    let set = answer.headers.get_all("set-cookie").into_iter().map(|v| v.to_str().unwrap()).find(|c| c.starts_with("minqing_slip=")).unwrap();
    assert!(set.ends_with("; HttpOnly; SameSite=Strict; Path=/m; Max-Age=1800"), "{set}");
    let page = world.get("/m").await;
    let form = page.cookie("minqing_form").unwrap();
    let body = format!("code={}&pin={}&token={}", home.made.code, home.made.pin, page.hidden("token"));
    let safe = world.send(Method::POST, "/m", &[FORM, ("cookie", &form), ("x-forwarded-proto", "https")], &body).await;
    assert!(safe.headers.get_all("set-cookie").into_iter().any(|c| c.to_str().unwrap().ends_with("; Max-Age=1800; Secure")));

    let home = home.open().await;
    let mine = home.get("/m/mine").await;
    assert_eq!((mine.status, mine.header("cache-control")), (200, "no-store"));
    assert!(mine.body.contains(&minqing_core::ids::shown(&home.made.code)) && !mine.body.contains(&home.made.pin));
    let nobody = world.get("/m/mine").await;
    assert_eq!((nobody.status, nobody.header("location")), (303, "/m"));
    world.clock.turn(30 * 60_000);
    let ended = home.world.with_cookie(Method::GET, "/m/mine", &home.cookie).await;
    assert_eq!((ended.status, ended.header("location"), ended.cookie("minqing_slip").unwrap().as_str()), (303, "/m?ended=1", "minqing_slip="));

    let home = home.open().await;
    assert_eq!(home.send("/m/done", "csrf=guess").await.status, 403);
    let left = home.post("/m/done", "").await;
    assert_eq!((left.status, left.header("location"), left.header("clear-site-data")), (303, "/m?left=1", "\"cache\""));
    assert_eq!(left.cookie("minqing_slip").unwrap(), "minqing_slip=");
    assert!(world.get("/m?left=1").await.body.contains("没有留下"));
}

#[tokio::test]
async fn what_does_not_open_is_said_with_the_way_out_and_guessing_shuts_the_door() {
    let world = World::with("[tries]\npin_at_once = 3\n[office]\nphone = '0931 012 3456'");
    let home = Home::new(&world, 1, Category::Utilities);
    let wrong = look_up(&world, &home.made.code, "000000x").await;
    assert_eq!(wrong.status, 401);
    assert!(wrong.body.contains("slip.wrong") && wrong.body.contains(&minqing_core::ids::shown(&home.made.code)) && !wrong.body.contains("000000x"));
    assert!(wrong.body.contains("tel:09310123456") && wrong.cookie("minqing_slip").is_none());
    let other = look_up(&world, "00000000", "000000x").await;
    let same = |page: &str| page.lines().filter(|l| !l.contains("value=")).collect::<String>();
    assert_eq!((other.status, same(&other.body)), (401, same(&wrong.body)), "whether there is such a code is not said");
    look_up(&world, &home.made.code, "1").await;
    look_up(&world, &home.made.code, "2").await;
    let shut = look_up(&world, &home.made.code, &home.made.pin).await;
    assert_eq!((shut.status, shut.headers.contains_key("retry-after")), (429, true), "the right one waits too");
    assert!(shut.body.contains("tries.too_many") && shut.body.contains("分钟"), "{}", shut.body);

    let unused = slip::make(&world.app, COMMUNITY, 1).unwrap().remove(0);
    let early = look_up(&world, &unused.code, &unused.pin).await;
    assert!(early.status == 404 && early.body.contains("还没有登记") && early.cookie("minqing_slip").is_none(), "{}", early.body);
    let forged = world.send(Method::POST, "/m", &[FORM], &format!("code={}&pin={}&token=AAAA", unused.code, unused.pin)).await;
    assert!(forged.status == 403 && forged.body.contains("form.stale"));
    let scanned = world.get("/m/k7021150").await;
    assert!(scanned.status == 200 && scanned.body.contains("value=\"K702-1150\""));
    let hostile = world.get("/m/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    assert!(hostile.status == 200 && !hostile.body.contains("<script"), "{}", hostile.body);
    let lost = world.get("/m/nothing/here").await;
    assert_eq!((lost.status, lost.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(world.with_cookie(Method::GET, "/m", "look-view=elder").await.body.contains("data-view=\"elder\""));
    assert!(world.with_cookie(Method::GET, "/m", "look-view=\"><script>").await.body.contains("data-place=\"door\">"));
}

#[tokio::test]
async fn each_step_is_one_sentence_with_who_and_by_when() {
    let world = World::open();
    let department = admin::add_department(world.store(), &*world.clock, &*world.entropy, COMMUNITY, "物业维修班", "张永平").unwrap();
    let home = Home::new(&world, 1, Category::Utilities).open().await;
    assert_eq!(home.answer().await, "您的事收下了，正在看由谁来办。");
    let promised = Accept { handling: HandlingType::Promised, days: Some(5), place: None, category: None };
    home.does(CLERK, Role::Clerk, EventCode::Accept, Said::Accept(promised), "");
    home.does(CLERK, Role::Clerk, EventCode::Assign, Said::Assign(Assign { to: department }), "");
    assert_eq!(home.answer().await, "您的事已经交给物业维修班，等他们接手。");
    let page = home.get("/m/mine").await.body;
    assert!(page.contains("张永平") && page.contains("答应您") && page.contains("从 今天 08:00 起算"), "{page}");
    let sign = pipeline::Deed {
        matter: home.matter,
        by: HANDLER,
        role: Role::Department,
        works_for: vec![department],
        code: EventCode::Sign,
        payload: Said::Nothing.encode(),
        texts: pipeline::Texts::default(),
        saw: 9,
    };
    pipeline::act(&world.app, &sign).unwrap();
    assert_eq!(home.answer().await, "物业维修班正在办您的事。");
    let outcome = Outcome { solved: Solved::Yes, fen: 0, contributions: Vec::new() };
    let texts = pipeline::Texts { text: "内部的话".into(), public: "灯换好了。".into(), ..pipeline::Texts::default() };
    pipeline::act(&world.app, &pipeline::Deed { code: EventCode::Result, payload: Said::Outcome(outcome).encode(), texts, ..sign.clone() }).unwrap();
    assert_eq!(home.answer().await, "结果已经写好，书记正在看。");
    assert!(!home.get("/m/mine").await.body.contains("灯换好了"), "before a second person read it");
    home.does(LEAD, Role::Lead, EventCode::Pass, Said::Nothing, "");
    assert_eq!(home.answer().await, "有结果了，正在告诉您。");
    let page = home.get("/m/mine").await.body;
    assert!(page.contains("灯换好了。") && !page.contains("内部的话"));
    let english = home.get("/m/mine?lang=en").await.body;
    assert!(english.contains("There is a result") && english.contains("lang=\"en\""), "{english}");
}

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

/// The letter box's form: its cookie, its token and its id.
async fn letter(world: &World) -> (String, String, String) {
    let page = world.get("/m/letter").await;
    (page.cookie("minqing_form").unwrap(), page.hidden("token"), page.hidden("once"))
}

#[tokio::test]
async fn a_letter_is_a_matter_whose_code_and_pin_are_shown_once() {
    let world = World::with("[tries]\ncode_at_once = 3");
    let (cookie, token, once) = letter(&world).await;
    let send = async |form: &str| world.send(Method::POST, "/m/letter", &[FORM, ("cookie", &cookie)], form).await;
    let whole = format!("token={token}&once={once}&community={COMMUNITY}&kind=complaint&category=utilities&place=3号楼&reach=1380000&text=");
    let long = send(&format!("{whole}{}", "长".repeat(2_001))).await;
    assert!(
        long.status == 422 && long.body.contains("text.too_long") && long.body.contains("长长长") && long.body.contains("value=\"3号楼\""),
        "{}",
        long.status
    );
    let empty = send(&whole).await;
    assert!(empty.status == 422 && empty.body.contains("why-text") && empty.hidden("once") == once);
    let stale = send(&whole.replace(&token, "AAAA")).await;
    assert!(stale.status == 403 && stale.body.contains("form.stale"));
    let other = send(&format!("{whole}灯&x=").replace(COMMUNITY, "620102001002")).await;
    assert!(other.status == 422 && other.body.contains("community.unknown"), "{}", other.body);

    let sent = send(&format!("{whole}%3Cscript%3Ealert(1)%3C%2Fscript%3E楼道灯不亮")).await;
    assert_eq!((sent.status, sent.header("cache-control")), (200, "no-store"), "{}", sent.body);
    let shown = |id: &str| sent.body.split(&format!("id=\"{id}\">")).nth(1).unwrap().split('<').next().unwrap().to_owned();
    let (code, pin) = (shown("new-code"), shown("new-pin"));
    let matter: Id = once.parse().unwrap();
    let row = world.store().matter_row(matter).unwrap().unwrap();
    assert_eq!((row.channel.as_str(), row.place.as_str(), row.state.as_str()), ("platform", "3号楼", "registered"));
    assert_eq!(row.text, "<script>alert(1)</script>楼道灯不亮\n联系：1380000");
    let twice = send(&format!("{whole}楼道灯不亮")).await;
    assert!(twice.status == 409 && twice.body.contains("letter.sent") && !twice.body.contains(&pin), "{}", twice.body);
    let many = send(&format!("{whole}楼道灯不亮")).await;
    assert!(many.status == 429 && many.headers.contains_key("retry-after") && many.body.contains("楼道灯不亮"), "{}", many.status);
    assert_eq!(world.store().matters_in(COMMUNITY, None, None, 9).unwrap().len(), 1);

    let opened = look_up(&world, &code, &pin).await;
    let mine = world.with_cookie(Method::GET, "/m/mine", &opened.cookie("minqing_slip").unwrap()).await;
    assert!(mine.body.contains("您的事收下了") && !mine.body.contains("<script>") && !mine.body.contains("1380000"), "{}", mine.body);
    assert!(crate::rebuild::check(world.store()).unwrap().is_good());
}

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
