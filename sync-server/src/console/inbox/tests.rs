//! The inbox, from a card's appearing to its being taken back.

use minqing_core::{
    Id,
    document::{conflicts, dispute},
    ids::{Device, Opening, actor},
    model::{Address, NewHousehold, NewResident, Role},
};

use crate::{
    admin, rebuild,
    sync::{add_households, in_one, write_document},
    testing::{Answer, COMMUNITY, SignedIn, World},
};

fn household(world: &World, room: &str, note: &str, who: &[(&str, &str)]) -> Id {
    let address = Address { community: COMMUNITY.into(), building: "3".into(), stairwell: "2".into(), room: room.into(), ..Address::default() };
    let residents = who.iter().map(|(name, phone)| NewResident { name: (*name).into(), phone: (*phone).into(), ..NewResident::default() }).collect();
    let new = NewHousehold { grid: format!("{COMMUNITY}001"), address, note: note.into(), residents };
    add_households(&world.app, &[new]).unwrap()[0].0
}

/// Two phones write into a field, not knowing of each other.
fn quarrel(world: &World, doc: Id, field: &str, values: [&str; 2]) {
    let mut phone = 6;
    let mut next = || {
        phone += 1;
        actor(Device(phone), Opening([7; 5]))
    };
    in_one(&world.app, &mut |a| {
        let kept = a.unit.document(doc)?.unwrap();
        let values = values.map(str::to_owned);
        write_document(a, doc, kept, |doc| dispute(doc, &mut next, 1_789_000_000, field, &values))
    })
    .unwrap();
}

fn values(world: &World, doc: Id) -> Vec<Vec<String>> {
    let doc = world.store().document(doc).unwrap().unwrap().doc;
    conflicts(&doc).into_iter().map(|c| c.values.into_iter().map(|told| told.value).collect()).collect()
}

/// Chooses one of the values.
async fn pick(desk: &SignedIn<'_>, doc: Id, seen: &str, value: &str) -> Answer {
    let pick = crate::inbox::short_hash(value);
    desk.post("/office/inbox/edit", &format!("kind=all&doc={doc}&field=note&seen={seen}&pick={pick}&next=e-1")).await
}

/// Writes another one.
async fn write(desk: &SignedIn<'_>, doc: Id, seen: &str, value: &str) -> Answer {
    desk.post("/office/inbox/edit", &format!("kind=all&doc={doc}&field=note&seen={seen}&value={value}&next=e-1")).await
}

fn is_sound(world: &World) {
    let report = rebuild::check(world.store()).unwrap();
    assert!(report.is_good(), "{report:?}");
}

#[tokio::test]
async fn a_field_with_two_values_is_settled_counted_and_taken_back() {
    let world = World::open();
    let doc = household(&world, "501", "耳背", &[]);
    quarrel(&world, doc, "note", ["狗凶", "白天没人"]);
    let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
    let page = desk.get("/office/inbox").await;
    assert_eq!(page.status, 200);
    for there in ["备注，两处不同", "3 号楼 2 单元 501", "狗凶", "白天没人", "今天已清 0 张，还剩 1 张", "aria-keyshortcuts=\"1\""] {
        assert!(page.body.contains(there), "{there} is not in {}", page.body);
    }
    assert!(page.body.contains("狗凶。白天没人") || page.body.contains("白天没人。狗凶"), "both together are proposed: {}", page.body);
    assert!(!page.body.contains("style=") && page.body.contains("收件核对<span class=\"count\">1</span>"));
    assert!(
        desk.get("/office/inbox?kind=door").await.body.contains("class=\"empty\"") && desk.get("/office/inbox/left?had=0").await.body.contains("又来了 1 张")
    );

    let seen = page.hidden("seen");
    let done = pick(&desk, doc, &seen, "狗凶").await;
    assert_eq!(done.status, 303);
    let at = done.header("location").to_owned();
    assert!(at.starts_with("/office/inbox?kind=all&did=") && at.ends_with("#e-1"), "{at}");
    assert_eq!(values(&world, doc), Vec::<Vec<String>>::new());
    let page = desk.get(at.split('#').next().unwrap()).await;
    for there in ["3 号楼 2 单元 501 备注用「狗凶」", "class=\"empty\"", "今天已清 1 张，还剩 0 张"] {
        assert!(page.body.contains(there), "{there}: {}", page.body);
    }
    is_sound(&world);

    // What is taken back is asked once more, with those who wrote it.
    let decision = page.hidden("decision");
    assert!(desk.get("/office/inbox?kind=done").await.body.contains(&decision));
    let undone = desk.post("/office/inbox/undo", &format!("kind=all&decision={decision}")).await;
    assert!(undone.header("location").contains("undid="), "{}", undone.body);
    let mut again = values(&world, doc).remove(0);
    again.sort();
    assert_eq!(again, ["狗凶", "白天没人"]);
    let page = desk.get("/office/inbox").await;
    assert!(page.body.contains("还剩 1 张") && page.body.contains("不知道是谁写的") && !page.body.contains("办公室 ·"), "{}", page.body);
    is_sound(&world);
    let twice = desk.post("/office/inbox/undo", &format!("kind=all&decision={decision}")).await;
    assert!(twice.status == 409 && twice.body.contains("decision.undone"));

    // A third value, as long as the field takes it.
    let seen = page.hidden("seen");
    let long = "a".repeat(2_001);
    let refused = write(&desk, doc, &seen, &long).await;
    assert!(refused.body.contains("href=\"/office/inbox\""), "the rail stays whole: {}", refused.body);
    assert!(refused.status == 422 && refused.body.contains("text.too_long") && refused.body.contains(&long), "what was typed stays: {}", refused.body);
    assert_eq!(write(&desk, doc, &seen, "%E9%83%BD%E5%AF%B9%0D%0A").await.status, 303);
    assert_eq!(world.store().document(doc).unwrap().unwrap().doc.content().root.text("note"), "都对");
}

