//! `Accounts`: officers, codes, phones, reading.

use std::thread;

use minqing_core::{Id, ids::Device};

use super::{
    Make, Office,
    office::{COMMUNITY, DEVICE, OFFICER, STREAMS, device, officer, open},
};
use crate::{
    storage::{Ended, Enrolment, KnownDevice, Scope, StoreError},
    testing::MORNING,
};

const LATER: i64 = MORNING + 1;

pub fn an_officer_gets_a_scope_in_order_within_one_community(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    open(&**store, "620102001002");
    let streams = [vec![format!("person:{OFFICER}")], STREAMS.map(str::to_owned).to_vec()].concat();
    assert_eq!(store.scope(OFFICER).unwrap(), Some(Scope { version: 1, streams }), "grids ascending, however they were given");
    assert_eq!(store.officer(OFFICER).unwrap().unwrap().grids.len(), 2);
    assert_eq!((store.officer(Id([9; 16])).unwrap(), store.scope(Id([9; 16])).unwrap()), (None, None));
    let unknown = |what, id: &str| Err(StoreError::Unknown { what, id: id.into() });
    let new = officer(Id([6; 16]));
    let mut elsewhere = new.clone();
    elsewhere.grids.push("620102001002001".into());
    assert_eq!(store.add_officer(&elsewhere, MORNING), unknown("grid", "620102001002001"));
    let mut nowhere = new.clone();
    nowhere.community = "620102001003".into();
    assert_eq!(store.add_officer(&nowhere, MORNING), unknown("community", "620102001003"));
    assert_eq!(store.officer(new.id).unwrap(), None, "what was refused left nothing");
    store.add_officer(&new, MORNING).unwrap();
    let of = |community| store.officers(community).unwrap().into_iter().map(|seen| seen.officer.id).collect::<Vec<_>>();
    assert_eq!((of(None), of(Some(COMMUNITY)), of(Some("620102001002"))), (vec![OFFICER, new.id], vec![OFFICER, new.id], vec![]));
}

pub fn a_code_enrols_one_phone_in_its_time(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    let enrol = |code: u8, number, now_ms| store.enrol(&[code; 32], &device(Device(number)), now_ms).unwrap();
    assert_eq!(enrol(9, 2, MORNING), Enrolment::CodeUnknown);
    store.add_code(&[2; 32], OFFICER, LATER).unwrap();
    assert_eq!(enrol(2, 2, LATER), Enrolment::CodeExpired);
    assert_eq!(store.device(Device(2)).unwrap(), None);
    let Enrolment::Done { officer, scope } = enrol(2, 2, MORNING) else { panic!("a good code") };
    assert_eq!((officer.id, scope.version), (OFFICER, 1));
    assert_eq!(enrol(2, 3, MORNING), Enrolment::CodeUsed);
    let known = KnownDevice { number: Device(2), officer: OFFICER, sign_key: [1; 32], seal_key: [2; 32] };
    assert_eq!((store.device(Device(2)).unwrap(), store.device(Device(3)).unwrap()), (Some(known), None));
    // Nothing more for somebody who was disabled, by an old code or a new one.
    store.add_code(&[3; 32], OFFICER, LATER).unwrap();
    store.disable_officer(OFFICER, Some(MORNING)).unwrap();
    assert_eq!(enrol(3, 3, MORNING), Enrolment::CodeExpired);
    assert_eq!(store.add_code(&[4; 32], OFFICER, LATER).unwrap_err().code(), "officer.disabled");
    assert_eq!(store.add_code(&[4; 32], Id([9; 16]), LATER).unwrap_err().code(), "officer.unknown");
    assert_eq!(store.officers(None).unwrap()[0].disabled_ms, Some(MORNING));
    store.disable_officer(OFFICER, None).unwrap();
    assert!(matches!(enrol(3, 3, MORNING), Enrolment::Done { .. }));
}

pub fn a_number_that_was_given_before_changes_nothing(make: Make<'_>) {
    let office = Office::of(make);
    let before = office.store.device(DEVICE).unwrap();
    assert_eq!(office.enrol([2; 32], DEVICE, MORNING), Enrolment::NumberTaken);
    assert_eq!(office.store.device(DEVICE).unwrap(), before);
    assert!(matches!(office.store.enrol(&[2; 32], &device(Device(3)), MORNING).unwrap(), Enrolment::Done { .. }), "the code is good still");
}

pub fn of_two_who_use_a_code_at_once_one_is_enrolled(make: Make<'_>) {
    let office = Office::of(make);
    for round in 0..10u32 {
        let code = [u8::try_from(round).unwrap() + 10; 32];
        office.store.add_code(&code, OFFICER, LATER).unwrap();
        let enrolled = thread::scope(|s| {
            let store = &office.store;
            let threads: Vec<_> = (0..4).map(|n| s.spawn(move || store.enrol(&code, &device(Device(100 * round + n + 1)), MORNING).unwrap())).collect();
            threads.into_iter().map(|t| t.join().unwrap()).filter(|e| matches!(e, Enrolment::Done { .. })).count()
        });
        assert_eq!(enrolled, 1);
    }
    assert_eq!(office.store.phones(COMMUNITY).unwrap().len(), 11);
}

pub fn reading_ends_for_the_first_reason_and_is_allowed_again(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    let ended = || (store.reading_ended(DEVICE).unwrap(), store.phones(COMMUNITY).unwrap()[0].reading_ended);
    assert_eq!(ended(), (false, None));
    assert!(store.reading_ended(Device(9)).unwrap(), "one that is not known may not read");
    store.end_reading(DEVICE, MORNING).unwrap();
    store.disable_officer(OFFICER, Some(LATER)).unwrap();
    assert_eq!(ended(), (true, Some((MORNING, Ended::Office))));
    store.allow_reading(DEVICE).unwrap();
    assert_eq!(ended(), (false, None));
    store.disable_officer(OFFICER, Some(LATER)).unwrap();
    store.disable_officer(OFFICER, None).unwrap();
    store.end_reading(DEVICE, LATER + 1).unwrap();
    assert_eq!(ended(), (true, Some((LATER, Ended::Officer))), "the old phones stay as they are");
    for refused in [store.end_reading(Device(9), 1), store.allow_reading(Device(9))] {
        assert_eq!(refused.unwrap_err().code(), "device.unknown");
    }
    assert_eq!(store.disable_officer(Id([9; 16]), None).unwrap_err().code(), "officer.unknown");
}
