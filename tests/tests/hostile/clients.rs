//! A client with valid keys that means harm, against the real program over real HTTP: each attack is answered by a code or
//! with nothing, and costs no more than an honest request.

use minqing_core::{
    Id,
    envelope::{Envelope, Item, ItemKind, Quarantine},
    frame::{MAX_ENVELOPES, MAX_ITEMS, encode_frame, to_cbor},
    ids::{Device, Opening},
    wire::{ItemState, Manifest, Superseded, Up},
};
use minqing_tests::hands::Hands;

use super::slow::memory;
use crate::{
    end_to_end::program::{Serving, with_one_phone},
    exchange::by_hand::{ByHand, STREAMS, Told},
};

const OPENING: Opening = Opening([9; 5]);
/// What all of it together may cost the server, KiB.
const MOST_KIB: u64 = 200 << 10;

struct Attack {
    _dir: tempfile::TempDir,
    server: Serving,
    phone: ByHand,
    /// Resident memory before, KiB.
    before: u64,
}

impl Attack {
    fn begin() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(1_800_000_000_000), 23);
        phone.contact(&server.url).unwrap();
        let phone = ByHand::of(&mut phone, 23, &server.url);
        let attack = Self { before: memory(&server.pid().to_string()).0, server, phone, _dir: dir };
        attack.honest(1);
        attack
    }

    fn ask(&self, up: &Up) -> Told {
        self.phone.exchange(&self.server.url, up)
    }

    fn refused(&self, up: &Up) -> (u16, String) {
        let told = self.ask(up);
        (told.status, told.code)
    }

    /// An honest item is taken as if nothing had happened.
    fn honest(&self, n: u32) {
        let opening = Opening([200; 5]);
        let told = self.ask(&ByHand::up(vec![self.phone.seal(opening, u64::from(n), &self.phone.cards(opening, n, 1))]));
        let states = told.down.unwrap().states;
        assert!(matches!(states[..], [ItemState::Seq(_) | ItemState::Received]), "{states:?}");
    }

    /// Nothing stays behind.
    fn end(self) {
        self.honest(2);
        let peak = memory(&self.server.pid().to_string()).1;
        println!("{} KiB before, {peak} KiB at most", self.before);
        assert!(peak <= self.before + MOST_KIB, "{} KiB before, {peak} KiB at most", self.before);
    }
}

fn idle() -> Up {
    Up { scope: 1, seqs: vec![0; STREAMS], ..Up::default() }
}

fn nonsense(len: usize) -> Item {
    Item { kind: ItemKind::Change.number(), doc: Id([5; 16]), bytes: vec![0; len] }
}

#[test]
fn envelopes_and_items_by_the_thousand_and_numbers_without_end() {
    let attack = Attack::begin();
    let phone = &attack.phone;
    let too_large = (413, "frame.too_large".to_owned());
    let malformed = (400, "frame.malformed".to_owned());
    let one = |n: u64, items: usize| phone.seal(OPENING, n, &vec![nonsense(1); items]);
    assert_eq!(attack.refused(&ByHand::up((1..=5_000).map(|n| one(n, 1)).collect())), too_large);
    assert_eq!(attack.refused(&ByHand::up((1..=MAX_ENVELOPES as u64 + 1).map(|n| one(n, 1)).collect())), too_large);
    assert_eq!(attack.refused(&ByHand::up(vec![one(1, MAX_ITEMS + 1)])), too_large);
    assert_eq!(attack.refused(&ByHand::up(vec![one(1, MAX_ITEMS), one(1 + MAX_ITEMS as u64, 1)])), too_large);
    assert_eq!(attack.refused(&ByHand::up(vec![phone.seal(OPENING, 1, &vec![nonsense(60 << 10); 140])])), too_large);
    for n in [u64::MAX, u64::MAX - 1, 1 << 63, 1 << 53] {
        assert_eq!(attack.refused(&ByHand::up(vec![one(n, 2)])), malformed, "n {n}");
    }
    // As many as may come do come, and all are put aside.
    let told = attack.ask(&ByHand::up((0..MAX_ENVELOPES as u64).map(|n| one(1 + n * 16, 16)).collect()));
    let states = told.down.unwrap().states;
    assert_eq!(states.len(), MAX_ITEMS);
    assert!(states.iter().all(|state| matches!(state, ItemState::Quarantined(_) | ItemState::Received)), "{:?}", states[0]);
    attack.end();
}

