//! Phones of version 1 against the server of today: requests kept as the bytes they were, answers read by a reader of then.

use std::collections::BTreeSet;

use minicbor::{Encoder, bytes::ByteVec};
use minqing_core::{
    Id,
    envelope::{DeviceKeys, Envelope, Hash, Item},
    frame::{decode_frame, encode_frame},
    ids::Device,
    model::{Address, NewHousehold, NewVisit},
    wire::{CONTENT_TYPE, Down, ItemState, Row, Up},
};
use minqing_sync_server::{
    admin::{self, NewOfficer},
    storage::log::ProvenRow,
};
use minqing_tests::{
    deeds::broken_lamp,
    hands::{Dice, Hands},
    phone::{Phone, key_of},
    sim::MORNING,
};

use super::{by_hand::enrol, v1};
use crate::{
    attachments::office::{COMMUNITY, Office},
    documents::accept::{golden, is_golden},
};

const DEVICE: Device = Device(0x00a1_b2c3);
const SEED: u64 = 13;
/// What the phone sent: a door and a visit as the first app did, then a matter with all fields of the version's last app.
const SENT: [&str; 2] = ["phone-door-and-visit.bin", "phone-matter.bin"];
const IDLE: &str = "phone-idle.bin";

/// An office that knows the frozen phone, and the phone's token.
fn office() -> (Office, Id, String) {
    let office = Office::open();
    let (app, store) = (&office.app, office.app.store.as_ref());
    // Who wrote stands in the frozen events: the officer has the id of then.
    let dice = Dice::new(SEED, 1);
    let new = NewOfficer { name: "信息员".into(), community: COMMUNITY.into(), grids: vec!["001".into()], ..NewOfficer::default() };
    let officer = admin::add_officer(store, &Hands::at(MORNING), &dice, new).unwrap().id;
    let access = enrol(app, officer, &DeviceKeys::derive(&key_of(SEED, 1)).unwrap(), DEVICE);
    (office, officer, access)
}

/// Posts a frozen request as the phone did; the answer's body.
fn post(office: &Office, access: &str, body: &[u8]) -> Vec<u8> {
    let bearer = format!("Bearer {access}");
    let answer = office.ask("POST", "/v1/sync", &[("authorization", &bearer), ("content-type", CONTENT_TYPE)], body);
    assert_eq!((answer.status, answer.header("content-type")), (200, CONTENT_TYPE), "{}", String::from_utf8_lossy(&answer.body));
    answer.body
}

/// The items of a request.
fn items(body: &[u8]) -> Vec<Item> {
    let up: Up = decode_frame(body).unwrap();
    up.envelopes.unwrap_or_default().iter().flat_map(|envelope| Envelope::decode(envelope).unwrap().items).collect()
}

fn rows_in_log(office: &Office) -> Vec<ProvenRow> {
    let mut rows = Vec::new();
    let each = &mut |row| {
        rows.push(row);
        Ok(())
    };
    office.app.store.at_one_moment(&mut |moment| moment.each_row(each)).unwrap();
    rows
}

