//! A notice reaches every phone of its community, is offered at each door behind which it concerns somebody, and is told there once,
//! whoever does it, in whichever year, whatever happens to the server.

use minqing_core::{
    Id,
    client::TellRow,
    document::{Doc, Writer, notice::notice_id},
    envelope::{ItemKind, Quarantine},
    model::{HouseholdEdit, NewResident, Notice, ResidentEdit},
    view::RecordState,
    wire::ItemState,
};
use minqing_sync_server::{
    rebuild,
    sync::{add_notice, edit_household, read_notice, withdraw_notice},
};
use minqing_tests::sim::{Plot, Sim};

use super::intruder::{Intruder, MALFORMED, damage, doc_of, door, exchange, quiet, visit};

const COMMUNITY: &str = "620102001001";
const DAY: i64 = 24 * 3_600_000;

/// For those of 80 and older, in September and October 2026.
fn example() -> Notice {
    read_notice(include_str!("../../../sync-server/data/notices/old_age_allowance.json")).unwrap()
}

/// A quiet story in which somebody born in `year`, who needs something, moves in behind a door that phones 0 and 2 see, and the office
/// writes a notice.
fn noticed(seed: u64, year: u16, notice: &Notice) -> (Sim, String, Id) {
    noticed_in(quiet(3, seed), year, notice)
}

fn noticed_in(mut sim: Sim, year: u16, notice: &Notice) -> (Sim, String, Id) {
    let door = door(&mut sim, 2);
    let resident = NewResident { name: "王秀兰".into(), birth_year: year, needs: vec!["lives_alone".into()], ..NewResident::default() };
    let edit = HouseholdEdit { new_residents: vec![resident], ..HouseholdEdit::default() };
    sim.phone(2).client.edit_household(door.clone(), edit).unwrap();
    let (id, _) = add_notice(sim.app(), COMMUNITY, notice).unwrap();
    sim.settle().unwrap();
    (sim, door, id)
}

fn to_tell(sim: &mut Sim, phone: usize, door: &str) -> Vec<TellRow> {
    sim.phone(phone).client.to_tell(door.to_owned(), "zh".into()).unwrap()
}

fn tell(sim: &mut Sim, phone: usize, door: &str, notice: Id) {
    sim.phone(phone).client.tell_notice(door.to_owned(), notice.to_string()).unwrap();
}

/// Who told it at a door, as a phone's volume of a year says.
fn teller(sim: &mut Sim, phone: usize, door: &str, year: i16, notice: Id) -> Option<String> {
    let volume = doc_of(sim, phone, Id::visits(door.parse().unwrap(), year));
    volume.content().item("told", notice).map(|told| told.text("officer"))
}

fn is_sound(sim: &mut Sim) {
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_put_aside().unwrap();
    assert!(rebuild::check(sim.app().store.as_ref()).unwrap().is_good());
}

#[test]
fn a_notice_is_offered_where_it_concerns_somebody_and_told_once_by_two_who_were_offline() {
    let (mut sim, door, id) = noticed(821, 1940, &example());
    let others: Vec<String> = sim.phone(2).client.households(0, 50).unwrap().into_iter().map(|h| h.id).filter(|h| *h != door).collect();
    let offered = others.iter().filter(|other| !to_tell(&mut sim, 2, other).is_empty()).count();
    assert!(offered < others.len(), "at every door");
    for phone in [0, 2] {
        let rows = to_tell(&mut sim, phone, &door);
        let said = "给王秀兰的通知“高龄津贴认证”：八十岁以上老人的高龄津贴每年认证一次。请在十月底前带身份证到社区窗口办理，走不动的可以由我们上门办。";
        let expected = TellRow { notice: id.to_string(), news: "notice".into(), said: said.into(), at_ms: rows[0].at_ms, ..TellRow::default() };
        assert_eq!(rows, [expected]);
        assert!(sim.phone(phone).client.door_brief(door.clone(), "en".into()).unwrap().to_tell[0].said.starts_with("A notice for 王秀兰, “Old-age"));
    }
    for phone in [0, 2] {
        tell(&mut sim, phone, &door, id);
        tell(&mut sim, phone, &door, id);
        assert_eq!(to_tell(&mut sim, phone, &door), []);
        assert_eq!(sim.phone(phone).client.today("zh".into()).unwrap().waiting, 1, "the second tick says nothing new");
        assert_eq!(sim.phone(phone).client.household(door.clone()).unwrap().household.state, RecordState::Ready);
    }
    sim.settle().unwrap();
    let tellers = [0, 2].map(|phone| teller(&mut sim, phone, &door, 2026, id));
    assert!(tellers[0].is_some() && tellers[0] == tellers[1], "{tellers:?}");
    for phone in [0, 2] {
        assert_eq!((to_tell(&mut sim, phone, &door), sim.phone(phone).client.reviews().unwrap().len()), (vec![], 0));
        assert_eq!(sim.phone(phone).client.household(door.clone()).unwrap().household.state, RecordState::Applied);
    }
    is_sound(&mut sim);
}

