//! Changes that lie, and files that broke Automerge: none comes in, none spoils what is there.

use std::{collections::BTreeMap, fs, path::PathBuf};

use minqing_core::{
    document::{Admission, Doc, admit},
    envelope::{Hash, Quarantine},
    frame::MAX_CHANGE,
    ids::{Device, Opening, actor},
};

use super::chunk::{CHANGE, Chunk, MAGIC, chunk, unsigned};

pub const DEVICE: Device = Device(7);
pub const OPENING: Opening = Opening([1, 2, 3, 4, 5]);
/// Where the body of our chunks begins: after mark, checksum, type and two bytes of length.
const BODY: usize = 11;
pub const NOON: i64 = 1_789_315_200;

/// A document two devices have written, and the next honest change of one of them.
pub fn stored() -> (Doc, Chunk) {
    let mut doc = Doc::empty();
    write(&mut doc, DEVICE, "note", "狗凶");
    write(&mut doc, Device(8), "place", "门口");
    let next = write(&mut doc.clone(), DEVICE, "note", "白天没人");
    (doc, Chunk::read(&next))
}

pub fn write(doc: &mut Doc, device: Device, field: &str, value: &str) -> Vec<u8> {
    doc.change(actor(device, OPENING), NOON, |w| w.put(field, value)).unwrap().unwrap()
}

pub fn refused(doc: &Doc, bytes: &[u8]) -> Option<Quarantine> {
    match admit(doc, &doc.content(), bytes, DEVICE, OPENING) {
        Admission::Refused(why) => Some(why),
        Admission::Applied(_) | Admission::Known | Admission::Missing(_) => None,
    }
}

/// What every attack must leave behind: the document as it was, open to honest people.
pub fn still_well(doc: &Doc, before: &Doc) {
    assert_eq!((doc.heads(), doc.content(), doc.save()), (before.heads(), before.content(), before.save()));
    goes_on(doc);
}

pub fn goes_on(doc: &Doc) {
    let honest = write(&mut doc.clone(), Device(9), "later", "在家");
    let Admission::Applied(after) = admit(doc, &doc.content(), &honest, Device(9), OPENING) else { panic!("an honest change is kept out") };
    let loaded = Doc::load(&after.saved).unwrap();
    assert_eq!((loaded.heads(), &loaded.content()), (after.doc.heads(), &after.content));
    assert_eq!((after.doc.save(), after.doc.content()), (after.saved, after.content));
    assert_eq!(loaded.content().root.text("later"), "在家");
}

#[test]
fn files_that_broke_automerge_are_refused_or_loaded() {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/automerge");
    let answers = fs::read_to_string(data.join("load_results.tsv")).unwrap();
    let answers: BTreeMap<&str, bool> = answers.lines().map(|l| l.split_once('\t').unwrap()).map(|(name, rest)| (name, rest.contains("\tOK "))).collect();
    let mut seen = 0;
    for folder in ["fixtures", "fuzz-crashers"] {
        for file in fs::read_dir(data.join(folder)).unwrap() {
            let file = file.unwrap();
            let (name, bytes) = (format!("{folder}/{}", file.file_name().to_string_lossy()), fs::read(file.path()).unwrap());
            let (doc, _) = stored();
            let before = doc.clone();
            assert!(refused(&doc, &bytes).is_some(), "{name}");
            let _ = doc.clone().apply(std::slice::from_ref(&bytes));
            let _ = Doc::load(&[doc.save(), bytes.clone()].concat());
            still_well(&doc, &before);
            let loaded = Doc::load(&bytes);
            assert_eq!(loaded.is_ok(), answers[name.as_str()], "{name}");
            assert!(loaded.is_ok_and(|d| Doc::load(&d.save()).unwrap().content() == d.content()) || !answers[name.as_str()], "{name}");
            seen += 1;
        }
    }
    assert_eq!(seen, 17);
}