/// Writes the requests anew, by the app of today: only on purpose (docs/TESTING.md).
fn record(office: &Office, officer: Id) {
    let mut phone = Phone::open(&office.dir.path().join("frozen"), &Hands::at(MORNING), SEED, 1, 0).unwrap();
    let b64 = |len: usize| "A".repeat(len);
    let streams = [format!("person:{officer}"), format!("grid:{COMMUNITY}001"), format!("commons:{COMMUNITY}")];
    let answer = serde_json::json!({
        "device": DEVICE.0, "officer": {"id": officer, "name": "信息员"}, "community": COMMUNITY, "scope": {"version": 1, "streams": streams},
        "history": b64(22), "server_time": MORNING, "certificate": b64(4), "access": "", "refresh": b64(43),
    });
    phone.client.take_enrolment(answer.to_string().into_bytes()).unwrap();
    let address = Address { community: COMMUNITY.into(), estate: "畅家苑".into(), building: "3".into(), room: "502".into(), ..Address::default() };
    let door =
        phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, note: "狗凶".into(), ..NewHousehold::default() }).unwrap();
    let visit = NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "talked".into(), note: "说灯坏了".into(), ..NewVisit::default() };
    phone.client.record_visit(visit).unwrap();
    let up: Up = decode_frame(&phone.client.next_exchange().unwrap()).unwrap();
    let as_at_first = Up { packs: None, superseded: None, recovered: None, manifests: None, ..up };
    is_golden(SENT[0], &encode_frame(&as_at_first));
    let before = items(&encode_frame(&as_at_first)).len();
    phone.client.register_matter(broken_lamp(&door)).unwrap();
    let mut up: Up = decode_frame(&phone.client.next_exchange().unwrap()).unwrap();
    let all: Vec<Envelope> = up.envelopes.iter().flatten().map(|envelope| Envelope::decode(envelope).unwrap()).collect();
    let [all] = &all[..] else { panic!("one envelope") };
    let keys = DeviceKeys::derive(&key_of(SEED, 1)).unwrap();
    let rest = Envelope::seal(&keys, DEVICE, all.opening, all.first + before as u64, 1, all.items[before..].to_vec());
    up.envelopes = Some(vec![ByteVec::from(rest.encode())]);
    up.superseded = Some(Vec::new());
    up.manifests = Some(Vec::new());
    is_golden(SENT[1], &encode_frame(&up));
    is_golden(IDLE, &encode_frame(&Up { scope: 1, seqs: vec![0; 3], ..Up::default() }));
}

#[test]
fn invariant_13_a_phone_of_version_1_still_uploads_and_still_reads() {
    let (office, officer, access) = office();
    if std::env::var_os("MINQING_ACCEPT").is_some_and(|v| v == "1") {
        record(&office, officer);
    }
    let before = rows_in_log(&office).len();
    let mut sent = BTreeSet::new();
    for name in SENT {
        let body = golden(name);
        let answer = v1::read(&post(&office, &access, &body)).unwrap();
        let items = items(&body);
        assert!(items.len() >= 2, "{name}");
        assert_eq!(answer.echo, Hash::of(&body).0[..4], "{name}");
        assert_eq!(answer.states.len(), items.len(), "{name}");
        assert!(answer.states.iter().all(|state| matches!(state, (0, Some(1..)))), "{name}: {:?}", answer.states);
        assert!(answer.ticket.is_some_and(|ticket| ticket.len() == 8), "{name}");
        sent.extend(items.iter().map(Item::hash));
        // Its own rows come back as runs of its present opening, from the cursors it showed.
        let runs = answer.rows.iter().map(|row| if let v1::Row::Own { from, to, .. } = row { to - from + 1 } else { 0 });
        assert_eq!(runs.sum::<u64>(), sent.len() as u64, "{name}: {:?}", answer.rows);
        // Sent again, as after a lost answer, it is the same.
        let again = v1::read(&post(&office, &access, &body)).unwrap();
        assert_eq!(again.states.iter().map(|(number, _)| *number).collect::<BTreeSet<_>>(), [1].into(), "{name}: duplicates");
        assert!(!answer.more && !again.more);
    }
    let log = rows_in_log(&office);
    let by_phone: BTreeSet<Hash> = log.iter().filter(|p| p.row.name.device == DEVICE).map(|p| p.hash).collect();
    assert_eq!(by_phone, sent, "all of it is in the log, once");
    assert!(log.len() > before + sent.len(), "and a verdict");

    // All rows, to a phone that has nothing.
    let answer = v1::read(&post(&office, &access, &golden(IDLE))).unwrap();
    let mut read = BTreeSet::new();
    let (mut registered, mut judged) = (None, None);
    for row in &answer.rows {
        let v1::Row::Item { device, kind, doc, bytes, .. } = row else { panic!("{row:?}") };
        let item = Item { kind: u8::try_from(*kind).unwrap(), doc: Id(doc[..].try_into().unwrap()), bytes: bytes.clone() };
        read.extend((*device == u64::from(DEVICE.0)).then(|| item.hash()));
        match kind {
            2 => registered = v1::map(bytes).1.remove(&0),
            3 if v1::map(bytes).0[&1] == 1 => judged = Some(v1::map(&v1::map(bytes).1[&3])),
            _ => {}
        }
    }
    assert_eq!(read, sent, "it reads what it wrote");
    let (numbers, bytes) = judged.expect("a verdict");
    assert_eq!((bytes.get(&0), numbers.get(&1), numbers.get(&2)), (registered.as_ref(), Some(&1), None), "accepted, as the first of its matter");
    assert_eq!(answer.cursors.len(), 3);
    assert!(answer.cursors[1] >= sent.len() as u64 && answer.sum != 0);
}

