//! Visits of a year that is over: they leave the phone, are asked for, fetched with the next sync, and read.

use std::{pin::pin, sync::Arc};

use minqing_core::{clock::local_date, model::NewVisit};
use minqing_mobile_ffi::MinqingError;
use minqing_sync_server::{
    App,
    clock::{Clock, SystemClock},
    sync::archive_all,
};
use minqing_tests::{
    hands::{Dice, Hands},
    server,
    story_phone::System,
};

use super::{
    together::{door, enrolled, now, office},
    world::world,
};

#[test]
fn visits_of_a_year_that_is_over_are_fetched_when_they_are_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, world) = world(dir.path());
    let phone = enrolled(dir.path(), &world, Arc::new(System));
    let sync = || now(pin!(phone.sync(office(&world), None))).unwrap().unwrap();
    let door = phone.record_household(door(1)).unwrap();
    let visit = NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "talked".into(), note: "去年的事".into(), ..NewVisit::default() };
    phone.record_visit(visit).unwrap();
    sync();
    let year = local_date(SystemClock.now_ms()).year();
    let refused = phone.ask_history(door.clone(), year).unwrap_err();
    assert!(matches!(refused, MinqingError::Missing { ref code, .. } if code == "history.unknown"), "it is all here: {refused:?}");

    // At the office it is the spring after next.
    let later = Hands::at(SystemClock.now_ms() + 430 * 86_400_000);
    let app = App::open(server::config(&dir.path().join("office")).unwrap(), Arc::new(later), Arc::new(Dice::new(7, 7))).unwrap();
    assert_eq!(archive_all(&app, 60).unwrap().volumes, 1);
    sync();
    let detail = phone.household(door.clone()).unwrap();
    assert_eq!((detail.visits.len(), &detail.archived_years[..]), (0, &[year][..]));
    assert_eq!(phone.history(door.clone(), year).unwrap(), None);

    phone.ask_history(door.clone(), year).unwrap();
    sync();
    let visits = phone.history(door.clone(), year).unwrap().expect("it was fetched");
    assert_eq!((visits.len(), visits[0].note.as_str()), (1, "去年的事"));
    assert!(phone.household(door).unwrap().visits.is_empty(), "it is read, not had");
}
