//! What a change must be before Automerge may see it, and the trial on a copy after that.
//!
//! A 93-byte change with a huge start_op is accepted by Automerge and makes every later honest edit
//! panic; with a low one the saved document cannot be loaded. So a change proves itself on a copy.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{ActorId, Automerge, Change, ObjType, ROOT, ReadDoc, ScalarValue, legacy, transaction::CommitOptions, transaction::Transactable};

use super::{Content, Doc, Merge, claims::claims, merge_rule, replay::replay, visits::is_from_paper};
use crate::{
    envelope::{Hash, Quarantine},
    frame::{MAX_CHANGE, MAX_DOCUMENT},
    guards::Guards,
    ids::{Device, Opening, actor},
};

/// Most operations in one change.
pub const MAX_OPS: usize = 5_000;
/// Most rows that a column may claim: operations, or the values they overwrite.
const MAX_ROWS: u64 = 4 * MAX_OPS as u64;
/// Most bytes of keys, each counted as often as it is used.
const MAX_KEYS: u64 = 1 << 20;
/// Clocks may be wrong by years, but Automerge subtracts one time from another and panics where that overflows.
const MAX_TIME_S: u64 = 1 << 53;
/// Automerge's mark, four bytes of checksum, then the chunk's type: 1 is an uncompressed change.
const CHUNK: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE_CHUNK: u8 = 1;

/// What the checks say.
pub enum Admission {
    /// It comes in.
    Applied(Box<Admitted>),
    /// It is in the document already.
    Known,
    /// It waits for this change.
    Missing([u8; 32]),
    /// It must not come in.
    Refused(Quarantine),
}

/// A document with a change in it, as the trial made it.
pub struct Admitted {
    /// The document.
    pub doc: Doc,
    /// The same, saved.
    pub saved: Vec<u8>,
    /// What it holds.
    pub content: Content,
}

/// Tries one change of a device's opening on a document that holds `before`, leaving the document as it was.
pub fn admit(doc: &Doc, before: &Content, bytes: &[u8], device: Device, opening: Opening) -> Admission {
    admit_with(doc, before, bytes, device, opening, Guards::default())
}

/// The same with these guards.
#[doc(hidden)]
pub fn admit_with(doc: &Doc, before: &Content, bytes: &[u8], device: Device, opening: Opening, guards: Guards) -> Admission {
    if bytes.len() > MAX_CHANGE {
        return Admission::Refused(Quarantine::Oversize);
    }
    if !is_plain(bytes) {
        return Admission::Refused(Quarantine::Malformed);
    }
    let tried = catch_unwind(AssertUnwindSafe(|| check(doc, before, bytes, &actor(device, opening), guards)));
    tried.unwrap_or(Admission::Refused(Quarantine::Malformed))
}

/// The hash by which other changes rest on this one; `None` where it cannot be read, as far as cheap checks tell.
pub fn hash_of_change(bytes: &[u8]) -> Option<[u8; 32]> {
    let fits = is_plain(bytes);
    // SHA-256 over type, length and body: of this its own checksum is the beginning.
    let hash = Hash::of(bytes.get(8..)?).0;
    (fits && bytes[4..8] == hash[..4]).then_some(hash)
}

/// The actor that a change names; `None` where it cannot be read.
pub fn actor_of_change(bytes: &[u8]) -> Option<Vec<u8>> {
    let read = || Change::from_bytes(bytes.to_vec()).ok().map(|change| change.actor_id().to_bytes().to_vec());
    if is_readable(bytes) { catch_unwind(read).ok()? } else { None }
}

/// An uncompressed change that is not too large: compressed chunks could unpack to 200 MB, and honest phones send none.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.len() <= MAX_CHANGE && bytes.len() >= 9 && bytes[..4] == CHUNK && bytes[8] == CHANGE_CHUNK
}

/// Whether Automerge may look at a change: it is what it says it is, and claims no more than one can count.
pub(super) fn is_readable(bytes: &[u8]) -> bool {
    hash_of_change(bytes).is_some() && claims(bytes).is_some_and(|claims| claims.rows <= MAX_ROWS && claims.text <= MAX_KEYS)
}

