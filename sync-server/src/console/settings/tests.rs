use axum::http::Method;
use minqing_core::model::Role;
use serde_json::{Value, json};

use crate::testing::{Answer, COMMUNITY, MORNING, SignedIn, World};

const DAY: i64 = 24 * 3_600_000;

async fn put(world: &World, desk: &SignedIn<'_>, path: &str, seen: u32, value: Value) -> Answer {
    send(world, desk, path, json!({"csrf": desk.csrf(), "seen": seen, "value": value})).await
}

async fn send(world: &World, desk: &SignedIn<'_>, path: &str, body: Value) -> Answer {
    let headers = [("content-type", "application/json"), ("cookie", desk.cookie.as_str())];
    world.send(Method::PUT, &format!("/v1/settings/{path}"), &headers, &body.to_string()).await
}

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["code"].as_str().unwrap_or_default().to_owned())
}

fn safety(days: u16) -> Value {
    json!({"duty": "street", "handling": "escalated", "length": {"days": days}, "public": false})
}

async fn category(desk: &SignedIn<'_>, word: &str) -> Value {
    let all = desk.get("/v1/settings").await.json();
    all["categories"].as_array().unwrap().iter().find(|c| c["category"] == word).unwrap().clone()
}

#[tokio::test]
async fn a_category_begins_with_the_rules_and_keeps_who_changed_it() {
    let world = World::open();
    let desk = world.desk("Lead", Role::Lead, COMMUNITY).await;
    let begin = category(&desk, "utilities").await;
    let by_rule = json!({"category": "utilities", "duty": "department", "handling": "promised", "length": {"hours": 24}, "public": true, "department": null, "version": 0});
    assert_eq!(begin, by_rule);
    for (version, days) in [(1, 3), (2, 2)] {
        assert_eq!(put(&world, &desk, "categories/safety", version - 1, safety(days)).await.json(), json!({"version": version}));
    }
    let now = category(&desk, "safety").await;
    assert_eq!((&now["duty"], &now["length"], &now["version"]), (&json!("street"), &json!({"days": 2}), &json!(2)));
    let told = desk.get("/v1/settings/categories/safety").await.json();
    let once = |version: u32, days| json!({"version": version, "value": safety(days), "by": "Lead", "at_ms": MORNING, "from_ms": MORNING});
    assert_eq!((&told["version"], &told["history"]), (&json!(2), &json!([once(2, 2), once(1, 3)])));
    assert_eq!(desk.get("/v1/settings/categories/relief").await.json()["history"], json!([]));
}

#[tokio::test]
async fn who_has_not_seen_the_newest_version_is_refused_and_nothing_changes() {
    let world = World::open();
    let desk = world.desk("Lead", Role::Lead, COMMUNITY).await;
    assert_eq!(put(&world, &desk, "terms/sign", 0, json!({"length": {"days": 2}})).await.status, 200);
    for seen in [0, 2, u32::MAX] {
        assert_eq!(refused(&put(&world, &desk, "terms/sign", seen, json!({"length": {"days": 3}})).await), (409, "setting.changed".into()));
    }
    let terms = desk.get("/v1/settings").await.json()["terms"].clone();
    assert_eq!(terms.as_array().unwrap().len(), 8);
    assert!(terms.as_array().unwrap().contains(&json!({"clock": "sign", "length": {"days": 2}, "version": 1})));
}

