//! A phone's key in a test's hand: it signs what no core would write.

use minqing_core::{
    Id,
    envelope::{DeviceKeys, Envelope, Item, ItemKind},
    frame::{decode_frame, encode_frame},
    ids::{Device, Opening, actor},
    wire::{Down, ItemState, Up},
};
use minqing_tests::{
    phone::key_of,
    sim::{MORNING, Plot, Sim},
};

use super::{by_hand::enrol, office};

pub struct Signer {
    keys: DeviceKeys,
    number: usize,
    pub streams: usize,
    pub device: Device,
    pub officer: Id,
}

/// Three phones at rest: the first takes both grids, the second grid 2, the third grid 1.
pub fn at_rest(seed: u64) -> Sim {
    let mut sim = Sim::open(Plot::quiet(seed)).unwrap();
    sim.settle().unwrap();
    sim
}

/// The first door that a phone shows.
pub fn a_door(sim: &mut Sim, number: usize) -> Id {
    sim.phone(number).client.households(0, 1).unwrap().remove(0).id.parse().unwrap()
}

impl Signer {
    pub fn of(sim: &mut Sim, number: usize) -> Self {
        let keys = DeviceKeys::derive(&key_of(sim.plot.seed, number as u64)).unwrap();
        let me = sim.phone(number).client.enrolment().unwrap();
        let streams = sim.phone(number).client.streams().unwrap().len();
        Self { keys, number, streams, device: Device(me.device), officer: me.officer.parse().unwrap() }
    }

    /// Another phone of the same officer, and its token.
    pub fn another(&self, sim: &Sim, n: u8) -> (Self, String) {
        let (keys, device) = (DeviceKeys::derive(&[n; 32]).unwrap(), Device(0x00c0_0000 + u32::from(n)));
        let token = enrol(sim.app(), self.officer, &keys, device);
        (Self { keys, device, ..*self }, token)
    }

    pub fn seal(&self, opening: Opening, first: u64, items: &[Item]) -> Envelope {
        Envelope::seal(&self.keys, self.device, opening, first, 1, items.to_vec())
    }

    /// Sends items of one opening, numbered from `first`; says what became of each.
    pub fn send(&self, sim: &mut Sim, opening: Opening, first: u64, items: &[Item]) -> Vec<ItemState> {
        self.carry(sim, &self.seal(opening, first, items))
    }

    /// Sends an envelope, whoever made it.
    pub fn carry(&self, sim: &mut Sim, envelope: &Envelope) -> Vec<ItemState> {
        self.ask(sim, self.streams, std::slice::from_ref(envelope)).expect("an answer")
    }

    /// Asks for so many streams and brings envelopes; `None` if the request as a whole was not read.
    pub fn ask(&self, sim: &mut Sim, streams: usize, envelopes: &[Envelope]) -> Option<Vec<ItemState>> {
        let envelopes = envelopes.iter().map(|e| e.encode().into()).collect();
        let up = Up { scope: 1, seqs: vec![0; streams], envelopes: Some(envelopes), ..Up::default() };
        let answer = sim.serve(self.number, &encode_frame(&up)).unwrap()?;
        Some(decode_frame::<Down>(&answer).unwrap().states)
    }

    /// An honest change of a household's remark, on what the server holds of it now.
    pub fn remark(&self, sim: &Sim, opening: Opening, door: Id, note: &str) -> Item {
        let mut doc = office::document(sim, door);
        let bytes = doc.change(actor(self.device, opening), MORNING / 1000, |w| w.put("note", note)).unwrap().unwrap();
        Item { kind: ItemKind::Change.number(), doc: door, bytes }
    }
}
