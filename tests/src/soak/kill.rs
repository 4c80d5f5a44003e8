//! Real processes, killed with SIGKILL in the middle of uploads: `minqing serve` and phones that write and upload
//! without a pause. What was acknowledged, and every save that had returned, must be in the log in the end.

use std::{collections::BTreeSet, path::Path, sync::Arc, thread, time::Duration};

use anyhow::{Result, ensure};
use minqing_core::{
    envelope::Hash,
    model::{Address, NewHousehold, grid_id},
};
use minqing_sync_server::{
    App,
    admin::{self, NewOfficer},
    clock::{Clock, SystemClock},
    entropy::SystemEntropy,
    sync::add_households,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::processes::{PhoneProcess, ServerProcess};
use crate::{
    file::{hashes, read_only, settled},
    hands::Hands,
    phone::Phone,
    proof::{open_store, rebuilt},
    server::config,
};

const COMMUNITY: &str = "620102001001";
const PHONES: u64 = 3;

/// What killing came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Killed {
    /// Processes killed, the server and phones.
    pub kills: u64,
    /// Items of which a phone was told that they are at the office.
    pub acknowledged: u64,
    /// Those of them that were gone when the server was up again, and saves that had returned and are in no log in the end.
    pub lost: u64,
}

/// Kills so many processes, at moments that the seed draws. `program`: one that can be server and phone.
///
/// # Errors
/// Of disk and network, and what is no loss and not right either.
pub fn kill(program: &Path, seed: u64, kills: u64) -> Result<Killed> {
    let dir = tempfile::tempdir()?;
    let office = dir.path().join("office");
    let codes = set_up(&office)?;
    let mut server = ServerProcess::start(program, &office)?;
    let mut phones = Vec::new();
    for (code, number) in codes.iter().zip(1..) {
        let phone_dir = dir.path().join(format!("phone-{number}"));
        let mut phone = Phone::open(&phone_dir, &Hands::at(SystemClock.now_ms()), seed, number, 0)?;
        phone.enrol(&server.url, code)?;
        phone.sync(&server.url)?;
        drop(phone);
        phones.push(PhoneProcess::start(program, &phone_dir, &server.url, seed, number, 1)?);
    }
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (mut acknowledged, mut saved, mut lost) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for kill in 0..kills {
        // Each has something under way by then; the moment within it is what the seed draws.
        phones.iter_mut().try_for_each(PhoneProcess::hear_a_save)?;
        thread::sleep(Duration::from_millis(rng.random_range(0..120)));
        if rng.random_ratio(3, 5) {
            server.kill()?;
            for phone in &phones {
                acknowledged.extend(settled(&read_only(&phone.dir)?)?);
            }
            server.start_again()?;
            let kept = kept(&office)?;
            lost.extend(acknowledged.difference(&kept).cloned());
        } else {
            let phone = &mut phones[rng.random_range(0..codes.len())];
            phone.kill()?;
            acknowledged.extend(settled(&read_only(&phone.dir)?)?);
            phone.start_again(kill + 2)?;
        }
    }
    for phone in &mut phones {
        phone.finish()?;
        acknowledged.extend(settled(&read_only(&phone.dir)?)?);
        saved.extend(phone.saved());
    }
    server.kill()?;
    let (built, report) = rebuilt(&open_store(&office)?)?;
    ensure!(report.is_good(), "the server differs from its log: {report:?}");
    let logged: BTreeSet<String> = built.items.iter().map(Hash::to_string).collect();
    lost.extend(acknowledged.union(&saved).filter(|item| !logged.contains(*item)).cloned());
    ensure!(saved.len() as u64 >= kills, "hardly anything was saved: it proves nothing");
    Ok(Killed { kills, acknowledged: acknowledged.len() as u64, lost: lost.len() as u64 })
}

/// A community with some doors, and a code for each phone's officer.
fn set_up(dir: &Path) -> Result<Vec<String>> {
    let app = App::open(config(dir)?, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let store = app.store.as_ref();
    admin::add_community(store, COMMUNITY, 1)?;
    let grid = grid_id(COMMUNITY, 1);
    let doors = (1..=6).map(|room| {
        let address = Address { community: COMMUNITY.into(), building: "1".into(), room: format!("10{room}"), ..Address::default() };
        NewHousehold { grid: grid.clone(), address, ..NewHousehold::default() }
    });
    add_households(&app, &doors.collect::<Vec<_>>())?;
    let code = |number: u64| {
        let new = NewOfficer { name: format!("信息员{number}"), community: COMMUNITY.into(), grids: vec!["001".into()], ..NewOfficer::default() };
        let officer = admin::add_officer(store, &*app.clock, &*app.entropy, new)?;
        Ok(admin::new_code(store, &*app.clock, &*app.entropy, officer.id, 24)?)
    };
    (1..=PHONES).map(code).collect()
}

/// Items that the server has, in its log or before it.
fn kept(office: &Path) -> Result<BTreeSet<String>> {
    hashes(office, "SELECT hash FROM log UNION SELECT hash FROM inbox WHERE state IN (16, 17)")
}
