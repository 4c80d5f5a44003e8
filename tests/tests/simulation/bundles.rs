//! No network at all: bundles go from hand to hand, and whoever meets the network first brings them. Nothing twice, nothing lost, no state that lies.

use minqing_core::{
    model::{Address, HouseholdEdit, NewHousehold, NewMatter, NewVisit, VisitEdit},
    view::RecordState,
};
use minqing_sync_server::{rebuild, sync::adopt};
use minqing_tests::{
    deeds::Deed,
    sim::{HandedAs, Plot, Sim, for_seeds},
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    aside::exchange_with_first_aside,
    intruder::{door, matter, quiet, visit},
};

fn remark(note: &str) -> VisitEdit {
    VisitEdit { note: Some(note.into()), ..VisitEdit::default() }
}

fn note_of(sim: &mut Sim, phone: usize, id: &str) -> (String, RecordState) {
    let row = sim.phone(phone).client.visit(id.to_owned()).unwrap();
    (row.note, row.state)
}

/// The visit of this note, as a phone shows it.
fn visit_id(sim: &mut Sim, phone: usize, door: &str, note: &str) -> String {
    let rows = sim.phone(phone).client.household(door.to_owned()).unwrap().visits;
    rows.into_iter().find(|row| row.note == note).unwrap_or_else(|| panic!("phone {phone} does not show {note}")).id
}

fn check(sim: &Sim) {
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_twice().unwrap();
    sim.check_nothing_put_aside().unwrap();
    sim.check_nothing_lost().unwrap();
    sim.check_causally_closed().unwrap();
    assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
}

/// A day of the author: a visit, a correction of it, a matter with a note.
fn write_day(sim: &mut Sim, author: usize, door: &str, day: &str) {
    sim.save(author, &Deed::Visit(visit(door, &format!("{day}走访")))).unwrap();
    // Written over the next day, so that nobody looks for it.
    let edit = HouseholdEdit { note: Some(format!("{day}门口记的")), ..HouseholdEdit::default() };
    sim.phone(author).client.edit_household(door.into(), edit).unwrap();
    sim.save(author, &Deed::Matter(matter(door, &format!("{day}报修")))).unwrap();
    sim.save(author, &Deed::Note(format!("{day}补充"))).unwrap();
}

#[test]
fn an_author_who_never_has_a_network_is_heard_through_a_colleague_who_cannot_read_it() {
    let mut sim = quiet(3, 801);
    let door = door(&mut sim, 1);
    for day in ["周一", "周二", "周三"] {
        write_day(&mut sim, 1, &door, day);
        // The carrier has another grid, and sees nothing of it.
        let taken = sim.hand_over(1, 2, HandedAs::Courier).unwrap();
        assert_eq!((taken.len(), taken[0].mode.as_str(), taken[0].shown), (1, "courier", 0));
        assert_eq!(sim.phone(2).client.carried_bundles().unwrap().len(), 1);
        let brought = sim.contact(2).unwrap();
        assert_eq!((brought.bundles, brought.differs), (1, false));
        assert!(sim.phone(2).client.carried_bundles().unwrap().is_empty());
        sim.contact(0).unwrap();
        let seen = visit_id(&mut sim, 0, &door, &format!("{day}走访"));
        assert_eq!(note_of(&mut sim, 0, &seen).1, RecordState::Applied);
        // Nobody has told the author, so nothing here says that it is at the office.
        assert_eq!(note_of(&mut sim, 1, &seen).1, RecordState::Ready);
    }
    assert_eq!(sim.phone(0).client.matters(0, 10).unwrap().len(), 3);
    let rows = sim.log_rows().unwrap();
    // At the end the author meets the network after all, and sends the same once more.
    sim.settle().unwrap();
    assert_eq!(sim.log_rows().unwrap(), rows, "all of it was there");
    let seen = visit_id(&mut sim, 1, &door, "周一走访");
    assert_eq!(note_of(&mut sim, 1, &seen).1, RecordState::Applied);
    check(&sim);
}