#[test]
fn places_and_streams_that_are_not_there() {
    let attack = Attack::begin();
    for seq in [1 << 20, i64::MAX as u64, 1 << 63, u64::MAX] {
        for manifests in [None, Some(vec![Manifest::new(1, Id([0; 16]), Id([0xff; 16]), &[])])] {
            let told = attack.ask(&Up { seqs: vec![seq; STREAMS], manifests, ..idle() });
            let down = told.down.unwrap();
            assert_eq!((down.rows.len(), down.end.cursors, down.end.more), (0, vec![], false), "from {seq} on there is nothing");
        }
    }
    let scope = (400, "scope.unknown".to_owned());
    for streams in [0, STREAMS - 1, STREAMS + 1, 100_000] {
        assert_eq!(attack.refused(&Up { seqs: vec![0; streams], ..idle() }), scope, "{streams} streams");
    }
    for version in [0, 2, u32::MAX] {
        for seq in [0, u64::MAX] {
            let down = attack.ask(&Up { scope: version, seqs: vec![seq; STREAMS], ..idle() }).down.unwrap();
            assert_eq!((down.rows.len(), down.end.cursors.len(), down.packs.is_none()), (0, 0, true), "scope {version}");
            assert_eq!(down.scope.map(|now| (now.version, now.streams.len())), Some((1, STREAMS)), "what is to be asked instead");
        }
    }
    let told = attack.ask(&Up { packs: Some(vec![3, u32::MAX, 4_000_000_000]), ..idle() });
    assert!(told.down.unwrap().packs.is_none());
    let many = attack.ask(&Up { packs: Some((0..100_000).collect()), ..idle() });
    assert!(many.down.is_some_and(|down| down.packs.is_none()), "{} {}", many.status, many.code);
    for pack in ["desk:620102001001/1/0", "grid:620102001002001/1/0", "grid:620102001001001/18446744073709551615/4294967295", "..%2f..%2fminqing.db/1/0"] {
        let answer = ureq::get(format!("{}/v1/packs/{pack}", attack.server.url))
            .config()
            .http_status_as_error(false)
            .build()
            .header("authorization", format!("Bearer {}", attack.phone.access))
            .call()
            .unwrap();
        assert_eq!(answer.status(), 404, "{pack}");
    }
    attack.end();
}

#[test]
fn manifests_without_end_are_answered_within_bounds() {
    let attack = Attack::begin();
    let (first, last) = (Id([0; 16]), Id([0xff; 16]));
    let docs = |n: u32| (0..n).map(|n| (Id(Id::named(&["made up", &n.to_string()]).0), 7)).collect::<Vec<_>>();
    let too_large = (413, "frame.too_large".to_owned());
    assert_eq!(
        attack.refused(&Up { manifests: Some(vec![Manifest { docs: vec![0; 24_000_000].into(), ..Manifest::new(1, first, last, &[]) }]), ..idle() }),
        too_large
    );
    assert_eq!(
        attack.refused(&Up { manifests: Some(vec![Manifest { docs: vec![0; 24 * 300_000].into(), ..Manifest::new(1, first, last, &[]) }]), ..idle() }),
        too_large
    );
    // As many as an honest phone says at once: no more is answered than fits.
    let told = attack.ask(&Up { manifests: Some(vec![Manifest::new(1, first, last, &docs(16_384))]), ..idle() });
    let repair = told.down.unwrap().repair.unwrap();
    assert!(repair.more && !repair.docs.is_empty() && repair.docs.len() < 16_384, "{} documents", repair.docs.len());
    // Of a stream one is read, of one that is not there none.
    let told = attack.ask(&Up { seqs: vec![0, 1, 0], manifests: Some(vec![Manifest::new(1, first, last, &[]); 100_000]), ..idle() });
    assert_eq!(told.down.unwrap().repair.unwrap().docs.len(), 1, "the one door, once");
    let told = attack.ask(&Up { manifests: Some((0..100_000).map(|n| Manifest::new(u32::MAX - n, first, last, &[])).collect()), ..idle() });
    assert_eq!(told.down.unwrap().repair.unwrap().docs, []);
    // The wrong way round there is nothing between them.
    let told = attack.ask(&Up { manifests: Some(vec![Manifest::new(1, last, first, &[])]), ..idle() });
    assert_eq!(told.down.unwrap().repair.unwrap().docs, []);
    attack.end();
}

