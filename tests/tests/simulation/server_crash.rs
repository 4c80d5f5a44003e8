//! The server dies between any two writes: every prefix of its write-ahead log, at each frame and inside one.
//!
//! Prefixes that end within one transaction must leave what the last commit before it left, byte for byte of every
//! row. What each commit left is opened as a server, compared with its log, and the story goes on from there, with
//! the phones as they were by then.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use minqing_core::{
    Id,
    envelope::{Hash, ItemKind},
    ids::{Device, Name},
    model::{HouseholdEdit, Media},
};
use minqing_sync_server::{
    rebuild,
    storage::{Attachments, Begun, Quota, Upload, log::Log},
    sync::{Carrier, adopt, edit_household, give_back, run_exchange},
};
use minqing_tests::{
    deeds::{Deed, broken_lamp, carry_out},
    file::read_only,
    ledger::Entry,
    proof::open_store,
    sim::{MORNING, Sim, Wal, copy_files},
};
use rusqlite::{Connection, types::ValueRef};

use super::intruder::{Intruder, damage, doc_of, door, quiet, visit};

const PHONES: usize = 3;

/// What was promised by the time the log was so long, and the phones as they were then.
struct Moment {
    wal: u64,
    phones: PathBuf,
    ledger: Vec<Entry>,
    /// Items that phones were told are at the office, wherever.
    acknowledged: BTreeSet<Hash>,
    /// Files whose last byte was acknowledged.
    files: Vec<Hash>,
    /// Items put aside whose adoption or return was reported.
    settled: Vec<Name>,
}

struct Story {
    sim: Sim,
    ledger: Vec<Entry>,
    files: Vec<Hash>,
    settled: Vec<Name>,
    moments: Vec<Moment>,
}

impl Story {
    fn save(&mut self, phone: usize, deed: Deed) {
        let rows = carry_out(self.sim.phone(phone), &deed).unwrap();
        self.ledger.extend(rows);
    }

    /// Notes what was promised so far. Called before each thing that the server does.
    fn moment(&mut self) {
        let phones = self.sim.scratch().join(format!("moments/{}", self.moments.len()));
        let mut acknowledged = BTreeSet::new();
        for number in 0..PHONES {
            let dir = self.sim.phone(number).dir.clone();
            copy_files(&dir, &phones.join(number.to_string())).unwrap();
            acknowledged.extend(hashes(&dir, "SELECT hash FROM outbox WHERE state IN (0, 1, 2, 16, 17, 18)"));
        }
        let (wal, ledger, files, settled) = (Wal::length(&self.sim.server_dir()), self.ledger.clone(), self.files.clone(), self.settled.clone());
        self.moments.push(Moment { wal, phones, ledger, acknowledged, files, settled });
    }