fn check(doc: &Doc, before: &Content, bytes: &[u8], author: &[u8], guards: Guards) -> Admission {
    let malformed = Admission::Refused(Quarantine::Malformed);
    match claims(bytes) {
        None => return malformed,
        Some(claims) if claims.rows > MAX_ROWS || claims.text > MAX_KEYS => return Admission::Refused(Quarantine::Oversize),
        Some(_) => {}
    }
    let Ok(change) = Change::from_bytes(bytes.to_vec()) else { return malformed };
    // Automerge compares the checksum when it loads a document, not here.
    if bytes[4..8] != change.hash().0[..4] {
        return malformed;
    }
    // What follows the columns may be an Author; this version writes nothing there, and no message.
    if change.raw_bytes() != bytes || !change.extra_bytes().is_empty() || change.message().is_some() {
        return malformed;
    }
    if change.len() > MAX_OPS {
        return Admission::Refused(Quarantine::Oversize);
    }
    if change.timestamp().unsigned_abs() > MAX_TIME_S {
        return malformed;
    }
    if guards.own_actor && change.actor_id().to_bytes() != author {
        return Admission::Refused(Quarantine::ForeignActor);
    }
    if guards.known_change && doc.inner.get_change_meta_by_hash(&change.hash()).is_some() {
        return Admission::Known;
    }
    let edits = change.decode().operations;
    if !edits.iter().all(|op| is_flat(doc, op)) {
        return malformed;
    }
    if !change.deps().is_sorted_by(|a, b| a < b) {
        return malformed;
    }
    let mut greatest = 0;
    for dep in change.deps() {
        match doc.inner.get_change_meta_by_hash(dep) {
            Some(meta) => greatest = greatest.max(meta.max_op),
            None if guards.dependencies => return Admission::Missing(dep.0),
            None => {}
        }
    }
    let known = doc.inner.get_changes_meta(&[]).iter().filter(|c| &*c.actor == change.actor_id()).map(|c| c.seq).max().unwrap_or(0);
    if change.seq() != known + 1 || (guards.start_op && change.start_op().get() != greatest + 1) {
        return malformed;
    }
    match trial(doc, before, change, &edits, guards) {
        Some(admitted) if admitted.saved.len() > MAX_DOCUMENT => Admission::Refused(Quarantine::Oversize),
        Some(admitted) => Admission::Applied(Box::new(admitted)),
        None => malformed,
    }
}

/// Scalars, and new maps on the root. 400 maps one in another, 737 bytes, overflow the stack of whoever reads them;
/// a map made again where one is hides what others write into the first. But what two said, not knowing of each other, nobody writes into,
/// and of a visit that two entered from one paper both are read and written.
fn is_flat(doc: &Doc, op: &legacy::Op) -> bool {
    match (&op.action, &op.key) {
        (legacy::OpType::Make(ObjType::Map), legacy::Key::Map(key)) => {
            let is_new = || matches!(doc.inner.get(ROOT, key.as_str()), Ok(None));
            op.obj == legacy::ObjectId::Root && (is_new() || (op.pred.is_empty() && (merge_rule(key) == Merge::Either || is_from_paper(key))))
        }
        (legacy::OpType::Put(_) | legacy::OpType::Delete, _) => !op.insert,
        _ => false,
    }
}

/// Applies to a copy, saves and reads it. What Automerge would not have written itself, or with values that no app of
/// ours writes, is loaded, edited, saved and loaded once more, as later changes will do: what an app wrote with Automerge
/// has been an edit just now, of a kind that is made a thousand times a day.
fn trial(doc: &Doc, before: &Content, change: Change, edits: &[legacy::Op], guards: Guards) -> Option<Admitted> {
    let hash = change.hash();
    let replayed = if edits.iter().all(is_ordinary) { replay(&doc.inner, &change, edits) } else { None };
    let is_own_writing = replayed.is_some();
    let applied = match replayed {
        Some(replayed) => replayed,
        None => {
            let mut applied = doc.inner.clone();
            applied.apply_changes([change]).ok()?;
            applied
        }
    };
    applied.get_change_meta_by_hash(&hash)?;
    let saved = applied.save_nocompress();
    if guards.edited_copy && !is_own_writing && !goes_on(&applied, &saved) {
        return None;
    }
    // Read here, within the trial: whoever reads it later stands outside.
    let content = before.read_again(&applied, edits);
    Some(Admitted { doc: Doc { inner: applied }, saved, content })
}

