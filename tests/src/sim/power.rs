//! A phone or the server dies between any two of its writes, or inside one.

use std::{collections::BTreeSet, path::Path};

use anyhow::Result;
use rand::RngExt;

use super::{Sim, Wal, check::all_items, invariant::broken, office::Office, step::copy_files};

impl Sim {
    /// A phone saves something, then dies somewhere in a second save or an answer.
    pub(super) fn cut_phones_power(&mut self, number: usize) -> Result<()> {
        self.faults += 1;
        // Closing empties the log; from here on it only grows.
        self.reopen(number)?;
        self.phone(number).client.store().pragma("wal_autocheckpoint", 0)?;
        self.deed_of(number)?;
        let dir = self.phone(number).dir.clone();
        let (durable, saved) = (Wal::length(&dir), items(&dir)?);
        if self.dice(50) {
            self.deed_of(number)?;
        } else {
            let body = self.phone(number).client.next_exchange()?;
            if let Some(answer) = self.serve(number, &body)? {
                self.take(number, answer)?;
            }
        }
        let both = items(&dir)?;
        self.end_log(&dir, durable, |sim| sim.phones[number] = None)?;
        self.forget_cursors(number);
        self.phones[number] = Some(self.open_phone(number)?);
        let left = items(&dir)?;
        if !saved.is_subset(&left) {
            return broken(2, format!("a save of phone {number} that had returned is gone"));
        }
        // A save that did not return may be there or not. What it wrote over was taken out of the ledger before.
        self.ledger.retain(|row| saved.contains(&row.item) || !both.contains(&row.item) || left.contains(&row.item));
        self.reckon()
    }

    /// The server takes a request in and dies somewhere in it; nobody hears its answer.
    pub(super) fn cut_servers_power(&mut self, number: usize) -> Result<()> {
        self.faults += 1;
        self.reopen_server()?;
        let dir = self.server_dir();
        let durable = Wal::length(&dir);
        let body = self.phone(number).client.next_exchange()?;
        let me = self.phone(number).client.enrolment()?;
        self.office().exchange(me.device, &me.officer, &body)?;
        self.end_log(&dir, durable, |sim| sim.office = None)?;
        let start = self.rng_start();
        self.office = Some(Office::open(&dir, &self.hands, &self.plot, start)?);
        if self.app().store.waiting()?.is_empty() { Ok(()) } else { broken(2, "what was received waits though the server started again".into()) }
    }

    /// Ends the log in a directory somewhere behind what was durable, as if everything had stopped there. `close` closes
    /// what has it open.
    fn end_log(&mut self, dir: &Path, durable: u64, close: impl FnOnce(&mut Self)) -> Result<()> {
        let copy = self.dir.path().join("cut");
        copy_files(dir, &copy)?;
        close(self);
        let whole = Wal::length(&copy);
        if whole > durable {
            let at = self.rng.random_range(durable..=whole);
            Wal::read(&copy)?.end(&copy, usize::try_from(at)?)?;
            copy_files(&copy, dir)?;
        }
        Ok(())
    }
}

fn items(phone_dir: &Path) -> Result<BTreeSet<String>> {
    all_items(phone_dir)
}