#[test]
fn what_a_colleague_merges_is_shown_as_carried_and_goes_up_before_what_is_written_on_it_in_whatever_order_the_two_meet_the_network() {
    for (seed, order) in [(811, vec![0, 1]), (812, vec![1, 0]), (813, vec![1, 0, 1, 0])] {
        let mut sim = quiet(3, seed);
        let door = door(&mut sim, 1);
        write_day(&mut sim, 1, &door, "周一");
        let taken = sim.hand_over(1, 0, HandedAs::Merge).unwrap().remove(0);
        assert_eq!((taken.mode.as_str(), taken.carried), ("merge", 6), "visit, remark, two texts, two events");
        assert!(taken.shown >= 4, "{taken:?}");
        let id = visit_id(&mut sim, 0, &door, "周一走访");
        assert_eq!(note_of(&mut sim, 0, &id).1, RecordState::Carried);
        let shown = sim.phone(0).client.matters(0, 10).unwrap().remove(0);
        assert_eq!((shown.text.as_str(), shown.main_state.as_str(), shown.pending, shown.state), ("周一报修", "registered", true, RecordState::Carried));
        let events = sim.phone(0).client.matter(shown.id.clone()).unwrap().events;
        assert!(events.len() == 2 && events.iter().all(|event| event.state == RecordState::Carried), "{events:?}");
        // The same file again brings nothing.
        let again = sim.hand_over(1, 0, HandedAs::Merge).unwrap().remove(0);
        assert_eq!((again.carried, sim.phone(0).client.carried_items().unwrap()), (0, 6));
        // Written on top: on the visit, beside it in its volume, on the matter.
        sim.phone(0).client.edit_visit(id.clone(), remark("同事改过")).unwrap();
        sim.save(0, &Deed::Visit(visit(&door, "同事也去了"))).unwrap();
        sim.phone(0).client.add_note(shown.id.clone(), "同事补充".into()).unwrap();
        assert_eq!(note_of(&mut sim, 0, &id), ("同事改过".into(), RecordState::Ready));
        for phone in order {
            sim.contact(phone).unwrap();
        }
        sim.settle().unwrap();
        for phone in [0, 1] {
            let seen = sim.phone(phone).client.visit(id.clone()).unwrap();
            assert_eq!((seen.note.as_str(), seen.state), ("同事改过", RecordState::Applied), "phone {phone}");
            let events = sim.phone(phone).client.matter(shown.id.clone()).unwrap().events;
            assert!(events.len() == 3 && events.iter().all(|event| event.state == RecordState::Applied && event.refused.is_empty()), "{events:?}");
        }
        assert_eq!(sim.phone(0).client.carried_items().unwrap(), 0);
        // What was written over knowingly is not looked for.
        sim.check_same_everywhere().unwrap();
        sim.check_nothing_twice().unwrap();
        sim.check_nothing_put_aside().unwrap();
        assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
    }
}

#[test]
fn a_door_nobody_knows_comes_with_its_visit_and_what_a_colleague_may_not_see_is_carried_unseen() {
    let mut sim = quiet(3, 821);
    let address = Address { community: "620102001001".into(), estate: "新苑".into(), building: "7".into(), room: "101".into(), ..Address::default() };
    let new = NewHousehold { grid: "620102001001002".into(), address, note: "新来的".into(), residents: Vec::new() };
    let door = sim.phone(1).client.record_household(new).unwrap();
    sim.save(1, &Deed::Visit(visit(&door, "头一次去"))).unwrap();
    let relief = NewMatter { category: "relief".into(), ..matter(&door, "低保") };
    let secret = sim.phone(1).client.register_matter(relief).unwrap();
    // Both grids: the door is seen, the sensitive matter is not.
    let taken = sim.hand_over(1, 0, HandedAs::Merge).unwrap().remove(0);
    assert_eq!(taken.carried, 4);
    assert_eq!(sim.phone(0).client.household(door.clone()).unwrap().household.state, RecordState::Carried);
    visit_id(&mut sim, 0, &door, "头一次去");
    assert_eq!(sim.phone(0).client.matter(secret.clone()).unwrap_err().code(), "matter.unknown");
    // Another grid: nothing is seen, all of it is carried.
    let taken = sim.hand_over(1, 2, HandedAs::Merge).unwrap().remove(0);
    assert_eq!((taken.carried, taken.shown), (4, 0));
    assert_eq!(sim.phone(2).client.household(door.clone()).unwrap_err().code(), "household.unknown");
    let brought = sim.contact(2).unwrap();
    assert!(!brought.differs);
    assert_eq!(sim.phone(2).client.carried_items().unwrap(), 0);
    sim.contact(0).unwrap();
    assert_eq!(sim.phone(0).client.household(door).unwrap().household.state, RecordState::Applied);
    sim.settle().unwrap();
    assert_eq!(sim.phone(1).client.matter(secret).unwrap().matter.state, RecordState::Applied);
    check(&sim);
}

