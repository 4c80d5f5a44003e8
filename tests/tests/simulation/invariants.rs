//! Each invariant by its number.

use std::collections::BTreeSet;

use minqing_core::{Id, model::NewVisit};
use minqing_tests::sim::{Plot, Sim, for_seeds};

const TEN_YEARS_MS: i64 = 315_576_000_000;

/// A story of honest phones; whatever else a test looks at, nothing of theirs may be put aside.
fn story(plot: Plot) -> anyhow::Result<Sim> {
    let mut sim = Sim::open(plot)?;
    sim.run()?;
    sim.check_nothing_put_aside()?;
    Ok(sim)
}

#[test]
fn invariant_01_an_acknowledged_item_is_on_the_server_after_any_crash() {
    for_seeds(8, "invariant_01", |seed| story(Plot::rough(seed))?.check_acknowledged());
}

#[test]
fn invariant_02_an_item_in_a_journal_has_a_final_state_or_visibly_waits() {
    for_seeds(8, "invariant_02", |seed| story(Plot::rough(seed ^ 0x200))?.check_fates());
}

#[test]
fn invariant_03_the_same_sequenced_set_is_the_same_everywhere() {
    for_seeds(8, "invariant_03", |seed| story(Plot::rough(seed ^ 0x300))?.check_same_everywhere());
}

#[test]
fn invariant_04_sending_again_changes_nothing() {
    for_seeds(4, "invariant_04", |seed| story(Plot::rough(seed ^ 0x400))?.check_resending_changes_nothing());
}

#[test]
fn invariant_05_every_prefix_of_a_stream_is_causally_closed() {
    for_seeds(8, "invariant_05", |seed| story(Plot::rough(seed ^ 0x500))?.check_causally_closed());
}

/// The story itself looks at the cursors at every answer; this one has more answers than others.
#[test]
fn invariant_06_a_cursor_moves_only_with_its_data_and_never_backwards() {
    for_seeds(8, "invariant_06", |seed| {
        let plot = Plot { phones: 4, steps: 200, ..Plot::rough(seed ^ 0x600) };
        story(plot)?.check_same_everywhere()
    });
}

#[test]
fn invariant_09_restored_phones_write_no_change_under_a_used_name() {
    for_seeds(8, "invariant_09", |seed| {
        let sim = story(Plot { steps: 250, phone_accidents: true, ..Plot::quiet(seed ^ 0x900) })?;
        sim.check_actors()?;
        sim.check_acknowledged()?;
        sim.check_same_everywhere()
    });
}

/// In bytes and messages, the first half of invariant 10: what a reconnect costs depends on what changed alone.
#[test]
fn invariant_10_a_reconnect_is_one_round_trip_and_nothing_new_is_small() {
    let mut sim = Sim::open(Plot::quiet(10)).unwrap();
    sim.settle().unwrap();
    let doors: Vec<String> = sim.phone(2).client.households(0, 100).unwrap().into_iter().map(|h| h.id).collect();
    let visit = |i: usize| NewVisit {
        household: doors[i % doors.len()].clone(),
        purpose: "routine".into(),
        outcome: "talked".into(),
        note: format!("第{i}次"),
        ..NewVisit::default()
    };
    for i in 0..50 {
        sim.phone(2).client.record_visit(visit(i)).unwrap();
    }
    let one_exchange = |sim: &mut Sim, number: usize| {
        let body = sim.phone(number).client.next_exchange().unwrap();
        let answer = sim.serve(number, &body).unwrap().unwrap();
        let bytes = (body.len(), answer.len());
        (sim.phone(number).client.take_answer(answer).unwrap(), bytes)
    };
    one_exchange(&mut sim, 2);
    for i in 50..80 {
        sim.phone(0).client.record_visit(visit(i)).unwrap();
    }
    let (taken, _) = one_exchange(&mut sim, 0);
    assert_eq!((taken.settled, taken.rows, taken.more, taken.differs), (30, 80, false, false));
    let (idle, (up, down)) = one_exchange(&mut sim, 0);
    assert_eq!((idle.settled, idle.rows, idle.more), (0, 0, false));
    assert!(up <= 64 && down <= 64, "{up} B up, {down} B down");
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn invariant_12_clocks_wrong_by_ten_years_change_no_merge_no_order_no_deadline() {
    for_seeds(4, "invariant_12", |seed| {
        let right = story(Plot::quiet(seed ^ 0x1200))?.outline()?;
        let wrong = story(Plot { clocks_wrong_by_ms: TEN_YEARS_MS, ..Plot::quiet(seed ^ 0x1200) })?.outline()?;
        anyhow::ensure!(right == wrong, "clocks changed the story:\n{right:?}\n{wrong:?}");
        Ok(())
    });
}

#[test]
fn invariant_12_a_calendar_wrong_by_ten_years_opens_no_second_volume() {
    let mut sim = Sim::open(Plot { clocks_wrong_by_ms: TEN_YEARS_MS, ..Plot::quiet(0x1201) }).unwrap();
    sim.settle().unwrap();
    // One phone's calendar is ten years ahead, the other's ten years behind.
    let door = sim.phone(1).client.households(0, 1).unwrap().remove(0).id;
    for phone in [0, 1] {
        let visit = NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
        sim.phone(phone).client.record_visit(visit).unwrap();
    }
    sim.settle().unwrap();
    let cards: BTreeSet<String> = sim.phone(0).client.households(0, 100).unwrap().into_iter().map(|h| h.id).collect();
    let held: Vec<String> = sim.phone(0).client.digest().unwrap().into_iter().map(|d| d.id).filter(|id| !cards.contains(id)).collect();
    assert_eq!(held, [Id::visits(door.parse().unwrap(), 2026).to_string()]);
    assert_eq!(sim.phone(1).client.household(door).unwrap().visits.len(), 2);
}

#[test]
fn invariant_14_what_a_person_typed_is_found_again_after_any_merge() {
    for_seeds(10, "invariant_14", |seed| story(Plot { phones: 4, ..Plot::rough(seed ^ 0x1400) })?.check_nothing_lost());
}