#[test]
fn lies_are_refused() {
    use Quarantine::{ForeignActor, Malformed, Oversize};
    type Lie = (&'static str, Quarantine, fn(&mut Chunk));
    let (doc, honest) = stored();
    let before = doc.clone();
    let lies: [Lie; 27] = [
        ("start_op + 1", Malformed, |c| c.start_op += 1),
        ("start_op + 2^40", Malformed, |c| c.start_op += 1 << 40),
        ("start_op 2^32 - 1", Malformed, |c| c.start_op = (1 << 32) - 1),
        ("start_op 2^64 - 1", Malformed, |c| c.start_op = u64::MAX),
        ("start_op - 1", Malformed, |c| c.start_op -= 1),
        ("start_op 1", Malformed, |c| c.start_op = 1),
        ("start_op 0", Malformed, |c| c.start_op = 0),
        ("no dependencies", Malformed, |c| c.deps.clear()),
        ("as if it were the device's first", Malformed, |c| (c.deps.clear(), c.start_op = 1).1),
        ("a dependency twice", Malformed, |c| c.deps.push(c.deps[0])),
        ("seq repeated", Malformed, |c| c.seq = 1),
        ("seq 0", Malformed, |c| c.seq = 0),
        ("seq with a gap", Malformed, |c| c.seq += 1),
        ("seq 2^64 - 1", Malformed, |c| c.seq = u64::MAX),
        ("another device", ForeignActor, |c| c.actor[2] = 8),
        ("another opening", ForeignActor, |c| c.actor[7] ^= 1),
        ("a longer actor", ForeignActor, |c| c.actor.push(0)),
        ("no actor", ForeignActor, |c| c.actor.clear()),
        ("an Author", Malformed, |c| c.extra = vec![1, 1, 65]),
        ("bytes behind the columns", Malformed, |c| c.extra = vec![9; 9]),
        ("a message", Malformed, |c| c.message = b"hidden".to_vec()),
        ("a message that is not text", Malformed, |c| c.message = vec![0xff]),
        ("the earliest time", Malformed, |c| c.time = i64::MIN),
        ("a very early time", Malformed, |c| c.time = -i64::MAX),
        ("the last time", Malformed, |c| c.time = i64::MAX),
        ("a column of another kind", Malformed, |c| c.set((11 << 4) + 2, vec![0x7f, 1])),
        ("two billion dependencies", Malformed, |c| c.extra = std::mem::replace(&mut c.message, unsigned(1 << 31))),
    ];
    for (name, why, lie) in lies {
        let mut chunk = honest.clone();
        lie(&mut chunk);
        assert_eq!(refused(&doc, &chunk.write()), Some(why), "{name}");
    }
    let unknown = Chunk { deps: vec![[0xab; 32]], ..honest.clone() };
    assert!(matches!(admit(&doc, &doc.content(), &unknown.write(), DEVICE, OPENING), Admission::Missing(hash) if hash == [0xab; 32]));
    assert!(matches!(admit(&doc, &doc.content(), &honest.write(), Device(8), OPENING), Admission::Refused(ForeignActor)));
    let long = Chunk { columns: Chunk::read(&write(&mut doc.clone(), DEVICE, "note", &"长".repeat(MAX_CHANGE / 3 - 100))).columns, ..honest.clone() };
    assert!(long.write().len() <= MAX_CHANGE && refused(&doc, &long.write()).is_none());
    let longer = Chunk { message: vec![b'm'; MAX_CHANGE], ..honest };
    assert_eq!(refused(&doc, &longer.write()), Some(Oversize));
    still_well(&doc, &before);
}

#[test]
fn chunks_that_are_no_plain_change_are_refused() {
    let (doc, honest) = stored();
    let (before, honest) = (doc.clone(), honest.write());
    let body = &honest[BODY..];
    assert_eq!(chunk(CHANGE, body), honest);
    for kind in [0, 2, 3, 4, 255] {
        assert_eq!(refused(&doc, &chunk(kind, body)), Some(Quarantine::Malformed), "type {kind}");
    }
    let overlong = [&[CHANGE, honest[9], honest[10] | 0x80, 0][..], body].concat();
    let overlong = [&MAGIC[..], &Hash::of(&overlong).0[..4], &overlong].concat();
    let mut unsummed = honest.clone();
    unsummed[5] ^= 1;
    let (twice, trailing) = (honest.repeat(2), [&honest[..], &[0]].concat());
    for bytes in [overlong, unsummed, twice, trailing, doc.save()] {
        assert_eq!(refused(&doc, &bytes), Some(Quarantine::Malformed));
    }
    for cut in 0..honest.len() {
        assert_eq!(refused(&doc, &honest[..cut]), Some(Quarantine::Malformed), "{cut} bytes");
    }
    still_well(&doc, &before);
}

#[test]
fn whatever_byte_is_changed_the_document_lives_on() {
    let (doc, honest) = stored();
    let (before, honest) = (doc.clone(), honest.write());
    let (mut applied, mut kept_out) = (0, 0);
    for at in BODY..honest.len() {
        for flip in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x3f, 0xff] {
            let mut body = honest[BODY..].to_vec();
            body[at - BODY] ^= flip;
            match admit(&doc, &doc.content(), &chunk(CHANGE, &body), DEVICE, OPENING) {
                Admission::Applied(after) => {
                    applied += 1;
                    assert_eq!(Doc::load(&after.saved).unwrap().content(), after.content);
                    goes_on(&after.doc);
                }
                Admission::Missing(_) | Admission::Refused(_) => kept_out += 1,
                Admission::Known => panic!("another change passes for a known one"),
            }
        }
    }
    // Most of what still gets in says something else in the text, the key or the time, as its author may.
    assert!(applied > 100 && kept_out > 500, "{applied} applied, {kept_out} kept out");
    still_well(&doc, &before);
}