#[test]
fn what_a_colleague_told_is_not_offered_when_it_has_come() {
    let (mut sim, door, id) = noticed(822, 1940, &example());
    tell(&mut sim, 0, &door, id);
    assert_eq!(to_tell(&mut sim, 2, &door).len(), 1, "not heard of yet");
    exchange(&mut sim, 0).unwrap();
    sim.phone(2).client.take_changed_lists().unwrap();
    exchange(&mut sim, 2).unwrap();
    assert_eq!(to_tell(&mut sim, 2, &door), []);
    assert!(sim.phone(2).client.take_changed_lists().unwrap().contains(&minqing_core::view::Listing::Visits), "the screen hears of it");
}

#[test]
fn only_those_count_who_live_there_and_whom_it_concerns() {
    let needy = Notice { min_age: None, needs: vec!["lives_alone".into(), "infant".into()], ..example() };
    let (mut sim, door, id) = noticed(823, 1990, &needy);
    let offers = |sim: &mut Sim, id: Id| to_tell(sim, 2, &door).iter().any(|row| row.notice == id.to_string());
    assert!(offers(&mut sim, id), "by what she needs");
    let (aged, _) = add_notice(sim.app(), COMMUNITY, &example()).unwrap();
    let (both, _) = add_notice(sim.app(), COMMUNITY, &Notice { min_age: Some(70), ..needy.clone() }).unwrap();
    let all = Notice { min_age: None, ..example() };
    let (all, _) = add_notice(sim.app(), COMMUNITY, &all).unwrap();
    sim.settle().unwrap();
    let row = to_tell(&mut sim, 2, &door).into_iter().find(|row| row.notice == all.to_string()).unwrap();
    assert!(row.said.starts_with("社区通知“高龄津贴认证”"), "{}", row.said);
    let who = sim.phone(2).client.household(door.clone()).unwrap().residents;
    let born = |year| who.iter().any(|r| r.birth_year != 0 && r.birth_year <= year && !r.moved_out);
    assert_eq!((offers(&mut sim, aged), offers(&mut sim, both)), (born(1946), false));
    let residents = who.into_iter().map(|r| ResidentEdit { id: r.id, moved_out: Some(true), ..ResidentEdit::default() }).collect();
    let gone = HouseholdEdit { residents, ..HouseholdEdit::default() };
    edit_household(sim.app(), door.parse().unwrap(), &gone).unwrap();
    sim.settle().unwrap();
    assert!(!offers(&mut sim, id) && !offers(&mut sim, all), "nobody lives there any more");
}