    /// Phones exchange at the same time, each on a thread of its own.
    fn exchange(&mut self, phones: &[usize]) {
        let asked: Vec<(Carrier, Vec<u8>)> = phones
            .iter()
            .map(|number| {
                let me = self.sim.phone(*number).client.enrolment().unwrap();
                let carrier = Carrier { device: Device(me.device), officer: me.officer.parse().unwrap(), app: None };
                (carrier, self.sim.phone(*number).client.next_exchange().unwrap())
            })
            .collect();
        self.moment();
        let app = self.sim.app();
        let answers: Vec<Vec<u8>> = std::thread::scope(|s| {
            let threads: Vec<_> = asked.iter().map(|(carrier, body)| s.spawn(move || run_exchange(app, carrier, body).unwrap())).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        for (number, answer) in phones.iter().zip(answers) {
            self.sim.phone(*number).client.take_answer(answer).unwrap();
        }
    }

    /// The office settles what is put aside, one way or the other.
    fn settle(&mut self, adopts: bool) {
        self.moment();
        let name = self.sim.app().store.aside(None, 1).unwrap()[0].name;
        if adopts {
            assert!(adopt(self.sim.app(), name).unwrap())
        } else {
            give_back(self.sim.app(), name).unwrap()
        }
        self.settled.push(name);
    }

    fn upload(&mut self, sha256: Hash) {
        let device = Device(self.sim.phone(0).client.enrolment().unwrap().device);
        let new = Upload { id: Id([7; 16]), device, sha256, media: Media::Jpeg, length: 10, created_ms: MORNING, done: false };
        self.moment();
        let store = &self.sim.app().store;
        let begun = store.begin_upload(&new, Quota { half_bytes: 1 << 20, day_bytes: 1 << 20 }, false).unwrap();
        let Begun::Upload(upload) = begun else { panic!("{begun:?}") };
        store.keep_attachment(&upload, MORNING).unwrap();
        self.files.push(sha256);
    }
}

/// Visits, remarks and matters, a file, one item returned and one adopted, three phones at once, a word of the office.
fn a_morning(sim: Sim) -> Story {
    let mut story = Story { sim, ledger: Vec::new(), files: Vec::new(), settled: Vec::new(), moments: Vec::new() };
    let doors = [0, 1, 2].map(|number| door(&mut story.sim, number));
    let remark = |household: &str, note: &str| Deed::Remark { household: household.into(), note: note.into() };

    story.save(0, Deed::VisitWith(visit(&doors[0], "带照片"), 1));
    story.save(0, remark(&doors[0], "狗凶"));
    story.save(0, Deed::Matter(broken_lamp(&doors[0])));
    story.exchange(&[0]);
    let photo = story.ledger.iter().find(|row| row.kind == "attachment").unwrap();
    story.upload(Hash::from_hex(&photo.text).unwrap());

    story.sim.phone(2).client.record_visit(visit(&doors[2], "坏了的记录")).unwrap();
    damage(&mut story.sim, 2, ItemKind::Change);
    story.save(2, remark(&doors[2], "晚上在家"));
    story.exchange(&[2]);
    story.settle(false);

    // A word on a door of the other grid: put aside, and true.
    story.moment();
    let foreign: Id = story.sim.phone(2).client.households(1, 1).unwrap()[0].id.parse().unwrap();
    let mut intruder = Intruder::new(&mut story.sim, 1, 9);
    let card = doc_of(&mut story.sim, 2, foreign);
    intruder.writes(&story.sim, foreign, card, |w| w.put("note", "外面的人写的"));
    story.settle(true);

    for (number, door) in doors.iter().enumerate() {
        story.save(number, Deed::Visit(visit(door, "一起来的")));
    }
    story.exchange(&[0, 1, 2]);
    story.save(0, Deed::Note("打过电话".into()));
    story.save(0, Deed::Solve("换了灯泡".into()));
    story.exchange(&[0]);
    story.moment();
    let moved = HouseholdEdit { note: Some("办公室写的".into()), ..HouseholdEdit::default() };
    edit_household(story.sim.app(), doors[1].parse().unwrap(), &moved).unwrap();
    story.exchange(&[2, 1]);
    story.moment();
    story
}

#[test]
fn a_server_dies_at_every_prefix_of_its_wal_and_nothing_it_acknowledged_is_lost_or_doubled() {
    let mut sim = quiet(PHONES as u64, 78);
    // Closing empties the log; a reader of the file as it is then keeps it from being written back.
    sim.restart_server().unwrap();
    let reader = Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    reader.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); BEGIN; SELECT count(*) FROM meta;").unwrap();
    let story = a_morning(sim);
    let live = story.sim.scratch().join("live");
    copy_files(&story.sim.server_dir(), &live).unwrap();
    let wal = Wal::read(&live).unwrap();
    let dead = story.sim.scratch().join("dead");
    let (mut left, mut commits, mut waited) = (None, 0, 0);
    for frame in 0..=wal.frames() {
        if frame == 0 || wal.commits_before(frame) {
            copy_files(&live, &dead.join("server")).unwrap();
            let cut = wal.cut(&dead.join("server"), frame, 0).unwrap();
            // Opening the copy writes it, so it is looked at by another.
            left = Some(print(&live, &wal, frame, 0));
            let moment = story.moments.iter().rfind(|m| m.wal <= cut).unwrap();
            copy_files(&moment.phones, &dead.join("phones")).unwrap();
            waited += u64::from(goes_on(&story.sim, &dead, moment));
            commits += 1;
        }
        for inside in [0, 1_000] {
            assert_eq!(Some(print(&live, &wal, frame, inside)), left, "frame {frame} and {inside} bytes");
        }
    }
    assert!(commits > 15 && waited > 3, "{commits} commits, {waited} between received and applied");
}

/// Every row of every table of what a crash leaves.
fn print(live: &Path, wal: &Wal, frame: usize, inside: usize) -> Hash {
    let dir = tempfile::tempdir().unwrap();
    std::fs::copy(live.join("minqing.db"), dir.path().join("minqing.db")).unwrap();
    wal.cut(dir.path(), frame, inside).unwrap();
    let db = Connection::open(dir.path().join("minqing.db")).unwrap();
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let mut names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let tables: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = Vec::new();
    for table in tables {
        let mut query = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                match row.get_ref(column).unwrap() {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => all.extend_from_slice(bytes),
                    other => all.extend_from_slice(format!("{other:?}").as_bytes()),
                }
                all.push(0);
            }
        }
    }
    Hash::of(&all)
}

/// A server starts on what is left, with all that was promised; the phones go on. Whether anything waited to be applied.
fn goes_on(story: &Sim, dead: &Path, moment: &Moment) -> bool {
    let server = dead.join("server");
    let store = open_store(&server).unwrap();
    let report = rebuild::check(&store).unwrap();
    assert!(report.is_good(), "{report:?}");
    let kept: BTreeSet<Hash> = hashes(&server, "SELECT hash FROM log UNION SELECT hash FROM inbox").collect();
    assert!(moment.acknowledged.is_subset(&kept), "acknowledged and gone");
    assert!(moment.files.iter().all(|file| store.attachment(*file).unwrap().is_some()), "a file is gone");
    let aside: Vec<Name> = store.aside(None, 100).unwrap().into_iter().map(|row| row.name).collect();
    assert!(!moment.settled.iter().any(|name| aside.contains(name)), "an item is put aside again");
    let waited = !store.waiting().unwrap().is_empty();
    drop(store);

    let mut sim = Sim::resume(story.plot.clone(), story.hands(), dead, moment.ledger.clone()).unwrap();
    assert_eq!(sim.app().store.waiting().unwrap(), [], "what was received waits though the server started again");
    sim.settle().unwrap();
    sim.check_fates().unwrap();
    sim.check_same_everywhere().unwrap();
    sim.check_actors().unwrap();
    sim.check_causally_closed().unwrap();
    sim.check_nothing_twice().unwrap();
    if !moment.ledger.is_empty() {
        sim.check_nothing_lost().unwrap();
        sim.check_acknowledged().unwrap();
    }
    waited
}

fn hashes(dir: &Path, sql: &str) -> impl Iterator<Item = Hash> {
    let db = read_only(dir).unwrap();
    let found: Vec<Hash> = db.prepare(sql).unwrap().query_map([], |row| row.get(0).map(Hash)).unwrap().map(Result::unwrap).collect();
    found.into_iter()
}
