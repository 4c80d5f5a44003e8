//! A phone's file is damaged: it is set aside, what can be read goes on, and the office brings the rest.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use minqing_core::{
    client::Salvage,
    model::{HouseholdEdit, NewResident},
};
use minqing_tests::{
    file::read_only,
    phone::Phone,
    sim::{Faults, Plot, Sim, copy_files, for_seeds},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::intruder::{door, exchange, matter, visit};

const PAGE: usize = 4096;

pub fn file(dir: &Path) -> PathBuf {
    dir.join("minqing.db")
}

/// Overwrites pages (the first is 1) with random bytes.
pub fn overwrite(dir: &Path, pages: std::ops::RangeInclusive<usize>, seed: u64) {
    let mut bytes = std::fs::read(file(dir)).unwrap();
    ChaCha8Rng::seed_from_u64(seed).fill_bytes(&mut bytes[(pages.start() - 1) * PAGE..pages.end() * PAGE]);
    std::fs::write(file(dir), bytes).unwrap();
}

fn pages(dir: &Path) -> usize {
    std::fs::read(file(dir)).unwrap().len() / PAGE
}

fn count(dir: &Path, what: &str) -> i64 {
    read_only(dir).unwrap().query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get(0)).unwrap()
}

/// The hashes of what a phone's outbox says the office does not have.
fn unsent(dir: &Path) -> BTreeSet<Vec<u8>> {
    let db = read_only(dir).unwrap();
    let mut query = db.prepare("SELECT hash FROM outbox WHERE final = 0").unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The files that were set aside.
fn aside(dir: &Path) -> Vec<String> {
    let names = std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("minqing-damaged-")).collect();
    names.sort();
    names
}

pub fn salvage(sim: &mut Sim, phone: usize) -> Salvage {
    sim.phone(phone).client.salvaged().unwrap().expect("it says that it was salvaged")
}

/// Some days of everybody's work, all of it at the office, and an afternoon of phone 0's without a network.
pub fn week(seed: u64, steps: u32) -> anyhow::Result<Sim> {
    let mut sim = Sim::open(Plot { phones: 3, steps, faults: Faults::default(), ..Plot::quiet(seed) })?;
    sim.run()?;
    let doors: Vec<String> = sim.phone(0).client.households(0, 20)?.into_iter().map(|h| h.id).collect();
    for (i, door) in doors.iter().enumerate() {
        sim.phone(0).client.record_visit(visit(door, &format!("没有网络{i}")))?;
        let moved_in = NewResident { name: format!("住户丙{i}"), ..NewResident::default() };
        sim.phone(0).client.edit_household(door.clone(), HouseholdEdit { new_residents: vec![moved_in], ..HouseholdEdit::default() })?;
        let id = sim.phone(0).client.register_matter(matter(door, &format!("事情{i}")))?;
        sim.phone(0).client.add_note(id, format!("补充{i}"))?;
    }
    Ok(sim)
}

#[test]
fn with_seven_pages_overwritten_the_journal_comes_back_and_what_was_unsent_reaches_the_office() {
    for_seeds(3, "with_seven_pages_overwritten", |seed| {
        let mut sim = week(seed ^ 0x5a00, 500)?;
        let dir = sim.phone(0).dir.clone();
        let me = sim.phone(0).client.enrolment()?;
        let (journal, waiting) = (count(&dir, "journal"), unsent(&dir));
        assert!(journal > 80 && waiting.len() > 30, "{journal} actions, {} items wait: the story is too short", waiting.len());
        sim.damage_phone(0, |dir| overwrite(dir, 3..=9, seed))?;
        let told = salvage(&mut sim, 0);
        assert!(told.say("en").contains(&format!("{} actions", told.journal)), "{}", told.say("en"));
        assert_eq!(told.at_ms, sim.hands().now());
        assert!(told.unreadable >= 5 && told.unreadable <= 7 && told.pages > 100, "{told:?}");
        assert!(i64::from(told.journal) * 10 >= journal * 9, "{} of {journal} actions came back", told.journal);
        assert_eq!(count(&dir, "journal WHERE action <> 'salvaged'"), i64::from(told.journal));
        assert_eq!(sim.phone(0).client.enrolment()?, me);
        assert!(aside(&dir).contains(&format!("minqing-damaged-{}.db", told.at_ms)));
        // Everybody else had all of it but the afternoon.
        let readable: BTreeSet<Vec<u8>> = waiting.intersection(&unsent(&dir)).cloned().collect();
        assert!(readable.len() * 10 >= waiting.len() * 9, "{} of {} items came back", readable.len(), waiting.len());
        sim.settle()?;
        assert_eq!(sim.phone(0).client.today("zh".into())?.waiting, 0);
        let log = rusqlite::Connection::open(sim.server_dir().join("minqing.db"))?;
        for hash in &readable {
            assert!(log.prepare("SELECT 1 FROM log WHERE hash = ?")?.exists([hash])?, "an item that could be read is not at the office");
        }
        sim.check_nothing_put_aside()?;
        sim.check_nothing_lost()?;
        sim.check_acknowledged()?;
        sim.check_causally_closed()?;
        sim.check_actors()?;
        sim.check_same_everywhere()
    });
}

