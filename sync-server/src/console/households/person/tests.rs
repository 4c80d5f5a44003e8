//! What somebody says of their own record, by the pages' own forms.

use minqing_core::{
    Id,
    model::{Address, HouseholdEdit, NewHousehold, NewResident, ResidentEdit, Role},
    view::{self, ResidentRow},
};

use crate::{
    inbox::{self, Who},
    sync::{self, add_households},
    testing::{COMMUNITY, World},
};

/// The forms as they come filled, and what is typed over each field.
fn typed(name: &str, phone: &str, year: &str) -> String {
    let field = |key: &str, was: &str, now: &str| format!("&was_{key}={}&{key}={}", encoded(was), encoded(now));
    format!("do=correct{}{}{}", field("name", "王秀兰", name), field("phone", PHONE, phone), field("birth_year", "1944", year))
}

const PHONE: &str = "13900000000";

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Two doors of one woman, who has given her needs at the first alone.
fn doors(world: &World, rooms: &[&str]) -> Vec<Id> {
    let door = |room: &&str| {
        let address = Address { community: COMMUNITY.into(), building: "3".into(), stairwell: "2".into(), room: (**room).into(), ..Address::default() };
        let resident =
            NewResident { name: "王秀兰".into(), birth_year: 1944, phone: PHONE.into(), needs: vec!["lives_alone".into()], ..NewResident::default() };
        NewHousehold { grid: format!("{COMMUNITY}001"), address, residents: vec![resident], ..NewHousehold::default() }
    };
    let all: Vec<NewHousehold> = rooms.iter().map(door).collect();
    add_households(&world.app, &all).unwrap().into_iter().map(|(id, ..)| id).collect()
}

fn resident(world: &World, home: Id) -> ResidentRow {
    view::card(home, &world.store().document(home).unwrap().unwrap().doc.content()).residents.remove(0)
}

fn edit(world: &World, home: Id, edit: ResidentEdit) {
    let edit = ResidentEdit { id: resident(world, home).id, ..edit };
    sync::edit_household(&world.app, home, &HouseholdEdit { residents: vec![edit], ..HouseholdEdit::default() }).unwrap();
}

#[tokio::test]
async fn what_somebody_says_of_their_record_stands_beside_what_was_there_until_it_was_looked_at() {
    let world = World::open();
    let home = doors(&world, &["501"])[0];
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let at = format!("/office/households/{home}/residents/{}", resident(&world, home).id);
    let said = typed("王秀蘭", PHONE, "1945");
    let done = desk.post(&at, &said).await;
    assert_eq!((done.status, done.header("location")), (303, format!("{at}?did=corrected&cards=2&written=0").as_str()), "{}", done.body);
    assert!(desk.get(done.header("location")).await.body.contains("2 处已送到收件核对"));

    assert_eq!(resident(&world, home).name, "王秀兰", "until somebody has looked at it, what was there is shown");
    let inbox = desk.get("/office/inbox?kind=edit").await.body;
    for there in ["<mark>兰</mark>", "<mark>蘭</mark>", "194<mark>4</mark>", "194<mark>5</mark>", "王秀兰本人在窗口说的", "办公室"] {
        assert!(inbox.contains(there), "{there}: {inbox}");
    }
    assert!(desk.get("/office/inbox?kind=done").await.body.contains("已送核对") && desk.get(&at).await.body.contains("等人核对"));
    let again = desk.post(&at, &said).await;
    assert!(again.header("location").ends_with("cards=0&written=0"), "said twice, it waits once: {}", again.header("location"));

    // Typed by mistake, it is taken back: what stood there stands there alone.
    let decisions = world.store().decisions(COMMUNITY, 0, 9).unwrap();
    assert_eq!((decisions.len(), world.store().decided(COMMUNITY, 0).unwrap()), (2, 0), "a correction makes a card, it settles none");
    for decision in decisions {
        assert_eq!(desk.post("/office/inbox/undo", &format!("kind=done&decision={}", decision.id)).await.status, 303);
    }
    let now = resident(&world, home);
    assert_eq!((now.name.as_str(), now.birth_year), ("王秀兰", 1944));
    assert!(!desk.get("/office/inbox?kind=edit").await.body.contains("蘭"));
    assert!(crate::rebuild::check(world.store()).unwrap().is_good());
}

