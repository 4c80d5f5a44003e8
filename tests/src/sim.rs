//! A seeded simulation: several phones, one server, a bad network between them, and accidents.
//!
//! Nothing in it reads a clock or the system's randomness, so a seed is a whole story. The server is the
//! real one without its sockets, the phones are the real ones without their radios.

mod check;
mod contact;
mod erasing;
mod invariant;
mod lost;
mod moves;
mod net;
mod office;
mod packs;
mod perils;
mod power;
mod restore;
mod resume;
mod saving;
mod second_thoughts;
mod step;
mod villain;
mod wal;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use minqing_core::guards::Guards;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{hands::Hands, ledger::Entry, phone::Phone, world::Phrases};
pub use contact::HandedAs;
pub use invariant::{AT_THE_END, Broken, Invariant, NAMES};
pub use net::Faults;
use net::Net;
use office::Office;
pub use perils::Perils;
pub use step::copy_files;
pub use wal::Wal;
pub use whole::{Told, tell};

/// The first instant of a story: Monday 2026-09-14, 08:00 in Lanzhou.
pub const MORNING: i64 = 1_789_315_200_000 + 8 * 3_600_000;

/// What a story is made of.
#[derive(Clone, Debug)]
pub struct Plot {
    /// The seed.
    pub seed: u64,
    /// How many phones.
    pub phones: u64,
    /// How many steps before the network heals.
    pub steps: u32,
    /// What the network does to messages.
    pub faults: Faults,
    /// Whether phones are killed and their files restored.
    pub phone_accidents: bool,
    /// Whether the server is killed, also between received and applied.
    pub server_accidents: bool,
    /// How wrong the phones' clocks are, in milliseconds, alternating in sign.
    pub clocks_wrong_by_ms: i64,
    /// Whether the server packs short streams, so that phones take packs.
    pub packs: bool,
    /// Whether officers get other grids, households move, and are shared for a while.
    pub moves: bool,
    /// Whether the server keeps old changes in their documents alone; all are old enough.
    pub compacts: bool,
    /// Whether officers take back what they saved last.
    pub second_thoughts: bool,
    /// What else happens.
    pub perils: Perils,
    /// What protects phones and server.
    pub guards: Guards,
}

impl Plot {
    /// A quiet story.
    pub fn quiet(seed: u64) -> Self {
        Self {
            seed,
            phones: 3,
            steps: 120,
            faults: Faults::default(),
            phone_accidents: false,
            server_accidents: false,
            clocks_wrong_by_ms: 0,
            packs: false,
            moves: false,
            compacts: false,
            second_thoughts: false,
            perils: Perils::default(),
            guards: Guards::default(),
        }
    }

    /// Everything that can go wrong, goes wrong.
    pub fn rough(seed: u64) -> Self {
        Self { faults: Faults::rough(), phone_accidents: true, server_accidents: true, ..Self::quiet(seed) }
    }
}

/// A story under way.
pub struct Sim {
    /// What it is made of.
    pub plot: Plot,
    rng: ChaCha8Rng,
    dir: tempfile::TempDir,
    hands: Hands,
    office: Option<Office>,
    phones: Vec<Option<Phone>>,
    starts: Vec<u64>,
    net: Net,
    phrases: Phrases,
    /// Every field of every save that returned and was not knowingly written over.
    ledger: Vec<Entry>,
    /// Items that some phone was told are safe at the office.
    acknowledged: BTreeSet<String>,
    /// Items that a restore destroyed before they were acknowledged.
    destroyed: BTreeSet<String>,
    /// Highest cursor seen for each phone and stream since its last restore.
    cursors: BTreeMap<(usize, String), u64>,
    /// Requests as they were sent, for sending again.
    sent: Vec<(usize, Vec<u8>)>,
    copies: BTreeMap<usize, std::path::PathBuf>,
    /// Whose device each phone is: a copy of a phone's file goes on under the device it was copied from.
    whose: Vec<usize>,
    /// By how many milliseconds each phone's clock is wrong besides.
    jumped: Vec<i64>,
    /// Phones that no message reaches.
    cut_off: BTreeSet<usize>,
    /// Device and officer of a phone that was lost and revoked; it is closed for good.
    lost: BTreeMap<usize, (u32, String)>,
    /// The phone that has no room, for now.
    full: Option<usize>,
    /// How often somebody took something back.
    taken_back: u64,
    /// How often the phone in dishonest hands has written.
    attacks: u8,
    /// Whether there is a backup, and whether it has taken the server's place.
    backups: (bool, bool),
    /// Faults so far, but for the network's.
    faults: u64,
}

impl Sim {
    /// Opens an office of one community with two grids and enrols phones for both.
    pub fn open(plot: Plot) -> Result<Self> {
        let dir = directory()?;
        let hands = Hands::at(MORNING);
        let office = Office::open(&dir.path().join("server"), &hands, &plot, 0)?;
        office.set_up()?;
        let mut sim = Self::of(plot, &hands, dir, office);
        for number in 0..sim.whose.len() {
            let phone = sim.open_phone(number)?;
            sim.phones.push(Some(phone));
            sim.enrol(number)?;
        }
        Ok(sim)
    }

