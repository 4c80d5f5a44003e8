//! The office that is measured: now opened in this process to be filled, now served by another one over HTTP.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Result;
use minqing_core::{Id, model::grid_id};
use minqing_sync_server::{
    App,
    admin::{self, NewOfficer},
};

use crate::{
    hands::{Dice, Hands},
    server::{self, Server},
};

/// 畅家巷社区 in 城关区, Lanzhou.
pub const COMMUNITY: &str = "620102001001";
/// Thursday 2026-01-01, 00:00 in Lanzhou: when the year begins that is written.
pub const NEW_YEAR: i64 = 1_767_196_800_000;
/// The year.
pub const YEAR: i16 = 2026;
/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;
/// How long a code enrols: all of them are used at once.
const CODE_HOURS: u32 = 24;

/// An office's directory, and who may open it.
pub struct Office {
    /// Where phones lie, and the server in `server`.
    pub dir: PathBuf,
    /// A program whose child process can be the server.
    pub program: PathBuf,
    /// The time of the story.
    pub hands: Hands,
    /// Of everything random.
    pub seed: u64,
    starts: u64,
}

impl Office {
    /// A new office with a community of so many grids.
    pub fn open(program: &Path, dir: &Path, seed: u64, grids: u16) -> Result<Self> {
        std::fs::create_dir_all(dir)?;
        let mut office = Self { dir: dir.to_owned(), program: program.to_owned(), hands: Hands::at(NEW_YEAR), seed, starts: 0 };
        admin::add_community(office.app()?.store.as_ref(), COMMUNITY, grids)?;
        Ok(office)
    }

    /// The real server's parts in this process, each exchange applying its own. Not while it is served.
    pub fn app(&mut self) -> Result<App> {
        self.starts += 1;
        let dice = Arc::new(Dice::new(self.seed, 0xffff_0000_0000 + self.starts));
        Ok(App::open(server::config(&self.server_dir())?, Arc::new(self.hands.clone()), dice)?)
    }

    /// The real server in a process of its own.
    pub fn serve(&mut self) -> Result<Server> {
        self.starts += 1;
        Server::start(&self.program, &self.server_dir(), 0, self.hands.now(), self.seed, self.starts)
    }

    /// Where the server's files lie.
    pub fn server_dir(&self) -> PathBuf {
        self.dir.join("server")
    }

    /// Adds an officer of some grids; returns a code for a phone.
    pub fn officer(&self, app: &App, number: usize, grids: &[u16]) -> Result<String> {
        let grids = grids.iter().map(|grid| grid_id(COMMUNITY, *grid)).collect();
        let new = NewOfficer { name: format!("信息员{number}"), community: COMMUNITY.into(), grids, ..NewOfficer::default() };
        let store = app.store.as_ref();
        let officer: Id = admin::add_officer(store, &*app.clock, &*app.entropy, new)?.id;
        Ok(admin::new_code(store, &*app.clock, &*app.entropy, officer, CODE_HOURS)?)
    }
}