#[test]
fn what_was_merged_can_be_carried_on_by_a_third_phone_and_a_carrier_that_is_lost_loses_nothing() {
    let mut sim = quiet(3, 831);
    let door = door(&mut sim, 1);
    write_day(&mut sim, 1, &door, "周一");
    sim.hand_over(1, 0, HandedAs::Merge).unwrap();
    sim.save(0, &Deed::Visit(visit(&door, "同事也去了"))).unwrap();
    // From there on sealed, with both of them in it.
    sim.hand_over(0, 2, HandedAs::Courier).unwrap();
    let early = sim.log_rows().unwrap();
    assert_eq!(sim.contact(2).unwrap().bundles, 1);
    assert!(sim.log_rows().unwrap() >= early + 7);
    sim.settle().unwrap();
    check(&sim);
    // One who takes a bundle and never comes back.
    write_day(&mut sim, 1, &door, "周二");
    sim.hand_over(1, 2, HandedAs::Courier).unwrap();
    sim.hand_over(1, 2, HandedAs::Merge).unwrap();
    sim.damage_phone(2, |dir| drop(std::fs::remove_file(dir.join("minqing.db")))).unwrap();
    sim.settle().unwrap();
    check(&sim);
}

#[test]
fn a_bundle_for_somebody_else_or_one_that_was_changed_is_refused_and_changes_nothing() {
    let mut sim = quiet(3, 841);
    let door = door(&mut sim, 1);
    sim.save(1, &Deed::Visit(visit(&door, "走访"))).unwrap();
    let file = sim.bundles(1, 0, HandedAs::Merge).unwrap().remove(0);
    let code = |sim: &mut Sim, phone: usize, path: &str| sim.phone(phone).client.take_bundle(path.into()).map_or_else(|e| e.code(), |_| "taken");
    assert_eq!(code(&mut sim, 2, &file), "bundle.not_for_me");
    assert_eq!(code(&mut sim, 1, &file), "bundle.own");
    assert_eq!(code(&mut sim, 0, "/nowhere/at/all.mqb"), "file.missing");
    let bytes = std::fs::read(&file).unwrap();
    let bad = format!("{file}.bad");
    for at in (0..bytes.len()).step_by(7) {
        for changed in [bytes[..at].to_vec(), [&bytes[..at], &[bytes[at] ^ 0x40], &bytes[at + 1..]].concat()] {
            // One that says it is for the office would be carried there.
            if changed.get(9) == Some(&1) {
                continue;
            }
            std::fs::write(&bad, &changed).unwrap();
            let told = code(&mut sim, 0, &bad);
            assert!(["bundle.malformed", "bundle.not_for_me", "bundle.newer"].contains(&told), "byte {at}: {told}");
        }
    }
    assert_eq!(sim.phone(0).client.carried_items().unwrap(), 0);
    let own = sim.phone(1).client.merge_address().unwrap();
    assert_eq!(sim.phone(1).client.merge_bundles(String::new(), own).unwrap_err().code(), "bundle.own");
    let stranger = quiet(1, 842).phone(0).client.merge_address().unwrap();
    assert_eq!(sim.phone(1).client.merge_bundles(String::new(), stranger).unwrap_err().code(), "bundle.signer_unknown");
    assert_eq!(code(&mut sim, 0, &file), "taken");
    sim.settle().unwrap();
    check(&sim);
    assert_eq!(sim.phone(1).client.courier_bundles(String::new()).unwrap_err().code(), "bundle.empty");
}

