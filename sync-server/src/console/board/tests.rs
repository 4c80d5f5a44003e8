//! The board: what stands where, by what is asked for, and nothing of another community.

use minqing_core::{
    Id,
    clock::DAY_MS,
    model::{EventCode, NewMatter, Role},
};

use crate::{
    admin,
    pipeline::{Deed, Registration, Texts, Then, act, register},
    testing::{COMMUNITY, MORNING, SignedIn, World},
};

const ELSEWHERE: &str = "620102001002";

/// A matter of a community in a state, with its lamp, and due in so many days; under one day = overdue.
fn matter(world: &World, n: u8, community: &str, state: &str, lamp: &str, days: Option<i64>) {
    let due = days.map_or(i64::MAX, |days| MORNING + days * DAY_MS);
    world.sql(&format!(
        "INSERT INTO matter_row(id, community, household, code, kind, channel, category, text, place, state, officer, at_ms, register, lamp, due_ms, hand)
         VALUES(x'{n:032x}', '{community}', NULL, 'K702115{n}', 'complaint', 'window', 'utilities', '第{n}件 <b>', '北门', '{state}', x'{:032x}', {}, x'{:032x}',
                '{lamp}', {due}, (SELECT id FROM staff WHERE name = 'Ma' AND {n} = 2))",
        9,
        MORNING - 3_600_000,
        n
    ));
}

async fn filled(world: &World) -> SignedIn<'_> {
    let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
    for (n, state, lamp, days) in [
        (1, "registered", "none", Some(1)),
        (2, "handling", "none", Some(-4)),
        (3, "handling", "yellow", Some(0)),
        (4, "papers", "none", None),
        (5, "follow_up", "none", Some(9)),
        (6, "closed", "none", None),
    ] {
        // Due at noon, so that today's is still to come.
        matter(world, n, COMMUNITY, state, lamp, days);
    }
    world.sql(&format!("UPDATE matter_row SET due_ms = due_ms + {} WHERE due_ms < {}", 3 * 3_600_000, i64::MAX));
    matter(world, 7, ELSEWHERE, "handling", "red", Some(-1));
    desk
}

/// The id of that matter, as it stands in addresses.
fn id(n: u8) -> String {
    let mut id = [0; 16];
    id[15] = n;
    Id(id).to_string()
}

/// The numbers of the matters on a page, in its order.
fn on(page: &str) -> Vec<u8> {
    page.split("<h4>").skip(1).filter_map(|card| card.split('第').nth(1)?.split('件').next()?.parse().ok()).collect()
}

#[tokio::test]
async fn each_filter_has_an_address_and_shows_its_matters() {
    let world = World::open();
    let desk = filled(&world).await;
    let whole = desk.get("/office/line").await;
    assert_eq!((whole.status, on(&whole.body)), (200, vec![1, 2, 3, 4, 5]), "what is due first comes first, what has ended is not there");
    for there in ["在办 5 件", "1 件超期", "1 件亮黄灯", "第1件 &#60;b&#62;", "超 1 个工作日"] {
        assert!(whole.body.contains(there), "{there} is not in {}", whole.body);
    }
    assert!(!whole.body.contains("style="));
    for (address, shown) in [
        ("mine=1", vec![2]),
        ("due=overdue", vec![2]),
        ("due=today", vec![3]),
        ("lamp=yellow", vec![3]),
        ("lamp=red&mine=1", vec![2]),
        ("category=housing", vec![]),
        ("state=handling", vec![2, 3]),
        (&*format!("state=handling&after={}", id(2)), vec![3]),
        ("state=closed", vec![6]),
        (&*format!("grid={COMMUNITY}001"), vec![]),
    ] {
        for part in ["line", "line/lanes"] {
            let page = desk.get(&format!("/office/{part}?{address}")).await;
            assert_eq!((page.status, on(&page.body)), (200, shown.clone()), "{part} {address}");
        }
    }
    assert!(whole.body.contains("我经手的 <span class=\"count\">1</span>") && whole.body.contains("今天到期 <span class=\"count\">1</span>"));
}

