//! Appointments as kept, and whose time is taken.

use minqing_core::{
    Id,
    appointment::{Appointment, Request, Said, Slot, Step},
    model::{AppointmentEvent, AppointmentPurpose, AppointmentState, Role},
};

use super::{
    Make, Office,
    office::{OFFICER, STREAMS},
};
use crate::{storage::log::KeptAppointment, testing::MORNING};

pub const HOUSEHOLD: Id = Id([8; 16]);
pub const FIRST: Id = Id([31; 16]);
pub const SECOND: Id = Id([32; 16]);
const COLLEAGUE: Id = Id([6; 16]);

fn asked(id: Id, start_ms: i64) -> Appointment {
    let said = Request { household: HOUSEHOLD, purpose: AppointmentPurpose::Routine, matter: None, windows: Vec::new(), minutes: 20, persons: 1 };
    let step =
        Step { id: Id([9; 16]), ordinal: 1, code: AppointmentEvent::Request, by: OFFICER, role: Role::Officer, said: Said::Request(said), done_at: MORNING };
    let slot = Slot { start_ms, minutes: 20, officers: vec![OFFICER] };
    Appointment { slot: Some(slot), ..Appointment::fold(id, [&step]).unwrap() }
}

pub fn keep(office: &Office, id: Id, stream: &str, start_ms: i64, next_ms: Option<i64>) -> KeptAppointment {
    let mut all = None;
    office.apply(|unit| {
        let stream = unit.stream(stream)?.unwrap();
        let kept = KeptAppointment { stream, author: OFFICER, household: HOUSEHOLD, judged: 1, changed_ms: MORNING, appointment: Some(asked(id, start_ms)) };
        unit.keep_appointment(id, &kept, next_ms)?;
        all = Some(kept);
        Ok(())
    });
    all.unwrap()
}

pub fn a_persons_time_is_given_once_and_given_back_whole(make: Make<'_>) {
    let office = Office::of(make);
    for id in [FIRST, SECOND] {
        keep(&office, id, STREAMS[0], MORNING, None);
    }
    office.apply(|unit| {
        assert!(unit.claim(FIRST, &[OFFICER, COLLEAGUE], 10..16)?);
        assert!(!unit.claim(SECOND, &[COLLEAGUE], 15..17)?, "one piece of it is taken");
        assert!(!unit.claim(SECOND, &[Id([7; 16]), OFFICER], 9..11)?);
        assert!(unit.taken(Id([7; 16]), 0..100, FIRST)?.is_empty(), "all or nothing");
        assert!(unit.claim(SECOND, &[COLLEAGUE], 16..17)?, "behind it there is room");
        assert_eq!(unit.taken(COLLEAGUE, 0..100, Id([0; 16]))?.into_iter().collect::<Vec<_>>(), [10, 11, 12, 13, 14, 15, 16]);
        assert_eq!(unit.taken(COLLEAGUE, 12..100, FIRST)?.into_iter().collect::<Vec<_>>(), [16], "but for its own");
        assert_eq!(unit.starts(COLLEAGUE, 0..100, SECOND)?, [MORNING]);
        unit.release(FIRST)?;
        assert!(unit.taken(OFFICER, 0..100, SECOND)?.is_empty() && unit.claim(SECOND, &[OFFICER], 10..11)?);
        Ok(())
    });
    let mut claims = Vec::new();
    office
        .store
        .at_one_moment(&mut |moment| {
            claims = moment.claims()?;
            Ok(())
        })
        .unwrap();
    assert_eq!(claims, [(OFFICER, 10, SECOND), (COLLEAGUE, 16, SECOND)]);
}

pub fn an_appointment_waits_until_a_time_is_agreed_or_it_is_over(make: Make<'_>) {
    let office = Office::of(make);
    keep(&office, FIRST, STREAMS[0], MORNING + 10, None);
    let second = keep(&office, SECOND, STREAMS[1], MORNING, None);
    let waiting = |since_ms, limit| {
        let found = office.store.appointments_waiting(super::office::COMMUNITY, since_ms, limit).unwrap();
        found.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!((waiting(MORNING + 99, 9), waiting(0, 1)), (vec![SECOND, FIRST], vec![SECOND]), "what was to be earliest comes first");
    assert!(office.store.appointments_waiting("620102001002", 0, 9).unwrap().is_empty());
    let set = |state: AppointmentState| {
        let kept = KeptAppointment { appointment: second.appointment.clone().map(|a| Appointment { state, ..a }), ..second.clone() };
        office.apply(|unit| unit.keep_appointment(SECOND, &kept, None));
    };
    for state in AppointmentState::ALL {
        set(*state);
        let waits = matches!(state, AppointmentState::Requested | AppointmentState::Proposed | AppointmentState::Held | AppointmentState::Missed);
        assert_eq!(waiting(MORNING, 9).contains(&SECOND), waits, "{state:?}");
    }
    set(AppointmentState::Missed);
    assert_eq!(waiting(MORNING + 1, 9), [FIRST], "what was missed long ago waits no more");
}

pub fn an_appointment_is_kept_found_by_its_day_and_door_and_when_it_is_due(make: Make<'_>) {
    let office = Office::of(make);
    let first = keep(&office, FIRST, STREAMS[0], MORNING, Some(MORNING + 5));
    let second = keep(&office, SECOND, STREAMS[1], MORNING + 10, Some(MORNING + 1));
    assert_eq!(office.store.appointment(FIRST).unwrap(), Some((STREAMS[0].into(), first.clone())));
    assert_eq!(office.store.appointment(HOUSEHOLD).unwrap(), None);
    let due = |now_ms, limit| office.store.appointments_due(now_ms, limit).unwrap();
    assert_eq!((due(MORNING, 9), due(MORNING + 1, 9), due(MORNING + 5, 9), due(MORNING + 5, 1)), (vec![], vec![SECOND], vec![SECOND, FIRST], vec![SECOND]));
    let community = super::office::COMMUNITY;
    let between = |from, until| office.store.appointments_between(community, from, until).unwrap();
    assert_eq!(between(MORNING, MORNING + 10), [(FIRST, first.clone())]);
    assert_eq!(between(MORNING, MORNING + 11), [(FIRST, first.clone()), (SECOND, second.clone())]);
    assert!(office.store.appointments_between("620102001002", MORNING, MORNING + 11).unwrap().is_empty());
    office.apply(|unit| {
        assert_eq!(unit.appointments_at(HOUSEHOLD, first.stream)?, [FIRST]);
        unit.set_home(FIRST, first.stream, second.stream)?;
        assert_eq!(unit.appointments_at(HOUSEHOLD, second.stream)?, [FIRST, SECOND]);
        assert_eq!(unit.appointment(FIRST)?, Some(KeptAppointment { stream: second.stream, ..first.clone() }));
        Ok(())
    });
}