#[tokio::test]
async fn what_does_not_fit_has_a_code() {
    let world = World::open();
    let desk = world.desk("Lead", Role::Lead, COMMUNITY).await;
    let with = |field: &str, value: Value| {
        let mut all = safety(1);
        all[field] = value;
        all
    };
    let relief = json!({"duty": "street", "handling": "papers", "length": {"days": 10}, "public": true});
    let decree = |days: Value| json!({"year": 2027, "days": days});
    let day = json!({"name": "元旦", "date": "2027-01-01", "isOffDay": true});
    let many = json!({"year": 2027, "papers": vec!["x".repeat(1000); 70], "days": [day.clone()]});
    for (path, value, status, code) in [
        ("categories/weather", safety(1), 404, "setting.unknown"),
        ("colours/red", safety(1), 404, "setting.unknown"),
        ("calendar/shipped", json!({"decrees": 3}), 404, "setting.unknown"),
        ("categories/safety", safety(0), 422, "setting.length"),
        ("categories/safety", safety(251), 422, "setting.length"),
        ("categories/safety", with("length", json!({"hours": 721})), 422, "setting.length"),
        ("categories/safety", with("duty", json!("nobody")), 422, "setting.malformed"),
        ("categories/safety", with("colour", json!("red")), 422, "setting.malformed"),
        ("categories/relief", relief, 422, "setting.public"),
        ("terms/publicity", json!({"length": {"days": 6}}), 422, "setting.length"),
        ("terms/accept", json!({"length": {"hours": 8}}), 422, "setting.length"),
        ("terms/handling", json!({"length": {"days": 8}}), 404, "setting.unknown"),
        ("calendar/2028", decree(json!([day])), 422, "calendar.other_year"),
        ("calendar/2027", decree(json!([day, day])), 422, "calendar.malformed"),
        ("calendar/2027", json!("text"), 422, "calendar.malformed"),
        ("calendar/2027", many, 422, "calendar.too_large"),
        ("calendar/hours", json!({"spans": [["09:00", "08:00"]]}), 422, "calendar.hours"),
        ("calendar/hours", json!({"spans": []}), 422, "calendar.hours"),
    ] {
        assert_eq!(refused(&put(&world, &desk, path, 0, value).await), (status, code.into()), "{path}");
    }
    for from_ms in [MORNING - 1, MORNING + 400 * DAY] {
        let late = json!({"csrf": desk.csrf(), "seen": 0, "from_ms": from_ms, "value": safety(1)});
        assert_eq!(refused(&send(&world, &desk, "categories/safety", late).await), (422, "setting.from".into()));
    }
    let twice = put(&world, &desk, "calendar/2027", 0, decree(json!([day, day]))).await.json();
    assert_eq!(twice["path"], "days[1].date");
    assert_eq!(world.store().settings().unwrap().len(), 1, "only what the program noted itself");
}

#[tokio::test]
async fn a_lead_or_administrator_sets_what_holds_for_all_only_with_the_right_in_all() {
    let world = World::open();
    let set = async |desk: &SignedIn<'_>, path: &str, value| put(&world, desk, path, 0, value).await.status;
    for (name, role) in [("C", Role::Clerk), ("H", Role::Department), ("S", Role::Supervisor), ("D", Role::Delegate)] {
        let desk = world.desk(name, role, COMMUNITY).await;
        assert_eq!(set(&desk, "categories/safety", safety(3)).await, 403, "{name}");
        assert_eq!(desk.get("/v1/settings").await.status, 200, "{name} reads what holds");
    }
    let lead = world.desk("L", Role::Lead, COMMUNITY).await;
    let forged = send(&world, &lead, "categories/safety", json!({"csrf": "guess", "seen": 0, "value": safety(3)})).await;
    assert_eq!(refused(&forged), (403, "form.stale".into()));
    crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
    assert_eq!(set(&lead, "categories/safety", safety(3)).await, 403, "not for the neighbours");
    let id = crate::admin::add_department(world.store(), &*world.clock, &*world.entropy, COMMUNITY, "水务", "").unwrap();
    let own = format!("departments/{id}");
    assert_eq!(put(&world, &lead, &own, 1, json!({"name": "水务所"})).await.status, 200, "the own department");
    let street = world.desk("A", Role::Administrator, "620102001").await;
    assert_eq!(set(&street, "categories/safety", safety(3)).await, 200);
    assert_eq!(world.get("/v1/settings").await.status, 401);
}

