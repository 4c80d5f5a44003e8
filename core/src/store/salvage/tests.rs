//! The page reader against files that SQLite wrote, sound and damaged.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, params, types::Value};

use super::{
    cells::{Kind, TreePage},
    pages::{self, Pages},
    places::Places,
    record, rows,
    wal::Wal,
};
use crate::{
    Id,
    envelope::Item,
    ids::Opening,
    store::{migrations, outbox},
};

const PAGE: usize = 4096;

struct Dir(PathBuf);

impl Dir {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("minqing-salvage-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Bytes that repeat themselves for a seed.
fn noise(seed: u64) -> impl Iterator<Item = u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::from_fn(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        Some((state >> 32) as u8)
    })
}

/// A phone's file with `actions` in its journal, each with an item; what is in the log stays there.
fn phone(dir: &Path, actions: u64) -> Connection {
    let mut db = Connection::open(dir.join("minqing.db")).unwrap();
    db.pragma_update(None, "journal_mode", "WAL").unwrap();
    db.pragma_update(None, "wal_autocheckpoint", 0).unwrap();
    migrations::run(&mut db).unwrap();
    for n in 1..=actions {
        let tx = db.transaction().unwrap();
        // Now and then more than a page holds.
        let length = if n % 7 == 0 { 9_000 } else { 300 };
        let record = Id::timed(1_000 + n as i64, &[n as u8; 10]);
        let typed = serde_json::to_string(&"访".repeat(length / 3)).unwrap();
        let journal = outbox::write_journal(&tx, &[record, Id([n as u8; 16])], "visit", &typed, n as i64).unwrap();
        let item = Item { kind: 1, doc: record, bytes: noise(n).take(length).collect() };
        outbox::put(&tx, journal, Opening([1; 5]), n, &item).unwrap();
        tx.commit().unwrap();
    }
    db
}

fn read(dir: &Path) -> Pages {
    Pages::read(&dir.join("minqing.db"), &dir.join("minqing.db-wal")).unwrap()
}

/// What comes over to a new file: rows of journal, outbox and `touched`, and how many pages could not be read.
fn taken_over(pages: &Pages) -> (i64, i64, i64, u32) {
    let mut db = Connection::open_in_memory().unwrap();
    migrations::run(&mut db).unwrap();
    db.pragma_update(None, "foreign_keys", false).unwrap();
    let read = rows::take_over(&db, pages).unwrap();
    let count = |table: &str| db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap();
    (count("journal"), count("outbox"), count("touched"), read.unreadable)
}

#[test]
fn every_row_that_sqlite_wrote_is_read_whatever_it_holds() {
    let dir = Dir::new("rows");
    let db = Connection::open(dir.0.join("minqing.db")).unwrap();
    db.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c); CREATE TABLE w (k PRIMARY KEY, v) WITHOUT ROWID").unwrap();
    let integers =
        [0, 1, -1, 127, -128, 32_767, -32_768, 8_388_607, -8_388_608, i64::from(i32::MAX), i64::from(i32::MIN), 1 << 46, -(1 << 46), i64::MAX, i64::MIN];
    for (i, n) in (-20i64..400).zip(0..) {
        let integer = integers[n % integers.len()];
        // All lengths around those at which a record begins to overflow, and some of many pages.
        let length = [n, 3_990 + n, 4_060 - n, 900 + n * 2, n * 97][n % 5];
        let bytes: Vec<u8> = noise(n as u64).take(length).collect();
        let text = "门".repeat(n % 50);
        db.execute("INSERT INTO t VALUES (?, ?, ?, ?)", params![i * 1_000_003, integer, bytes, n as f64 / 3.0]).unwrap();
        db.execute("INSERT INTO w VALUES (?, ?)", params![format!("{n:04}{text}"), (n % 3 > 0).then_some(bytes)]).unwrap();
    }
    let pages = read(&dir.0);
    let places = Places::of(&pages);
    let mut found: BTreeMap<&str, Vec<Vec<Value>>> = BTreeMap::new();
    for number in 1..=pages.count() {
        let Some(page) = TreePage::of(&pages, number) else { continue };
        let owner = places.owner(number).unwrap_or_default();
        for cell in page.cells(&pages) {
            let mut values = record::read(&cell.payload).unwrap();
            match owner {
                "t" if page.kind == Kind::TableLeaf => values[0] = Value::Integer(cell.rowid),
                "w" => {}
                _ => continue,
            }
            found.entry(owner).or_default().push(values);
        }
    }
    for (table, columns) in [("t", 4), ("w", 2)] {
        let mut query = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let rows = query.query_map([], |row| (0..columns).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<Value>>>()).unwrap();
        let mut expected: Vec<Vec<Value>> = rows.map(std::result::Result::unwrap).collect();
        let mut found = found.remove(table).unwrap();
        expected.sort_by(|a, b| format!("{a:?}").cmp(&format!("{b:?}")));
        found.sort_by(|a, b| format!("{a:?}").cmp(&format!("{b:?}")));
        assert!(expected.len() == 420 && found == expected, "{table}: {} of {} rows", found.len(), expected.len());
    }
}

#[test]
fn what_was_committed_to_the_log_alone_counts_and_what_was_not_does_not() {
    let dir = Dir::new("log");
    let mut db = phone(&dir.0, 40);
    assert_eq!(taken_over(&read(&dir.0)), (40, 40, 80, 0));
    let tx = db.transaction().unwrap();
    tx.pragma_update(None, "cache_size", 1).unwrap();
    tx.execute_batch("UPDATE journal SET action = 'never'; UPDATE outbox SET tries = 9, argument = zeroblob(3000)").unwrap();
    let file = read(&dir.0);
    assert_eq!(taken_over(&file), (40, 40, 80, 0));
    drop(tx);
    assert_eq!(taken_over(&read(&dir.0)).0, 40);
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    assert_eq!(taken_over(&read(&dir.0)), (40, 40, 80, 0));
}

