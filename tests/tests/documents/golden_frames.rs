//! Frames, events, facts and links of version 1 are read as they were sent, and still sent the same way.

use minicbor::bytes::ByteVec;
use minqing_core::{
    Id,
    clock::At,
    document::Doc,
    envelope::{DeviceKeys, Envelope, Hash, Head, Item, ItemKind, Quarantine, next_link},
    event::{Event, Fact, FactKind, Register, Verdict},
    frame::{decode_frame, encode_frame, to_cbor},
    ids::{Device, Opening},
    model::{EventCode, RefusalCode, Role},
    pack::{Chunks, DoorLine, Line, MatterLine, Offer, Part, Snapshot, Told, Writer},
    wire::{Down, End, ItemState, Manifest, Mended, Repair, Row, Up},
};

use super::{
    accept::{golden, golden_text, hex, is_golden},
    golden_said,
};

const NOON: i64 = 1_789_358_400_000;
const DEVICE: Device = Device(0x00ab_cdef);
const OPENING: Opening = Opening([1, 2, 3, 4, 5]);

fn keys() -> DeviceKeys {
    DeviceKeys::derive(&[7; 32]).unwrap()
}

fn id(n: u8) -> Id {
    Id::timed(NOON + i64::from(n), &[n; 10])
}

fn change(note: &str) -> Item {
    let bytes = Doc::empty().change([0xab, 0xcd, 0xef, 1, 2, 3, 4, 5], NOON / 1_000, |w| w.put("note", note)).unwrap().unwrap();
    Item { kind: ItemKind::Change.number(), doc: id(1), bytes }
}

/// One envelope small enough to travel as it is, one that is packed.
fn envelopes() -> [Envelope; 2] {
    let event = Item { kind: ItemKind::Event.number(), doc: id(2), bytes: event(EventCode::Note).encode() };
    [(1, vec![change("狗凶"), event]), (9, vec![change(&"白天没人，晚上来。".repeat(40))])]
        .map(|(first, items)| Envelope::seal(&keys(), DEVICE, OPENING, first, 3, items))
}

