//! One Automerge document: opened, written by the smallest change, applied to, saved.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{
    ActorId, Automerge, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue,
    transaction::{CommitOptions, Transactable, Transaction},
};

use super::{Content, DocKind, Scalar};
use crate::{
    Error, Result,
    frame::{MAX_CHANGE, MAX_UNPACKED},
};

const MALFORMED: Error = Error::Malformed("document.malformed");

/// A document in memory.
#[derive(Clone)]
pub struct Doc {
    pub(super) inner: Automerge,
}

impl Doc {
    /// A document nobody has written yet. The root exists in every Automerge document.
    pub fn empty() -> Self {
        Self { inner: Automerge::new() }
    }

    /// Opens saved bytes.
    ///
    /// # Errors
    /// `document.malformed`, also where Automerge would panic.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MAX_UNPACKED {
            return Err(MALFORMED);
        }
        let inner = catch_unwind(|| Automerge::load(bytes)).map_err(|_| MALFORMED)?.map_err(|_| MALFORMED)?;
        Ok(Self { inner })
    }

    /// The bytes to keep; compressing is the caller's business, for it does it better.
    pub fn save(&self) -> Vec<u8> {
        self.inner.save_nocompress()
    }

    /// The heads, sorted.
    pub fn heads(&self) -> Vec<[u8; 32]> {
        let mut heads: Vec<[u8; 32]> = self.inner.get_heads().iter().map(|h| h.0).collect();
        heads.sort_unstable();
        heads
    }

    /// Reads everything in one pass.
    pub fn content(&self) -> Content {
        Content::read(&self.inner)
    }

    /// What the document says it is: kind and home. `None` while its first change is missing.
    pub fn header(&self) -> Option<(DocKind, String)> {
        let kind = match self.inner.get(ROOT, "kind").ok()?? {
            (automerge::Value::Scalar(s), _) => s.as_i64()?,
            _ => return None,
        };
        let home = self.inner.get(ROOT, "home").ok()??.0.into_string().ok()?;
        Some((DocKind::from_number(kind)?, home))
    }

    /// Writes as `actor` at `time_s` (seconds since 1970, shown only, orders nothing) and returns the
    /// change's bytes, `None` if nothing was different.
    ///
    /// # Errors
    /// What `write` returns; `change.too_large`. The document is then unusable and must be dropped.
    pub fn change(&mut self, actor: [u8; 8], time_s: i64, write: impl FnOnce(&mut Writer<'_>) -> Result<()>) -> Result<Option<Vec<u8>>> {
        self.inner.set_actor(ActorId::from(actor.as_slice()));
        let is_new = self.inner.get_heads().is_empty();
        let hash = {
            let mut writer = Writer { tx: self.inner.transaction(), is_new };
            write(&mut writer)?;
            writer.tx.commit_with(CommitOptions::default().with_time(time_s)).0
        };
        let Some(hash) = hash else { return Ok(None) };
        let bytes = self.inner.get_change_by_hash(&hash).ok_or(MALFORMED)?.raw_bytes().to_vec();
        if bytes.len() > MAX_CHANGE { Err(Error::Malformed("change.too_large")) } else { Ok(Some(bytes)) }
    }

    /// Applies changes that were admitted elsewhere.
    ///
    /// # Errors
    /// `document.malformed`, also where Automerge would panic or waits for a change that is not there;
    /// the document is then unusable and must be dropped.
    pub fn apply(&mut self, changes: &[Vec<u8>]) -> Result<()> {
        let applied = catch_unwind(AssertUnwindSafe(|| -> Result<()> {
            let changes: Vec<Change> = changes.iter().map(|b| Change::from_bytes(b.clone()).map_err(|_| MALFORMED)).collect::<Result<_>>()?;
            let heads: Vec<ChangeHash> = changes.iter().map(Change::hash).collect();
            self.inner.apply_changes(changes).map_err(|_| MALFORMED)?;
            if heads.iter().all(|h| self.inner.get_change_meta_by_hash(h).is_some()) { Ok(()) } else { Err(MALFORMED) }
        }));
        applied.unwrap_or(Err(MALFORMED))
    }

    /// The bytes of all changes, each after those it rests on.
    pub fn changes(&self) -> Vec<Vec<u8>> {
        self.inner.get_changes(&[]).iter().map(|change| change.raw_bytes().to_vec()).collect()
    }

    /// Whether it holds a change.
    pub fn holds(&self, change: [u8; 32]) -> bool {
        self.inner.get_change_meta_by_hash(&ChangeHash(change)).is_some()
    }

    /// Hashes of all changes, for those who compare documents by what they hold.
    pub fn change_hashes(&self) -> Vec<[u8; 32]> {
        self.inner.get_changes_meta(&[]).iter().map(|c| c.hash.0).collect()
    }
}

