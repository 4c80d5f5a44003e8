//! A crash may end the write-ahead log anywhere: what shared a commit is there as a whole or not at all.

use std::{path::Path, thread};

use minqing_core::ids::Name;
use rusqlite::Connection;

use super::super::{FILE, Sqlite, lock};
use crate::{
    storage::{
        conformance::{Office, delivery, item},
        log::Log,
    },
    testing::{Counting, Hands},
};

/// Exchanges that wait for the writer together.
const TOGETHER: u64 = 8;

fn open(dir: &Path) -> Sqlite {
    Sqlite::open(dir, &Hands::default(), &Counting::default()).unwrap()
}

/// Brings so many deliveries of two items at once, numbered from `first`; all are acknowledged by one commit.
fn bring_together(store: &Sqlite, first: u64) {
    thread::scope(|s| {
        let writer = lock(&store.writer);
        let threads: Vec<_> = (0..TOGETHER)
            .map(|i| {
                let n = first + 2 * i;
                let one = s.spawn(move || store.receive(delivery(n, &[item(1, &n.to_string()), item(2, &n.to_string())])).unwrap());
                while lock(&store.group.0).jobs.len() <= usize::try_from(i).unwrap() {
                    thread::yield_now();
                }
                one
            })
            .collect();
        drop(writer);
        for one in threads {
            assert_eq!(one.join().unwrap().known, [None, None]);
        }
    });
}

#[test]
fn a_group_of_exchanges_is_whole_or_not_there_wherever_the_log_ends() {
    let dir = tempfile::tempdir().unwrap();
    drop(Office::of(&|| Box::new(open(dir.path()))));
    let store = open(dir.path());
    // Whoever reads the file as it is now keeps the log from being written back.
    let reader = Connection::open(dir.path().join(FILE)).unwrap();
    reader.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); BEGIN; SELECT count(*) FROM meta;").unwrap();
    let wal = dir.path().join(format!("{FILE}-wal"));
    let mut acknowledged = vec![(0, 0)];
    for group in 0..3u64 {
        bring_together(&store, group * 2 * TOGETHER + 1);
        acknowledged.push((std::fs::metadata(&wal).unwrap().len(), (group + 1) * 2 * TOGETHER));
    }
    let bytes = std::fs::read(&wal).unwrap();
    let mut seen = Vec::new();
    // Four places in each frame, and the end.
    for cut in (0..bytes.len()).step_by(1_030).chain([bytes.len()]) {
        let left = tempfile::tempdir().unwrap();
        std::fs::copy(dir.path().join(FILE), left.path().join(FILE)).unwrap();
        std::fs::write(left.path().join(format!("{FILE}-wal")), &bytes[..cut]).unwrap();
        let waiting: Vec<Name> = open(left.path()).waiting().unwrap();
        let promised = acknowledged.iter().rfind(|(at, _)| *at <= cut as u64).unwrap().1;
        assert_eq!((waiting.len() as u64) % (2 * TOGETHER), 0, "a part of a group at {cut}");
        assert!(waiting.len() as u64 >= promised, "acknowledged and gone at {cut}");
        seen.push(waiting.len() as u64 / 2 / TOGETHER);
    }
    assert!(seen.is_sorted() && seen.len() > 30, "{seen:?}");
    seen.dedup();
    assert_eq!(seen, [0, 1, 2, 3]);
}
