mod deeds;
mod letters;
mod visits;
mod window;

use axum::http::Method;
use minqing_core::{
    Id,
    event::{Accept, Assign, Feedback, Outcome, Said},
    model::{Address, Category, EventCode, FeedbackWay, HandlingType, NewHousehold, NewMatter, NewResident, Proof, Role, Solved},
};

use crate::{
    admin,
    pipeline::{self, Registration, Then, register},
    slip::{self, Made},
    sync,
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
        let (by, code) = (world.officer(), made.code.clone());
        let registration = Registration { id: matter, community: COMMUNITY.into(), by, role: Role::Officer, new, code, then: Then::Waits };
        register(&world.app, &registration).unwrap();
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
