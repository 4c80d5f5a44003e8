//! What a change must be before Automerge may see it, and the trial on a copy after that.
//!
//! A 93-byte change with a huge start_op is accepted by Automerge and makes every later honest edit
//! panic; with a low one the saved document cannot be loaded. So a change proves itself on a copy.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{ActorId, Change, ROOT, transaction::CommitOptions, transaction::Transactable};

use super::Doc;
use crate::{
    envelope::Quarantine,
    frame::MAX_CHANGE,
    ids::{Device, Opening, actor},
};

/// Most operations in one change.
pub const MAX_OPS: usize = 5_000;
/// Automerge's mark, four bytes of checksum, then the chunk's type: 1 is an uncompressed change.
const CHUNK: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE_CHUNK: u8 = 1;

/// What the checks say.
pub enum Admission {
    /// The document with the change in it.
    Applied(Box<Doc>),
    /// It is in the document already.
    Known,
    /// It waits for this change.
    Missing([u8; 32]),
    /// It must not come in.
    Refused(Quarantine),
}

/// Tries one change of a device's opening on a document, leaving the document as it was.
pub fn admit(doc: &Doc, bytes: &[u8], device: Device, opening: Opening) -> Admission {
    if bytes.len() > MAX_CHANGE {
        return Admission::Refused(Quarantine::Oversize);
    }
    // Compressed chunks could unpack to 200 MB; honest phones send none.
    if bytes.len() < 9 || bytes[..4] != CHUNK || bytes[8] != CHANGE_CHUNK {
        return Admission::Refused(Quarantine::Malformed);
    }
    let tried = catch_unwind(AssertUnwindSafe(|| check(doc, bytes, device, opening)));
    tried.unwrap_or(Admission::Refused(Quarantine::Malformed))
}

fn check(doc: &Doc, bytes: &[u8], device: Device, opening: Opening) -> Admission {
    let malformed = Admission::Refused(Quarantine::Malformed);
    let Ok(change) = Change::from_bytes(bytes.to_vec()) else { return malformed };
    if change.raw_bytes() != bytes || change.author().is_some() {
        return malformed;
    }
    if change.len() > MAX_OPS {
        return Admission::Refused(Quarantine::Oversize);
    }
    if change.actor_id().to_bytes() != actor(device, opening) {
        return Admission::Refused(Quarantine::ForeignActor);
    }
    if doc.inner.get_change_meta_by_hash(&change.hash()).is_some() {
        return Admission::Known;
    }
    let mut greatest = 0;
    for dep in change.deps() {
        match doc.inner.get_change_meta_by_hash(dep) {
            Some(meta) => greatest = greatest.max(meta.max_op),
            None => return Admission::Missing(dep.0),
        }
    }
    let known = doc.inner.get_changes_meta(&[]).iter().filter(|c| &*c.actor == change.actor_id()).map(|c| c.seq).max().unwrap_or(0);
    if change.seq() != known + 1 || change.start_op().get() != greatest + 1 {
        return malformed;
    }
    match trial(doc, change) {
        Some(applied) => Admission::Applied(Box::new(applied)),
        None => malformed,
    }
}

/// Applies to a copy, edits the copy, saves and loads it.
fn trial(doc: &Doc, change: Change) -> Option<Doc> {
    let hash = change.hash();
    let mut applied = doc.inner.clone();
    applied.apply_changes([change]).ok()?;
    applied.get_change_meta_by_hash(&hash)?;
    let saved = applied.save_nocompress();
    let mut copy = automerge::Automerge::load(&saved).ok()?;
    if copy.get_heads() != applied.get_heads() {
        return None;
    }
    copy.set_actor(ActorId::from([0xff; 8].as_slice()));
    let mut edit = copy.transaction();
    edit.put(ROOT, "trial", true).ok()?;
    edit.commit_with(CommitOptions::default().with_time(0)).0?;
    automerge::Automerge::load(&copy.save_nocompress()).ok()?;
    Some(Doc { inner: applied })
}
