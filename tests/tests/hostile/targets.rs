//! Everything that reads bytes from outside. A target may say that it cannot read something; it may not panic, and what it
//! reads it must read as the same again.

use std::fmt::Debug;

use minicbor::{Decode, Encode};
use minqing_core::{
    attachment::{Ending, PHOTO_SIDE, THUMB_SIDE, derive, ending, prepare_photo, sniff},
    bundle::{Mode, key_name},
    document::{Admission, Doc, actor_of_change, admit, hash_of_change},
    envelope::{Envelope, Item, Room, seal},
    event::{Event, Fact},
    frame::{MAX_UNPACKED, decode_frame, encode_frame, pack, unpack},
    ids::{Device, Name, Opening},
    pack::{Chunks, Line, Snapshot},
    sync::{Request, read_answer},
    wire::{Down, Up},
};

use crate::documents::{
    bundles::{opened, reader},
    chunk::{CHANGE, chunk},
    hostile::{DEVICE, OPENING, goes_on, still_well, stored},
};

/// A reader, and what lies within a wrapping that hides changes from it: a packing or a checksum.
pub struct Target {
    pub name: &'static str,
    pub read: fn(&[u8]),
    pub open: fn(&[u8]) -> Option<Vec<u8>>,
    pub close: fn(&[u8]) -> Vec<u8>,
}

pub const ALL: [Target; 12] = [
    Target { name: "up", read: up, open: unpacked, close: pack },
    Target { name: "down", read: down, open: unpacked, close: pack },
    Target { name: "envelope", read: envelope, open: nothing, close: same },
    Target { name: "items", read: items, open: unpacked, close: pack },
    Target { name: "event", read: event, open: nothing, close: same },
    Target { name: "fact", read: fact, open: nothing, close: same },
    Target { name: "pack-list", read: lines, open: stream, close: streamed },
    Target { name: "pack-part", read: snapshots, open: stream, close: streamed },
    Target { name: "bundle", read: bundle, open: unsealed, close: sealed },
    Target { name: "change", read: change, open: body, close: with_checksum },
    Target { name: "photo", read: photo, open: nothing, close: same },
    Target { name: "voice", read: voice, open: nothing, close: same },
];

fn nothing(_: &[u8]) -> Option<Vec<u8>> {
    None
}

fn same(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}

fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    unpack(bytes, MAX_UNPACKED).ok()
}

fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    zstd::bulk::decompress(bytes, MAX_UNPACKED).or_else(|_| zstd::decode_all(bytes)).ok()
}

fn streamed(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// The body of a change chunk: behind mark, checksum, type and length.
fn body(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = bytes.get(9..)?.iter().position(|byte| byte & 0x80 == 0)? + 1;
    bytes.get(9 + length..).map(<[u8]>::to_vec)
}

fn with_checksum(body: &[u8]) -> Vec<u8> {
    chunk(CHANGE, body)
}

/// Mark, version, mode, name of the key and author stand before what is sealed.
const BESIDE: usize = 22;
const INFO: &[u8] = b"minqing/bundle/1";

fn unsealed(bytes: &[u8]) -> Option<Vec<u8>> {
    let (beside, sealed) = bytes.split_at_checked(BESIDE)?;
    unpack(&reader().opens().open(INFO, beside, sealed)?, MAX_UNPACKED).ok()
}

/// By somebody who knows the phone's address, which is no secret.
fn sealed(contents: &[u8]) -> Vec<u8> {
    let key = reader().seal_key().unwrap();
    let beside = [&b"MINQINGB\x01\x02"[..], &key_name(&key), &DEVICE.0.to_be_bytes()].concat();
    [&beside[..], &seal(&key, INFO, &beside, &pack(contents), [4; 32]).unwrap()].concat()
}

fn frame<T: Encode<()> + for<'b> Decode<'b, ()> + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let read = decode_frame::<T>(bytes).ok()?;
    assert_eq!(decode_frame::<T>(&encode_frame(&read)).as_ref(), Ok(&read));
    Some(read)
}

/// As the server takes a request apart.
fn up(bytes: &[u8]) {
    let Some(up) = frame::<Up>(bytes) else { return };
    let mut room = Room::default();
    for one in up.envelopes.iter().flatten() {
        if let Ok(read) = Envelope::decode_within(one, &mut room) {
            assert!(read.first.checked_add(read.items.len() as u64).is_some());
            let _ = read.is_signed_by(&[7; 32]);
        }
    }
    if let Some(packed) = &up.recovered {
        let _ = Item::unpack_within(packed, &mut room);
    }
    assert!(up.manifests.iter().flatten().map(|manifest| manifest.docs().count()).sum::<usize>() <= MAX_UNPACKED / 24);
}

