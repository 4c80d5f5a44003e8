//! A phone dies between any two writes: every prefix of its write-ahead log, at each frame and inside one.

use minqing_core::model::{HouseholdEdit, NewMatter};
use minqing_tests::{
    deeds::broken_lamp,
    phone::Phone,
    sim::{Plot, Sim, Wal, copy_files},
};

use super::intruder::visit;

/// Saves, an exchange, and saves after it; each step says how many journal rows must be there once it returned.
fn write_a_morning(sim: &mut Sim) -> anyhow::Result<Vec<(u64, i64)>> {
    let door = sim.phone(0).client.households(0, 1)?.remove(0).id;
    let dir = sim.phone(0).dir.clone();
    let wal = || Wal::length(&dir);
    let mut durable = vec![(wal(), 0)];
    sim.phone(0).client.record_visit(visit(&door, "第一次"))?;
    durable.push((wal(), 1));
    sim.phone(0).client.edit_household(door.clone(), HouseholdEdit { note: Some("狗很凶".into()), ..HouseholdEdit::default() })?;
    durable.push((wal(), 2));
    let matter = NewMatter { affected: "stairwell".into(), ..broken_lamp(&door) };
    sim.phone(0).client.register_matter(matter)?;
    durable.push((wal(), 3));
    let body = sim.phone(0).client.next_exchange()?;
    let answer = sim.serve(0, &body)?.expect("an answer");
    sim.phone(0).client.take_answer(answer)?;
    durable.push((wal(), 3));
    sim.phone(0).client.record_visit(visit(&door, "第二次"))?;
    durable.push((wal(), 4));
    Ok(durable)
}

/// What a crash leaves of phone 0, at each frame that its log has beyond a length, as another directory each.
pub fn at_each_frame(sim: &mut Sim, beyond: u64, mut look: impl FnMut(&mut Sim, Phone)) {
    let (live, copy) = (sim.phone(0).dir.clone(), sim.scratch().join("copy"));
    copy_files(&live, &copy).unwrap();
    let wal = Wal::read(&copy).unwrap();
    for frame in 0..=wal.frames() {
        let dead = sim.scratch().join(format!("dead-{frame}"));
        copy_files(&copy, &dead).unwrap();
        if wal.cut(&dead, frame, 0).unwrap() >= beyond {
            let phone = Phone::open(&dead, sim.hands(), sim.plot.seed, 0, 5_000 + frame as u64).unwrap();
            look(sim, phone);
        }
        std::fs::remove_dir_all(&dead).unwrap();
    }
}

#[test]
fn a_phone_dies_at_every_prefix_of_its_wal() {
    let mut sim = Sim::open(Plot { phones: 2, ..Plot::quiet(77) }).unwrap();
    sim.settle().unwrap();
    // Closing empties the log; from here on it only grows.
    sim.reopen(0).unwrap();
    sim.phone(0).client.store().pragma("wal_autocheckpoint", 0).unwrap();
    let durable = write_a_morning(&mut sim).unwrap();
    let (live, copy) = (sim.phone(0).dir.clone(), sim.scratch().join("copy"));
    copy_files(&live, &copy).unwrap();
    let wal = Wal::read(&copy).unwrap();
    assert!(wal.frames() > 20, "{} frames", wal.frames());
    let mut seen = std::collections::BTreeSet::new();
    for frame in 0..=wal.frames() {
        for inside in [0, 1_000] {
            let dead = sim.scratch().join(format!("dead-{frame}-{inside}"));
            copy_files(&copy, &dead).unwrap();
            let cut = wal.cut(&dead, frame, inside).unwrap();
            let saved = journal_rows(&dead);
            let promised = durable.iter().filter(|(at, _)| *at <= cut).map(|(_, rows)| *rows).max().unwrap_or(0);
            assert!(saved >= promised, "cut at {cut}: {saved} of {promised} saves that had returned");
            seen.insert(saved);
            come_back(&mut sim, &dead, u64::try_from(1_000 + frame * 2 + inside / 1_000).unwrap());
            std::fs::remove_dir_all(&dead).unwrap();
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4], "cuts before, between and after all saves");
    sim.check_actors().unwrap();
    sim.check_causally_closed().unwrap();
}

fn journal_rows(dir: &std::path::Path) -> i64 {
    let db = rusqlite::Connection::open(dir.join("minqing.db")).unwrap();
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    db.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap()
}

/// The phone starts again on what is left, writes on, exchanges, and holds what the server holds.
fn come_back(sim: &mut Sim, dir: &std::path::Path, starts: u64) {
    let mut phone = Phone::open(dir, sim.hands(), sim.plot.seed, 0, starts).unwrap();
    let door = phone.client.households(0, 1).unwrap().remove(0).id;
    let id = phone.client.record_visit(visit(&door, "重启之后")).unwrap();
    for _ in 0..5 {
        let body = phone.client.next_exchange().unwrap();
        let answer = sim.serve(0, &body).unwrap().expect("an answer");
        let taken = phone.client.take_answer(answer).unwrap();
        assert!(!taken.differs);
        if taken.rows == 0 && !taken.more {
            break;
        }
    }
    assert_eq!(phone.client.today("zh".into()).unwrap().waiting, 0);
    assert_eq!(phone.client.visit(id).unwrap().note, "重启之后");
    sim.check_same(&phone).unwrap();
}
