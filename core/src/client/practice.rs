//! Practice (练习): a space of its own, with invented doors and people, in which everything can be tried and nothing ever reaches the office. It has its own
//! directory, file and key; no real record is in it and nothing of it in the real file.

use std::{fs, io, path::Path};

use super::Client;
use crate::{
    Error, Id, Result,
    clock::Platform,
    model::{Address, NewHousehold, NewMatter, NewResident, NewVisit},
    store::{
        files::write_private,
        meta::{self, Enrolled},
        streams,
    },
};

/// The directory below the app's, and its name while it is deleted.
const FOLDER: &str = "practice";
const LEAVING: &str = "practice.leaving";
const KEY: &str = "practice.key";
/// A community that no office has, with one grid.
const COMMUNITY: &str = "999999999999";
const GRID: &str = "999999999999001";
/// What cannot be done here.
const OFFICE: Error = Error::State("practice.office");

/// Invented on purpose so that nobody takes them for real: room, name, year of birth, need.
const DOORS: [(&str, &str, u16, &str); 6] = [
    ("101", "练习甲", 1944, "lives_alone"),
    ("102", "练习乙", 1971, ""),
    ("201", "练习丙", 1952, "walks_badly"),
    ("202", "练习丁", 1988, "infant"),
    ("301", "练习戊", 1939, "hard_of_hearing"),
    ("302", "练习己", 1965, ""),
];

impl Client {
    /// Opens the practice space below `directory`, the app's own, and fills it where it is new. Its records say *practice*; it can neither enrol nor
    /// exchange nor make or take bundles (`practice.office`).
    ///
    /// # Errors
    /// As [`Client::open`].
    pub fn open_practice(directory: &str, platform: Box<dyn Platform>) -> Result<Self> {
        let folder = Path::new(directory).join(FOLDER);
        take_off(&Path::new(directory).join(LEAVING))?;
        fs::create_dir_all(&folder).map_err(failed)?;
        let file = folder.join(KEY);
        if !file.exists() {
            let key = platform.random(32);
            write_private(&file, &key).map_err(failed)?;
        }
        let key = fs::read(&file).map_err(failed)?;
        let mut practice = Self::open(&folder.display().to_string(), platform, key)?;
        if practice.enrolled.is_none() {
            practice.become_practice()?;
        }
        if practice.households(0, 1)?.is_empty() {
            practice.fill()?;
        }
        Ok(practice)
    }

    /// Deletes the practice space with all that was tried in it; this client is of no use afterwards.
    ///
    /// # Errors
    /// `practice.only` in the real one, of which nothing is touched; `store.failed`.
    pub fn leave_practice(&mut self) -> Result<()> {
        if !self.is_practice()? {
            return Err(Error::State("practice.only"));
        }
        let folder = self.lists.store.close()?;
        self.lists.enrolled = None;
        let leaving = folder.with_file_name(LEAVING);
        take_off(&leaving)?;
        // Under another name first: half of it must never be opened again.
        fs::rename(&folder, &leaving).map_err(failed)?;
        take_off(&leaving)
    }

    /// Refuses what only an office can do with a phone.
    pub(super) fn not_in_practice(&self) -> Result<()> {
        if self.is_practice()? { Err(OFFICE) } else { Ok(()) }
    }

    fn is_practice(&self) -> Result<bool> {
        Ok(meta::get(self.store.read(), meta::PRACTICE)?.is_some())
    }

    /// Somebody must have written what is written; nobody vouches for this one.
    fn become_practice(&mut self) -> Result<()> {
        let officer = self.new_id();
        let enrolled =
            Enrolled { device: 1, officer, officer_name: "练习".into(), community: COMMUNITY.into(), scope: 1, history: Vec::new(), certificate: Vec::new() };
        self.lists.store.write(|tx| {
            meta::set(tx, meta::PRACTICE, Some(&[1]))?;
            meta::set_as(tx, meta::ENROLLED, &enrolled)?;
            streams::set_scope(tx, &[format!("person:{officer}"), format!("grid:{GRID}"), format!("commons:{COMMUNITY}")])
        })?;
        self.lists.enrolled = Some(enrolled);
        Ok(())
    }

