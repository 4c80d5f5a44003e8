//! An officer thinks again: what was saved last is taken back, where nobody else can know of it.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use minqing_core::Id;

use super::Sim;
use crate::{
    file::{hashes, hashes_of},
    proof::rebuilt,
};

/// What was taken back of a phone's work.
const GONE: &str = "SELECT hash FROM outbox WHERE state = 5 AND bytes = x''";

impl Sim {
    /// A phone saves something, and takes that back, perhaps with what it had saved before.
    pub(super) fn think_again(&mut self) -> Result<()> {
        let number = self.any_phone();
        let (ledger, before) = (self.ledger.clone(), self.last_action(number)?);
        self.deed_of(number)?;
        if self.last_action(number)?.is_some_and(|last| Some(last) > before) && self.take_back_last(number)? {
            // As if it had not been done: what it wrote over stands there again.
            self.ledger = ledger;
        }
        while self.dice(40) && self.take_back_last(number)? {}
        Ok(())
    }

    /// Takes back what a phone did last; whether that could be.
    fn take_back_last(&mut self, number: usize) -> Result<bool> {
        let Some((journal, record)) = self.last_action(number)? else { return Ok(false) };
        let items = hashes_of(self.phone(number).file(), &format!("SELECT hash FROM outbox WHERE journal = {journal}"))?;
        match self.phone(number).client.take_back(record.to_string()) {
            Ok(()) => {
                self.taken_back += 1;
                self.ledger.retain(|row| !items.contains(&row.item));
                Ok(true)
            }
            Err(e) if e.code() == "undo.late" => Ok(false),
            Err(e) => Err(e.into()),
        }
    }

    /// The last action of a phone that was not taken back, with its record.
    fn last_action(&mut self, number: usize) -> Result<Option<(i64, Id)>> {
        let last = "SELECT id, record FROM journal WHERE id = (SELECT max(journal) FROM touched)";
        let mut query = self.phone(number).file().prepare_cached(last)?;
        let found = query.query_map([], |row| Ok((row.get(0)?, Id(row.get(1)?))))?.next();
        Ok(found.transpose()?)
    }

    /// How often somebody took something back.
    pub fn second_thoughts(&self) -> u64 {
        self.taken_back
    }

    /// What was taken back is neither at the office nor in a phone's documents. Another copy of the same phone may know better.
    pub fn check_taken_back(&self) -> Result<()> {
        let (built, _) = rebuilt(self.office().app.store.as_ref())?;
        let mut there: BTreeSet<String> = built.items.iter().map(ToString::to_string).collect();
        there.extend(self.office().inbox()?);
        for (phone, whose) in self.phones.iter().zip(&self.whose).filter_map(|(phone, whose)| Some((phone.as_ref()?, whose))) {
            if self.whose.iter().filter(|other| *other == whose).count() == 1 {
                let gone = hashes(&phone.dir, GONE)?;
                let held = hashes(&phone.dir, "SELECT hash FROM change")?;
                let back: Vec<_> = gone.iter().filter(|item| there.contains(*item) || held.contains(*item)).collect();
                ensure!(back.is_empty(), "taken back on phone {}, and there nevertheless: {back:?}", phone.number);
            }
        }
        Ok(())
    }
}
