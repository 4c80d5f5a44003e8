//! The real server without its sockets.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{Plot, villain::OPENINGS};
use crate::{
    file::{hashes, read_only},
    hands::{Dice, Hands},
    server,
    world::doors,
};

use anyhow::{Context, Result, anyhow, ensure};
use minqing_core::{
    Id,
    envelope::Quarantine,
    ids::Device,
    model::{Address, NewHousehold, NewResident, grid_id},
};
use minqing_sync_server::{
    App,
    admin::{self, NewOfficer},
    pack,
    sync::{Carrier, add_households, run_exchange},
};
use rusqlite::params;

/// The community of the simulation.
pub(super) const COMMUNITY: &str = "620102001001";
/// Households the office writes before the story begins.
const HOUSEHOLDS: usize = 8;

pub(super) struct Office {
    pub(super) app: App,
    pub(super) dir: PathBuf,
    dies: Arc<AtomicBool>,
}

impl Office {
    /// With `packs` also short streams are packed, at every start.
    pub(super) fn open(dir: &Path, hands: &Hands, plot: &Plot, start: u64) -> Result<Self> {
        let dice = Arc::new(Dice::new(plot.seed, 0xffff_0000_0000 + start));
        let mut config = server::config(dir)?;
        if plot.packs {
            config.packs.rows = 4;
        }
        let mut app = App::open(config, Arc::new(hands.clone()), dice)?;
        app.guards = plot.guards;
        app.catch_up();
        pack::pack_all(&app)?;
        let dies = Arc::new(AtomicBool::new(false));
        let flag = dies.clone();
        app.received = Arc::new(move || assert!(!flag.load(Ordering::SeqCst), "the server dies between received and applied"));
        Ok(Self { app, dir: dir.to_owned(), dies })
    }

    pub(super) fn set_up(&self) -> Result<()> {
        admin::add_community(self.app.store.as_ref(), COMMUNITY, 2)?;
        let households: Vec<NewHousehold> = doors(HOUSEHOLDS)
            .into_iter()
            .enumerate()
            .map(|(i, door)| NewHousehold {
                grid: grid_id(COMMUNITY, u16::try_from(i % 2).unwrap_or(0) + 1),
                address: Address {
                    community: COMMUNITY.into(),
                    estate: door.estate,
                    building: door.building,
                    stairwell: door.stairwell,
                    floor: door.floor,
                    room: door.room,
                    ..Address::default()
                },
                note: String::new(),
                residents: vec![NewResident { name: "住户甲".into(), ..NewResident::default() }],
            })
            .collect();
        add_households(&self.app, &households)?;
        Ok(())
    }

    /// An officer for a phone: the first holds both grids, the others one each in turn.
    pub(super) fn code_for(&self, number: usize) -> Result<String> {
        let grids = if number == 0 { vec!["001".into(), "002".into()] } else { vec![format!("00{}", number % 2 + 1)] };
        let new = NewOfficer { name: format!("信息员{number}"), community: COMMUNITY.into(), grids, ..NewOfficer::default() };
        let (store, clock, entropy) = (self.app.store.as_ref(), &*self.app.clock, &*self.app.entropy);
        let officer = admin::add_officer(store, clock, entropy, new)?;
        Ok(admin::new_code(store, clock, entropy, officer.id, 24)?)
    }

    pub(super) fn enrol(&self, body: Vec<u8>) -> Result<Vec<u8>> {
        let (status, answer) = self.post("/v1/enrol", body)?;
        ensure!(status == 200, "enrolment was answered {status}");
        Ok(answer)
    }

    /// One exchange. `None`: the request was not readable, or the server died of it.
    pub(super) fn exchange(&self, device: u32, officer: &str, body: &[u8]) -> Result<Option<Vec<u8>>> {
        let officer: Id = officer.parse().map_err(|e| anyhow!("{e}"))?;
        let carrier = Carrier { device: Device(device), officer, app: None };
        let died = catch_unwind(AssertUnwindSafe(|| run_exchange(&self.app, &carrier, body)));
        match died {
            Ok(Ok(answer)) => Ok(Some(answer)),
            Ok(Err(fault)) if fault.code.starts_with("frame.") || ["scope.unknown", "device.revoked"].contains(&fault.code) => Ok(None),
            Ok(Err(fault)) => Err(fault).context("the server failed"),
            Err(_) => Ok(None),
        }
    }

    /// Hashes of all items in the inbox.
    pub(super) fn inbox(&self) -> Result<BTreeSet<String>> {
        hashes(&self.dir, "SELECT hash FROM inbox")
    }

    /// State, reason and kind of what is in no log, under its own name or another; but for what dishonest hands wrote and
    /// what is kept of a lost phone.
    pub(super) fn waiting(&self) -> Result<Vec<(u8, Option<u8>, u8)>> {
        let db = read_only(&self.dir)?;
        let mut query =
            db.prepare("SELECT state, reason, kind FROM inbox WHERE state <> 8 AND substr(opening, 1, 4) <> ?1 AND NOT (state = 3 AND reason = ?2)")?;
        let rows = query.query_map(params![OPENINGS, Quarantine::Revoked.number()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether it has been told to die.
    pub(super) fn is_dead(&self) -> bool {
        self.dies.load(Ordering::SeqCst)
    }

    /// From now on the server dies between received and applied.
    pub(super) fn doom(&self) {
        self.dies.store(true, Ordering::SeqCst);
    }
}