#[test]
fn a_damaged_frame_costs_itself_alone_and_is_noticed_where_something_was_committed_after_it() {
    let dir = Dir::new("frames");
    let db = phone(&dir.0, 40);
    let (file, log) = (dir.0.join("minqing.db"), dir.0.join("minqing.db-wal"));
    let (main, whole) = (std::fs::read(&file).unwrap(), std::fs::read(&log).unwrap());
    let frames = (whole.len() - 32) / (24 + PAGE);
    assert!(frames > 100, "{frames}");
    let is_broken = |bytes: &[u8]| {
        std::fs::write(&log, bytes).unwrap();
        super::wal::is_broken(&log).unwrap()
    };
    assert!(!is_broken(&whole));
    for frame in [0, 1, frames / 2, frames - 2, frames - 1] {
        for inside in [3, 10, 24 + 2_000] {
            let mut damaged = whole.clone();
            damaged[32 + frame * (24 + PAGE) + inside] ^= 0x40;
            let lost = frames - Wal::read(&damaged).committed().count();
            // A checksum that cannot be trusted costs the frame after it too; the last one ends what was committed.
            assert!(lost >= 1 && (lost <= 2 || frame == frames - 1), "frame {frame}: {lost} frames are lost");
            assert_eq!(is_broken(&damaged), frame < frames - 1, "frame {frame} at {inside}");
        }
    }
    // A log that ends anywhere was cut by a power failure; nothing after it was ever acknowledged.
    for cut in (0..whole.len()).step_by(91_777) {
        assert!(!is_broken(&whole[..cut]), "cut at {cut}");
    }
    let mut headless = whole.clone();
    headless[..32].fill(0xa5);
    assert!(is_broken(&headless));
    let (journal, ..) = taken_over(&pages::of_bytes(main, headless));
    assert!(journal >= 39, "{journal} of 40 without the log's header");
    drop(db);
}

#[test]
fn whichever_page_is_overwritten_the_rows_of_all_others_come_over() {
    let dir = Dir::new("pages");
    let db = phone(&dir.0, 60);
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let whole = std::fs::read(dir.0.join("minqing.db")).unwrap();
    let rows = taken_over(&pages::of_bytes(whole.clone(), Vec::new()));
    assert_eq!(rows, (60, 60, 120, 0));
    for page in 0..whole.len() / PAGE {
        let mut damaged = whole.clone();
        damaged[page * PAGE..(page + 1) * PAGE].iter_mut().zip(noise(page as u64)).for_each(|(byte, noise)| *byte = noise);
        let (journal, outbox, ..) = taken_over(&pages::of_bytes(damaged, Vec::new()));
        // A page holds some 12 of the short rows.
        assert!(journal >= 60 - 15 && outbox >= 60 - 15, "page {}: {journal} actions, {outbox} items", page + 1);
    }
}

#[test]
fn an_item_that_is_not_what_its_hash_says_is_left_behind() {
    let dir = Dir::new("hash");
    let db = phone(&dir.0, 5);
    db.execute("UPDATE outbox SET bytes = zeroblob(300) WHERE n = 2", []).unwrap();
    db.execute("UPDATE journal SET typed = 'no JSON' WHERE id = 3", []).unwrap();
    assert_eq!(taken_over(&read(&dir.0)), (4, 4, 10, 0));
}

#[test]
fn whatever_the_bytes_are_reading_them_ends() {
    let dir = Dir::new("noise");
    let db = phone(&dir.0, 20);
    let log = std::fs::read(dir.0.join("minqing.db-wal")).unwrap();
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let file = std::fs::read(dir.0.join("minqing.db")).unwrap();
    let mut came = 0;
    for seed in 0..400u64 {
        let (mut file, mut log, mut dice) = (file.clone(), log.clone(), noise(seed + 1));
        let mut number = || dice.by_ref().take(4).fold(0usize, |n, byte| (n << 8) | usize::from(byte));
        for _ in 0..1 + number() % 200 {
            let (at, in_log, byte) = (number(), number(), number() as u8);
            let (file_len, log_len) = (file.len(), log.len());
            // Mostly heads of pages, where numbers are believed.
            let at = if seed % 2 == 0 { at % file_len } else { at % file_len / PAGE * PAGE + at % 16 };
            file[at] = byte;
            log[in_log % log_len] = byte;
        }
        if seed % 5 == 0 {
            file.truncate(number() % file.len());
        }
        let log = if seed % 3 == 0 { log } else { Vec::new() };
        came += taken_over(&pages::of_bytes(file, log)).0;
    }
    assert!(came > 400 * 10, "{came}");
    for seed in 0..50 {
        let bytes: Vec<u8> = noise(seed).take(40 * PAGE).collect();
        assert_eq!(taken_over(&pages::of_bytes(bytes.clone(), bytes)).0, 0);
    }
    // A chain that leads back to itself; a tree that is its own child.
    let mut circle = file;
    circle.chunks_exact_mut(PAGE).skip(1).enumerate().for_each(|(i, page)| page[..4].copy_from_slice(&(i as u32 + 2).to_be_bytes()));
    taken_over(&pages::of_bytes(circle.clone(), Vec::new()));
    circle.chunks_exact_mut(PAGE).skip(1).enumerate().for_each(|(i, page)| {
        page[0] = 5;
        page[8..12].copy_from_slice(&(i as u32 + 2).to_be_bytes());
    });
    taken_over(&pages::of_bytes(circle, Vec::new()));
}
