//! Envelopes, sums and frames against whoever carries them: nothing is altered unseen, nothing breaks a reader.

use std::collections::BTreeMap;

use minicbor::bytes::ByteVec;
use minqing_core::{
    Id, Result,
    envelope::{DeviceKeys, Envelope, Hash, Item, Room, Sums, doc_term},
    event::{Event, Fact},
    frame::{MAX_UNPACKED, decode_frame, encode_frame, pack, to_cbor},
    ids::{Device, Opening},
    wire::{Down, Up},
};
use proptest::{prelude::*, test_runner::RngSeed};

use super::accept::golden;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(4), failure_persistence: None, ..ProptestConfig::default() }
}

fn keys() -> DeviceKeys {
    DeviceKeys::derive(&[3; 32]).unwrap()
}

fn seal(items: Vec<Item>) -> Envelope {
    Envelope::seal(&keys(), Device(77), Opening([1; 5]), 4, 1, items)
}

fn item() -> impl Strategy<Value = Item> {
    (1u8..4, any::<[u8; 16]>(), prop::collection::vec(any::<u8>(), 0..60)).prop_map(|(kind, doc, bytes)| Item { kind, doc: Id(doc), bytes })
}

/// Whoever takes the bytes takes what was signed, or nothing.
fn taken_as_signed(bytes: &[u8], signed: &Envelope) {
    if let Ok(read) = Envelope::decode(bytes)
        && read.is_signed_by(&keys().sign_key())
    {
        assert_eq!(&read, signed);
    }
}

/// Reads, and writes what was read so that it reads the same again.
fn reads<T: PartialEq + std::fmt::Debug>(read: impl Fn(&[u8]) -> Result<T>, write: impl Fn(&T) -> Vec<u8>, bytes: &[u8]) -> bool {
    let Ok(value) = read(bytes) else { return false };
    assert_eq!(read(&write(&value)).as_ref(), Ok(&value));
    true
}

