//! Officers get other grids, households move, and are shared for a while.

use anyhow::Result;
use minqing_core::{Id, model::grid_id};
use minqing_sync_server::sync::{move_household, share, unshare};
use rand::RngExt;

use super::{Sim, office::COMMUNITY};

impl Sim {
    /// The grids of a phone, by their number in the community.
    pub fn grids_of(&mut self, number: usize) -> Result<Vec<u16>> {
        let streams = self.phone(number).client.streams()?;
        let prefix = format!("grid:{COMMUNITY}");
        Ok(streams.iter().filter_map(|stream| stream.strip_prefix(&prefix)?.parse().ok()).collect())
    }

    /// The office gives a phone's officer other grids.
    pub fn move_officer(&mut self, number: usize, grids: &[u16]) -> Result<()> {
        let officer: Id = self.phone(number).client.enrolment()?.officer.parse()?;
        let grids: Vec<String> = grids.iter().map(|grid| grid_id(COMMUNITY, *grid)).collect();
        let step = self.rng.random();
        self.app().store.set_grids(officer, &grids, step)?;
        Ok(())
    }

    /// The office moves a household to a grid.
    pub fn move_door(&mut self, household: &str, grid: u16) -> Result<()> {
        move_household(self.app(), household.parse()?, &grid_id(COMMUNITY, grid)).map_err(|e| anyhow::anyhow!("{e:?}"))?;
        Ok(())
    }

    /// The office shares a household or matter with a phone's officer, or no longer.
    pub fn share_with(&mut self, number: usize, record: &str, shared: bool) -> Result<()> {
        let officer: Id = self.phone(number).client.enrolment()?.officer.parse()?;
        let deed = if shared { share } else { unshare };
        deed(self.app(), record.parse()?, officer).map_err(|e| anyhow::anyhow!("{e:?}"))?;
        Ok(())
    }

    /// One of these, at random.
    pub(super) fn somebody_moves(&mut self) -> Result<()> {
        let number = self.any_phone();
        match self.rng.random_range(0..4) {
            0 => {
                let grids: &[u16] = [&[1][..], &[2], &[1, 2]][self.rng.random_range(0..3)];
                self.move_officer(number, grids)
            }
            1 => match self.any_door()? {
                Some(door) => {
                    let grid = self.rng.random_range(1..=2);
                    self.move_door(&door, grid)
                }
                None => Ok(()),
            },
            _ => match self.any_door()? {
                Some(door) => {
                    let shared = self.dice(60);
                    self.share_with(number, &door, shared)
                }
                None => Ok(()),
            },
        }
    }

    /// A household of the office's.
    pub(super) fn any_door(&mut self) -> Result<Option<String>> {
        let mut doors = Vec::new();
        self.app().store.at_one_moment(&mut |moment| {
            doors = moment.shown()?.households.iter().map(|h| Id(h.id).to_string()).collect();
            Ok(())
        })?;
        if doors.is_empty() {
            return Ok(None);
        }
        let index = self.rng.random_range(0..doors.len());
        Ok(doors.get(index).cloned())
    }
}