fn ups() -> [(&'static str, Up); 5] {
    let idle = Up { ticket: Some(ByteVec::from(vec![8; 8])), scope: 3, seqs: vec![100, 200, 300, 400, 500, 6_000, 70_000, 8, 9, 10], ..Up::default() };
    let envelopes = envelopes().iter().map(|e| ByteVec::from(e.encode())).collect();
    let full = Up { opening: Some(OPENING), first: Some(1), envelopes: Some(envelopes), ..idle.clone() };
    let packs = Up { scope: 3, seqs: vec![0, 0, 5], packs: Some(vec![0, 1]), ..Up::default() };
    let manifests = Some(vec![Manifest::new(1, Id([0; 16]), Id([0xff; 16]), &[(id(1), 7), (id(2), u64::MAX)])]);
    let manifest = Up { manifests, ..idle.clone() };
    [("up-first.bin", Up::default()), ("up-idle.bin", idle), ("up-two-envelopes.bin", full), ("up-packs.bin", packs), ("up-manifest.bin", manifest)]
}

fn downs() -> [(&'static str, Down); 4] {
    let idle = Down { end: End { sum: 0x0123_4567_89ab_cdef, server_ms: NOON, echo: [1, 2, 3, 4], ..End::default() }, ..Down::default() };
    let states = vec![
        ItemState::Seq(7),
        ItemState::Duplicate(6),
        ItemState::Quarantined(Quarantine::Malformed),
        ItemState::Quarantined(Quarantine::Oversize),
        ItemState::Quarantined(Quarantine::ForeignActor),
        ItemState::Quarantined(Quarantine::OutOfScope),
        ItemState::Quarantined(Quarantine::DeadDocument),
        ItemState::Quarantined(Quarantine::Signature),
        ItemState::Quarantined(Quarantine::Unknown(200)),
        ItemState::Escrowed,
        ItemState::Reused,
        ItemState::Received,
        ItemState::Held(vec![5; 32]),
        ItemState::ParkedWith(vec![6; 16]),
        ItemState::Unknown(99),
    ];
    let row = |seq, item| Row::Item { stream: 1, seq, device: DEVICE, opening: OPENING, n: seq - 1, item };
    let fact = Item { kind: ItemKind::Fact.number(), doc: id(2), bytes: verdicts()[0].1.encode() };
    let event = Item { kind: ItemKind::Event.number(), doc: id(2), bytes: event(EventCode::Register).encode() };
    let newer = Item { kind: 200, doc: id(3), bytes: b"later".to_vec() };
    let own = Row::Own { stream: 2, from: 40, to: 44, opening: OPENING, n: 3 };
    let end =
        End { history: Some(ByteVec::from(vec![9; 8])), cursors: vec![0, 5, 44], ticket: Some(ByteVec::from(vec![7; 8])), more: true, ..idle.end.clone() };
    let full = Down {
        states,
        rows: vec![row(2, change("狗凶")), row(3, event), row(4, fact), row(5, newer), own],
        end,
        packs: None,
        repair: None,
        scope: None,
        ended: None,
        must_snapshot: None,
    };
    let parts = [(70_000, 1), (900_000, 2)].map(|(bytes, n)| Part { bytes, hash: Hash([n; 32]) }).to_vec();
    let packs = Down { packs: Some(vec![Offer { stream: 1, seq: 40_000, sum: 0x0123_4567_89ab_cdef, parts }]), ..idle.clone() };
    let mended = Mended { stream: 1, doc: id(1), rows: vec![row(2, change("狗凶"))] };
    let repair = Down { repair: Some(Repair { docs: vec![mended], more: true }), ..idle.clone() };
    [("down-idle.bin", idle), ("down-all.bin", full), ("down-packs.bin", packs), ("down-repair.bin", repair)]
}

/// What lists show of a door and a matter.
fn lines() -> [Line; 2] {
    let text = |text: &str| text.to_owned();
    let [estate, building, stairwell, floor, room] = ["畅家苑", "3", "2", "5", "502"].map(text);
    let (note, names) = (text("狗凶"), text("马桂英、马小军"));
    let door = DoorLine { id: id(4), estate, building, stairwell, floor, room, lane: text(""), door: text(""), note, names, residents: 2 };
    let register =
        Register { code: text("K702115X"), kind: 1, channel: 2, category: 3, household: Some(id(4)), affected: 2, proposed: None, urgent: None, errand: None };
    let matter = MatterLine { id: id(2), register, text: text("灯坏了"), place: text("楼道里"), state: 1, officer: id(10), at_ms: NOON };
    [Line::Door(door), Line::Matter(matter)]
}

/// One part of a pack: a document with an event and a fact about it.
fn snapshot() -> Snapshot {
    let mut doc = Doc::empty();
    doc.apply(&[change("狗凶").bytes]).unwrap();
    let told = Told { device: DEVICE, bytes: event(EventCode::Register).encode() };
    Snapshot { doc: id(1), bytes: Some(doc.save().into()), events: vec![told], facts: vec![verdicts()[0].1.encode().into()] }
}

fn event(code: EventCode) -> Event {
    let register =
        Register { code: "K702115X".into(), kind: 1, channel: 2, category: 3, household: Some(id(4)), affected: 2, proposed: None, urgent: None, errand: None };
    let payload = match code {
        EventCode::Register => to_cbor(&register),
        // As they were sent when they were frozen.
        EventCode::Note | EventCode::SolveOnSpot => vec![],
        _ => golden_said::payload(code),
    };
    let (after, since_ms) = if code == EventCode::Register { (None, Some(60_000)) } else { (Some(id(6)), None) };
    let at = At { device_ms: NOON + 5, server_ms: Some(NOON - 60_000), since_ms };
    Event { id: id(5), code: code.number(), by: id(10), role: Role::Officer.number(), at, saw: u64::from(after.is_some()), after, payload }
}

fn events() -> Vec<(String, Event)> {
    EventCode::ALL.iter().map(|code| (format!("event-{}.bin", code.word()), event(*code))).collect()
}

fn verdicts() -> [(&'static str, Fact, Verdict); 2] {
    let accepted = Verdict { event: id(5), ordinal: 1, refused: None, by: None, done_at: NOON, rules: 1, calendar: 0, started: None };
    let overtaken = Verdict { event: id(6), ordinal: 2, refused: Some(RefusalCode::Overtaken.number()), by: Some(id(5)), ..accepted.clone() };
    [("verdict-accepted.bin", accepted), ("verdict-overtaken.bin", overtaken)]
        .map(|(name, verdict)| (name, Fact { id: id(7), kind: FactKind::Verdict.number(), server_ms: NOON, payload: to_cbor(&verdict) }, verdict))
}

/// The links of the first two rows of a stream: one of a phone, one of the server's own.
fn links() -> String {
    let item = change("狗凶");
    let head = Head {
        stream: "grid:620102001001001".into(),
        seq: 1,
        device: DEVICE,
        opening: OPENING,
        n: 1,
        received_ms: NOON,
        applied_ms: NOON + 20,
        doc: item.doc,
        kind: item.kind,
        hash: item.hash(),
        signature: envelopes()[0].signature.to_vec(),
        sum: u64::MAX,
    };
    let first = next_link(&Hash([0; 32]), &head);
    let second = next_link(&first, &Head { seq: 2, kind: 3, signature: vec![], sum: 1, ..head });
    format!("{first}\n{second}\n")
}

#[test]
fn frames_of_version_1_are_read_as_they_were_sent() {
    ups().iter().for_each(|(name, up)| assert_eq!(decode_frame::<Up>(&golden(name)).as_ref(), Ok(up), "{name}"));
    downs().iter().for_each(|(name, down)| assert_eq!(decode_frame::<Down>(&golden(name)).as_ref(), Ok(down), "{name}"));
    events().iter().for_each(|(name, event)| assert_eq!(Event::decode(&golden(name)).as_ref(), Ok(event), "{name}"));
    for (name, fact, verdict) in verdicts() {
        let read = Fact::decode(&golden(name)).unwrap();
        assert_eq!((read.verdict(), read), (Some(verdict), fact), "{name}");
    }
    let chunks: Vec<_> = Chunks::<Snapshot>::new(golden("pack-part.bin")).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(chunks, [[snapshot()]]);
    let chunks: Vec<_> = Chunks::<Line>::new(golden("pack-list.bin")).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(chunks, [lines()]);
    let up = decode_frame::<Up>(&golden("up-two-envelopes.bin")).unwrap();
    let read: Vec<Envelope> = up.envelopes.unwrap().iter().map(|e| Envelope::decode(e).unwrap()).collect();
    assert_eq!(read, envelopes());
    assert!(read.iter().all(|e| e.is_signed_by(&keys().sign_key())));
    assert_eq!(links(), golden_text("links.txt"));
}

/// Another zstd may pack in other words and still be right: the test above is the promise, this one shows a change.
#[test]
fn frames_are_still_sent_the_same_way() {
    ups().iter().for_each(|(name, up)| is_golden(name, &encode_frame(up)));
    downs().iter().for_each(|(name, down)| is_golden(name, &encode_frame(down)));
    events().iter().for_each(|(name, event)| is_golden(name, &event.encode()));
    verdicts().iter().for_each(|(name, fact, _)| is_golden(name, &fact.encode()));
    let mut part = Writer::new(Vec::new(), 8 << 20).unwrap();
    part.put(snapshot(), 0).unwrap();
    is_golden("pack-part.bin", &part.finish().unwrap());
    let mut part = Writer::new(Vec::new(), 8 << 20).unwrap();
    lines().into_iter().for_each(|line| part.put(line, 0).unwrap());
    is_golden("pack-list.bin", &part.finish().unwrap());
    is_golden("links.txt", links().as_bytes());
}

#[test]
fn an_idle_exchange_stays_within_64_bytes_each_way() {
    assert!(golden("up-idle.bin").len() <= 64 && golden("down-idle.bin").len() <= 64);
    assert_eq!(hex(&golden("up-first.bin")), "83f60080");
}
