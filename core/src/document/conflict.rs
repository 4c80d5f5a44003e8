//! Two different values for one field: both kept, both shown, with who wrote them and when.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ChangeHash, ObjId, ObjType, ROOT, ReadDoc, Value};
use serde::Serialize;

use super::{Content, Doc, Merge, Scalar, card::refuses, doc::items_at, merge_rule};
use crate::{
    ids::{Device, device_of},
    model::Consent,
};

/// A field with more than one value: one review card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The field, as `note` or `resident:<id>/phone`.
    pub field: String,
    /// The values, the one now shown first.
    pub values: Vec<Told>,
}

/// One of the values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// What was written.
    pub value: String,
    /// The device that wrote it.
    pub device: Option<Device>,
    /// When, by that device's clock, seconds since 1970; 0 if not known.
    pub time_s: i64,
}

/// All review cards of a document. Sets and equal values make none, nor does a number that its owner does not agree to have kept.
pub fn conflicts(doc: &Doc) -> Vec<Conflict> {
    let content = doc.content();
    let fields = content.disputed.iter().filter(|field| merge_rule(field) == Merge::OneValue && !is_refused(&content, field));
    fields
        .cloned()
        .filter_map(|field| {
            let values = values(doc, &field);
            (values.len() > 1).then_some(Conflict { field, values })
        })
        .collect()
}

/// Whether a field is the telephone number of somebody who is not to be called.
fn is_refused(card: &Content, field: &str) -> bool {
    let resident = field.strip_prefix("resident:").and_then(|rest| rest.strip_suffix("/phone")?.parse().ok());
    resident.is_some_and(|resident| Consent::Contact.is_among(&refuses(card, resident)))
}

/// The values that stand in a field, each once, the one now shown first.
pub fn values(doc: &Doc, field: &str) -> Vec<Told> {
    let (objects, name) = locate(doc, field);
    let mut values: Vec<Told> = Vec::new();
    let all: Vec<_> = objects.iter().flat_map(|object| doc.inner.get_all(object, name).unwrap_or_default()).collect();
    // Automerge lists the winner last.
    for (value, id) in all.into_iter().rev() {
        let Value::Scalar(scalar) = &value else { continue };
        let value = Scalar::from(&**scalar).to_string();
        if values.iter().all(|t| t.value != value) {
            values.push(told(doc, value, &id));
        }
    }
    values
}

/// Every value that every field holds, disputed ones included, by field name: to prove that nothing typed was lost.
pub fn every_value(doc: &Doc) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut read = |object: &ObjId, name: &str, field: String| {
        let all = doc.inner.get_all(object, name).unwrap_or_default();
        let values = all.iter().filter_map(|(v, _)| v.as_scalar().map(|s| Scalar::from(s).to_string())).collect();
        found.entry(field).or_insert_with(Vec::new).extend::<Vec<String>>(values);
    };
    for key in doc.inner.keys(ROOT) {
        match doc.inner.get(ROOT, key.as_str()) {
            Ok(Some((Value::Object(ObjType::Map), _))) => {
                for item in items_at(&doc.inner, &key) {
                    for name in doc.inner.keys(&item) {
                        read(&item, &name, format!("{key}/{name}"));
                    }
                }
            }
            Ok(Some(_)) => read(&ROOT, &key, key.clone()),
            _ => {}
        }
    }
    found
}

/// Every text that ever stood in a field, whoever wrote over it since.
pub fn ever(doc: &Doc, field: &str) -> BTreeSet<String> {
    let (objects, name) = locate(doc, field);
    let mut found = BTreeSet::new();
    for change in doc.change_hashes() {
        for object in &objects {
            let then = doc.inner.get_all_at(object, name, &[ChangeHash(change)]).unwrap_or_default();
            found.extend(then.iter().filter_map(|(value, _)| value.as_scalar().map(|s| Scalar::from(s).to_string())));
        }
    }
    found
}

/// Where a field stands: mostly once.
pub(super) fn locate<'f>(doc: &Doc, field: &'f str) -> (Vec<ObjId>, &'f str) {
    match field.split_once('/') {
        None => (vec![ROOT], field),
        Some((item, name)) => (items_at(&doc.inner, item), name),
    }
}

fn told(doc: &Doc, value: String, id: &ObjId) -> Told {
    let change = doc.inner.hash_for_opid(id).and_then(|hash| doc.inner.get_change_meta_by_hash(&hash));
    Told { value, device: change.as_ref().and_then(|c| device_of(c.actor.to_bytes())), time_s: change.map_or(0, |c| c.timestamp) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two devices write into one document, not knowing of each other.
    fn merged(key: &str, ours: &str, theirs: &str) -> Doc {
        let mut doc = Doc::empty();
        doc.change([0, 0, 1, 0, 0, 0, 0, 0], 10, |w| w.put(key, ours)).unwrap();
        let other = Doc::empty().change([0, 0, 2, 0, 0, 0, 0, 0], 20, |w| w.put(key, theirs)).unwrap().unwrap();
        doc.apply(&[other]).unwrap();
        doc
    }

    #[test]
    fn both_values_are_told_with_their_devices_and_the_shown_one_first() {
        let doc = merged("note", "狗凶", "在家");
        let told = |value: &str, device, time_s| Told { value: value.into(), device: Some(Device(device)), time_s };
        let shown = doc.content().root.text("note");
        assert_eq!(shown, "在家");
        assert_eq!(conflicts(&doc), [Conflict { field: "note".into(), values: vec![told("在家", 2, 20), told("狗凶", 1, 10)] }]);
        let mut both = every_value(&doc).remove("note").unwrap();
        both.sort();
        assert_eq!(both, ["在家", "狗凶"]);
    }

    #[test]
    fn equal_values_sets_and_what_is_settled_make_no_card() {
        assert_eq!(conflicts(&merged("note", "狗凶", "狗凶")), []);
        assert_eq!(conflicts(&merged("need:AAA:infant", "a", "b")), []);
        assert_eq!(conflicts(&merged("home", "620102001001001", "620102001001002")), []);
        let mut doc = merged("note", "狗凶", "在家");
        for settled in ["狗凶", "在家"] {
            let mut doc = doc.clone();
            doc.change([0, 0, 3, 0, 0, 0, 0, 0], 30, |w| w.put("note", settled)).unwrap().expect("a word of its own");
            assert_eq!(conflicts(&doc), []);
            assert_eq!(every_value(&doc)["note"], [settled]);
        }
        assert_eq!(doc.change([0, 0, 3, 0, 0, 0, 0, 0], 30, |w| w.put("other", "x")).unwrap().map(|_| conflicts(&doc).len()), Some(1));
    }
}