    fn fill(&mut self) -> Result<()> {
        let mut doors: Vec<Id> = Vec::new();
        for (room, name, birth_year, need) in DOORS {
            let address = Address { community: COMMUNITY.into(), estate: "练习小区".into(), building: "1".into(), room: room.into(), ..Address::default() };
            let needs = Some(need.to_owned()).filter(|need| !need.is_empty()).into_iter().collect();
            let residents = vec![NewResident { name: name.into(), birth_year, needs, ..NewResident::default() }];
            doors.push(self.record_household(NewHousehold { grid: GRID.into(), address, note: String::new(), residents })?.parse()?);
        }
        let visit = NewVisit {
            household: doors[0].to_string(),
            purpose: "routine".into(),
            outcome: "talked".into(),
            note: "练习用的走访".into(),
            ..NewVisit::default()
        };
        self.record_visit(visit)?;
        let matter = NewMatter {
            kind: "complaint".into(),
            channel: "door".into(),
            category: "utilities".into(),
            text: "练习用的事项：楼道灯坏了".into(),
            household: doors[1].to_string(),
            affected: "stairwell".into(),
            ..NewMatter::default()
        };
        self.register_matter(matter).map(drop)
    }
}

fn take_off(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(failed(e)),
        _ => Ok(()),
    }
}

fn failed(e: io::Error) -> Error {
    Error::Store(format!("practice: {}", e.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::RecordState;

    struct Machine;

    impl Platform for Machine {
        fn wall_ms(&self) -> i64 {
            1_789_358_400_000
        }
        fn monotonic_ms(&self) -> i64 {
            5
        }
        fn boot_id(&self) -> String {
            "boot".into()
        }
        fn random(&self, len: u32) -> Vec<u8> {
            static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
            let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            crate::envelope::Hash::of(&count.to_be_bytes()).0.iter().copied().cycle().take(len as usize).collect()
        }

        fn free_bytes(&self) -> Option<u64> {
            None
        }
    }

    #[test]
    fn practice_is_a_space_of_its_own_that_never_speaks_to_the_office_and_leaves_nothing() {
        let dir = std::env::temp_dir().join(format!("minqing-practice-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        let path = dir.display().to_string();
        let mut real = Client::open(&path, Box::new(Machine), vec![7; 32]).unwrap();
        let mut practice = Client::open_practice(&path, Box::new(Machine)).unwrap();
        let doors = practice.households(0, 50).unwrap();
        assert_eq!((doors.len(), doors[0].state), (DOORS.len(), RecordState::Practice));
        let visit = NewVisit { household: doors[0].id.clone(), purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
        let id = practice.record_visit(visit).unwrap();
        let matter = practice.matters(0, 5).unwrap().remove(0);
        assert_eq!((matter.main_state.as_str(), matter.state), ("registered", RecordState::Practice));
        practice.add_note(matter.id.clone(), "试着补充".into()).unwrap();
        assert!(practice.matter(matter.id).unwrap().events.iter().all(|event| event.state == RecordState::Practice));
        // Neither out nor in.
        let told = [
            practice.begin_contact().err(),
            practice.begin_enrolment("CODE".into(), String::new()).err(),
            practice.next_step().err(),
            practice.enrol_request("CODE".into(), String::new()).err(),
            practice.next_exchange().err(),
            practice.refresh_request().err(),
            practice.challenge_request().err(),
            practice.next_upload().err(),
            practice.next_download().err(),
            practice.courier_bundles(path.clone()).err(),
            practice.merge_address().err(),
            practice.take_bundle(path.clone()).err(),
        ];
        assert!(told.iter().all(|e| e.as_ref().is_some_and(|e| e.code() == "practice.office")), "{told:?}");
        drop(practice);
        let mut practice = Client::open_practice(&path, Box::new(Machine)).unwrap();
        assert_eq!((practice.visit(id).unwrap().state, practice.households(0, 50).unwrap().len()), (RecordState::Practice, DOORS.len()), "filled once");
        assert!(real.households(0, 50).unwrap().is_empty() && real.enrolment().is_err());
        assert_eq!(real.leave_practice().unwrap_err().code(), "practice.only");
        practice.leave_practice().unwrap();
        assert!(practice.households(0, 5).is_err() && practice.enrolment().is_err());
        drop((practice, real));
        let mut left: Vec<String> = fs::read_dir(&dir).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        left.retain(|name| !["minqing.db", "minqing.db-wal", "minqing.db-shm", "minqing.lock", "minqing.key"].contains(&name.as_str()));
        assert!(left.is_empty(), "{left:?}");
        assert!(!fs::read(dir.join("minqing.db")).unwrap().windows("练习".len()).any(|part| part == "练习".as_bytes()));
        fs::remove_dir_all(&dir).unwrap();
    }
}