#[tokio::test]
async fn what_somebody_no_longer_agrees_to_is_gone_and_stays_away() {
    let world = World::open();
    crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
    let home = doors(&world, &["501"])[0];
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let at = format!("/office/households/{home}/residents/{}", resident(&world, home).id);
    let page = desk.get(&at).await.body;
    assert_eq!(page.matches("name=\"agrees\"").count(), page.matches(" checked").count(), "nothing was refused yet: {page}");
    assert_eq!(desk.post(&at, "do=consents&agrees=needs&agrees=photos").await.status, 303);
    let now = resident(&world, home);
    assert_eq!((now.refuses, now.phone.as_str()), (vec!["contact".to_owned()], ""));
    let door = desk.get(&format!("/office/households/{home}")).await.body;
    assert!(door.contains("不要打电话") && !door.contains("13900000000"), "{door}");
    let held = desk.get(&format!("/office/households/{home}/held?resident={}", now.id)).await.body;
    assert!(held.contains("电话和短信联系") && !held.contains("13900000000"), "{held}");

    let wrong = desk.post(&at, &format!("do=correct&was_phone=&phone={PHONE}&was_name=x&name=%E7%8E%8B%E8%8A%B3")).await;
    assert!(wrong.status == 422 && wrong.body.contains("consent.withdrawn") && wrong.body.contains(PHONE), "what was typed stays: {}", wrong.body);
    assert!(wrong.body.contains("王芳") && resident(&world, home).name == "王秀兰" && world.store().decisions(COMMUNITY, 0, 9).unwrap().is_empty());
    // Whom an officer wrote down as refusing more, since this form was filled, agrees to nothing that they were not read.
    edit(&world, home, ResidentEdit { refuses: vec!["photos".into()], ..ResidentEdit::default() });
    let late = desk.post(&at, "do=consents&seen=contact&agrees=needs&agrees=photos&agrees=contact").await;
    assert!(late.status == 422 && late.body.contains("card.changed"), "{}", late.body);
    assert_eq!(desk.post(&at, "do=consents&seen=contact+photos&agrees=needs&agrees=photos&agrees=contact").await.status, 303);
    assert!(resident(&world, home).refuses.is_empty());
    let done = desk.post(&at, &format!("do=correct&was_phone=&phone={PHONE}")).await;
    assert!(done.header("location").ends_with("cards=0&written=1"), "nothing stood there: {}", done.header("location"));
    for (said, code) in [(typed("", "", "1944"), "text.empty"), (typed("a", "x", "1944"), "phone.malformed"), (typed("a", "", "44"), "year.malformed")] {
        let refused = desk.post(&at, &said).await;
        assert!(refused.status == 422 && refused.body.contains(code), "{code}: {}", refused.body);
    }
    assert!(world.store().decisions(COMMUNITY, 0, 9).unwrap().is_empty(), "of what is refused nothing is written");

    let other = world.desk("Other", Role::Clerk, "620102001002").await;
    assert_eq!((other.get(&at).await.status, other.post(&at, "do=consents").await.status), (404, 404));
    let none = format!("/office/households/{home}/residents/{}", Id([9; 16]));
    assert_eq!((desk.get(&none).await.status, desk.post(&none, "do=correct&name=a").await.status), (404, 404));
    let watches = world.desk("Watches", Role::Supervisor, COMMUNITY).await;
    assert_eq!((watches.get(&at).await.status, watches.post(&at, "do=consents").await.status), (403, 403));
    assert!(!watches.get(&format!("/office/households/{home}")).await.body.contains("/residents/"));
}

#[tokio::test]
async fn an_erasure_leaves_no_word_of_a_correction() {
    let world = World::open();
    let home = doors(&world, &["501"])[0];
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let who = resident(&world, home).id;
    let said = typed("王秀兰", "13911111111", "1944");
    assert!(desk.post(&format!("/office/households/{home}/residents/{who}"), &said).await.header("location").ends_with("cards=1&written=0"));
    let words = || world.store().decisions(COMMUNITY, 0, 9).unwrap().into_iter().map(|decision| decision.was + &decision.became).collect::<String>();
    assert!(words().contains("13911111111"));
    let erased = desk.post(&format!("/office/households/{home}/erase"), &format!("do=erase&resident={who}")).await;
    assert_eq!((erased.status, words().as_str()), (303, ""), "{}", erased.body);
}

#[tokio::test]
async fn what_nobody_touched_is_no_correction_whatever_stands_there_by_now() {
    let world = World::open();
    let home = doors(&world, &["501"])[0];
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let at = format!("/office/households/{home}/residents/{}", resident(&world, home).id);
    let page = desk.get(&at).await;
    assert_eq!([page.hidden("was_name"), page.hidden("was_phone"), page.hidden("was_birth_year")], ["王秀兰", PHONE, "1944"]);
    edit(&world, home, ResidentEdit { phone: Some("13811111111".into()), ..ResidentEdit::default() });
    let done = desk.post(&at, &typed("王秀蘭", PHONE, "1944")).await;
    assert!(done.header("location").ends_with("cards=1&written=0"), "{}", done.header("location"));
    assert_eq!(resident(&world, home).phone, "13811111111");
    assert!(!desk.get("/office/inbox?kind=edit").await.body.contains(PHONE));
    let wrong = desk.post(&at, &typed("", PHONE, "1944")).await;
    assert!(wrong.status == 422 && wrong.body.contains("13811111111"), "an untouched field shows what stands there: {}", wrong.body);
}