#[tokio::test]
async fn a_value_is_chosen_as_it_was_written_and_what_two_answer_for_is_no_card() {
    let world = World::open();
    let doc = household(&world, "501", "耳背", &[]);
    quarrel(&world, doc, "note", ["狗凶\n 白天没人 ", "在家"]);
    let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
    let seen = desk.get("/office/inbox").await.hidden("seen");
    assert_eq!(pick(&desk, doc, &seen, "狗凶\n 白天没人 ").await.status, 303);
    assert_eq!(world.store().document(doc).unwrap().unwrap().doc.content().root.text("note"), "狗凶\n 白天没人 ");
    assert!(pick(&desk, doc, &seen, "没有这个").await.body.contains("card.settled"));
    // Which doors are one is said by a decision alone.
    in_one(&world.app, &mut |a| {
        let kept = a.unit.document(doc)?.unwrap();
        write_document(a, doc, kept, |doc| Ok(doc.change([9; 8], 0, |w| w.put("into", "x"))?.into_iter().collect()))
    })
    .unwrap();
    quarrel(&world, doc, "into", ["a", "b"]);
    assert!(desk.get("/office/inbox").await.body.contains("class=\"empty\""));
    let forged = desk.post("/office/inbox/edit", &format!("doc={doc}&field=into&seen=x&value=a")).await;
    assert!([404, 409].contains(&forged.status), "{}", forged.body);
}

#[tokio::test]
async fn a_merge_drops_no_word_and_is_taken_back_only_as_it_was_left() {
    let world = World::open();
    let a = household(&world, "302", "耳背", &[("租户", "0931 012 7765"), ("赵福全", "0931 012 7765")]);
    let b = household(&world, "3 东", "狗凶", &[("租户", "0931 012 9999"), ("赵福全", "0931 012 7765")]);
    let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
    let merge = async || desk.post("/office/inbox/door", &format!("kind=door&a={a}&b={b}&how=a")).await;
    let card = |id: Id| minqing_core::view::card(id, &world.store().document(id).unwrap().unwrap().doc.content());
    // A field that holds two values is settled first.
    quarrel(&world, b, "note", ["狗凶", "白天没人"]);
    let refused = merge().await;
    assert!(refused.status == 409 && refused.body.contains("card.disputed"), "{}", refused.body);
    let seen = desk.get("/office/inbox?kind=edit").await.hidden("seen");
    pick(&desk, b, &seen, "狗凶").await;
    assert_eq!(merge().await.status, 303);
    let telephones: Vec<String> = card(a).residents.into_iter().filter(|r| r.name == "租户").map(|r| r.phone).collect();
    assert_eq!(telephones.len(), 2, "another telephone is another tenant: {telephones:?}");
    is_sound(&world);
    let decision = desk.get("/office/inbox?kind=done").await.hidden("decision");
    let undo = async || desk.post("/office/inbox/undo", &format!("kind=door&decision={decision}")).await;
    // What an officer wrote since is not thrown away.
    quarrel(&world, a, "note", ["后来写的", "后来写的"]);
    let late = undo().await;
    assert!(late.status == 409 && late.body.contains("decision.overtaken"), "{}", late.body);
    assert_eq!(world.store().merged_into(a).unwrap(), [b]);
}

