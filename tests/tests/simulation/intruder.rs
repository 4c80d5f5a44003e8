//! An enrolled phone whose owner writes what no app of ours writes, signed as it must be.

use minqing_core::{
    Id,
    client::Exchanged,
    document::{Doc, Writer},
    envelope::{DeviceKeys, Item, ItemKind, Quarantine},
    guards::Guards,
    ids::{Device, Opening, actor},
    model::{NewMatter, NewVisit},
    sync::{Position, Waiting, build_request, read_answer},
    wire::ItemState,
};
use minqing_sync_server::sync::{Carrier, run_exchange};
use minqing_tests::{
    phone::key_of,
    sim::{Plot, Sim},
};

/// What the server answers to what is not honest.
pub const MALFORMED: ItemState = ItemState::Quarantined(Quarantine::Malformed);

/// A quiet story whose phones are at rest.
pub fn quiet(phones: u64, seed: u64) -> Sim {
    let mut sim = Sim::open(Plot { phones, ..Plot::quiet(seed) }).unwrap();
    sim.settle().unwrap();
    sim
}

pub fn visit(household: &str, note: &str) -> NewVisit {
    NewVisit { household: household.into(), purpose: "routine".into(), outcome: "talked".into(), note: note.into(), ..NewVisit::default() }
}

pub fn matter(household: &str, text: &str) -> NewMatter {
    NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "sanitation".into(),
        text: text.into(),
        household: household.into(),
        affected: "estate".into(),
        ..NewMatter::default()
    }
}

/// The first door of a phone.
pub fn door(sim: &mut Sim, phone: usize) -> String {
    sim.phone(phone).client.households(0, 1).unwrap().remove(0).id
}

/// One exchange.
pub fn exchange(sim: &mut Sim, phone: usize) -> minqing_core::Result<Exchanged> {
    let body = sim.phone(phone).client.next_exchange()?;
    let answer = sim.serve(phone, &body).unwrap().expect("an answer");
    sim.phone(phone).client.take_answer(answer)
}

/// A phone's own copy of a document.
pub fn doc_of(sim: &mut Sim, phone: usize, id: Id) -> Doc {
    let db = rusqlite::Connection::open(sim.phone(phone).dir.join("minqing.db")).unwrap();
    let bytes: Vec<u8> = db.query_row("SELECT bytes FROM document WHERE id = ?", [id.0], |row| row.get(0)).unwrap();
    Doc::load(&bytes).unwrap()
}

/// Damages the last item of a kind in a phone's outbox; its hash fits the damage, as bad memory would leave it.
pub fn damage(sim: &mut Sim, phone: usize, kind: ItemKind) {
    let db = rusqlite::Connection::open(sim.phone(phone).dir.join("minqing.db")).unwrap();
    let last = "SELECT id, doc, bytes FROM outbox WHERE kind = ? ORDER BY id DESC LIMIT 1";
    let (id, doc, mut bytes): (i64, [u8; 16], Vec<u8>) = db.query_row(last, [kind.number()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    let hash = Item { kind: kind.number(), doc: Id(doc), bytes: bytes.clone() }.hash();
    db.execute("UPDATE outbox SET bytes = ?, hash = ? WHERE id = ?", (bytes, hash.0, id)).unwrap();
}

pub struct Intruder {
    pub keys: DeviceKeys,
    pub carrier: Carrier,
    pub opening: Opening,
    streams: usize,
    n: u64,
}

impl Intruder {
    /// Takes over a phone of the story, in an opening of its own.
    pub fn new(sim: &mut Sim, phone: usize, opening: u8) -> Self {
        let keys = DeviceKeys::derive(&key_of(sim.plot.seed, phone as u64)).unwrap();
        let me = sim.phone(phone).client.enrolment().unwrap();
        let streams = sim.phone(phone).client.streams().unwrap().len();
        let carrier = Carrier { device: Device(me.device), officer: me.officer.parse().unwrap(), app: None };
        Self { keys, carrier, opening: Opening([opening; 5]), streams, n: 1 }
    }

    /// A change of a document, which keeps it.
    pub fn change(&self, doc: &mut Doc, write: impl FnOnce(&mut Writer<'_>) -> minqing_core::Result<()>) -> Vec<u8> {
        doc.change(actor(self.carrier.device, self.opening), 0, write).unwrap().unwrap()
    }

    /// Sends items of a kind on a document.
    pub fn send(&mut self, sim: &Sim, items: Vec<(ItemKind, Id, Vec<u8>)>) -> Vec<ItemState> {
        let mut waiting = Vec::new();
        for (kind, doc, bytes) in items {
            waiting.push(Waiting { opening: self.opening, n: self.n, scope: 1, item: Item { kind: kind.number(), doc, bytes } });
            self.n += 1;
        }
        let position = Position { ticket: None, scope: 1, seqs: vec![0; self.streams], ..Position::default() };
        let request = build_request(&self.keys, self.carrier.device, &position, waiting);
        let answer = run_exchange(sim.app(), &self.carrier, &request.body).unwrap();
        read_answer(&request, &answer, Guards::default()).unwrap().states.into_iter().map(|(_, state)| state).collect()
    }

    /// Writes into a document and sends that one change.
    pub fn writes(&mut self, sim: &Sim, id: Id, mut doc: Doc, write: impl FnOnce(&mut Writer<'_>) -> minqing_core::Result<()>) -> ItemState {
        let bytes = self.change(&mut doc, write);
        self.send(sim, vec![(ItemKind::Change, id, bytes)]).remove(0)
    }
}
