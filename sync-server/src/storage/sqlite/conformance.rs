//! The suite that every store passes, on SQLite.

use std::cell::Cell;

use super::Sqlite;
use crate::{
    storage::conformance::{Make, suite},
    testing::{Counting, Hands},
};

/// Each store in a directory of its own.
fn with(check: fn(Make<'_>)) {
    let dir = tempfile::tempdir().unwrap();
    let made = Cell::new(0u64);
    check(&|| {
        made.set(made.get() + 1);
        let dir = dir.path().join(made.get().to_string());
        std::fs::create_dir(&dir).unwrap();
        Box::new(Sqlite::open(&dir, &Hands::default(), &Counting::from(made.get())).unwrap())
    });
}

suite!(crate::storage::sqlite::conformance::with);