/// A golden file of the wire, and what reads it; true if it could be read.
type Reader = (&'static str, fn(&[u8]) -> bool);

fn readers() -> Vec<Reader> {
    let up: fn(&[u8]) -> bool = |b| reads(decode_frame::<Up>, encode_frame, b);
    let down: fn(&[u8]) -> bool = |b| reads(decode_frame::<Down>, encode_frame, b);
    let event: fn(&[u8]) -> bool = |b| reads(Event::decode, Event::encode, b);
    let fact: fn(&[u8]) -> bool = |b| reads(|b| Fact::decode(b).inspect(|f| assert_eq!(f.verdict(), f.verdict())), Fact::encode, b);
    vec![
        ("up-idle.bin", up),
        ("up-two-envelopes.bin", up),
        ("down-idle.bin", down),
        ("down-all.bin", down),
        ("event-register.bin", event),
        ("verdict-overtaken.bin", fact),
    ]
}

#[test]
fn no_single_bit_of_an_envelope_can_be_changed_unseen() {
    let item = |kind, len| Item { kind, doc: Id([kind; 16]), bytes: b"0931".repeat(len) };
    for signed in [seal(vec![item(1, 5), item(2, 3)]), seal(vec![item(1, 90)])] {
        let bytes = signed.encode();
        assert_eq!(Envelope::decode(&bytes).as_ref(), Ok(&signed));
        for bit in 0..bytes.len() * 8 {
            let mut tampered = bytes.clone();
            tampered[bit / 8] ^= 1 << (bit % 8);
            taken_as_signed(&tampered, &signed);
        }
        for cut in 0..bytes.len() {
            assert!(Envelope::decode(&bytes[..cut]).is_err(), "{cut} bytes");
        }
    }
}

#[test]
fn truncated_and_lengthened_frames_fail_cleanly() {
    for (name, read) in readers() {
        let frame = golden(name);
        assert!(read(&frame), "{name}");
        for cut in 0..frame.len() {
            assert!(!read(&frame[..cut]), "{cut} bytes of {name}");
        }
        assert!(!read(&[&frame[..], &[0]].concat()), "{name} and a byte more");
    }
}

#[test]
fn envelopes_of_one_frame_share_what_they_may_unpack_to() {
    let sealed = seal(vec![Item { kind: 1, doc: Id([1; 16]), bytes: vec![0; 3 << 20] }]).encode();
    let mut room = Room::default();
    for _ in 0..2 {
        assert!(Envelope::decode_within(&sealed, &mut room).is_ok());
    }
    assert_eq!(Envelope::decode_within(&sealed, &mut room).unwrap_err().code(), "frame.too_large", "a third one of 3 MiB");
}

#[test]
fn an_envelope_that_unpacks_to_too_much_is_not_read() {
    let honest = seal(vec![]).encode();
    let with_items = |items: &[u8]| {
        let head = &honest[..honest.len() - 2];
        assert_eq!(honest[head.len()..], [0x41, 0x80], "the empty list of items, as bytes");
        [head, &to_cbor(&ByteVec::from(items.to_vec()))].concat()
    };
    assert!(Envelope::decode(&with_items(&pack(&to_cbor(&Vec::<Item>::new())))).is_ok());
    let code = |items: &[u8]| Envelope::decode(&with_items(items)).unwrap_err().code();
    assert_eq!(code(&pack(&vec![0; MAX_UNPACKED + 1])), "frame.too_large");
    assert_eq!(code(&pack(&vec![0; MAX_UNPACKED])), "frame.malformed");
    assert_eq!(code(&[0x9b, 0x10, 0, 0, 0, 0, 0, 0, 0]), "frame.too_large", "it claims 2^60 items");
}

#[test]
fn a_newer_state_may_hold_anything_however_deep() {
    let down = Down::default();
    let plain = to_cbor(&down);
    assert_eq!(plain[..2], [0x83, 0x80]);
    let state = [&[0x83, 0x81, 0x82, 0x18, 99][..], &[0x81; 100_000], &[0x00]].concat();
    let read = decode_frame::<Down>(&[&state[..], &plain[2..]].concat()).unwrap();
    assert!(!read.states[0].is_final());
    assert_eq!(read.end, down.end);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn tampering_never_gives_other_items(items in prop::collection::vec(item(), 0..12), at in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..4)) {
        let signed = seal(items);
        let mut bytes = signed.encode();
        prop_assert_eq!(Envelope::decode(&bytes), Ok(signed.clone()));
        at.iter().for_each(|(index, flip)| bytes[index.index(signed.encode().len())] ^= flip);
        taken_as_signed(&bytes, &signed);
    }

    #[test]
    fn an_item_is_named_by_all_of_it(one in item(), other in item()) {
        prop_assert_eq!(one == other, one.hash() == other.hash());
        for moved in [Item { doc: other.doc, ..one.clone() }, Item { kind: one.kind + 1, ..one.clone() }, Item { bytes: [&one.bytes[..], &[0]].concat(), ..one.clone() }] {
            prop_assert_eq!(moved == one, moved.hash() == one.hash());
        }
    }

    #[test]
    fn sums_do_not_know_the_order(items in prop::collection::vec((0u8..4, any::<[u8; 32]>()), 1..20), shuffled in any::<prop::sample::Index>()) {
        let sum = |items: &[(u8, [u8; 32])]| {
            let (mut docs, mut stream) = (BTreeMap::<u8, u64>::new(), 0);
            for (doc, hash) in items {
                let sums = Sums { doc: docs.get(doc).copied().unwrap_or(0), stream }.with(Id([*doc; 16]), Hash(*hash));
                docs.insert(*doc, sums.doc);
                stream = sums.stream;
            }
            (docs, stream)
        };
        let (docs, stream) = sum(&items);
        let mut other = items.clone();
        other.rotate_left(shuffled.index(items.len()));
        prop_assert_eq!(sum(&other), (docs.clone(), stream));
        other.reverse();
        prop_assert_eq!(sum(&other), (docs.clone(), stream));
        prop_assert_eq!(docs.iter().fold(0u64, |sum, (doc, s)| sum.wrapping_add(doc_term(Id([*doc; 16]), *s))), stream);
        prop_assert_ne!(sum(&items[1..]).1, stream, "an item less is another sum");
    }

    #[test]
    fn random_bytes_break_no_reader(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let read_all = |bytes: &[u8]| readers().iter().filter(|(_, read)| read(bytes)).count();
        read_all(&bytes);
        let packed = pack(&bytes);
        prop_assert_eq!(read_all(&packed), read_all(&bytes));
        prop_assert!(Envelope::decode(&bytes).is_err());
    }

    #[test]
    fn damaged_frames_break_no_reader(which in 0usize..6, at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let (name, read) = readers()[which];
        let mut frame = golden(name);
        let len = frame.len();
        at.iter().for_each(|(index, byte)| frame[index.index(len)] = *byte);
        // Mostly it cannot be read; where it can, it says something else, and says it again.
        read(&frame);
    }
}
