//! Monday evening: somebody with a phone of the office and the keys in it sends what no app of ours writes.

use std::path::Path;

use anyhow::{Result, ensure};
use minqing_core::{
    Id,
    document::{Doc, visits},
    envelope::{DeviceKeys, Envelope, Item, ItemKind},
    frame::{MAX_CHANGE, decode_frame, encode_frame},
    ids::{Device, Name, Opening, actor},
    model::NewVisit,
    wire::{Down, ItemState, Up},
};
use minqing_tests::{
    hands::Hands,
    phone::{Phone, key_of},
    server::Server,
};

use super::setup::Office;

/// The number of that phone; nobody's round has it.
const NUMBER: u64 = 999;
/// The opening it writes in.
const OPENING: Opening = Opening([0xbd; 5]);

/// Sends five kinds of bad item; the office adopts the one that is true: a visit at a door that is not the officer's.
pub fn visit_the_office(dir: &Path, hands: &Hands, seed: u64, office: &Office, server: &mut Server) -> Result<()> {
    let mut phone = Phone::open(&dir.join("intruder"), hands, seed, NUMBER, 0)?;
    phone.enrol(&server.url, &office.spare_code)?;
    let me = phone.client.enrolment()?;
    let (keys, device) = (DeviceKeys::derive(&key_of(seed, NUMBER))?, Device(me.device));
    let items = bad_items(office, device, me.officer.parse()?, hands.now())?;
    let (count, streams) = (items.len(), phone.client.streams()?.len());
    let envelope = Envelope::seal(&keys, device, OPENING, 1, 1, items);
    let up = Up { scope: 1, seqs: vec![0; streams], envelopes: Some(vec![envelope.encode().into()]), ..Up::default() };
    let body = encode_frame(&up);
    // On a busy machine they are answered as received first.
    let states = loop {
        let answer: Down = decode_frame(&phone.send(&server.url, &body)?)?;
        if !answer.states.contains(&ItemState::Received) {
            break answer.states;
        }
    };
    let aside = states.iter().filter(|state| matches!(state, ItemState::Quarantined(_))).count();
    ensure!(aside == count, "of {count} bad items {aside} were put aside: {states:?}");
    server.adopt(&Name { device, opening: OPENING, n: 1 }.to_string())
}

fn bad_items(office: &Office, device: Device, officer: Id, now_ms: i64) -> Result<Vec<Item>> {
    let grids = &office.officers[0].1;
    let door = |own: bool| office.households.iter().find(|(_, grid)| grids.contains(grid) == own).map(|(id, _)| id.parse::<Id>());
    let (Some(own), Some(other)) = (door(true), door(false)) else { anyhow::bail!("one officer has all grids") };
    let (own, other) = (own?, other?);
    let visit = NewVisit { purpose: "routine".into(), outcome: "talked".into(), note: "门口堆着旧家具".into(), ..NewVisit::default() };
    let made = visits::Made { officer, at_ms: now_ms };
    let change = |household, actor| {
        let mut doc = Doc::empty();
        let id = Id::timed(now_ms, &[7; 10]);
        let written = doc.change(actor, now_ms / 1000, |w| visits::add(w, household, 2026, id, &visit, made, &[]));
        Ok::<_, anyhow::Error>(Item { kind: ItemKind::Change.number(), doc: Id::visits(household, 2026), bytes: written?.unwrap_or_default() })
    };
    let raw = |kind: ItemKind, doc, bytes| Item { kind: kind.number(), doc, bytes };
    Ok(vec![
        change(other, actor(device, OPENING))?,
        change(own, actor(Device(1), OPENING))?,
        raw(ItemKind::Change, own, b"neither a change nor anything else".to_vec()),
        raw(ItemKind::Change, own, vec![0; MAX_CHANGE + 1]),
        raw(ItemKind::Fact, own, vec![0xa0]),
    ])
}