#[tokio::test]
async fn an_erasure_leaves_no_word_in_decisions_and_finds_the_person_at_both_doors() {
    let world = World::open();
    let a = household(&world, "302", "", &[("王兰", ""), ("赵福全", "0931 012 7765")]);
    let b = household(&world, "3 东", "找王秀兰女儿", &[("赵福全", "0931 012 7765"), ("王秀兰", "0931 012 1234")]);
    quarrel(&world, b, "note", ["找王秀兰女儿", "没人"]);
    let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
    let seen = desk.get("/office/inbox?kind=edit").await.hidden("seen");
    pick(&desk, b, &seen, "没人").await;
    assert_eq!(desk.post("/office/inbox/door", &format!("kind=door&a={a}&b={b}&how=a")).await.status, 303);
    let resident = crate::sync::resident_of(&world.app, a, "王秀兰").unwrap();
    let what = crate::sync::Erase { household: a, resident: Some(resident), words: Vec::new(), also: Vec::new(), files: false };
    crate::sync::erase(&world.app, &what).unwrap();
    for id in [a, b] {
        let names: Vec<String> =
            minqing_core::view::card(id, &world.store().document(id).unwrap().unwrap().doc.content()).residents.into_iter().map(|r| r.name).collect();
        assert!(!names.contains(&"王秀兰".to_owned()), "{names:?}");
    }
    let files: Vec<u8> = ["minqing.db", "minqing.db-wal"].iter().flat_map(|file| std::fs::read(world.dir.path().join(file)).unwrap_or_default()).collect();
    for word in ["王秀兰", "0931 012 1234"] {
        assert!(!files.windows(word.len()).any(|w| w == word.as_bytes()), "{word} is still in the database");
    }
    is_sound(&world);
}

#[tokio::test]
async fn who_comes_second_is_told_who_was_first_and_overwrites_nothing() {
    let world = World::open();
    let doc = household(&world, "501", "耳背", &[]);
    quarrel(&world, doc, "note", ["狗凶", "白天没人"]);
    let (ma, li) = (world.desk("Ma", Role::Clerk, COMMUNITY).await, world.desk("Li", Role::Lead, COMMUNITY).await);
    let seen = ma.get("/office/inbox").await.hidden("seen");
    assert_eq!(pick(&ma, doc, &seen, "狗凶").await.status, 303);
    let late = write(&li, doc, &seen, "x").await;
    assert!(late.status == 409 && late.body.contains("card.settled") && late.body.contains("Ma 今天 08:00 已经定了：用「狗凶」"), "{}", late.body);
    assert_eq!(world.store().document(doc).unwrap().unwrap().doc.content().root.text("note"), "狗凶");

    // What came after somebody looked is not decided unseen.
    quarrel(&world, doc, "note", ["狗凶", "门铃坏了"]);
    let changed = pick(&li, doc, &seen, "狗凶").await;
    assert!(changed.status == 409 && changed.body.contains("card.changed") && changed.body.contains("门铃坏了"), "{}", changed.body);

    // What was written since is not taken back.
    let seen = li.get("/office/inbox").await.hidden("seen");
    pick(&li, doc, &seen, "狗凶").await;
    let decision = li.get("/office/inbox?kind=done").await.hidden("decision");
    quarrel(&world, doc, "note", ["后来", "后来"]);
    let undo = ma.post("/office/inbox/undo", &format!("decision={decision}")).await;
    assert!(undo.status == 409 && undo.body.contains("decision.overtaken"), "{}", undo.body);
    assert!(li.get("/office/inbox?kind=done").await.body.contains(&decision), "it is not undone");
}