/// The items that stand under a key of the root, the one that Automerge shows last: several where several wrote one visit down from one paper.
pub(super) fn items_at(doc: &impl ReadDoc, key: &str) -> Vec<ObjId> {
    let all = doc.get_all(ROOT, key).unwrap_or_default();
    all.into_iter().filter_map(|(value, object)| matches!(value, automerge::Value::Object(ObjType::Map)).then_some(object)).collect()
}

/// Puts fields; what is equal already and undisputed is left alone, so that a change holds only what changed.
pub struct Writer<'a> {
    tx: Transaction<'a>,
    is_new: bool,
}

impl Writer<'_> {
    /// Whether nobody has written this document before.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Whether the root has a key.
    pub fn has(&self, key: &str) -> bool {
        matches!(self.tx.get(ROOT, key), Ok(Some(_)))
    }

    /// Puts a scalar on the root.
    ///
    /// # Errors
    /// `document.malformed` if Automerge refuses.
    pub fn put(&mut self, key: &str, value: impl Into<ScalarValue>) -> Result<()> {
        put(&mut self.tx, &ROOT, key, value.into())
    }

    /// Makes an item whole, in one change.
    ///
    /// # Errors
    /// `document.malformed` if Automerge refuses.
    pub fn item(&mut self, key: &str, fields: &[(&str, ScalarValue)]) -> Result<()> {
        let object = self.tx.put_object(ROOT, key, ObjType::Map).map_err(|_| MALFORMED)?;
        fields.iter().try_for_each(|(name, value)| self.tx.put(&object, *name, value.clone()).map_err(|_| MALFORMED))
    }

    /// Puts a scalar into an item that exists. Where several wrote it down, what is put holds for all, and ends what they disagreed on.
    ///
    /// # Errors
    /// `document.malformed` if there is no such item.
    pub fn put_in(&mut self, item: &str, name: &str, value: impl Into<ScalarValue>) -> Result<()> {
        let (value, objects) = (value.into(), items_at(&self.tx, item));
        let (shown, others) = objects.split_last().ok_or(MALFORMED)?;
        for object in others {
            if self.tx.get(object, name).map_err(|_| MALFORMED)?.is_some() {
                put(&mut self.tx, object, name, value.clone())?;
            }
        }
        put(&mut self.tx, shown, name, value)
    }

    /// Takes all values out of a field that is there, named as `note` or `visit:<id>/note`, so that what is put next is written whatever stood there.
    ///
    /// # Errors
    /// `document.malformed` if Automerge refuses.
    pub fn clear(&mut self, field: &str) -> Result<()> {
        let (objects, name) = match field.split_once('/') {
            None => (vec![ROOT], field),
            Some((item, name)) => (items_at(&self.tx, item), name),
        };
        objects.iter().try_for_each(|object| match self.tx.get(object, name).map_err(|_| MALFORMED)? {
            Some(_) => self.tx.delete(object, name).map_err(|_| MALFORMED),
            None => Ok(()),
        })
    }

    /// Takes an element out of a set, as far as this document has seen it added.
    ///
    /// # Errors
    /// `document.malformed` if Automerge refuses.
    pub fn take_out(&mut self, key: &str) -> Result<()> {
        match self.tx.get(ROOT, key).map_err(|_| MALFORMED)? {
            Some(_) => self.tx.delete(ROOT, key).map_err(|_| MALFORMED),
            None => Ok(()),
        }
    }
}

fn put(tx: &mut Transaction<'_>, object: &automerge::ObjId, key: &str, value: ScalarValue) -> Result<()> {
    let present = tx.get_all(object, key).map_err(|_| MALFORMED)?;
    let is_equal = |now: &automerge::Value<'_>| now.as_scalar().is_some_and(|now| Scalar::from(now) == Scalar::from(&value));
    if !present.is_empty() && present.iter().all(|(now, _)| is_equal(now)) {
        return Ok(());
    }
    // Of several values, putting the one that is shown would only take out the others and say nothing anew:
    // who overwrote it meanwhile, not knowing of the dispute, would silently undo what was settled.
    if present.len() > 1 {
        tx.delete(object, key).map_err(|_| MALFORMED)?;
    }
    tx.put(object, key, value).map_err(|_| MALFORMED)
}