#[test]
fn a_notice_is_told_between_its_days_until_it_is_taken_back() {
    let (mut sim, door, id) = noticed(824, 1940, &Notice { from: "2026-09-16".into(), until: "2026-09-17".into(), ..example() });
    let offered: Vec<_> = (14..=18)
        .map(|_| {
            let counts = (to_tell(&mut sim, 2, &door).len(), sim.phone(2).client.notices("zh".into()).unwrap().len());
            sim.hands().turn(DAY);
            counts
        })
        .collect();
    assert_eq!(offered, [(0, 0), (0, 0), (1, 1), (1, 1), (0, 0)]);
    sim.hands().turn(-2 * DAY);
    assert_eq!(to_tell(&mut sim, 2, &door).len(), 1);
    let read_out = sim.phone(2).client.notices("en".into()).unwrap().remove(0);
    assert_eq!((read_out.id, read_out.since.as_str(), read_out.until.as_str()), (id.to_string(), "2026-09-16", "2026-09-17"));
    assert!(read_out.text.contains(&example().text.en), "{}", read_out.text);
    assert!(withdraw_notice(sim.app(), Some(COMMUNITY), id).unwrap());
    sim.settle().unwrap();
    assert_eq!(to_tell(&mut sim, 2, &door), []);
    assert!(sim.phone(2).client.notices("zh".into()).unwrap().is_empty());
    // It had been told before the phone heard of that.
    tell(&mut sim, 2, &door, id);
    assert_eq!(sim.phone(2).client.tell_notice(door.clone(), door.clone()).unwrap_err().code(), "notice.unknown");
    sim.settle().unwrap();
    assert!(teller(&mut sim, 0, &door, 2026, id).is_some());
    is_sound(&mut sim);
}

#[test]
fn what_was_told_last_year_is_not_offered_again() {
    let (mut sim, door, id) = noticed(825, 1940, &Notice { until: "2027-03-31".into(), ..example() });
    tell(&mut sim, 0, &door, id);
    sim.settle().unwrap();
    sim.hands().turn(120 * DAY);
    sim.settle().unwrap();
    let later = Notice { from: "2027-01-01".into(), until: "2027-01-31".into(), ..example() };
    let (new, _) = add_notice(sim.app(), COMMUNITY, &later).unwrap();
    sim.settle().unwrap();
    let notices: Vec<String> = to_tell(&mut sim, 2, &door).into_iter().map(|row| row.notice).collect();
    assert_eq!(notices, [new.to_string()], "it is 2027");
    tell(&mut sim, 2, &door, new);
    sim.settle().unwrap();
    assert!(teller(&mut sim, 0, &door, 2027, new).is_some() && teller(&mut sim, 0, &door, 2026, id).is_some());
    is_sound(&mut sim);
}

#[test]
fn a_new_phone_has_notices_and_what_was_told() {
    let mut sim = Sim::open(Plot { packs: true, ..Plot::quiet(826) }).unwrap();
    sim.settle().unwrap();
    let (mut sim, door, id) = noticed_in(sim, 1940, &example());
    tell(&mut sim, 2, &door, id);
    let add = |sim: &Sim, age| add_notice(sim.app(), COMMUNITY, &Notice { min_age: Some(age), ..example() }).unwrap().0;
    let second = add(&sim, 81);
    for age in 140..145 {
        withdraw_notice(sim.app(), None, add(&sim, age)).unwrap();
    }
    sim.settle().unwrap();
    sim.pack().unwrap();
    assert!(!sim.app().store.packs(&format!("commons:{COMMUNITY}")).unwrap().is_empty(), "no pack: the story proves nothing");
    // One of the other grid, and one of the door's.
    sim.join().unwrap();
    let new = sim.join().unwrap();
    sim.settle().unwrap();
    assert_eq!(to_tell(&mut sim, new, &door).into_iter().map(|row| row.notice).collect::<Vec<_>>(), [second.to_string()]);
    is_sound(&mut sim);
}

