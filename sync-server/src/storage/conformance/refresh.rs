//! Refresh tokens: one after the other, or past all of them by a challenge.

use minqing_core::ids::Device;

use super::{
    Make, Office,
    office::{COMMUNITY, DEVICE, REFRESH},
};
use crate::{
    storage::{Ended, RefreshToken, Rotation},
    testing::MORNING,
};

fn rotate(office: &Office, shown: &RefreshToken, random: u8) -> Rotation {
    office.store.rotate_refresh(DEVICE, shown, &[random; 24], MORNING).unwrap()
}

pub fn a_token_is_good_until_its_successor_is_used(make: Make<'_>) {
    let office = Office::of(make);
    let [zero, one, other_one, two] = [(0, REFRESH), (1, [1; 24]), (1, [11; 24]), (2, [2; 24])].map(|(g, r)| RefreshToken::new(g, &r));
    let mark = || office.store.refresh_mark(DEVICE).unwrap().unwrap();
    assert!(rotate(&office, &zero, 1) == Rotation::Next(one));
    assert!(rotate(&office, &zero, 11) == Rotation::Next(other_one), "the answer was lost, so it is asked again");
    let before = mark();
    assert!(rotate(&office, &RefreshToken::new(7, &[7; 24]), 9) == Rotation::Unknown);
    assert!(rotate(&office, &one, 9) == Rotation::Unknown, "no longer the next");
    assert_eq!((mark(), office.store.reading_ended(DEVICE).unwrap()), (before, false), "nothing was changed");
    assert!(rotate(&office, &other_one, 2) == Rotation::Next(two));
    assert_ne!(mark(), before);
    assert!(rotate(&office, &zero, 9) == Rotation::Reused);
    assert_eq!(office.store.phones(COMMUNITY).unwrap()[0].reading_ended, Some((MORNING, Ended::Reused)));
    assert!(office.store.rotate_refresh(Device(9), &zero, &[9; 24], MORNING).unwrap() == Rotation::Unknown);
    assert_eq!(office.store.refresh_mark(Device(9)).unwrap(), None);
}

pub fn a_challenge_gives_a_token_past_all_others_and_is_noted(make: Make<'_>) {
    let office = Office::of(make);
    let zero = RefreshToken::new(0, &REFRESH);
    let Rotation::Next(one) = rotate(&office, &zero, 1) else { panic!("the present token") };
    let mark = office.store.refresh_mark(DEVICE).unwrap().unwrap();
    let suspected = || office.store.phones(COMMUNITY).unwrap()[0].clone_suspected_ms;
    assert_eq!(suspected(), None);
    let fresh = office.store.renew(DEVICE, &mark, &[5; 24], MORNING).unwrap().expect("the present mark");
    assert_eq!(suspected(), Some(MORNING));
    assert_eq!(office.store.renew(DEVICE, &mark, &[6; 24], MORNING).unwrap(), None, "an old mark");
    assert!(matches!(rotate(&office, &fresh, 7), Rotation::Next(_)));
    assert!(rotate(&office, &one, 8) == Rotation::Reused, "whoever still has the others shows an old one");
}
