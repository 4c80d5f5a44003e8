//! A small office on an empty store: one community of two grids, an officer of both, and the officer's phone.

use minqing_core::{
    Id,
    envelope::{Hash, Item},
    guards::Guards,
    ids::{Device, Name, Opening},
    model::{Area, AreaKind, Officer},
};

use super::Make;
use crate::{
    storage::{
        Enrolment, NewDevice, RefreshToken, Result, Store,
        log::{Delivered, Delivery, Entry, EnvelopeHead, ProvenRow, Received, Seen, Unit},
    },
    testing::MORNING,
};

pub const COMMUNITY: &str = "620102001001";
/// The streams of the officer's first scope but the officer's own.
pub const STREAMS: [&str; 3] = ["grid:620102001001001", "grid:620102001001002", "commons:620102001001"];
pub const OFFICER: Id = Id([5; 16]);
pub const DEVICE: Device = Device(0x00aa_bbcc);
pub const ENROLLED: i64 = MORNING - 1_000;
/// The phone's first refresh token.
pub const REFRESH: [u8; 24] = [3; 24];

/// The office.
pub struct Office {
    pub store: Box<dyn Store>,
}

impl Office {
    pub fn of(make: Make<'_>) -> Self {
        let store = make();
        open(&*store, COMMUNITY);
        store.add_officer(&officer(OFFICER), MORNING - 2_000).unwrap();
        let office = Self { store };
        let done = office.enrol([1; 32], DEVICE, ENROLLED);
        assert!(matches!(done, Enrolment::Done { .. }));
        office
    }

    /// Gives the officer a code and uses it up for a phone.
    pub fn enrol(&self, code: [u8; 32], number: Device, now_ms: i64) -> Enrolment {
        self.store.add_code(&code, OFFICER, now_ms + 1).unwrap();
        self.store.enrol(&code, &device(number), now_ms).unwrap()
    }

    /// Brings items of the phone, numbered from `first`.
    pub fn deliver(&self, first: u64, items: &[Item]) -> Received {
        self.store.receive(delivery(first, items)).unwrap()
    }

    /// Runs work that is done.
    pub fn apply(&self, mut work: impl FnMut(&mut dyn Unit) -> Result<()>) {
        self.store.apply(&mut work).unwrap();
    }

    /// Delivers an item and takes it into a stream; its place there.
    pub fn log(&self, stream: &str, n: u64, item: &Item) -> u64 {
        self.deliver(n, std::slice::from_ref(item));
        let mut seq = 0;
        self.apply(|unit| {
            seq = take(unit, stream, n)?;
            Ok(())
        });
        seq
    }

    /// The whole log.
    pub fn rows(&self) -> Vec<ProvenRow> {
        let mut rows = Vec::new();
        let mut read = |row| {
            rows.push(row);
            Ok(())
        };
        self.store.at_one_moment(&mut |moment| moment.each_row(&mut read)).unwrap();
        rows
    }
}

/// Opens a community of two grids.
pub fn open(store: &dyn Store, community: &str) {
    let area = |id: String, parent: &str, kind| Area { id, parent: Some(parent.into()), kind, name: "某处".into() };
    store.add_areas(&[area(community.into(), &community[..9], AreaKind::Community)]).unwrap();
    let grids = ["001", "002"].map(|n| area(format!("{community}{n}"), community, AreaKind::Grid));
    store.open_community(community, &grids).unwrap();
}

pub fn officer(id: Id) -> Officer {
    let grids = vec![format!("{COMMUNITY}002"), format!("{COMMUNITY}001")];
    Officer { id, name: "马志强".into(), community: COMMUNITY.into(), grids, background: None, party_member: None }
}

pub fn device(number: Device) -> NewDevice {
    NewDevice { number, sign_key: [1; 32], seal_key: [2; 32], app: "test/1".into(), refresh: RefreshToken::new(0, &REFRESH) }
}

/// The phone's name of a number.
pub fn name(n: u64) -> Name {
    Name { device: DEVICE, opening: Opening([9; 5]), n }
}

/// Bytes about a document; the log looks at no content.
pub fn item(doc: u8, text: &str) -> Item {
    Item { kind: 1, doc: Id([doc; 16]), bytes: text.as_bytes().to_vec() }
}

pub fn delivery(first: u64, items: &[Item]) -> Delivery {
    Delivery { envelopes: vec![envelope(first, items)], superseded: Vec::new(), seen: seen(None, None), guards: Guards::default() }
}

/// Items of the phone in one envelope.
pub fn envelope(first: u64, items: &[Item]) -> Delivered {
    let hashes: Vec<Hash> = items.iter().map(Item::hash).collect();
    let head = EnvelopeHead { device: DEVICE, opening: name(0).opening, first, scope: 1, hashes, signature: [8; 64] };
    Delivered { head, signed: true, items: items.iter().map(|item| (item.clone(), None)).collect() }
}

/// What an exchange of the phone leaves.
pub fn seen(shown: Option<u8>, next: Option<u8>) -> Seen {
    Seen {
        device: DEVICE,
        shown: shown.map(|t| vec![t; 8]),
        next: next.map(|t| [t; 8]),
        fresh: false,
        app: None,
        bundle: false,
        unsent: 0,
        room_mib: None,
        now_ms: MORNING,
    }
}

/// Takes a received item into a stream; its place there.
pub fn take(unit: &mut dyn Unit, stream: &str, n: u64) -> Result<u64> {
    let p = unit.item(name(n))?.expect("an item that waits");
    let stream = unit.stream(stream)?.expect("a stream of the office");
    let entry = Entry { name: p.name, item: &p.item, envelope: Some(p.envelope), received_ms: p.received_ms, applied_ms: MORNING + 5, counts: true };
    let seq = unit.append(stream, &entry)?;
    unit.settle(p.name)?;
    Ok(seq)
}