/// Uses the phone as an officer does, and mends it where it says that it is damaged. Whether it had to be.
pub fn use_and_mend(sim: &mut Sim, phone: usize) -> bool {
    let mut mended = false;
    for _ in 0..12 {
        let tried = work(sim, phone);
        match tried {
            Ok(true) => {}
            Ok(false) => return mended,
            Err(e) => {
                assert!(["store.damaged", "document.malformed"].contains(&e.code()), "{e}");
                assert!(!mended || e.code() != "store.damaged", "damaged again after it was mended");
                mended |= sim.phone(phone).client.mend().unwrap().salvaged;
                sim.forget_cursors(phone);
            }
        }
    }
    panic!("no rest");
}

/// Looks at everything and exchanges once; whether there is more.
fn work(sim: &mut Sim, phone: usize) -> minqing_core::Result<bool> {
    let client = &sim.phone(phone).client;
    for door in client.households(0, 100)? {
        client.household(door.id)?;
    }
    for matter in client.matters(0, 100)? {
        client.matter(matter.id)?;
    }
    client.reviews()?;
    client.today("zh".into())?;
    client.search("没有网络".into(), Vec::new(), 0, 20)?;
    client.digest()?;
    let taken = exchange(sim, phone)?;
    assert!(!taken.differs);
    Ok(taken.more || taken.rows > 0)
}

#[test]
fn whichever_page_is_overwritten_the_phone_is_the_same_phone_and_holds_what_the_office_holds() {
    let mut sim = week(0x5a10, 60).unwrap();
    let dir = sim.phone(0).dir.clone();
    let me = sim.phone(0).client.enrolment().unwrap();
    sim.reopen(0).unwrap();
    let copy = sim.scratch().join("copy");
    sim.damage_phone(0, |dir| copy_files(dir, &copy).unwrap()).unwrap();
    let (all, journal) = (pages(&dir), count(&dir, "journal"));
    let (mut opened, mut later, mut unnoticed) = (0, 0, 0);
    for page in 1..=all {
        sim.damage_phone(0, |dir| {
            copy_files(&copy, dir).unwrap();
            overwrite(dir, page..=page, page as u64);
        })
        .unwrap();
        assert_eq!(sim.phone(0).client.enrolment().unwrap(), me, "page {page}");
        match sim.phone(0).client.salvaged().unwrap() {
            Some(_) => opened += 1,
            None if use_and_mend(&mut sim, 0) => later += 1,
            None => unnoticed += 1,
        }
        use_and_mend(&mut sim, 0);
        if sim.phone(0).client.salvaged().unwrap().is_some() {
            assert!(!aside(&dir).is_empty(), "page {page}");
            let back = count(&dir, "journal WHERE action <> 'salvaged'");
            // A page holds some 25 actions.
            assert!(back >= journal - 30, "page {page}: {back} of {journal}");
        }
        assert_eq!(sim.phone(0).client.today("zh".into()).unwrap().waiting, 0, "page {page}");
    }
    assert!(opened > 20 && later > 10, "of {all} pages {opened} noticed at the opening, {later} in use, {unnoticed} not at all");
    sim.settle().unwrap();
    sim.check_nothing_put_aside().unwrap();
    sim.check_actors().unwrap();
    sim.check_causally_closed().unwrap();
    sim.check_same_everywhere().unwrap();
}

/// What is done to the file, and how much of the journal must be there afterwards, in percent.
type Damage<'d> = (&'d str, i64, &'d dyn Fn(&Path));

