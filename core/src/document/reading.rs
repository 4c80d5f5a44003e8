//! What a document holds, read from Automerge: in one pass, or again where a change wrote.

use std::collections::{BTreeSet, HashMap};

use automerge::{
    Automerge, ObjId, ObjType, Prop, ROOT, ReadDoc, ScalarValue, ValueRef,
    iter::{DocItem, MapRangeItem},
    legacy::{Key, ObjectId, Op},
};

use super::{Content, Fields, doc::items_at, visits::is_from_paper};

impl Content {
    /// Everything, in one pass.
    pub(super) fn read(doc: &Automerge) -> Self {
        let mut content = Self::default();
        let mut items: HashMap<ObjId, String> = HashMap::new();
        for entry in doc.iter() {
            // A list or text of a newer version stays in the document untouched.
            let DocItem::Map(field) = entry.item else { continue };
            if *entry.obj == ROOT {
                if let Some(item) = content.read_root(doc, &field) {
                    items.insert(item, field.key.into_owned());
                }
            } else if let Some(key) = items.get(&*entry.obj) {
                content.read_field(key, &field);
            }
        }
        content.disputed.sort();
        content
    }

    /// What the document holds after a change, where this is what it held before; `edits`: the change's operations.
    pub(super) fn read_again(&self, doc: &Automerge, edits: &[Op]) -> Self {
        // Which disputes a change ends is not told by where it wrote.
        let written = if self.disputed.is_empty() { written_keys(doc, edits) } else { None };
        let Some(written) = written else { return Self::read(doc) };
        let mut content = self.clone();
        for key in written {
            content.root.0.remove(&key);
            content.items.remove(&key);
            for field in doc.map_range(ROOT, key.clone()..=key.clone()) {
                if let Some(item) = content.read_root(doc, &field) {
                    doc.map_range(item, ..).for_each(|field| content.read_field(&key, &field));
                }
            }
        }
        content.disputed.sort();
        content
    }

    /// Reads what stands on the root under one key; returns the object where that is an item that is still to be read.
    fn read_root(&mut self, doc: &Automerge, field: &MapRangeItem<'_>) -> Option<ObjId> {
        if field.conflict && is_from_paper(&field.key) {
            self.read_together(doc, &field.key);
            return None;
        }
        if field.conflict {
            self.disputed.push(field.key.to_string());
        }
        match &field.value {
            ValueRef::Scalar(value) => {
                put(&mut self.root, field.key.to_string(), value.clone());
                None
            }
            ValueRef::Object(ObjType::Map | ObjType::Table) => {
                self.items.entry(field.key.to_string()).or_default();
                Some(field.id())
            }
            ValueRef::Object(_) => None,
        }
    }

    /// Reads a visit that several entered from one paper: what each wrote stands beside what the others wrote.
    fn read_together(&mut self, doc: &Automerge, key: &str) {
        let mut together = Fields::default();
        let mut disputed = BTreeSet::new();
        for object in items_at(doc, key) {
            for field in doc.map_range(object, ..) {
                let ValueRef::Scalar(value) = &field.value else { continue };
                let before = together.0.get(&*field.key).cloned();
                put(&mut together, field.key.to_string(), value.clone());
                if field.conflict || before.is_some_and(|before| together.0.get(&*field.key) != Some(&before)) {
                    disputed.insert(format!("{key}/{}", field.key));
                }
            }
        }
        self.disputed.extend(disputed);
        self.items.insert(key.to_owned(), together);
    }

    fn read_field(&mut self, item: &str, field: &MapRangeItem<'_>) {
        if field.conflict {
            self.disputed.push(format!("{item}/{}", field.key));
        }
        if let (ValueRef::Scalar(value), Some(fields)) = (&field.value, self.items.get_mut(item)) {
            put(fields, field.key.to_string(), value.clone());
        }
    }
}

fn put(fields: &mut Fields, name: String, value: impl Into<ScalarValue>) {
    fields.0.insert(name, (&value.into()).into());
}

/// The keys of the root under which these operations wrote, in a document that holds them; `None` where one cannot be told.
fn written_keys(doc: &Automerge, edits: &[Op]) -> Option<BTreeSet<String>> {
    let (mut keys, mut objects) = (BTreeSet::new(), BTreeSet::new());
    for edit in edits {
        match (&edit.obj, &edit.key) {
            (ObjectId::Id(id), _) => drop(objects.insert(id.to_string())),
            (ObjectId::Root, Key::Map(key)) => drop(keys.insert(key.to_string())),
            (ObjectId::Root, Key::Seq(_)) => return None,
        }
    }
    for object in objects {
        let object = doc.import_obj(&object).ok()?;
        match doc.parents(object).ok()?.last()?.prop {
            Prop::Map(key) => drop(keys.insert(key)),
            Prop::Seq(_) => return None,
        }
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use automerge::Change;

    use crate::document::Doc;

    /// Reads after each change of a story, told by its author.
    fn reads_the_same(doc: &mut Doc, actor: u8, write: impl FnOnce(&mut crate::document::Writer<'_>) -> crate::Result<()>) {
        let before = doc.content();
        let change = doc.change([actor; 8], 0, write).unwrap().expect("a change");
        let edits = Change::from_bytes(change).unwrap().decode().operations;
        assert_eq!(before.read_again(&doc.inner, &edits), doc.content());
    }

    #[test]
    fn where_a_change_wrote_is_read_as_in_a_full_reading() {
        let mut doc = Doc::empty();
        reads_the_same(&mut doc, 7, |w| w.put("note", "狗凶"));
        reads_the_same(&mut doc, 7, |w| w.item("visit:1", &[("note", "在家".into()), ("at", 5.into())]));
        reads_the_same(&mut doc, 8, |w| w.put_in("visit:1", "note", "没人"));
        reads_the_same(&mut doc, 8, |w| w.put("lang:a:gan", true));
        reads_the_same(&mut doc, 7, |w| w.take_out("lang:a:gan"));
        reads_the_same(&mut doc, 7, |w| w.take_out("visit:1"));
        assert!(doc.content().items.is_empty());
    }

    #[test]
    fn a_dispute_that_a_change_ends_is_gone() {
        let mut doc = Doc::empty();
        reads_the_same(&mut doc, 7, |w| w.item("visit:1", &[("note", "在家".into())]));
        let mut other = doc.clone();
        let change = other.change([8; 8], 0, |w| w.put_in("visit:1", "note", "没人")).unwrap().unwrap();
        reads_the_same(&mut doc, 7, |w| w.put_in("visit:1", "note", "狗凶"));
        doc.apply(&[change]).unwrap();
        assert_eq!(doc.content().disputed, ["visit:1/note"]);
        reads_the_same(&mut doc, 7, |w| w.put_in("visit:1", "note", "狗凶，白天没人"));
        assert!(doc.content().disputed.is_empty());
    }
}
