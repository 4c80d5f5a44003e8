//! What a change wrote, written once more on a document that cannot hold the change itself: it rests on one that was
//! put aside, or nobody may bring it in as it is. Keys and ids stay the same.

use std::{
    collections::{BTreeMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use automerge::{Change, ChangeHash, ROOT, ReadDoc, ScalarValue, legacy};
use minicbor::{Decode, Encode};

use super::{Doc, Merge, Scalar, Writer, admit::is_readable, merge_rule};
use crate::{Error, Result};

const MALFORMED: Error = Error::Malformed("document.malformed");

/// What a change wrote, free of the changes it rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// Items it made whole, by key.
    made: BTreeMap<String, Vec<(String, ScalarValue)>>,
    /// Fields it put, with the key of their item where they are not on the root.
    put: Vec<(Option<String>, String, ScalarValue)>,
    /// Elements it took out of the root's sets.
    taken: Vec<String>,
}

impl Written {
    /// Reads a change of ours. `whole`: a document that holds what the change rests on, so that its items have names.
    ///
    /// # Errors
    /// `document.malformed` for what no app of ours writes, or where an item's name is not known.
    pub fn read(change: &[u8], whole: &Doc) -> Result<Self> {
        Self::read_named(change, &mut Names::of(whole))
    }

    /// The same where only the names of what the change rests on are left; those of what it makes are added.
    ///
    /// # Errors
    /// As [`Written::read`].
    pub fn read_named(change: &[u8], names: &mut Names) -> Result<Self> {
        if !is_readable(change) {
            return Err(MALFORMED);
        }
        catch_unwind(AssertUnwindSafe(|| Self::read_all(change, &mut names.0))).unwrap_or(Err(MALFORMED))
    }

    fn read_all(change: &[u8], names: &mut BTreeMap<(u64, Vec<u8>), String>) -> Result<Self> {
        let change = Change::from_bytes(change.to_vec()).map_err(|_| MALFORMED)?;
        let (mut written, actor) = (Self::default(), change.actor_id().to_bytes().to_vec());
        for (op, counter) in change.decode().operations.iter().zip(change.start_op().get()..) {
            let legacy::Key::Map(key) = &op.key else { return Err(MALFORMED) };
            let item = match &op.obj {
                legacy::ObjectId::Root => None,
                legacy::ObjectId::Id(id) => Some(names.get(&(id.counter(), id.actor().to_bytes().to_vec())).ok_or(MALFORMED)?.clone()),
            };
            match (&op.action, item) {
                (legacy::OpType::Make(automerge::ObjType::Map), None) => {
                    names.insert((counter, actor.clone()), key.to_string());
                    written.made.insert(key.to_string(), Vec::new());
                }
                (legacy::OpType::Put(value), Some(item)) => match written.made.get_mut(&item) {
                    Some(fields) => fields.push((key.to_string(), value.clone())),
                    None => written.put.push((Some(item), key.to_string(), value.clone())),
                },
                (legacy::OpType::Put(value), None) => written.put.push((None, key.to_string(), value.clone())),
                (legacy::OpType::Delete, None) => written.taken.push(key.to_string()),
                // Settling a dispute deletes before it puts; the put is what it says.
                (legacy::OpType::Delete, Some(_)) => {}
                _ => return Err(MALFORMED),
            }
        }
        // The same on the root: an element is taken out where nothing is put in its place.
        let put: HashSet<&String> = written.put.iter().filter(|(item, ..)| item.is_none()).map(|(_, key, _)| key).collect();
        written.taken.retain(|key| !put.contains(key));
        Ok(written)
    }

    /// Every value it writes, by field, as `note` or `visit:<id>/note`. What it takes out is left out.
    pub fn values(&self) -> Vec<(String, Scalar)> {
        let put = self.put.iter().map(|(item, name, value)| (item.as_ref().map_or_else(|| name.clone(), |item| format!("{item}/{name}")), value.into()));
        let made = self.made.iter().flat_map(|(item, fields)| fields.iter().map(move |(name, value)| (format!("{item}/{name}"), value.into())));
        put.chain(made).collect()
    }

    /// Without what it writes under some keys.
    #[must_use]
    pub fn without(mut self, is_gone: impl Fn(&str) -> bool) -> Self {
        self.made.retain(|key, _| !is_gone(key));
        self.put.retain(|(item, name, _)| !is_gone(item.as_deref().unwrap_or(name)));
        self.taken.retain(|key| !is_gone(key));
        self
    }

    /// Parts it in two: the single values that it puts on the root, and all else.
    pub fn parted(self) -> (Self, Self) {
        let is_single = |(item, name, _): &(Option<String>, String, ScalarValue)| item.is_none() && merge_rule(name) == Merge::OneValue;
        let (single, put) = self.put.into_iter().partition(is_single);
        (Self { put: single, ..Self::default() }, Self { put, made: self.made, taken: self.taken })
    }

    /// Says first what the document is, as `whole` said it: the change that said so cannot be had.
    pub fn begin_as(&mut self, whole: &Doc) {
        for key in whole.inner.keys(ROOT).filter(|key| matches!(merge_rule(key), Merge::Once | Merge::Greatest)) {
            if let Ok(Some((automerge::Value::Scalar(value), _))) = whole.inner.get(ROOT, key.as_str()) {
                self.put.push((None, key, value.into_owned()));
            }
        }
    }

    /// Writes it. An item that is there already gets the fields that differ, but where it does not matter who said it.
    ///
    /// # Errors
    /// `document.malformed` where it put fields of an item that is not there.
    pub fn write(&self, w: &mut Writer<'_>) -> Result<()> {
        for (item, name, value) in self.put.iter().filter(|(item, ..)| item.is_none()).chain(self.put.iter().filter(|(item, ..)| item.is_some())) {
            match item {
                None => w.put(name, value.clone())?,
                Some(item) => w.put_in(item, name, value.clone())?,
            }
        }
        for (key, fields) in &self.made {
            if w.has(key) {
                let mut differ = fields.iter().filter(|(name, _)| merge_rule(&format!("{key}/{name}")) != Merge::Either);
                differ.try_for_each(|(name, value)| w.put_in(key, name, value.clone()))?;
            } else {
                let fields: Vec<(&str, ScalarValue)> = fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
                w.item(key, &fields)?;
            }
        }
        self.taken.iter().try_for_each(|key| w.take_out(key))
    }
}

/// Parts a document at some of its changes: what it is without them and all that rests on them, and those latter,
/// in an order in which each comes after what it rests on, without the changes named.
///
/// # Errors
/// `document.malformed` if the rest does not load.
pub fn part(doc: &Doc, aside: &HashSet<[u8; 32]>) -> Result<(Doc, Vec<Vec<u8>>)> {
    let mut lost: HashSet<ChangeHash> = aside.iter().map(|hash| ChangeHash(*hash)).collect();
    let (mut stays, mut rests) = (Vec::new(), Vec::new());
    // Automerge gives changes after those they rest on.
    for change in doc.inner.get_changes(&[]) {
        let (hash, bytes) = (change.hash(), change.raw_bytes().to_vec());
        if lost.contains(&hash) {
            continue;
        }
        if change.deps().iter().any(|dep| lost.contains(dep)) {
            lost.insert(hash);
            rests.push(bytes);
        } else {
            stays.push(bytes);
        }
    }
    let mut without = Doc::empty();
    without.apply(&stays)?;
    Ok((without, rests))
}

/// The keys of items by the operation that made them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Names(#[n(0)] BTreeMap<(u64, Vec<u8>), String>);

impl Names {
    /// Those of a document.
    pub fn of(doc: &Doc) -> Self {
        let mut names = BTreeMap::new();
        for key in doc.inner.keys(ROOT) {
            for (value, object) in doc.inner.get_all(ROOT, key.as_str()).unwrap_or_default() {
                if let (automerge::Value::Object(_), automerge::ObjId::Id(counter, actor, _)) = (value, object) {
                    names.insert((counter, actor.to_bytes().to_vec()), key.clone());
                }
            }
        }
        Self(names)
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// Adds those of more.
    pub fn add(&mut self, others: Self) {
        self.0.extend(others.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Id,
        document::{hash_of_change, visits},
        model::{NewVisit, VisitEdit},
    };

    const MADE: visits::Made = visits::Made { officer: Id([5; 16]), at_ms: 7 };

    fn visit(note: &str) -> NewVisit {
        NewVisit { purpose: "routine".into(), outcome: "talked".into(), note: note.into(), ..NewVisit::default() }
    }

    fn add(doc: &mut Doc, id: u8, note: &str) -> Vec<u8> {
        doc.change([1; 8], 0, |w| visits::add(w, Id([2; 16]), 2026, Id([id; 16]), &visit(note), MADE, &[])).unwrap().unwrap()
    }

    fn edit(doc: &mut Doc, id: u8, note: &str) -> Vec<u8> {
        let change = VisitEdit { note: Some(note.into()), ..VisitEdit::default() };
        let now = doc.content();
        doc.change([1; 8], 0, |w| visits::edit(w, &now, Id([id; 16]), MADE.officer, &change, &[])).unwrap().unwrap()
    }

    #[test]
    fn what_rests_on_a_change_put_aside_is_written_again_under_the_same_ids() {
        let mut doc = Doc::empty();
        add(&mut doc, 3, "先写的");
        let bad = add(&mut doc, 4, "有毛病的");
        add(&mut doc, 5, "后写的");
        edit(&mut doc, 3, "改过的");
        edit(&mut doc, 4, "改了有毛病的");
        let whole = doc.content();
        let (mut without, later) = part(&doc, &HashSet::from([hash_of_change(&bad).unwrap()])).unwrap();
        assert_eq!((without.content().items.len(), later.len()), (1, 3));
        let mut again = 0;
        for bytes in &later {
            let written = Written::read(bytes, &doc).unwrap();
            let mut next = without.clone();
            if next.change([9; 8], 0, |w| written.write(w)).is_ok() {
                (without, again) = (next, again + 1);
            }
        }
        let content = without.content();
        assert_eq!(again, 2, "what was put into the item put aside has no place");
        assert_eq!(content.item("visit", Id([3; 16])), whole.item("visit", Id([3; 16])));
        assert_eq!(content.item("visit", Id([5; 16])), whole.item("visit", Id([5; 16])));
        assert_eq!(content.item("visit", Id([4; 16])), None);
        // And the one put aside, on whatever the document is by then.
        let written = Written::read(&bad, &Doc::empty()).unwrap();
        let note = (format!("visit:{}/note", Id([4; 16])), Scalar::Text("有毛病的".into()));
        assert!(written.values().contains(&note), "{:?}", written.values());
        without.change([9; 8], 0, |w| written.write(w)).unwrap().unwrap();
        assert_eq!(without.content().item("visit", Id([4; 16])).unwrap().text("note"), "有毛病的");
        assert!(without.change([9; 8], 0, |w| written.write(w)).unwrap().is_none(), "a second time says nothing new");
    }

    #[test]
    fn names_alone_are_enough_to_read_what_rests_on_a_document_and_what_is_gone_is_left_out() {
        let mut doc = Doc::empty();
        add(&mut doc, 3, "先写的");
        let mut names = Names::of(&doc);
        let made = add(&mut doc, 4, "后写的");
        let put = edit(&mut doc, 4, "改过的");
        assert!(Written::read_named(&put, &mut names).is_err(), "not of what another one made");
        let second = Written::read_named(&made, &mut names).unwrap();
        let changed = Written::read_named(&put, &mut names).unwrap();
        let key = format!("visit:{}", Id([4; 16]));
        assert!(names.keys().any(|name| name == key));
        assert_eq!(changed.clone().without(|gone| gone == key), Written::default());
        assert_eq!(second.clone().parted(), (Written::default(), second));
        let note = doc.clone().change([2; 8], 0, |w| w.put("note", "狗凶")).unwrap().unwrap();
        let note = Written::read(&note, &doc).unwrap();
        assert_eq!(note.clone().parted(), (note, Written::default()));
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        assert!(Written::read(b"no change", &Doc::empty()).is_err());
        let mut doc = Doc::empty();
        add(&mut doc, 3, "先写的");
        let later = edit(&mut doc, 3, "改过的");
        assert!(Written::read(&later, &Doc::empty()).is_err(), "an item without a name");
    }
}