    /// A story without phones.
    fn of(plot: Plot, hands: &Hands, dir: tempfile::TempDir, office: Office) -> Self {
        Self {
            rng: ChaCha8Rng::seed_from_u64(plot.seed),
            hands: hands.clone(),
            office: Some(office),
            phones: Vec::new(),
            starts: (0..plot.phones).map(|_| 0).collect(),
            net: Net::default(),
            phrases: Phrases::load(),
            ledger: Vec::new(),
            acknowledged: BTreeSet::new(),
            destroyed: BTreeSet::new(),
            cursors: BTreeMap::new(),
            sent: Vec::new(),
            copies: BTreeMap::new(),
            whose: (0..).take(usize::try_from(plot.phones).unwrap_or(0)).collect(),
            jumped: vec![0; usize::try_from(plot.phones).unwrap_or(0)],
            cut_off: BTreeSet::new(),
            lost: BTreeMap::new(),
            full: None,
            taken_back: 0,
            attacks: 0,
            backups: (false, false),
            faults: 0,
            dir,
            plot,
        }
    }

    fn enrol(&mut self, number: usize) -> Result<()> {
        let code = self.office().code_for(number)?;
        let body = self.phone(number).client.enrol_request(code, "sim/1".into())?;
        let answer = self.office().enrol(body)?;
        self.phone(number).client.take_enrolment(answer)?;
        Ok(())
    }

    /// Runs all steps, heals the network, and lets everybody come to rest.
    pub fn run(&mut self) -> Result<()> {
        for _ in 0..self.plot.steps {
            self.step()?;
        }
        self.settle()
    }

    fn office(&self) -> &Office {
        self.office.as_ref().expect("the server is up between steps")
    }

    /// A phone.
    pub fn phone(&mut self, number: usize) -> &mut Phone {
        self.phones[number].as_mut().expect("phones are open between steps")
    }

    /// Closes a phone's app and starts it again.
    pub fn reopen(&mut self, number: usize) -> Result<()> {
        self.phones[number] = None;
        self.phones[number] = Some(self.open_phone(number)?);
        Ok(())
    }

    /// The server.
    pub fn app(&self) -> &minqing_sync_server::App {
        &self.office().app
    }

    /// Whether the server is to die at the next request.
    pub fn is_down(&self) -> bool {
        self.office().is_dead()
    }

    /// Where the server's files lie.
    pub fn server_dir(&self) -> std::path::PathBuf {
        self.dir.path().join("server")
    }

    /// The clock of the story.
    pub fn hands(&self) -> &Hands {
        &self.hands
    }

    /// A directory for this story's own use.
    pub fn scratch(&self) -> std::path::PathBuf {
        self.dir.path().join("scratch")
    }

    fn open_phone(&mut self, number: usize) -> Result<Phone> {
        self.starts[number] += 1;
        let whose = self.whose[number];
        let sign = if whose.is_multiple_of(2) { 1 } else { -1 };
        let dir = self.dir.path().join(format!("phones/{number}"));
        let wrong_by_ms = sign * self.plot.clocks_wrong_by_ms + self.jumped[number];
        let mut phone = Phone::open_with(&dir, &self.hands, self.plot.seed, whose as u64, self.starts[number], wrong_by_ms)?;
        phone.client.set_guards(self.plot.guards);
        Ok(phone)
    }

    fn dice(&mut self, percent: u32) -> bool {
        self.rng.random_ratio(percent, 100)
    }

    fn any_phone(&mut self) -> usize {
        let here = self.here();
        here[self.rng.random_range(0..here.len())]
    }

    /// All phones but those that were lost.
    fn here(&self) -> Vec<usize> {
        (0..self.phones.len()).filter(|number| !self.lost.contains_key(number)).collect()
    }
}

/// Where a story's files lie: in memory where the system has such a place, for a story trusts the disk and writes often.
fn directory() -> Result<tempfile::TempDir> {
    let memory = std::path::Path::new("/dev/shm");
    Ok(if memory.is_dir() { tempfile::tempdir_in(memory)? } else { tempfile::tempdir()? })
}

/// Seeds for a property: the one in `MINQING_SEED`, or `count` fixed ones.
pub fn seeds(count: u64) -> Vec<u64> {
    match std::env::var("MINQING_SEED").ok().and_then(|s| s.parse().ok()) {
        Some(seed) => vec![seed],
        None => (1..=count).collect(),
    }
}

/// Runs a property over seeds; a failure names the one command that replays it.
pub fn for_seeds(count: u64, property: &str, check: impl Fn(u64) -> Result<()>) {
    for seed in seeds(count) {
        if let Err(e) = check(seed) {
            panic!("seed {seed}: {e:#}\nreplay: MINQING_SEED={seed} cargo test --test all {property}");
        }
    }
}