#[test]
fn whatever_becomes_of_the_file_the_phone_says_so_and_goes_on() {
    let mut sim = week(0x5a20, 80).unwrap();
    let dir = sim.phone(0).dir.clone();
    let me = sim.phone(0).client.enrolment().unwrap();
    let copy = sim.scratch().join("copy");
    sim.damage_phone(0, |dir| copy_files(dir, &copy).unwrap()).unwrap();
    let (journal, waiting) = (count(&dir, "journal"), unsent(&dir).len());
    let cut = |dir: &Path, bytes: u64| std::fs::OpenOptions::new().write(true).open(file(dir)).unwrap().set_len(bytes).unwrap();
    let length = std::fs::metadata(file(&copy)).unwrap().len();
    let damages: [Damage<'_>; 13] = [
        ("the first page", 100, &|dir| overwrite(dir, 1..=1, 7)),
        ("its header, as zeros", 100, &|dir| overwrite_at(dir, 0, &[0; 100])),
        ("the count of its pages", 100, &|dir| overwrite_at(dir, 28, &[0xff; 4])),
        ("the last page", 60, &|dir| cut(dir, length - PAGE as u64)),
        ("half of it", 0, &|dir| cut(dir, length / 2 + 100)),
        ("all but some bytes", 0, &|dir| cut(dir, 10)),
        ("all of it", 0, &|dir| cut(dir, 0)),
        ("the file itself", 0, &|dir| std::fs::remove_file(file(dir)).unwrap()),
        ("random bytes", 0, &|dir| overwrite(dir, 1..=pages(dir), 8)),
        ("no database at all", 0, &|dir| std::fs::write(file(dir), "走访记录".repeat(5_000)).unwrap()),
        ("every third page from the first", 0, &|dir| third(dir, 1)),
        ("every third page from the second", 0, &|dir| third(dir, 2)),
        ("every third page from the third", 0, &|dir| third(dir, 3)),
    ];
    let mut thirds = Vec::new();
    for (what, percent, damage) in damages {
        sim.damage_phone(0, |dir| {
            copy_files(&copy, dir).unwrap();
            damage(dir);
        })
        .unwrap();
        let told = salvage(&mut sim, 0);
        assert_eq!(sim.phone(0).client.enrolment().unwrap(), me, "{what}");
        assert!(i64::from(told.journal) * 100 >= journal * percent, "{what}: {} of {journal}", told.journal);
        thirds.extend(what.starts_with("every third").then_some(told.journal));
        assert!(i64::from(told.journal) <= journal && told.unsent as usize <= waiting, "{what}");
        assert_eq!(aside(&dir).is_empty(), what == "the file itself", "{what}");
        // At the door again at once, without a network.
        let doors = sim.phone(0).client.households(0, 1).unwrap();
        if let Some(door) = doors.into_iter().next() {
            sim.phone(0).client.record_visit(visit(&door.id, what)).unwrap();
        }
        sim.settle().unwrap();
        assert_eq!(sim.phone(0).client.today("zh".into()).unwrap().waiting, 0, "{what}");
        sim.check_nothing_put_aside().unwrap();
        sim.check_same_everywhere().unwrap();
    }
    // The pages of the journal lie together, so much of it may be on the third that is lost: of the three ways one leaves most of it.
    assert!(thirds.iter().any(|came| i64::from(*came) * 100 >= journal * 20), "{thirds:?} of {journal}");
    sim.check_actors().unwrap();
    sim.check_causally_closed().unwrap();
}

/// Overwrites every third page.
fn third(dir: &Path, from: usize) {
    (from..=pages(dir)).step_by(3).for_each(|page| overwrite(dir, page..=page, page as u64));
}

fn overwrite_at(dir: &Path, at: usize, with: &[u8]) {
    let mut bytes = std::fs::read(file(dir)).unwrap();
    bytes[at..at + with.len()].copy_from_slice(with);
    std::fs::write(file(dir), bytes).unwrap();
}