#[tokio::test]
async fn two_doors_become_one_or_stay_two_and_either_is_taken_back() {
    let world = World::open();
    let a = household(&world, "302", "耳背", &[("赵福全", "0931 012 7765"), ("王兰", "")]);
    let b = household(&world, "3 东", "狗凶", &[("赵福全", "09310127765"), ("赵小军", "")]);
    household(&world, "401", "", &[("赵福全", ""), ("王兰", "")]);
    let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
    let page = desk.get("/office/inbox?kind=door").await;
    assert!(page.body.contains("疑似同一户") && page.body.contains("并到 3 号楼 2 单元 302"), "{}", page.body);
    assert_eq!(page.body.matches("class=\"compare\"").count(), 1, "{}", page.body);
    let (first, second) = (page.hidden("a"), page.hidden("b"));
    let settle = async |how: &str| desk.post("/office/inbox/door", &format!("kind=door&a={first}&b={second}&how={how}")).await;
    let undo = async || {
        let decision = desk.get("/office/inbox?kind=done").await.hidden("decision");
        assert_eq!(desk.post("/office/inbox/undo", &format!("kind=door&decision={decision}")).await.status, 303);
    };
    assert_eq!(settle("apart").await.status, 303);
    assert!(desk.get("/office/inbox?kind=door").await.body.contains("class=\"empty\""));
    undo().await;
    assert!(!desk.get("/office/inbox?kind=door").await.body.contains("class=\"empty\""));

    let into_a = if first == a.to_string() { "a" } else { "b" };
    assert_eq!(settle(into_a).await.status, 303);
    let read = |id: Id| {
        let card = minqing_core::view::card(id, &world.store().document(id).unwrap().unwrap().doc.content());
        let mut names: Vec<String> = card.household.names.split('、').map(str::to_owned).collect();
        // Who was written down in one millisecond stands in any order.
        names.sort();
        (names.join("、"), card.household.note)
    };
    assert_eq!(read(a), ("王兰、赵小军、赵福全".to_owned(), "耳背\n狗凶".to_owned()));
    assert_eq!(read(b), (String::new(), "已并到 3 号楼 2 单元 302。狗凶".to_owned()));
    assert_eq!(world.store().merged_into(a).unwrap(), [b]);
    assert!(desk.get("/office/inbox?kind=door").await.body.contains("class=\"empty\""));
    assert_eq!(settle(into_a).await.status, 409, "it is one door already");
    is_sound(&world);

    undo().await;
    assert_eq!(read(a), ("王兰、赵福全".to_owned(), "耳背".to_owned()));
    assert_eq!(read(b), ("赵小军、赵福全".to_owned(), "狗凶".to_owned()));
    assert!(world.store().merged_into(a).unwrap().is_empty() && !desk.get("/office/inbox?kind=door").await.body.contains("class=\"empty\""));
    is_sound(&world);
}

#[tokio::test]
async fn only_who_settles_sees_it_and_only_of_the_own_community() {
    let world = World::open();
    let doc = household(&world, "501", "耳背", &[]);
    quarrel(&world, doc, "note", ["狗凶", "白天没人"]);
    admin::add_community(world.store(), "620102001002", 1).unwrap();
    let own = world.desk("Ma", Role::Clerk, COMMUNITY).await;
    let seen = own.get("/office/inbox").await.hidden("seen");
    let form = format!("kind=all&doc={doc}&field=note&seen={seen}&value=x");
    for (name, role) in [("S", Role::Supervisor), ("H", Role::Department), ("D", Role::Delegate), ("A", Role::Administrator)] {
        let desk = world.desk(name, role, COMMUNITY).await;
        assert_eq!((desk.get("/office/inbox").await.status, desk.get("/office/inbox/left").await.status), (403, 403), "{role:?}");
        assert_eq!(desk.post("/office/inbox/edit", &form).await.status, 403, "{role:?}");
        assert!(!desk.get("/office").await.body.contains("/office/inbox"), "the rail offers what {role:?} may not do");
    }
    let neighbour = world.desk("N", Role::Lead, "620102001002").await;
    assert_eq!(neighbour.post("/office/inbox/edit", &form).await.status, 404);
    assert!(!neighbour.get("/office/inbox").await.body.contains("狗凶"));
    assert_eq!(own.forged("/office/inbox/edit", &form).await.status, 403);
    assert_eq!(own.post("/office/inbox/edit", "doc=x&field=note").await.status, 404);
    pick(&own, doc, &seen, "狗凶").await;
    let decision = own.get("/office/inbox?kind=done").await.hidden("decision");
    assert_eq!(neighbour.post("/office/inbox/undo", &format!("decision={decision}")).await.status, 404);
    assert!(!neighbour.get(&format!("/office/inbox?did={decision}")).await.body.contains("狗凶"));
}
