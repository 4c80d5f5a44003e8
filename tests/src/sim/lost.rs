//! A phone is lost: the office revokes it while it uploads, and what it still brings is kept for the office.

use std::collections::BTreeSet;

use anyhow::Result;
use minqing_core::ids::Device;

use super::{Sim, villain::WHOSE};
use crate::{file::hashes, proof::unsettled};

impl Sim {
    /// A phone is revoked while its request is on the way. It hears what became of that, and then nobody opens it again.
    pub(super) fn lose_phone(&mut self, number: usize) -> Result<()> {
        let is_copied = self.whose.iter().filter(|whose| **whose == self.whose[number]).count() > 1;
        if number == WHOSE || is_copied || !self.lost.is_empty() || self.office().is_dead() {
            return Ok(());
        }
        self.faults += 1;
        self.deed_of(number)?;
        let me = self.phone(number).client.enrolment()?;
        let body = self.phone(number).client.next_exchange()?;
        self.sent.push((number, body.clone()));
        self.app().store.revoke_device(Device(me.device), self.hands.now())?;
        if let Some(answer) = self.serve(number, &body)? {
            self.take(number, answer)?;
        }
        // What it never said went with it.
        let said = hashes(&self.server_dir(), "SELECT hash FROM log UNION SELECT hash FROM inbox")?;
        let unsaid = unsettled(&self.phone(number).dir.clone())?;
        self.destroyed.extend(unsaid.difference(&said).cloned());
        self.lost.insert(number, (me.device, me.officer));
        self.copies.remove(&number);
        self.phones[number] = None;
        // What a restored server lacks and only this phone held.
        if self.was_restored() { self.reckon() } else { Ok(()) }
    }

    /// Items that are kept for the office, of a phone that was lost.
    pub(super) fn escrowed(&self) -> Result<BTreeSet<String>> {
        hashes(&self.server_dir(), "SELECT hash FROM inbox WHERE state = 3")
    }
}
