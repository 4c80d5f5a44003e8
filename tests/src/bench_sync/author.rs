//! Somebody else's phone: enrolled like any other, but without a store of its own, so that a year is written in a minute.
//! What it signs and sends is what a phone signs and sends.

use anyhow::{Context, Result, ensure};
use minqing_core::{
    Id,
    envelope::{DeviceKeys, Envelope, Item, ItemKind},
    frame::{decode_frame, encode_frame},
    ids::{Device, Name, Opening, actor},
    wire::{Down, ItemState, Up},
};
use minqing_sync_server::{
    App,
    sync::{Carrier, run_exchange},
};

use super::{draw::Draw, office::Office};
use crate::phone::{Phone, key_of};

/// Past every row: an author who asks from here gets none.
const NOTHING_NEW: u64 = 1 << 40;
/// Items of one request; more would be refused at 4,096.
const ITEMS: usize = 500;

/// An author.
pub struct Author {
    /// For enrolment and tokens.
    pub phone: Phone,
    /// Who writes.
    pub officer: Id,
    /// With which device.
    pub device: Device,
    /// In which opening.
    pub opening: Opening,
    keys: DeviceKeys,
    next: u64,
    streams: usize,
    written: Vec<Item>,
}

impl Author {
    /// Enrols the `number`-th phone of an office that is served at `url`.
    pub fn enrol(office: &Office, draw: &mut Draw, url: &str, number: usize, code: &str) -> Result<Self> {
        let mut phone = Phone::open(&office.dir.join(format!("author-{number}")), &office.hands, office.seed, number as u64, 0)?;
        phone.enrol(url, code)?;
        let me = phone.client.enrolment()?;
        let streams = phone.client.streams()?.len();
        let keys = DeviceKeys::derive(&key_of(office.seed, number as u64))?;
        let (officer, device) = (me.officer.parse()?, Device(me.device));
        Ok(Self { phone, officer, device, opening: Opening(draw.bytes()), keys, next: 1, streams, written: Vec::new() })
    }

    /// The actor of its changes.
    pub fn actor(&self) -> [u8; 8] {
        actor(self.device, self.opening)
    }

    /// Puts an item beside those to be sent.
    pub fn put(&mut self, kind: ItemKind, doc: Id, bytes: Vec<u8>) {
        self.written.push(Item { kind: kind.number(), doc, bytes });
    }

    /// Signs what was written, at most so many items to an envelope; the names of each envelope's items, and its bytes.
    pub fn seal(&mut self, most: usize) -> Vec<(Vec<Name>, Vec<u8>)> {
        let written = std::mem::take(&mut self.written);
        let seal = |some: &[Item]| {
            let first = self.next;
            self.next += some.len() as u64;
            let names = (first..self.next).map(|n| Name { device: self.device, opening: self.opening, n }).collect();
            (names, Envelope::seal(&self.keys, self.device, self.opening, first, 1, some.to_vec()).encode())
        };
        written.chunks(most).map(seal).collect()
    }

    /// The request that brings an envelope.
    pub fn request(&self, envelope: Vec<u8>, seqs: Option<&[u64]>, ticket: Option<&[u8]>) -> Vec<u8> {
        encode_frame(&Up {
            ticket: ticket.map(|t| t.to_vec().into()),
            scope: 1,
            seqs: seqs.map_or_else(|| vec![NOTHING_NEW; self.streams], <[u64]>::to_vec),
            opening: Some(self.opening),
            first: Some(1),
            envelopes: Some(vec![envelope.into()]),
            ..Up::default()
        })
    }

    /// Takes everything there is: its cursors, and the ticket to go on with.
    pub fn catch_up(&self, app: &App) -> Result<(Vec<u64>, Option<Vec<u8>>)> {
        let (mut seqs, mut ticket) = (vec![0; self.streams], None);
        loop {
            let up = Up { ticket: ticket.clone().map(Vec::into), scope: 1, seqs: seqs.clone(), ..Up::default() };
            let answer = self.exchange(app, &encode_frame(&up))?;
            ticket = answer.end.ticket.map(Vec::from).or(ticket);
            if answer.end.cursors.is_empty() {
                return Ok((seqs, ticket));
            }
            seqs = answer.end.cursors;
        }
    }

    fn carrier(&self) -> Carrier {
        Carrier { device: self.device, officer: self.officer, app: None }
    }

    /// The requests that bring what was written.
    pub fn requests(&mut self) -> Vec<Vec<u8>> {
        self.seal(ITEMS).into_iter().map(|(_, envelope)| self.request(envelope, None, None)).collect()
    }

    /// Asks an office opened in this process.
    pub fn exchange(&self, app: &App, request: &[u8]) -> Result<Down> {
        let answer = run_exchange(app, &self.carrier(), request).context("an exchange")?;
        Ok(decode_frame(&answer)?)
    }

    /// Brings what was written to an office opened in this process.
    pub fn bring(&mut self, app: &App) -> Result<()> {
        self.requests().iter().try_for_each(|request| all_in_log(&self.exchange(app, request)?))
    }

    /// Brings what was written to an office that is served, and waits until it is applied.
    pub fn send(&mut self, url: &str) -> Result<()> {
        for (_, envelope) in self.seal(ITEMS) {
            let request = self.request(envelope, None, None);
            // While it waits to be applied it is said to be received; the same request again asks what became of it.
            let mut answer: Down = decode_frame(&self.phone.send(url, &request)?)?;
            while answer.states.contains(&ItemState::Received) {
                answer = decode_frame(&self.phone.send(url, &request)?)?;
            }
            all_in_log(&answer)?;
        }
        Ok(())
    }
}

/// Refuses an answer that leaves an item out of the log.
pub fn all_in_log(answer: &Down) -> Result<()> {
    let other = answer.states.iter().find(|state| state.seq().is_none());
    ensure!(other.is_none(), "an item was answered {other:?}");
    Ok(())
}