/// An edit of a kind that the apps make: items, and in them and on the root texts, whole numbers, yes and no.
fn is_ordinary(op: &legacy::Op) -> bool {
    use ScalarValue::{Boolean, Int, Str};
    match &op.action {
        legacy::OpType::Put(value) => matches!(value, Str(_) | Int(_) | Boolean(_)),
        legacy::OpType::Make(_) | legacy::OpType::Delete => true,
        _ => false,
    }
}

/// Whether what was saved loads as the document that it is, and can be edited, saved and loaded.
fn goes_on(doc: &Automerge, saved: &[u8]) -> bool {
    let Ok(mut copy) = Automerge::load(saved) else { return false };
    if copy.get_heads() != doc.get_heads() {
        return false;
    }
    copy.set_actor(ActorId::from([0xff; 8].as_slice()));
    let mut edit = copy.transaction();
    let put = edit.put(ROOT, "trial", true).is_ok();
    put && edit.commit_with(CommitOptions::default().with_time(0)).0.is_some() && Automerge::load(&copy.save_nocompress()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: Device = Device(7);
    const OPENING: Opening = Opening([1; 5]);

    fn change(doc: &mut Doc, note: &str) -> Vec<u8> {
        doc.change(actor(DEVICE, OPENING), 0, |w| w.put("note", note)).unwrap().unwrap()
    }

    #[test]
    fn a_change_comes_in_once_after_what_it_rests_on_and_leaves_the_document_alone() {
        let (stored, mut phone) = (Doc::empty(), Doc::empty());
        let (first, second) = (change(&mut phone, "狗凶"), change(&mut phone, "在家"));
        let missing = match admit(&stored, &stored.content(), &second, DEVICE, OPENING) {
            Admission::Missing(hash) => hash,
            _ => panic!("it rests on a change that is not there"),
        };
        let Admission::Applied(one) = admit(&stored, &stored.content(), &first, DEVICE, OPENING) else { panic!("kept out") };
        let one = one.doc;
        assert_eq!(one.heads(), [missing]);
        assert_eq!(hash_of_change(&first), Some(missing));
        assert_eq!(hash_of_change(&first[1..]), None);
        let Admission::Applied(two) = admit(&one, &one.content(), &second, DEVICE, OPENING) else { panic!("kept out") };
        assert_eq!((Doc::load(&two.saved).unwrap().heads(), &two.content), (two.doc.heads(), &two.doc.content()));
        let two = two.doc;
        assert_eq!((two.heads(), two.content()), (phone.heads(), phone.content()));
        assert!(matches!(admit(&two, &two.content(), &first, DEVICE, OPENING), Admission::Known));
        assert!(stored.heads().is_empty() && one.content().root.text("note") == "狗凶");
        assert!(!two.content().root.0.contains_key("trial"));
    }

    #[test]
    fn one_number_is_never_given_to_two_changes() {
        let mut phone = Doc::empty();
        let Admission::Applied(stored) = admit(&Doc::empty(), &Doc::empty().content(), &change(&mut phone, "狗凶"), DEVICE, OPENING) else {
            panic!("kept out")
        };
        let stored = stored.doc;
        // A phone restored from a backup that used its old opening again.
        let again = change(&mut Doc::empty(), "在家");
        assert!(matches!(admit(&stored, &stored.content(), &again, DEVICE, OPENING), Admission::Refused(Quarantine::Malformed)));
        assert!(matches!(admit(&stored, &stored.content(), &again, Device(8), OPENING), Admission::Refused(Quarantine::ForeignActor)));
        let fresh = phone.change(actor(DEVICE, Opening([2; 5])), 0, |w| w.put("note", "在家")).unwrap().unwrap();
        assert!(matches!(admit(&stored, &stored.content(), &fresh, DEVICE, Opening([2; 5])), Admission::Applied(_)));
    }
}