#[tokio::test]
async fn a_department_is_renamed_proposed_and_closed_and_its_history_stays() {
    let world = World::open();
    let desk = world.desk("Lead", Role::Lead, COMMUNITY).await;
    let add = |name: &str| crate::admin::add_department(world.store(), &*world.clock, &*world.entropy, COMMUNITY, name, "马春兰").unwrap();
    let (id, other) = (add("供水站"), add("城管办"));
    let path = format!("departments/{id}");
    let value = |name: &str, closed: bool| json!({"name": name, "answers": "马春兰", "closed": closed, "categories": ["utilities", "utilities"]});
    assert_eq!(put(&world, &desk, &path, 1, value("水务所", false)).await.status, 200);
    assert_eq!(category(&desk, "utilities").await["department"], json!(id.to_string()));
    assert_eq!(refused(&put(&world, &desk, &path, 2, value("城管办", false)).await), (409, "department.taken".into()));
    assert_eq!(refused(&put(&world, &desk, &path, 2, value(" ", false)).await), (422, "text.empty".into()));
    assert_eq!(put(&world, &desk, &path, 2, value("水务所", true)).await.json()["version"], 3);
    assert_eq!(category(&desk, "utilities").await["department"], json!(null), "closed");
    let told = desk.get(&format!("/v1/settings/{path}")).await.json();
    let names: Vec<_> = told["history"].as_array().unwrap().iter().map(|once| (once["value"]["name"].clone(), once["by"].clone())).collect();
    assert_eq!(names, [("水务所", "Lead"), ("水务所", "Lead"), ("供水站", "")].map(|(name, by)| (json!(name), json!(by))));
    let listed = desk.get("/v1/matters").await.json()["departments"].clone();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert!(listed.as_array().unwrap().iter().any(|d| d["id"] == other.to_string() && d["closed"] == false));
    // A new id is a new department; one of another community is not to be had.
    let new = minqing_core::Id([7; 16]);
    assert_eq!(put(&world, &desk, &format!("departments/{new}"), 0, json!({"name": "民政办"})).await.status, 200);
    crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
    let neighbour = world.desk("Neighbour", Role::Lead, "620102001002").await;
    for seen in [0, 1] {
        assert_eq!(refused(&put(&world, &neighbour, &format!("departments/{new}"), seen, json!({"name": "x"})).await), (404, "department.unknown".into()));
    }
    assert_eq!(neighbour.get(&format!("/v1/settings/departments/{new}")).await.status, 404);
}

#[tokio::test]
async fn the_calendar_is_set_part_by_part_and_says_which_year_lacks() {
    let world = World::open();
    let desk = world.desk("Lead", Role::Lead, COMMUNITY).await;
    world.sql(&format!("UPDATE session SET expires_ms = {}", MORNING * 2));
    let calendar = async || desk.get("/v1/settings").await.json()["calendar"].clone();
    let begin = calendar().await;
    assert_eq!((&begin["version"], &begin["missing"], &begin["parts"]), (&json!(20), &json!(null), &json!({})));
    let seen = async |path: &str| desk.get(path).await.body.contains("2027");
    assert!(!seen("/office").await);
    world.clock.turn(48 * DAY);
    assert_eq!(calendar().await["missing"], json!(2027), "it is 1 November");
    assert!(seen("/office").await && seen("/office/today").await);
    let day = json!({"name": "元旦", "date": "2027-01-01", "isOffDay": true});
    assert_eq!(put(&world, &desk, "calendar/2027", 0, json!({"year": 2027, "days": [day]})).await.status, 200);
    assert_eq!(put(&world, &desk, "calendar/own-days", 0, json!({"days": [{"name": "古尔邦节", "date": "2027-05-17", "isOffDay": true}]})).await.status, 200);
    assert_eq!(put(&world, &desk, "calendar/hours", 0, json!({"spans": [["09:00", "17:00"]]})).await.status, 200);
    let now = calendar().await;
    assert_eq!((&now["version"], &now["missing"], &now["parts"]), (&json!(23), &json!(null), &json!({"2027": 1, "own-days": 1, "hours": 1})));
    assert!(!seen("/office").await);
}