#[test]
fn invariant_13_what_a_later_server_adds_is_skipped_by_version_1_and_by_this_one() {
    let mut later = Vec::new();
    let mut e = Encoder::new(&mut later);
    // [states, rows, end, packs, repair, scope, ended, must_snapshot, a field that is yet to come]
    e.array(9).unwrap().array(3).unwrap();
    e.array(3).unwrap().u8(0).unwrap().u8(7).unwrap().str("new").unwrap();
    e.array(2).unwrap().u8(16).unwrap().bytes(&[1]).unwrap();
    e.array(2).unwrap().u8(77).unwrap().str("new").unwrap();
    e.array(3).unwrap();
    e.array(10).unwrap().u8(0).unwrap().u8(1).unwrap().u8(7).unwrap().u32(DEVICE.0).unwrap().bytes(&[1; 5]).unwrap().u8(1).unwrap();
    e.u8(2).unwrap().bytes(&[3; 16]).unwrap().bytes(b"item").unwrap().str("new").unwrap();
    e.array(7).unwrap().u8(1).unwrap().u8(1).unwrap().u8(8).unwrap().u8(9).unwrap().bytes(&[1; 5]).unwrap().u8(2).unwrap().str("new").unwrap();
    e.array(7).unwrap().u8(9).unwrap().u8(1).unwrap().u8(10).unwrap().bytes(&[4; 16]).unwrap().bytes(&[5; 32]).unwrap().bool(true).unwrap().u8(3).unwrap();
    e.array(8).unwrap().null().unwrap().array(1).unwrap().u8(10).unwrap().u8(6).unwrap().null().unwrap().bool(false).unwrap();
    e.i64(MORNING).unwrap().bytes(&[1, 2, 3, 4]).unwrap().str("new").unwrap();
    e.null().unwrap().null().unwrap().null().unwrap().null().unwrap().null().unwrap().str("new").unwrap();

    let old = v1::read(&later).unwrap();
    assert_eq!(old.states, [(0, Some(7)), (16, None), (77, None)]);
    assert_eq!((old.cursors, old.sum, old.echo), (vec![10], 6, vec![1, 2, 3, 4]));
    assert_eq!(old.rows[1], v1::Row::Own { stream: 1, from: 8, to: 9, opening: vec![1; 5], n: 2 });
    assert!(matches!(&old.rows[2], v1::Row::Later { seq: 10, counts: true, .. }));

    let new: Down = decode_frame(&later).unwrap();
    assert_eq!(new.states, [ItemState::Seq(7), ItemState::Received, ItemState::Unknown(77)]);
    assert!(matches!(&new.rows[..], [Row::Item { n: 1, .. }, Row::Own { to: 9, .. }, Row::Later { seq: 10, .. }]), "{:?}", new.rows);
    // And what is frozen of answers is read by the reader of then.
    for (name, rows) in [("down-idle.bin", 0), ("down-all.bin", 5), ("down-packs.bin", 0), ("down-repair.bin", 0)] {
        assert_eq!(v1::read(&golden(name)).unwrap().rows.len(), rows, "{name}");
    }
}