#[test]
fn what_the_office_will_never_take_is_dropped_with_a_word_and_not_sent_again() {
    let mut sim = quiet(3, 851);
    let door = door(&mut sim, 1);
    sim.save(1, &Deed::Visit(visit(&door, "走访"))).unwrap();
    let file = sim.bundles(1, 2, HandedAs::Courier).unwrap().remove(0);
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(format!("{file}.bad"), &bytes).unwrap();
    for path in [format!("{file}.bad"), file] {
        sim.phone(2).client.take_bundle(path).unwrap();
    }
    let first = sim.contact(2).unwrap();
    assert_eq!(first.bundles, 1, "the good one behind it");
    let kept = sim.phone(2).client.carried_bundles().unwrap();
    assert_eq!(kept.iter().map(|row| (row.problem.as_str(), row.bytes)).collect::<Vec<_>>(), [("bundle.malformed", 0)]);
    let second = sim.contact(2).unwrap();
    assert_eq!((second.bundles, second.requests), (0, 1), "it is not sent again");
    sim.phone(2).client.forget_bundle(kept[0].id).unwrap();
    assert_eq!(sim.phone(2).client.forget_bundle(kept[0].id).unwrap_err().code(), "bundle.unknown");
    sim.settle().unwrap();
    check(&sim);
}

#[test]
fn where_the_office_puts_a_carried_record_aside_its_carrier_shows_it_no_more_and_writes_again_what_rested_on_it() {
    let mut sim = quiet(3, 861);
    let door = door(&mut sim, 1);
    let first = sim.phone(1).client.record_visit(visit(&door, "先写的")).unwrap();
    sim.hand_over(1, 0, HandedAs::Merge).unwrap();
    let rests = sim.phone(0).client.record_visit(NewVisit { note: "接着写的".into(), ..visit(&door, "") }).unwrap();
    exchange_with_first_aside(&mut sim, 0);
    assert_eq!(sim.phone(0).client.visit(first.clone()).unwrap_err().code(), "visit.unknown", "it is its author's to write again");
    assert_eq!(note_of(&mut sim, 0, &rests).0, "接着写的");
    sim.contact(0).unwrap();
    assert_eq!(note_of(&mut sim, 0, &rests).1, RecordState::Applied, "written again without it");
    assert_eq!(sim.phone(0).client.carried_items().unwrap(), 0);
    // Its author hears of it, and the office takes it after all.
    sim.contact(1).unwrap();
    assert_eq!(note_of(&mut sim, 1, &first).1, RecordState::Parked);
    let aside = sim.app().store.aside(None, 10).unwrap();
    assert!(adopt(sim.app(), aside[0].name).unwrap());
    sim.settle().unwrap();
    for phone in [0, 1] {
        assert_eq!(note_of(&mut sim, phone, &first), ("先写的".into(), RecordState::Applied), "phone {phone}");
    }
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_twice().unwrap();
    assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
}

#[test]
fn bundles_from_anybody_to_anybody_in_the_middle_of_everything_leave_the_same_everywhere() {
    for_seeds(6, "bundles_from_anybody", |seed| {
        let plot = if seed % 2 == 0 { Plot::rough(900 + seed) } else { Plot::quiet(900 + seed) };
        let mut sim = Sim::open(Plot { steps: 0, phones: 4, ..plot })?;
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut handed = 0;
        for _ in 0..90 {
            sim.step()?;
            if dice.random_ratio(25, 100) {
                let (from, to) = (dice.random_range(0..4), dice.random_range(0..4));
                let how = if dice.random_ratio(40, 100) { HandedAs::Courier } else { HandedAs::Merge };
                if from != to {
                    handed += sim.hand_over(from, to, how)?.len();
                }
            }
            if dice.random_ratio(4, 100) && !sim.is_down() {
                sim.contact(dice.random_range(0..4))?;
            }
        }
        anyhow::ensure!(handed > 0, "nothing was handed over: the story proves nothing");
        sim.settle()?;
        for phone in 0..4 {
            sim.contact(phone)?;
        }
        sim.settle()?;
        for phone in 0..4 {
            anyhow::ensure!(sim.phone(phone).client.carried_items()? == 0, "phone {phone} still carries something");
            anyhow::ensure!(sim.phone(phone).client.carried_bundles()?.is_empty(), "phone {phone} still carries a bundle");
        }
        sim.check_acknowledged()?;
        sim.check_same_everywhere()?;
        sim.check_nothing_twice()?;
        sim.check_nothing_lost()?;
        sim.check_nothing_put_aside()?;
        sim.check_causally_closed()?;
        sim.check_actors()
    });
}