#[tokio::test]
async fn what_lies_at_my_department_is_mine_and_what_lies_at_none_is_nobodys() {
    let world = World::open();
    let desk = filled(&world).await;
    admin::add_department(world.store(), &*world.app.clock, &*world.app.entropy, COMMUNITY, "市政养护所", "").unwrap();
    admin::put_to_work(world.store(), COMMUNITY, "市政养护所", "Ma").unwrap();
    assert_eq!(on(&desk.get("/office/line?mine=1").await.body), [2], "no department answers for any");
    world.sql("UPDATE matter_row SET department = (SELECT id FROM department) WHERE state = 'papers'");
    assert_eq!(on(&desk.get("/office/line?mine=1").await.body), [2, 4]);
}

#[tokio::test]
async fn what_i_registered_is_mine_whatever_its_resident_does() {
    let world = World::open();
    let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
    let id = Id::timed(MORNING, &[1; 10]);
    let [kind, channel, category, affected] = ["complaint", "hall", "safety", "stairwell"].map(str::to_owned);
    let new = NewMatter { kind, channel, category, affected, text: "第1件".into(), community: COMMUNITY.into(), ..NewMatter::default() };
    let by = world.store().staff_named("Ma").unwrap().unwrap().0.id;
    register(&world.app, &Registration { id, community: COMMUNITY.into(), by, role: Role::Clerk, new, code: "K7021150".into(), then: Then::Waits }).unwrap();
    assert_eq!(on(&desk.get("/office/line?mine=1").await.body), [1]);
    let (by, code, payload) = (Id::resident(id), EventCode::Withdraw, vec![0xa0]);
    let withdraws = Deed { matter: id, by, role: Role::Resident, works_for: Vec::new(), code, payload, texts: Texts::default(), saw: 1 };
    act(&world.app, &withdraws).unwrap();
    assert_eq!(on(&desk.get("/office/line?mine=1").await.body), [1], "of safety a second person has to agree");
}

#[tokio::test]
async fn an_address_that_cannot_be_read_says_which_part() {
    let world = World::open();
    let desk = filled(&world).await;
    for (address, status, code) in [
        ("lamp=blue", 422, "code.unknown"),
        ("state=song", 422, "code.unknown"),
        ("after=7", 422, "code.unknown"),
        ("grid=620102001002001", 404, "grid.unknown"),
        ("department=%3Cscript%3E", 422, "code.unknown"),
    ] {
        let page = desk.get(&format!("/office/line?{address}")).await;
        assert!(page.status == status && page.body.contains(code), "{address}: {} {}", page.status, page.body);
    }
    let delegate = world.desk("Zhou", Role::Delegate, COMMUNITY).await;
    for address in ["/office/line", "/office/line/lanes", "/office/search"] {
        assert_eq!(delegate.get(address).await.status, 403, "{address}");
    }
    assert_eq!(delegate.post("/office/line/print", &format!("matter={}.0", id(1))).await.status, 403);
    assert!(!delegate.get("/office").await.body.contains("/office/line"));
}

#[tokio::test]
async fn several_at_once_are_bounded_and_of_this_desk() {
    let world = World::open();
    let desk = filled(&world).await;
    let of = |n: u8| format!("matter={}.1", id(n));
    for (form, code) in [
        ("event=urge".to_owned(), "line.none"),
        (format!("event=void&{}", of(1)), "code.unknown"),
        (format!("event=urge&{}", vec![of(1); 201].join("&")), "line.too_many"),
        // Of another community: as if it were not there.
        (format!("event=urge&{}", of(7)), "matter.unknown"),
    ] {
        let page = desk.post("/office/line/do?mine=1", &form).await;
        assert!(page.status == 409 && page.body.contains(code) && page.body.contains("aria-current=\"true\""), "{code}: {} {}", page.status, page.body);
        assert!(!page.body.contains("K702-1157"), "another community's code");
    }
    assert_eq!(desk.forged("/office/line/do", &format!("event=urge&{}", of(1))).await.status, 403);
    assert_eq!(desk.forged("/office/line/print", &of(1)).await.status, 403);
    let list = desk.post("/office/line/print", &format!("{}&{}", of(1), of(7))).await;
    assert!(list.body.contains("第1件 &#60;b&#62;") && !list.body.contains("第7件"), "{}", list.body);
}
