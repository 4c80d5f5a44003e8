//! Rarer accidents: no room on a phone, a copy of a phone, a phone out of reach, a clock that jumps, a server restored.

use std::collections::BTreeSet;

use anyhow::Result;
use minqing_core::envelope::Item;
use rand::RngExt;

use super::{Sim, step::copy_files};
use crate::file::{hashes, read_only};

/// Most copies of phones that go on beside them.
const COPIES: usize = 2;
const TEN_YEARS_MS: i64 = 315_576_000_000;

/// Which of them happen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Perils {
    /// A phone has no room for a save and for an answer.
    pub disk_full: bool,
    /// A phone dies between any two writes.
    pub phone_power: bool,
    /// The server dies between any two writes.
    pub server_power: bool,
    /// A phone's file is copied, and both go on.
    pub clones: bool,
    /// Single phones are out of reach for a while.
    pub partitions: bool,
    /// A phone's clock jumps by up to ten years.
    pub clock_jumps: bool,
    /// The server is restored from a backup.
    pub server_restores: bool,
    /// A document on a phone is damaged.
    pub damage: bool,
    /// A phone is in dishonest hands as well.
    pub hostile: bool,
    /// A phone is lost, and revoked while it uploads.
    pub losses: bool,
}

impl Sim {
    /// Something rare happens, or mostly nothing.
    pub(super) fn peril(&mut self) -> Result<()> {
        let perils = self.plot.perils;
        if !(perils.disk_full
            || perils.phone_power
            || perils.server_power
            || perils.clones
            || perils.partitions
            || perils.clock_jumps
            || perils.server_restores
            || perils.damage
            || perils.hostile
            || perils.losses)
        {
            return Ok(());
        }
        let number = self.any_phone();
        match self.roll() {
            0..3 if perils.disk_full => self.fill_disk(number),
            3..6 if perils.phone_power => self.cut_phones_power(number),
            6..8 if perils.server_power => self.cut_servers_power(number),
            8..10 if perils.clones && self.phones.len() < self.plot.phones as usize + COPIES => self.copy_phone(number),
            10..14 if perils.partitions => {
                if !self.cut_off.remove(&number) {
                    self.cut_off.insert(number);
                }
                Ok(())
            }
            14..17 if perils.clock_jumps => self.jump(number),
            17..22 if perils.server_restores => self.back_up_or_restore(),
            22..24 if perils.damage => self.damage_document(number),
            24..33 if perils.hostile => self.attack(),
            33..36 if perils.losses => self.lose_phone(number),
            _ => Ok(()),
        }
    }

    /// Neither a save nor an answer finds room in a phone's file.
    fn fill_disk(&mut self, number: usize) -> Result<()> {
        self.faults += 1;
        // SQLite keeps to the pages that the file has.
        self.phone(number).client.store().pragma("max_page_count", 1)?;
        self.full = Some(number);
        match self.deed_of(number) {
            Err(e) if e.downcast_ref::<minqing_core::Error>().is_some_and(|e| e.code().starts_with("store.")) => {}
            other => other?,
        }
        let body = self.phone(number).client.next_exchange()?;
        if let Some(answer) = self.serve(number, &body)? {
            self.take(number, answer)?;
        }
        self.full = None;
        Ok(self.phone(number).client.store().pragma("max_page_count", 1 << 30)?)
    }

    fn copy_phone(&mut self, number: usize) -> Result<()> {
        self.faults += 1;
        let copy = self.phones.len();
        let dir = |number: usize| self.dir.path().join(format!("phones/{number}"));
        copy_files(&dir(number), &dir(copy))?;
        // Dice of its own: it starts on another device.
        self.starts.push((copy as u64) << 20);
        self.whose.push(self.whose[number]);
        self.jumped.push(self.jumped[number]);
        let phone = self.open_phone(copy)?;
        self.phones.push(Some(phone));
        Ok(())
    }

    fn jump(&mut self, number: usize) -> Result<()> {
        self.faults += 1;
        self.jumped[number] = self.rng.random_range(-TEN_YEARS_MS..TEN_YEARS_MS);
        self.reopen(number)
    }

    fn damage_document(&mut self, number: usize) -> Result<()> {
        let dir = self.phone(number).dir.clone();
        let file = rusqlite::Connection::open(dir.join("minqing.db"))?;
        let nth = i64::from(self.roll());
        let some = "SELECT id FROM document ORDER BY id LIMIT 1 OFFSET ?1 % max(1, (SELECT count(*) FROM document))";
        let changed = file.execute(&format!("UPDATE document SET bytes = x'ff' WHERE id = ({some})"), [nth])?;
        drop(file);
        self.faults += changed as u64;
        self.phone(number).client.mend()?;
        Ok(())
    }

    fn back_up_or_restore(&mut self) -> Result<()> {
        if self.office().is_dead() {
            return Ok(());
        }
        if !self.backups.0 || self.dice(40) {
            self.backups.0 = true;
            // Of the same night as the phones' copies, so that a phone and the server may lose the same.
            if self.plot.phone_accidents {
                self.here().into_iter().try_for_each(|number| self.copy_for_later(number))?;
            }
            return self.backup_server();
        }
        self.faults += 1;
        // Just before, one was heard and another read it.
        let (writer, reader) = (self.any_phone(), self.any_phone());
        self.deed_of(writer)?;
        self.deed_of(writer)?;
        self.exchange(writer)?;
        self.exchange(reader)?;
        self.restore_server()?;
        self.backups.1 = true;
        self.reckon()?;
        // What one phone wrote and lost, and the backup lacks, only others can bring back.
        if self.plot.phone_accidents && self.dice(50) {
            self.restore_phone()?;
        }
        // Who comes first brings what others wrote, too, before they do so themselves.
        self.come_first(reader)
    }

    /// Whether the server was ever restored.
    pub(super) fn was_restored(&self) -> bool {
        self.backups.1
    }

    /// After a restore: what neither the server nor any phone holds is gone, and nobody can bring it back.
    pub(super) fn reckon(&mut self) -> Result<()> {
        let mut held = hashes(&self.server_dir(), "SELECT hash FROM log UNION SELECT hash FROM inbox")?;
        for number in self.here() {
            let dir = self.phone(number).dir.clone();
            held.extend(hashes(&dir, "SELECT hash FROM outbox UNION SELECT hash FROM change")?);
            held.extend(events(&dir)?);
        }
        self.acknowledged.retain(|item| held.contains(item));
        self.destroyed.extend(self.ledger.iter().map(|row| row.item.clone()).filter(|item| !held.contains(item)));
        Ok(())
    }
}

/// The items that a phone's events are.
fn events(dir: &std::path::Path) -> Result<BTreeSet<String>> {
    let db = read_only(dir)?;
    let mut query = db.prepare("SELECT matter, bytes FROM event")?;
    let found = query.query_map([], |row| Ok(Item { kind: 2, doc: minqing_core::Id(row.get(0)?), bytes: row.get(1)? }.hash().to_string()))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
