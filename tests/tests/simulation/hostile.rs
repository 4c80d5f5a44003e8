//! What an enrolled phone may not do to others: each attack is put aside, nobody's exchange fails, and the
//! office shows what the log says.

use minqing_core::{
    Id,
    clock::At,
    document::{Doc, card, matter::Home, matter::put_text},
    envelope::{ItemKind, Quarantine},
    event::{Event, Register},
    frame::to_cbor,
    model::{Address, NewHousehold, VisitEdit, address_name},
    view::RecordState,
    wire::ItemState,
};
use minqing_tests::sim::Sim;

use super::intruder::{Intruder, MALFORMED, doc_of, door, exchange, matter, quiet, visit};

const OUT_OF_SCOPE: ItemState = ItemState::Quarantined(Quarantine::OutOfScope);

/// After an attack everybody exchanges, and all is as the log says.
fn all_is_well(sim: &mut Sim) {
    for phone in 0..3 {
        assert!(!exchange(sim, phone).unwrap().differs);
    }
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn what_was_written_once_stays_and_what_was_typed_is_not_taken_away() {
    let mut sim = quiet(3, 8);
    let door = door(&mut sim, 2);
    let id: Id = door.parse().unwrap();
    let heard = sim.phone(2).client.record_visit(visit(&door, "听到的话")).unwrap();
    sim.settle().unwrap();
    let volume = Id::visits(id, 2026);
    let item = format!("visit:{heard}");
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    let on_volume = |sim: &mut Sim| doc_of(sim, 0, volume);
    let doc = on_volume(&mut sim);
    assert_eq!(intruder.writes(&sim, volume, doc.clone(), |w| w.put("home", "x")), MALFORMED);
    assert_eq!(intruder.writes(&sim, volume, doc.clone(), |w| w.put("year", 1999)), MALFORMED);
    assert_eq!(intruder.writes(&sim, volume, doc.clone(), |w| w.take_out(&item)), MALFORMED);
    assert_eq!(intruder.writes(&sim, volume, doc.clone(), |w| w.put_in(&item, "at", 5)), MALFORMED);
    assert_eq!(intruder.writes(&sim, volume, doc.clone(), |w| w.put_in(&item, "officer", "x")), MALFORMED);
    let card = doc_of(&mut sim, 0, id);
    assert_eq!(intruder.writes(&sim, id, card.clone(), |w| w.put("community", "620102001002")), MALFORMED);
    assert_eq!(intruder.writes(&sim, id, card.clone(), |w| w.take_out("kind")), MALFORMED);
    assert_eq!(intruder.writes(&sim, id, card, |w| w.item("zz/q", &[("q", 1.into())])), MALFORMED, "a field under another's name");
    all_is_well(&mut sim);
    assert_eq!(sim.phone(1).client.visit(heard.clone()).err().unwrap().code(), "visit.unknown", "another grid");
    assert_eq!(sim.phone(2).client.visit(heard).unwrap().note, "听到的话");
}

#[test]
fn nobody_speaks_for_somebody_else() {
    let mut sim = quiet(3, 7);
    let door_2 = door(&mut sim, 2);
    let heard = sim.phone(2).client.record_visit(visit(&door_2, "听到的话")).unwrap();
    sim.settle().unwrap();
    let victim = sim.phone(2).client.enrolment().unwrap().officer;
    // A phone of another grid puts a visit under the same id into a volume of its own door.
    let own: Id = door(&mut sim, 1).parse().unwrap();
    let mut intruder = Intruder::new(&mut sim, 1, 9);
    let me = intruder.carrier.officer.to_string();
    let volume = Id::visits(own, 2026);
    let forge = |officer: String| {
        let (item, home) = (format!("visit:{heard}"), own.to_string());
        move |w: &mut minqing_core::document::Writer<'_>| {
            w.put("kind", 2)?;
            w.put("v", 1)?;
            w.put("home", home.as_str())?;
            w.put("year", 2026)?;
            let fields = [("officer", officer.as_str().into()), ("at", 5i64.into()), ("outcome", "refused".into()), ("note", "伪造".into())];
            w.item(&item, &fields)
        }
    };
    assert_eq!(intruder.writes(&sim, volume, Doc::empty(), forge(victim)), MALFORMED);
    assert_eq!(intruder.writes(&sim, volume, Doc::empty(), forge(me)), MALFORMED, "nor takes the id of a visit at another door");
    all_is_well(&mut sim);
    let office = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    let shown: String = office.query_row("SELECT note FROM visit_row WHERE household = ?", [door_2.parse::<Id>().unwrap().0], |row| row.get(0)).unwrap();
    assert_eq!(shown, "听到的话");
}

#[test]
fn nobody_moves_a_volume_or_makes_a_visit_again_over_the_first() {
    let mut sim = quiet(3, 18);
    let doors: Vec<String> = sim.phone(2).client.households(0, 2).unwrap().into_iter().map(|h| h.id).collect();
    let heard = sim.phone(2).client.record_visit(visit(&doors[0], "听到的话")).unwrap();
    sim.settle().unwrap();
    let volume = Id::visits(doors[0].parse().unwrap(), 2026);
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    let me = intruder.carrier.officer.to_string();
    // A change that rests on nothing, as if it had started the volume itself, for another door.
    let elsewhere = |w: &mut minqing_core::document::Writer<'_>| {
        w.put("kind", 2)?;
        w.put("v", 1)?;
        (0..40).try_for_each(|n| w.put(&format!("filler{n}"), n))?;
        w.put("year", 2026)?;
        w.put("home", doors[1].as_str())
    };
    assert_eq!(intruder.writes(&sim, volume, Doc::empty(), elsewhere), MALFORMED);
    // The same visit made again: what others write into the first at this moment would vanish.
    let doc = doc_of(&mut sim, 0, volume);
    let key = format!("visit:{heard}");
    let again = |w: &mut minqing_core::document::Writer<'_>| w.item(&key, &[("officer", me.as_str().into()), ("note", "盖掉".into())]);
    assert_eq!(intruder.writes(&sim, volume, doc, again), MALFORMED);
    sim.phone(2).client.edit_visit(heard.clone(), VisitEdit { note: Some("补充".into()), ..VisitEdit::default() }).unwrap();
    all_is_well(&mut sim);
    assert_eq!(sim.phone(0).client.visit(heard).unwrap().note, "补充");
}