#[test]
fn without_the_copy_beside_it_the_phone_is_known_by_what_the_file_says() {
    let mut sim = week(0x5a30, 40).unwrap();
    let me = sim.phone(0).client.enrolment().unwrap();
    sim.damage_phone(0, |dir| {
        std::fs::remove_file(dir.join("identity")).unwrap();
        overwrite(dir, 1..=1, 3);
    })
    .unwrap();
    assert_eq!(sim.phone(0).client.enrolment().unwrap(), me);
    assert!(sim.phone(0).dir.join("identity").exists(), "the copy is there again");
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn what_was_committed_to_the_log_beside_the_file_is_not_lost_with_a_frame_before_it() {
    let mut sim = week(0x5a40, 40).unwrap();
    let door = door(&mut sim, 0);
    sim.reopen(0).unwrap();
    sim.phone(0).client.store().pragma("wal_autocheckpoint", 0).unwrap();
    let ids: Vec<String> = (0..6).map(|i| sim.phone(0).client.record_visit(visit(&door, &format!("只在日志里{i}"))).unwrap()).collect();
    // As the device dies: the log is left beside the file.
    let (dir, copy) = (sim.phone(0).dir.clone(), sim.scratch().join("copy"));
    copy_files(&dir, &copy).unwrap();
    let log = |dir: &Path| dir.join("minqing.db-wal");
    let frames = (std::fs::metadata(log(&copy)).unwrap().len() - 32) / (24 + PAGE as u64);
    assert!(frames > 20, "{frames}");
    for frame in (0..frames - 1).step_by(9) {
        sim.damage_phone(0, |dir| {
            copy_files(&copy, dir).unwrap();
            let mut bytes = std::fs::read(log(dir)).unwrap();
            bytes[32 + usize::try_from(frame).unwrap() * (24 + PAGE) + 24 + 1_000] ^= 0xff;
            std::fs::write(log(dir), bytes).unwrap();
        })
        .unwrap();
        salvage(&mut sim, 0);
        let saved = count(&dir, "journal WHERE typed LIKE '%只在日志里%'");
        assert!(saved >= 5, "frame {frame} of {frames}: {saved} of 6 saves");
        use_and_mend(&mut sim, 0);
    }
    // The log is whole and the first page of the file is not.
    sim.damage_phone(0, |dir| {
        copy_files(&copy, dir).unwrap();
        overwrite(dir, 1..=3, 6);
    })
    .unwrap();
    salvage(&mut sim, 0);
    assert_eq!(count(&dir, "journal WHERE typed LIKE '%只在日志里%'"), 6);
    sim.settle().unwrap();
    assert!(ids.iter().all(|id| sim.phone(0).client.visit(id.clone()).is_ok()));
    sim.check_nothing_put_aside().unwrap();
    sim.check_actors().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn an_intact_file_is_not_touched() {
    let mut sim = week(0x5a50, 40).unwrap();
    let dir = sim.phone(0).dir.clone();
    sim.reopen(0).unwrap();
    assert_eq!(sim.phone(0).client.salvaged().unwrap(), None);
    let copy = sim.scratch().join("copy");
    sim.damage_phone(0, |dir| copy_files(dir, &copy).unwrap()).unwrap();
    let mended = sim.phone(0).client.mend().unwrap();
    assert_eq!((mended.salvaged, mended.documents), (false, 0));
    sim.damage_phone(0, |_| ()).unwrap();
    assert_eq!(sim.phone(0).client.salvaged().unwrap(), None);
    assert!(aside(&dir).is_empty());
    assert!(std::fs::read(file(&dir)).unwrap() == std::fs::read(file(&copy)).unwrap(), "two openings and a look changed the file");
}

#[test]
fn a_damaged_file_that_another_process_has_open_stays_where_it_is() {
    let mut sim = week(0x5a60, 40).unwrap();
    let dir = sim.phone(0).dir.clone();
    let background = Phone::open(&dir, sim.hands(), sim.plot.seed, 0, 77).unwrap();
    sim.reopen(0).unwrap();
    // While two have it open, a page in the middle of the journal goes bad under both.
    let root: u16 = read_only(&dir).unwrap().query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'outbox_doc'", [], |row| row.get(0)).unwrap();
    sim.phone(0).client.store().pragma("wal_autocheckpoint", 1).unwrap();
    let door = door(&mut sim, 0);
    sim.phone(0).client.record_visit(visit(&door, "一")).unwrap();
    drop(background);
    sim.damage_phone(0, |dir| overwrite(dir, root.into()..=root.into(), 5)).unwrap();
    assert_eq!(sim.phone(0).client.salvaged().unwrap(), None, "the first row of each table can be read");
    let background = Phone::open(&dir, sim.hands(), sim.plot.seed, 0, 78).unwrap();
    assert_eq!(sim.phone(0).client.mend().unwrap_err().code(), "store.damaged");
    assert!(aside(&dir).is_empty() && sim.phone(0).client.enrolment().is_ok());
    drop(background);
    assert!(sim.phone(0).client.mend().unwrap().salvaged);
    sim.forget_cursors(0);
    assert_eq!(salvage(&mut sim, 0).unreadable, 1);
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}