#[test]
fn names_that_are_somebody_elses() {
    let attack = Attack::begin();
    let phone = &attack.phone;
    // It says of names it never wrote, and of ones that wait, that they were written again.
    let waits = Item { doc: Id([6; 16]), ..phone.cards(OPENING, 9, 1).remove(0) };
    let told = attack.ask(&ByHand::up(vec![phone.seal(OPENING, 1, std::slice::from_ref(&waits))]));
    let before = told.down.unwrap().states;
    let foreign = (0..200_000u64).map(|n| Superseded { opening: Opening([200; 5]), n }).collect();
    assert!(attack.ask(&Up { superseded: Some(foreign), ..idle() }).down.is_some());
    let told = attack.ask(&ByHand::up(vec![phone.seal(OPENING, 1, &[waits])]));
    let again = told.down.unwrap().states;
    assert!(again[0] == before[0] || before[0] == ItemState::Received, "{before:?} {again:?}");
    // What is in the log stays there, whoever says what of it.
    let told = attack.ask(&ByHand::up(vec![phone.seal(Opening([200; 5]), 1, &phone.cards(Opening([200; 5]), 1, 1))]));
    assert!(matches!(told.down.unwrap().states[..], [ItemState::Duplicate(_)]));
    // Envelopes in the name of other devices are kept apart; more than so many are refused as a whole.
    let forged = |devices: std::ops::Range<u32>| {
        let items = |n: u32| (0..5).map(|i| Item { bytes: (n * 5 + i).to_be_bytes().to_vec(), ..nonsense(0) }).collect();
        let one = |n: u32| Envelope { device: Device(n), ..Envelope::seal(&phone.keys, phone.device, OPENING, 1, 1, items(n)) }.encode();
        ByHand::up(devices.map(one).collect())
    };
    let told = attack.ask(&forged(1..201));
    let states = told.down.unwrap().states;
    assert!(states.len() == 1_000 && states.iter().all(|state| *state == ItemState::Quarantined(Quarantine::Signature)));
    for more in [201..203, 1..201] {
        assert_eq!(attack.refused(&forged(more)), (400, "envelope.unsigned".to_owned()));
    }
    // Recovered items are for a restored server: this one takes none.
    let recovered = to_cbor(&phone.cards(OPENING, 30, 3));
    let rows = |up: &Up| attack.ask(up).down.unwrap().rows.len();
    let before = rows(&idle());
    assert_eq!((rows(&Up { recovered: Some(recovered.into()), ..idle() }), rows(&idle())), (before, before));
    attack.end();
}

#[test]
fn what_is_no_request_at_all() {
    let attack = Attack::begin();
    let honest = encode_frame(&idle());
    for body in [vec![], vec![0xff; 4_096], vec![0x9f; 1 << 20], honest[..1].to_vec()] {
        assert_eq!(attack.phone.post(&attack.server.url, &body).status, 400, "{} bytes", body.len());
    }
    let status = attack.phone.post(&attack.server.url, &vec![0; 2 << 20]).status;
    assert!([413, 0].contains(&status), "{status}");
    attack.end();
}
