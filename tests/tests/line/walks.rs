//! Random walks along the line: what holds wherever people go.

use minqing_core::{
    frame::{from_cbor, to_cbor},
    model::{Category, EventCode as E},
    pipeline::Matter,
};
use minqing_tests::line::{Case, Deed, deeds::Others, finish::finish, people::OFFICER, words::plain};
use proptest::{prelude::*, test_runner::RngSeed};

use super::wander::{Pick, play};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 160, rng_seed: RngSeed::Fixed(6), failure_persistence: None, ..ProptestConfig::default() }
}

fn story() -> impl Strategy<Value = Vec<Pick>> {
    prop::collection::vec((0..12_u8, any::<u16>(), 0..12_u8).prop_map(|(wait, what, late)| Pick { wait, what, late }), 1..40)
}

fn category() -> impl Strategy<Value = Category> {
    prop::sample::select(vec![Category::Mediation, Category::Utilities, Category::Safety])
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn properties_01_06_07_08_11_12_hold_wherever_people_go(category in category(), story in story()) {
        let others = Others::of(category);
        let mut case = Case::registered("2026-09-14 09:00", category);
        if let Err(law) = play(&mut case, &others, &story) {
            prop_assert!(false, "{}", law);
        }
        // Replay is the stored state, and the stored state is read as it was written.
        prop_assert_eq!(case.replay(), case.matter.clone());
        let stored: Matter = from_cbor(&to_cbor(case.m())).expect("a stored matter");
        prop_assert_eq!(&stored, case.m());
        // Everything sent once more changes nothing.
        let sent = case.clone();
        for event in &sent.events {
            let _ = case.receives(event, event.at.device_ms, &Deed::new(OFFICER, plain(E::Note)));
        }
        prop_assert_eq!((&case.matter, case.facts.len()), (&sent.matter, sent.facts.len()));
        // From wherever it went there is a way to the end.
        if let Err(stuck) = finish(&mut case) {
            prop_assert!(false, "{}", stuck);
        }
        prop_assert_eq!(case.replay(), case.matter.clone());
    }

    #[test]
    fn property_04_what_is_used_and_what_is_left_are_the_allowance(category in category(), story in story()) {
        let others = Others::of(category);
        let mut case = Case::registered("2026-09-14 09:00", category);
        if let Err(law) = play(&mut case, &others, &story) {
            prop_assert!(false, "{}", law);
        }
        for clock in case.m().clocks.iter() {
            let reading = clock.reading(case.now_ms, &case.calendar);
            let Some(whole) = clock.allowance_ms(&case.calendar) else { continue };
            prop_assert_eq!(reading.used_ms + reading.left_ms.unwrap_or(0), whole.max(reading.used_ms));
            let due = clock.due_ms(&case.calendar);
            prop_assert_eq!(due.is_none(), clock.is_paused() && reading.used_ms < whole || due.is_none() && clock.ended.is_some());
            if let Some(due) = due.filter(|_| clock.ended.is_none()) {
                prop_assert_eq!(clock.used_ms(due, &case.calendar), whole, "at the due date it is used up");
            }
        }
    }
}
