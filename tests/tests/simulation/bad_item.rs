//! One bad item holds up nobody and nothing else.

use minqing_core::{envelope::ItemKind, model::HouseholdEdit, view::RecordState};
use minqing_tests::sim::{Plot, Sim, for_seeds};

use super::intruder::{damage, visit};

fn remark(note: &str) -> HouseholdEdit {
    HouseholdEdit { note: Some(note.into()), ..HouseholdEdit::default() }
}

#[test]
fn invariant_08_one_bad_item_never_delays_another_document() {
    for_seeds(3, "invariant_08", |seed| {
        let mut sim = Sim::open(Plot { phones: 3, ..Plot::quiet(seed ^ 0x800) })?;
        sim.settle()?;
        // Phones 0 and 2 both take the first grid.
        let doors: Vec<String> = sim.phone(2).client.households(0, 100)?.into_iter().map(|h| h.id).collect();
        let bad = sim.phone(0).client.record_visit(visit(&doors[0], "坏了的记录"))?;
        damage(&mut sim, 0, ItemKind::Change);
        let builds_on_it = sim.phone(0).client.record_visit(visit(&doors[0], "接着写的"))?;
        let elsewhere = sim.phone(0).client.record_visit(visit(&doors[1], "别的门"))?;
        sim.phone(0).client.edit_household(doors[0].clone(), remark("同一户，另一份资料"))?;
        // The other officer writes at the same doors at the same time.
        let others = sim.phone(2).client.record_visit(visit(&doors[0], "同事写的"))?;
        sim.settle()?;

        let state = |sim: &mut Sim, id: &str| sim.phone(0).client.visit(id.to_owned()).unwrap().state;
        assert_eq!(state(&mut sim, &bad), RecordState::Parked, "its row shows as parked");
        assert_eq!(state(&mut sim, &builds_on_it), RecordState::Applied, "what rested on it is written again");
        assert_eq!(state(&mut sim, &elsewhere), RecordState::Applied);
        assert_eq!(sim.phone(0).client.household(doors[0].clone())?.household.state, RecordState::Applied);
        assert_eq!(sim.phone(0).client.visit(others.clone())?.note, "同事写的", "downwards nothing waits either");
        assert_eq!(sim.phone(2).client.visit(elsewhere)?.note, "别的门");
        assert_eq!(sim.phone(2).client.household(doors[0].clone())?.household.note, "同一户，另一份资料");
        let today = sim.phone(0).client.today("zh".into())?;
        assert_eq!((today.parked, today.waiting), (1, 0));

        // Nothing of it is lost: the phone has what was typed, the office has the bytes.
        assert_eq!(sim.phone(0).client.visit(bad)?.note, "坏了的记录");
        let office = rusqlite::Connection::open(sim.server_dir().join("minqing.db"))?;
        let kept: i64 = office.query_row("SELECT count(*) FROM inbox WHERE state = 2 AND length(bytes) > 100", [], |row| row.get(0))?;
        assert_eq!(kept, 1);
        sim.check_acknowledged()
    });
}
