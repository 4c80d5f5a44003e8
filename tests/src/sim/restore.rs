//! The server's disk is lost, and a backup is put in its place; a phone's file is damaged.

use std::path::Path;

use anyhow::{Context, Result};
use minqing_sync_server::backup;

use super::{Sim, office::Office};

impl Sim {
    /// Writes a backup, as an office does each night; it takes the place of the one before.
    pub fn backup_server(&mut self) -> Result<()> {
        let file = self.backup_file();
        let _ = std::fs::remove_file(&file);
        backup::save(self.app(), &file)?;
        Ok(())
    }

    /// Puts the last backup in the place of the server's files.
    pub fn restore_server(&mut self) -> Result<()> {
        let (dir, file) = (self.server_dir(), self.backup_file());
        let (clock, entropy) = (self.app().clock.clone(), self.app().entropy.clone());
        self.office = None;
        backup::restore(&file, &dir, &*clock, &*entropy).context("the restore")?;
        let start = self.rng_start();
        self.office = Some(Office::open(&dir, &self.hands, &self.plot, start)?);
        Ok(())
    }

    /// Closes a phone's app, lets something happen to its files, and starts it again.
    pub fn damage_phone(&mut self, number: usize, damage: impl FnOnce(&Path)) -> Result<()> {
        let dir = self.phone(number).dir.clone();
        self.phones[number] = None;
        damage(&dir);
        self.forget_cursors(number);
        self.phones[number] = Some(self.open_phone(number)?);
        Ok(())
    }

    /// A phone may read the log again from the beginning.
    pub fn forget_cursors(&mut self, number: usize) {
        self.cursors.retain(|(phone, _), _| *phone != number);
    }

    fn backup_file(&self) -> std::path::PathBuf {
        self.dir.path().join("backup.tar")
    }
}