#[tokio::test]
async fn a_refusal_reaches_every_door_that_was_made_one_and_undoing_that_brings_back_what_it_had_taken_out() {
    let world = World::open();
    let all = doors(&world, &["501", "501 东", "501 西"]);
    let (stays, east, west) = (all[0], all[1], all[2]);
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let who = Who { staff: Id([3; 16]), community: COMMUNITY.into() };
    let of = |id: Id| {
        let row = resident(&world, id);
        (row.phone, row.needs, row.refuses)
    };
    let whole = (PHONE.to_owned(), vec!["lives_alone".to_owned()], Vec::new());
    let none = || (String::new(), Vec::new(), vec!["contact".to_owned(), "needs".to_owned()]);
    // What was refused at the east door takes the number out at the west one, until they are two again.
    edit(&world, east, ResidentEdit { refuses: none().2, ..ResidentEdit::default() });
    let merged = inbox::merge(&world.app, &who, west, east).unwrap();
    assert_eq!(of(west), none());
    inbox::undo(&world.app, &who, merged.decision).unwrap();
    assert_eq!((of(west), of(east)), (whole.clone(), none()));

    edit(&world, east, ResidentEdit { agrees: none().2, phone: Some(PHONE.into()), add_needs: whole.1.clone(), ..ResidentEdit::default() });
    let first = inbox::merge(&world.app, &who, west, east).unwrap();
    let second = inbox::merge(&world.app, &who, stays, west).unwrap();
    let at = format!("/office/households/{stays}/residents/{}", resident(&world, stays).id);
    assert_eq!(desk.post(&at, "do=consents&seen=&agrees=photos").await.status, 303);
    assert_eq!([of(stays), of(west), of(east)], [none(), none(), none()], "phones read all three");
    inbox::undo(&world.app, &who, second.decision).unwrap();
    inbox::undo(&world.app, &who, first.decision).unwrap();
    assert_eq!([of(stays), of(west), of(east)], [none(), none(), none()], "she refused it wherever she lives");
    assert!(crate::rebuild::check(world.store()).unwrap().is_good());
}

#[tokio::test]
async fn who_is_erased_is_also_struck_by_a_number_that_they_had_taken_out() {
    let world = World::open();
    let home = doors(&world, &["501"])[0];
    let note = HouseholdEdit { note: Some(format!("有事打 {PHONE}")), ..HouseholdEdit::default() };
    sync::edit_household(&world.app, home, &note).unwrap();
    edit(&world, home, ResidentEdit { refuses: vec!["contact".into()], ..ResidentEdit::default() });
    let who = resident(&world, home).id.parse().ok();
    let what = sync::Erase { household: home, resident: who, words: Vec::new(), also: Vec::new(), files: false };
    sync::erase(&world.app, &what).unwrap();
    let card = view::card(home, &world.store().document(home).unwrap().unwrap().doc.content());
    assert!(card.residents.is_empty() && !card.household.note.contains(PHONE), "{card:?}");
}

#[tokio::test]
async fn a_correction_that_waits_says_whose_word_it_is_however_long_it_waits() {
    let world = World::open();
    let home = doors(&world, &["501"])[0];
    let who = Who { staff: Id([3; 16]), community: COMMUNITY.into() };
    let whose = resident(&world, home).id.parse().unwrap();
    let correct = |own, value| inbox::correct(&world.app, &who, home, whose, &[(own, value)]).unwrap();
    correct(inbox::Own::Name, "王秀蘭");
    world.clock.turn(3 * 24 * 3_600_000);
    correct(inbox::Own::BirthYear, "1945");
    let field = format!("resident:{whose}/name");
    let card = inbox::card(&world.app, home, &field).unwrap().unwrap();
    assert!(card.values.iter().any(|value| value.value == "王秀蘭" && value.by == "王秀兰"), "{card:?}");
    inbox::choose(&world.app, &who, home, &field, &card.seen, &inbox::Choice::Typed("王秀兰".into())).unwrap();
    world.clock.turn(3 * 24 * 3_600_000);
    correct(inbox::Own::Phone, "13811111111");
    let words: String = world.store().decisions(COMMUNITY, 0, 9).unwrap().into_iter().map(|decision| decision.was + &decision.became).collect();
    assert!(!words.contains("王秀蘭") && words.contains("1945"), "settled, it is forgotten like any other; what waits is not: {words}");
}
