//! `Desks`: the office's staff and their sessions.

use minqing_core::{Id, model::Role};

use super::{Make, office::COMMUNITY};
use crate::{
    storage::{Grant, NewSession, Staff, StoreError},
    testing::MORNING,
};

const DAY: i64 = 24 * 3_600_000;

fn staff(id: u8, name: &str) -> Staff {
    let grants = vec![Grant { role: Role::Clerk, area: COMMUNITY.into() }];
    Staff { id: Id([id; 16]), name: name.into(), grants, disabled_ms: None }
}

pub fn a_name_is_taken_once_and_a_role_is_given_once(make: Make<'_>) {
    let store = make();
    let [ma, zhao] = [staff(1, "马春兰"), staff(2, "赵")];
    store.add_staff(&ma, "phc", MORNING).unwrap();
    assert_eq!(store.add_staff(&staff(3, "马春兰"), "other", MORNING), Err(StoreError::Exists { what: "staff" }));
    store.add_staff(&zhao, "phc", MORNING).unwrap();
    assert_eq!(store.all_staff().unwrap(), [zhao, ma.clone()]);
    assert_eq!(store.staff_named("马春兰").unwrap(), Some((ma.clone(), "phc".into())));
    assert_eq!(store.staff_named("无").unwrap(), None);
    let street = Grant { role: Role::Supervisor, area: "620102001".into() };
    for _ in 0..2 {
        store.grant(ma.id, &street).unwrap();
    }
    let held = store.staff_named("马春兰").unwrap().unwrap().0.grants;
    assert_eq!(held, [street.clone(), ma.grants[0].clone()], "by area");
    assert!(store.revoke(ma.id, &street).unwrap() && !store.revoke(ma.id, &street).unwrap());
    assert_eq!(store.staff_named("马春兰").unwrap().unwrap().0, ma);
}

pub fn a_session_ends_by_time_by_hand_and_with_its_owner(make: Make<'_>) {
    let store = make();
    let ma = staff(1, "马春兰");
    store.add_staff(&ma, "phc", MORNING).unwrap();
    let start = |hash: u8, now_ms| {
        let session =
            NewSession { hash: [hash; 32], staff: ma.id, csrf: "token".into(), browser: "b".into(), place: [hash; 8], now_ms, expires_ms: now_ms + DAY };
        store.start_session(&session).unwrap();
    };
    let open = |hash: u8, now_ms| store.session(&[hash; 32], now_ms).unwrap();
    let seen = || store.sessions_of(ma.id, MORNING).unwrap().into_iter().map(|s| s.hash[0]).collect::<Vec<_>>();
    assert!(!store.knows_place(ma.id, &[1; 8]).unwrap());
    for (hash, later) in [(1, 0), (2, 1), (3, 2)] {
        start(hash, MORNING + later);
    }
    assert_eq!(seen(), [3, 2, 1], "newest first");
    assert!(store.knows_place(ma.id, &[1; 8]).unwrap() && !store.knows_place(Id([9; 16]), &[1; 8]).unwrap());
    assert_eq!(open(1, MORNING + DAY - 1).map(|s| (s.staff, s.csrf, s.community)), Some((ma.clone(), "token".into(), None)));
    assert_eq!((open(1, MORNING + DAY), open(9, MORNING)), (None, None));
    store.choose_desk(&[1; 32], COMMUNITY).unwrap();
    assert_eq!(open(1, MORNING).unwrap().community.as_deref(), Some(COMMUNITY));
    for _ in 0..2 {
        store.end_session(&[2; 32]).unwrap();
    }
    assert_eq!(seen(), [3, 1]);
    assert_eq!(store.end_sessions(ma.id, Some(&[1; 32])).unwrap(), 1);
    start(4, MORNING + 3);
    store.set_password(ma.id, "new", Some(&[4; 32])).unwrap();
    assert_eq!((seen(), store.staff_named("马春兰").unwrap().unwrap().1), (vec![4], "new".into()));
    store.disable_staff(ma.id, Some(MORNING)).unwrap();
    assert_eq!((seen(), open(4, MORNING)), (vec![], None));
    assert_eq!(store.staff_named("马春兰").unwrap().unwrap().0.disabled_ms, Some(MORNING), "who may not sign in is there still");
    store.disable_staff(ma.id, None).unwrap();
    assert_eq!(open(4, MORNING), None, "what ended stays so");
    // What is over is cleared away by the next start, though nobody ended it.
    start(5, MORNING);
    start(6, MORNING + DAY);
    assert_eq!(store.sessions_of(ma.id, 0).unwrap().len(), 1);
}
