//! Whom to visit next: what holds of any doors.

use minqing_core::{
    Id,
    clock::DAY_MS,
    rounds::{Awaited, Cycle, DoorFacts, all_wanted, wanted},
};
use proptest::prelude::*;

use super::world::config;

/// Monday, 14 September 2026, 08:00.
const NOW: i64 = 1_789_344_000_000;

fn id() -> impl Strategy<Value = Id> {
    (1..9_u8).prop_map(|n| Id([n; 16]))
}

fn moment() -> impl Strategy<Value = i64> {
    (-60..20_i64, 0..DAY_MS).prop_map(|(days, ms)| NOW + days * DAY_MS + ms)
}

fn awaited() -> impl Strategy<Value = Awaited> {
    (id(), prop::option::weighted(0.8, moment())).prop_map(|(id, due_ms)| Awaited { id, due_ms })
}

prop_compose! {
    fn facts()(
        last_visit_ms in prop::option::weighted(0.8, moment()),
        registered_ms in prop::option::of(moment()),
        follow_ups in prop::collection::vec(awaited(), 0..3),
        feedback in prop::collection::vec(awaited(), 0..2),
        papers in prop::collection::vec(awaited(), 0..2),
        untold in prop::collection::vec(id(), 0..3),
        lives_alone in any::<bool>(),
        oldest_birth_year in prop::option::of(1930..2010_u16),
        ill_or_disabled in prop::bool::weighted(0.2),
    ) -> DoorFacts {
        let household = Id([0; 16]);
        DoorFacts { household, last_visit_ms, registered_ms, follow_ups, feedback, papers, untold, lives_alone, oldest_birth_year, ill_or_disabled }
    }
}

fn doors() -> impl Strategy<Value = Vec<DoorFacts>> {
    prop::collection::vec(facts(), 0..12).prop_map(|mut doors| {
        doors.iter_mut().zip(1..).for_each(|(door, n)| door.household = Id([n; 16]));
        doors
    })
}

/// One more reason to come.
fn more() -> impl Strategy<Value = (u8, Awaited)> {
    (0..5_u8, awaited())
}

fn with(door: &DoorFacts, (which, awaited): (u8, Awaited)) -> DoorFacts {
    let mut door = door.clone();
    match which {
        0 => door.follow_ups.push(awaited),
        1 => door.feedback.push(awaited),
        2 => door.papers.push(awaited),
        3 => door.untold.push(awaited.id),
        // A visit that lies ahead counts for nothing, so an earlier one would be news.
        _ => door.last_visit_ms = door.last_visit_ms.map(|ms| if ms < NOW { ms - 40 * DAY_MS } else { ms }),
    }
    door
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn one_more_reason_never_lowers_a_door(doors in doors(), at in 0..12_usize, more in more()) {
        let Some(door) = doors.get(at) else { return Ok(()) };
        let place = |doors: &[DoorFacts]| all_wanted(doors, NOW, &Cycle::default()).iter().position(|wanted| wanted.household == door.household);
        let mut after = doors.clone();
        after[at] = with(door, more);
        let Some(before) = place(&doors) else { return Ok(()) };
        let after = place(&after);
        prop_assert!(after.is_some_and(|after| after <= before), "{before} {after:?}");
    }

    #[test]
    fn the_order_in_which_doors_are_told_changes_nothing(doors in doors(), turn in 0..12_usize) {
        let mut other = doors.clone();
        let most = other.len().max(1);
        other.rotate_left(turn % most);
        for door in &mut other {
            door.follow_ups.reverse();
            door.untold.reverse();
        }
        prop_assert_eq!(all_wanted(&doors, NOW, &Cycle::default()), all_wanted(&other, NOW, &Cycle::default()));
    }

    #[test]
    fn a_door_that_opened_today_is_not_wanted_for_its_cycle(door in facts(), hours in 0..8_i64) {
        let opened = DoorFacts { last_visit_ms: Some(NOW - hours * 3_600_000), ..door };
        let found = wanted(&opened, NOW, &Cycle::default());
        prop_assert!(found.iter().flat_map(|wanted| &wanted.reasons).all(|reason| reason.about.is_some()));
    }

    #[test]
    fn whoever_is_wanted_has_a_reason_and_some_minutes(doors in doors()) {
        let found = all_wanted(&doors, NOW, &Cycle::default());
        for wanted in &found {
            prop_assert!(!wanted.reasons.is_empty() && (5..=60).contains(&wanted.minutes));
            prop_assert!(wanted.reasons.windows(2).all(|pair| pair[0].why <= pair[1].why));
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].urgency >= pair[1].urgency));
    }
}
