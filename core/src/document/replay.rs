//! Whether Automerge itself would write a change: its edits, made once more by its actor, give the very same change.

use std::collections::HashMap;

use automerge::{
    Automerge, Change, ObjId, ObjType, ROOT,
    legacy::{Key, ObjectId, Op, OpId, OpType},
    transaction::{CommitOptions, Transactable},
};

/// The document after the change, where its edits give it; `None` for one that does not rest on all of the document, and
/// for any that is built otherwise. `edits`: the change's operations.
pub(super) fn replay(doc: &Automerge, change: &Change, edits: &[Op]) -> Option<Automerge> {
    let mut heads = doc.get_heads();
    heads.sort_unstable();
    if heads != change.deps() {
        return None;
    }
    let mut copy = doc.clone();
    copy.set_actor(change.actor_id().clone());
    let mut objects = objects_of(&copy, edits);
    let mut tx = copy.transaction();
    for (edit, number) in edits.iter().zip(change.start_op().get()..) {
        let Key::Map(key) = &edit.key else { return None };
        let object = match &edit.obj {
            ObjectId::Root => ROOT,
            ObjectId::Id(id) => objects.get(id)?.clone(),
        };
        match &edit.action {
            OpType::Make(ObjType::Map) => {
                let made = tx.put_object(object, key.as_str(), ObjType::Map).ok()?;
                objects.insert(OpId::new(number, change.actor_id()), made);
            }
            OpType::Put(value) => tx.put(object, key.as_str(), value.clone()).ok()?,
            OpType::Delete => tx.delete(object, key.as_str()).ok()?,
            _ => return None,
        }
    }
    let hash = tx.commit_with(CommitOptions::default().with_time(change.timestamp())).0?;
    // The hash is over all of a change's bytes.
    (hash == change.hash()).then_some(copy)
}

/// The objects of a document into which edits write.
fn objects_of(doc: &Automerge, edits: &[Op]) -> HashMap<OpId, ObjId> {
    let ids = edits.iter().filter_map(|edit| match &edit.obj {
        ObjectId::Id(id) => Some(id),
        ObjectId::Root => None,
    });
    ids.filter_map(|id| Some((id.clone(), doc.import_obj(&id.to_string()).ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Doc;

    const ME: [u8; 8] = [7; 8];

    /// A document, and changes that rest on it.
    fn story() -> (Doc, Vec<Change>) {
        let mut doc = Doc::empty();
        doc.change(ME, 0, |w| {
            w.put("note", "狗凶")?;
            w.put("lang:a:gan", true)?;
            w.item("visit:1", &[("note", "在家".into())])
        })
        .unwrap();
        let next = |write: fn(&mut crate::document::Writer<'_>) -> crate::Result<()>| {
            Change::from_bytes(doc.clone().change([8; 8], 5, write).unwrap().unwrap()).unwrap()
        };
        let changes = vec![
            next(|w| w.put("note", "没人")),
            next(|w| w.put_in("visit:1", "note", "没人")),
            next(|w| w.item("visit:2", &[("note", "在家".into()), ("at", 5.into())])),
            next(|w| w.take_out("lang:a:gan")),
        ];
        (doc, changes)
    }

    #[test]
    fn what_automerge_wrote_it_writes_again() {
        let (doc, changes) = story();
        for change in changes {
            let again = replay(&doc.inner, &change, &change.decode().operations).expect("the same change");
            let mut applied = doc.inner.clone();
            applied.apply_changes([change]).unwrap();
            assert_eq!(again.save_nocompress(), applied.save_nocompress());
            assert_eq!(again.hydrate(None), applied.hydrate(None));
        }
    }

    #[test]
    fn another_change_or_another_place_is_no_replay() {
        let (doc, changes) = story();
        for (change, other) in changes.iter().zip(changes.iter().cycle().skip(1)) {
            assert!(replay(&doc.inner, change, &other.decode().operations).is_none());
            let mut elsewhere = doc.inner.clone();
            elsewhere.apply_changes([other.clone()]).unwrap();
            assert!(replay(&elsewhere, change, &change.decode().operations).is_none(), "it does not rest on all of the document");
        }
    }
}