#[test]
fn nobody_takes_the_id_of_a_door_that_is_not_theirs() {
    let mut sim = quiet(3, 6);
    let (mine, theirs) = (sim.phone(1).client.households(0, 1).unwrap().remove(0).grid, sim.phone(2).client.households(0, 1).unwrap().remove(0).grid);
    let community: String = theirs[..12].into();
    let address = Address { community: community.clone(), building: "77".into(), room: "101".into(), ..Address::default() };
    let id = address_name(&address).unwrap();
    let mut intruder = Intruder::new(&mut sim, 1, 9);
    let other = Address { community, building: "0".into(), ..Address::default() };
    let squat = |address: Address, grid: &str| NewHousehold { grid: grid.into(), address, ..NewHousehold::default() };
    let wrong_address = squat(other, &mine);
    assert_eq!(intruder.writes(&sim, id, Doc::empty(), |w| card::create(w, &wrong_address, &[])), MALFORMED);
    let not_my_grid = squat(address.clone(), &theirs);
    assert_eq!(intruder.writes(&sim, id, Doc::empty(), |w| card::create(w, &not_my_grid, &[])), OUT_OF_SCOPE);
    let as_matter = |w: &mut minqing_core::document::Writer<'_>| put_text(w, &Home::Community("620102001001".into()), Id([1; 16]), Some("x"), None);
    assert_eq!(intruder.writes(&sim, id, Doc::empty(), as_matter), MALFORMED);
    // The honest officer comes later and is at home.
    let household = sim.phone(2).client.record_household(squat(address, &theirs)).unwrap();
    let heard = sim.phone(2).client.record_visit(visit(&household, "老实话")).unwrap();
    all_is_well(&mut sim);
    assert_eq!(sim.phone(2).client.household(household).unwrap().household.state, RecordState::Applied);
    assert_eq!(sim.phone(2).client.visit(heard).unwrap().state, RecordState::Applied);
}

#[test]
fn a_matters_words_and_events_have_one_home_and_honest_codes() {
    let mut sim = quiet(3, 13);
    let door: Id = door(&mut sim, 2).parse().unwrap();
    let (id, event) = (Id::timed(1_789_315_200_000, &[7; 10]), Id::timed(1_789_315_200_000, &[8; 10]));
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    let at = At { device_ms: 0, server_ms: Some(0), since_ms: Some(0) };
    let by = intruder.carrier.officer;
    let register = |code: &str| {
        let payload = to_cbor(&Register {
            code: code.into(),
            kind: 2,
            channel: 2,
            category: 3,
            household: Some(door),
            affected: 1,
            proposed: None,
            urgent: None,
            errand: None,
        });
        Event { id: event, code: 1, by, role: 2, at, saw: 0, after: None, payload }.encode()
    };
    let words = intruder.change(&mut Doc::empty(), |w| put_text(w, &Home::Community("620102001001".into()), event, Some("话"), None));
    let states = intruder.send(&sim, vec![(ItemKind::Change, id, words), (ItemKind::Event, id, register("K702115X"))]);
    assert!(matches!(states[0], ItemState::Seq(_)));
    assert_eq!(states[1], MALFORMED, "its words lie at the desk");

    // A code that is none is refused by verdict; when it was done is not for the phone to claim.
    let other = Id::timed(1_789_315_200_001, &[7; 10]);
    let long = intruder.send(&sim, vec![(ItemKind::Event, other, register(&"A".repeat(30_000)))]);
    assert!(matches!(long[0], ItemState::Seq(_)));
    sim.settle().unwrap();
    let refused = sim.phone(0).client.matter(other.to_string()).unwrap();
    assert_eq!((refused.events[0].refused.as_str(), refused.matter.main_state.as_str()), ("unknown_code", ""));
    assert!(!refused.matter.pending, "it has its verdict");
    assert!(refused.events[0].at_ms >= minqing_tests::sim::MORNING, "nothing was done before the phone was enrolled");
    all_is_well(&mut sim);
}

#[test]
fn a_phone_speaks_for_its_own_officer_only() {
    let mut sim = quiet(3, 14);
    let door_0 = door(&mut sim, 2);
    let id: Id = sim.phone(0).client.register_matter(matter(&door_0, "事")).unwrap().parse().unwrap();
    sim.settle().unwrap();
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    let at = At { device_ms: 0, server_ms: None, since_ms: None };
    let note = |n: u8, by: Id, role: u8| Event { id: Id::timed(1, &[n; 10]), code: 30, by, role, at, saw: 1, after: None, payload: vec![0xa0] }.encode();
    let me = intruder.carrier.officer;
    let states =
        intruder.send(&sim, vec![(ItemKind::Event, id, note(1, Id([9; 16]), 2)), (ItemKind::Event, id, note(2, me, 4)), (ItemKind::Event, id, note(3, me, 2))]);
    let foreign = ItemState::Quarantined(Quarantine::ForeignActor);
    assert_eq!(states[..2], [foreign.clone(), foreign]);
    assert!(matches!(states[2], ItemState::Seq(_)));
    all_is_well(&mut sim);
}
