//! Two values for one field: a review card on every phone and at the office, until somebody settles it.

use minqing_core::{
    model::{HouseholdEdit, ResidentEdit},
    view::RecordState,
};
use minqing_tests::sim::{Plot, Sim};

fn remark(sim: &mut Sim, phone: usize, door: &str, note: &str) {
    let edit = HouseholdEdit { note: Some(note.into()), ..HouseholdEdit::default() };
    sim.phone(phone).client.edit_household(door.into(), edit).unwrap();
}

/// Reviews of a household as the office counts them.
fn at_office(sim: &Sim) -> i64 {
    let office = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    office.query_row("SELECT sum(reviews) FROM household_row", [], |row| row.get(0)).unwrap()
}

#[test]
fn two_remarks_unseen_by_each_other_are_one_card_everywhere_until_somebody_settles_it() {
    let mut sim = Sim::open(Plot::quiet(0x26)).unwrap();
    sim.settle().unwrap();
    // Phones 0 and 2 both take the first grid.
    let door = sim.phone(2).client.households(0, 1).unwrap().remove(0).id;
    let resident = sim.phone(2).client.household(door.clone()).unwrap().residents.remove(0).id;
    let devices = [0, 2].map(|phone| sim.phone(phone).client.enrolment().unwrap().device);
    remark(&mut sim, 0, &door, "狗凶");
    remark(&mut sim, 2, &door, "白天没人");
    // The same word twice is no dispute, and neither are two needs of one set.
    for (phone, need) in [(0, "pregnant"), (2, "infant")] {
        let moved = ResidentEdit { id: resident.clone(), phone: Some("09312345678".into()), add_needs: vec![need.into()], ..ResidentEdit::default() };
        let edit = HouseholdEdit { residents: vec![moved], ..HouseholdEdit::default() };
        sim.phone(phone).client.edit_household(door.clone(), edit).unwrap();
    }
    sim.settle().unwrap();
    for phone in [0, 2] {
        let cards = sim.phone(phone).client.reviews().unwrap();
        let [card] = &cards[..] else { panic!("{cards:?}") };
        assert_eq!((card.doc.as_str(), card.record.as_str(), card.field.as_str()), (door.as_str(), door.as_str(), "note"));
        let mut told: Vec<(&str, u32)> = card.values.iter().map(|v| (v.value.as_str(), v.device)).collect();
        told.sort();
        assert_eq!(told, [("狗凶", devices[0]), ("白天没人", devices[1])]);
        let detail = sim.phone(phone).client.household(door.clone()).unwrap();
        assert_eq!((detail.household.state, detail.household.note.as_str()), (RecordState::NeedsReview, card.values[0].value.as_str()));
        assert_eq!(detail.residents[0].needs, ["pregnant", "infant"]);
        assert_eq!(sim.phone(phone).client.today("zh".into()).unwrap().reviews, 1);
    }
    assert_eq!(at_office(&sim), 1);

    remark(&mut sim, 2, &door, "狗凶，白天没人");
    sim.settle().unwrap();
    for phone in [0, 2] {
        assert!(sim.phone(phone).client.reviews().unwrap().is_empty());
        let row = sim.phone(phone).client.household(door.clone()).unwrap().household;
        assert_eq!((row.state, row.note.as_str()), (RecordState::Applied, "狗凶，白天没人"));
    }
    assert_eq!(at_office(&sim), 0);
    sim.check_same_everywhere().unwrap();
}
