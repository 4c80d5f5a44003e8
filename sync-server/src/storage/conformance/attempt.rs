//! `Unit::attempt`: a part of a transaction.

use super::{
    Make, Office, item, name,
    office::{STREAMS, take},
};
use crate::storage::{StoreError, log::Attempt};

pub fn what_fails_undoes_itself_alone(make: Make<'_>) {
    let office = Office::of(make);
    office.deliver(1, &(1..=6).map(|n| item(1, &n.to_string())).collect::<Vec<_>>());
    let end = |n| match n {
        2 => Err(StoreError::Conflict("x".into())),
        3 => Err(StoreError::Refused("aside.rules")),
        4 => Err(StoreError::Damaged("x".into())),
        5 => panic!("half way"),
        _ => Ok(()),
    };
    let undone = Attempt::Undone;
    office.apply(|unit| {
        for (n, expected) in (1..).zip([Attempt::Done, undone, undone, Attempt::Unreadable, undone, Attempt::Done]) {
            let attempt = unit.attempt(&mut |unit| take(unit, STREAMS[0], n).and_then(|_| end(n)))?;
            assert_eq!(attempt, expected, "{n}");
        }
        Ok(())
    });
    assert_eq!(office.store.waiting().unwrap(), [2, 3, 4, 5].map(name));
    let places: Vec<_> = office.rows().iter().map(|p| (p.row.seq, p.row.name.n)).collect();
    assert_eq!(places, [(1, 1), (2, 6)], "what was undone left no gap");
}

pub fn what_the_machine_refuses_undoes_all(make: Make<'_>) {
    let office = Office::of(make);
    office.deliver(1, &[item(1, "a"), item(1, "b")]);
    for broken in [StoreError::Backend("the disk".into()), StoreError::Newer] {
        let done = office.store.apply(&mut |unit| {
            take(unit, STREAMS[0], 1)?;
            unit.attempt(&mut |_| Err(broken.clone()))?;
            panic!("went on after the machine had refused")
        });
        assert_eq!(done, Err(broken));
        assert_eq!(office.store.waiting().unwrap(), [1, 2].map(name));
    }
}

pub fn one_within_another(make: Make<'_>) {
    let office = Office::of(make);
    office.deliver(1, &(1..=4).map(|n| item(1, &n.to_string())).collect::<Vec<_>>());
    let conflict = || Err(StoreError::Conflict("x".into()));
    office.apply(|unit| {
        let outer = unit.attempt(&mut |unit| {
            take(unit, STREAMS[0], 1)?;
            let inner = unit.attempt(&mut |unit| take(unit, STREAMS[0], 2).and_then(|_| conflict()))?;
            assert_eq!(inner, Attempt::Undone);
            Ok(())
        })?;
        assert_eq!(outer, Attempt::Done);
        let outer = unit.attempt(&mut |unit| {
            let inner = unit.attempt(&mut |unit| take(unit, STREAMS[0], 3).map(drop))?;
            assert_eq!(inner, Attempt::Done);
            conflict()
        })?;
        assert_eq!(outer, Attempt::Undone);
        Ok(())
    });
    assert_eq!(office.store.waiting().unwrap(), [2, 3, 4].map(name));
}