/// As a phone reads an answer to whatever it asked.
fn down(bytes: &[u8]) {
    let Some(down) = frame::<Down>(bytes) else { return };
    let name = Name { device: Device(5), opening: Opening([1; 5]), n: 1 };
    let request = Request {
        body: vec![],
        names: vec![name; down.states.len()],
        ticket: None,
        seqs: vec![0; down.end.cursors.len()],
        echo: down.end.echo,
        superseded: vec![],
        offered: None,
        packs: vec![0, 1],
        manifests: vec![],
        scope: 1,
        erased: vec![],
    };
    if let Ok(answer) = read_answer(&request, bytes, minqing_core::guards::Guards::default()) {
        assert_eq!((answer.states.len(), answer.rows.len()), (down.states.len(), down.rows.len()));
        assert_eq!(answer.cursors.len(), request.seqs.len());
    }
}

fn envelope(bytes: &[u8]) {
    let Ok(read) = Envelope::decode(bytes) else { return };
    assert_eq!(Envelope::decode(&read.encode()).as_ref(), Ok(&read));
    assert_eq!(read.hashes.len(), read.items.len());
}

/// Whatever is in it, the office vouches for whoever signed it.
fn bundle(bytes: &[u8]) {
    let Ok((header, verified)) = opened(bytes) else { return };
    assert!(matches!(header.mode, Mode::Courier | Mode::Merge));
    for (envelope, _) in &verified.envelopes {
        assert!(envelope.is_signed_by(&verified.authors[&envelope.device].0.sign_key));
    }
}

fn items(bytes: &[u8]) {
    let Ok(items) = Item::unpack_within(bytes, &mut Room::default()) else { return };
    let mut hashes: Vec<_> = items.iter().map(Item::hash).collect();
    hashes.sort();
    hashes.dedup();
    let mut distinct = items.clone();
    distinct.sort_by_key(Item::hash);
    distinct.dedup();
    assert_eq!(hashes.len(), distinct.len());
}

fn event(bytes: &[u8]) {
    let Ok(read) = Event::decode(bytes) else { return };
    assert_eq!(Event::decode(&read.encode()).as_ref(), Ok(&read));
}

fn fact(bytes: &[u8]) {
    let Ok(read) = Fact::decode(bytes) else { return };
    assert_eq!(Fact::decode(&read.encode()).as_ref(), Ok(&read));
    let _ = (read.verdict(), read.settled(), read.calendar());
}

fn lines(bytes: &[u8]) {
    let Ok(chunks) = Chunks::<Line>::new(bytes.to_vec()) else { return };
    let mut failed = false;
    for chunk in chunks.take(64) {
        assert!(!failed, "it goes on after an error");
        failed = chunk.is_err();
    }
}

fn snapshots(bytes: &[u8]) {
    let Ok(chunks) = Chunks::<Snapshot>::new(bytes.to_vec()) else { return };
    for snapshot in chunks.take(64).flatten().flatten() {
        if let Ok(Some(doc)) = snapshot.document() {
            assert_eq!(Doc::load(&doc.save()).map(|again| again.content()), Ok(doc.content()));
        }
    }
}

/// A change comes in only where it leaves the document open to honest people.
fn change(bytes: &[u8]) {
    let (doc, _) = stored();
    let before = doc.clone();
    let _ = (hash_of_change(bytes), actor_of_change(bytes));
    for doc in [&doc, &Doc::empty()] {
        match admit(doc, &doc.content(), bytes, DEVICE, OPENING) {
            Admission::Applied(admitted) => {
                assert_eq!(Doc::load(&admitted.saved).unwrap().content(), admitted.content);
                assert_eq!(actor_of_change(bytes).as_deref(), Some(&minqing_core::ids::actor(DEVICE, OPENING)[..]));
                goes_on(&admitted.doc);
            }
            Admission::Known | Admission::Missing(_) | Admission::Refused(_) => {}
        }
    }
    // A phone that gets it as a row takes it or keeps it aside.
    let mut phone = doc.clone();
    if phone.apply(&[bytes.to_vec()]).is_err() {
        assert_eq!(phone.heads(), before.heads());
    }
    still_well(&doc, &before);
}

/// What comes out is a small JPEG, whatever went in.
fn photo(bytes: &[u8]) {
    if let Ok(photo) = prepare_photo(bytes, true) {
        assert!(photo.width.max(photo.height) <= PHOTO_SIDE);
        let shown = derive(&photo.bytes).expect("the office reads what phones make");
        assert_eq!((shown.width, shown.height), (photo.width, photo.height));
    }
    if let Ok(shown) = derive(bytes) {
        assert_eq!((sniff(bytes), ending(bytes)), (Some(minqing_core::model::Media::Jpeg), Ending::Whole));
        for (jpeg, side) in [(&shown.display, PHOTO_SIDE), (&shown.thumbnail, THUMB_SIDE)] {
            assert!(derive(jpeg).is_ok_and(|again| again.width.max(again.height) <= side));
        }
    }
}

/// The kind is told by the first bytes, whatever follows.
fn voice(bytes: &[u8]) {
    let _ = ending(bytes);
    assert_eq!(sniff(bytes), sniff(&bytes[..bytes.len().min(16)]));
}