#[test]
fn what_rests_on_a_change_put_aside_is_told_under_the_same_key() {
    let (mut sim, door, id) = noticed(827, 1940, &example());
    let bad = sim.phone(0).client.record_visit(visit(&door, "坏了的记录")).unwrap();
    damage(&mut sim, 0, ItemKind::Change);
    tell(&mut sim, 0, &door, id);
    sim.settle().unwrap();
    assert_eq!(sim.phone(0).client.visit(bad).unwrap().state, RecordState::Parked);
    let me = sim.phone(0).client.enrolment().unwrap().officer;
    assert_eq!(teller(&mut sim, 2, &door, 2026, id), Some(me));
    for phone in [0, 2] {
        assert_eq!(to_tell(&mut sim, phone, &door), []);
    }
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_restored_server_gets_notices_and_tellings_back() {
    let mut sim = quiet(3, 828);
    let door = door(&mut sim, 2);
    let resident = NewResident { name: "王秀兰".into(), birth_year: 1940, ..NewResident::default() };
    sim.phone(2).client.edit_household(door.clone(), HouseholdEdit { new_residents: vec![resident], ..HouseholdEdit::default() }).unwrap();
    sim.settle().unwrap();
    sim.backup_server().unwrap();
    let (id, _) = add_notice(sim.app(), COMMUNITY, &example()).unwrap();
    let (back, _) = add_notice(sim.app(), COMMUNITY, &Notice { min_age: Some(81), ..example() }).unwrap();
    sim.settle().unwrap();
    tell(&mut sim, 2, &door, id);
    withdraw_notice(sim.app(), None, back).unwrap();
    sim.settle().unwrap();
    sim.restore_server().unwrap();
    assert_eq!(sim.app().store.notices(COMMUNITY).unwrap(), []);
    sim.settle().unwrap();
    let kept: Vec<_> = sim.app().store.notices(COMMUNITY).unwrap().into_iter().map(|n| (n.id, n.withdrawn)).collect();
    assert!(kept.len() == 2 && kept.contains(&(id, false)) && kept.contains(&(back, true)), "{kept:?}");
    assert!(teller(&mut sim, 0, &door, 2026, id).is_some() && to_tell(&mut sim, 0, &door).is_empty());
    is_sound(&mut sim);
}

#[test]
fn only_the_office_writes_notices() {
    let (mut sim, door, id) = noticed(829, 1940, &example());
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    let out_of_scope = ItemState::Quarantined(Quarantine::OutOfScope);
    let known = doc_of(&mut sim, 0, id);
    assert_eq!(intruder.writes(&sim, id, known, |w| w.put("withdrawn", true)), out_of_scope);
    let own = Notice { min_age: Some(18), ..example() };
    let begin = |w: &mut Writer<'_>| {
        w.put("kind", 4)?;
        w.put("v", 1)?;
        w.put("home", COMMUNITY)?;
        w.put("notice", serde_json::to_string(&own).unwrap())
    };
    assert_eq!(intruder.writes(&sim, notice_id(COMMUNITY, &own).unwrap(), Doc::empty(), begin), out_of_scope);
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
    assert_eq!(to_tell(&mut sim, 2, &door).len(), 1);
}

#[test]
fn what_is_told_is_a_notice_of_the_community_and_told_by_its_author() {
    let (mut sim, door, id) = noticed(830, 1940, &example());
    tell(&mut sim, 0, &door, id);
    sim.settle().unwrap();
    let volume = Id::visits(door.parse().unwrap(), 2026);
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    let (me, other) = (intruder.carrier.officer.to_string(), sim.phone(2).client.enrolment().unwrap().officer);
    let doc = doc_of(&mut sim, 0, volume);
    let mut tells = |sim: &Sim, notice: String, officer: &str| {
        let fields = [("officer", officer.into()), ("at", 1.into())];
        intruder.writes(sim, volume, doc.clone(), |w| w.item(&format!("told:{notice}"), &fields))
    };
    let unknown = Id([9; 16]);
    assert_eq!(tells(&sim, door.clone(), &me), MALFORMED, "a card is no notice");
    assert_eq!(tells(&sim, id.to_string(), &other), MALFORMED, "in a colleague's name");
    assert_eq!(tells(&sim, unknown.to_string(), &me), ItemState::Held(unknown.0.to_vec()), "one that is not here");
    sim.settle().unwrap();
    assert_eq!(teller(&mut sim, 2, &door, 2026, id), Some(me));
}
