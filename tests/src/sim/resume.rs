//! A story goes on from copies of its files, as after a crash.

use std::path::Path;

use anyhow::Result;

use super::{Plot, Sim, office::Office, step::copy_files};
use crate::{hands::Hands, ledger::Entry};

/// Starts of apps and server after this many, so that none draws what one of the story drew.
const STARTS: u64 = 1 << 33;

impl Sim {
    /// Goes on with copies of a server's and its phones' files (`server`, `phones/0`, …), as when everybody had lost power.
    /// `ledger`: what must be found again.
    pub fn resume(plot: Plot, hands: &Hands, from: &Path, ledger: Vec<Entry>) -> Result<Self> {
        let dir = super::directory()?;
        copy_files(from, dir.path())?;
        let office = Office::open(&dir.path().join("server"), hands, &plot, STARTS)?;
        let mut sim = Self { ledger, ..Self::of(plot, hands, dir, office) };
        for number in 0..sim.starts.len() {
            sim.starts[number] = STARTS;
            let phone = sim.open_phone(number)?;
            sim.phones.push(Some(phone));
        }
        Ok(sim)
    }
}
