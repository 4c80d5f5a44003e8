//! What no honest app does, though Automerge allows it: the server refuses such a change.

use super::{Content, Fields, Merge, SCHEMA, merge_rule};
use crate::Id;

/// Whether a change that led from `before` to `after` keeps the rules of the documents, written by `author`.
///
/// It must not write anew what is written once, take away what a person typed, hide a field under another's
/// name, or put a visit into somebody else's mouth. `first`: the change rests on no other, as one of two phones
/// that start one document; those may name two homes for one door, and the server keeps the one it saw first.
pub fn keeps_the_rules(before: &Content, after: &Content, author: Id, first: bool) -> bool {
    let root = before.root.0.iter().all(|(key, value)| match after.root.0.get(key) {
        None => merge_rule(key) == Merge::Union,
        Some(now) => now == value || merge_rule(key) != Merge::Once || (first && key == "home"),
    });
    let items = before.items.iter().all(|(key, fields)| after.items.get(key).is_some_and(|now| keeps_fields(key, fields, now)));
    let own = after.items.iter().filter(|(key, _)| !before.items.contains_key(*key)).all(|(key, new)| is_own(key, new, author));
    let named = after.root.0.keys().chain(after.items.keys()).all(|key| !key.contains('/'));
    root && items && own && named && after.root.int("v") >= SCHEMA
}

fn keeps_fields(key: &str, before: &Fields, after: &Fields) -> bool {
    before.0.iter().all(|(name, value)| {
        let rule = merge_rule(&format!("{key}/{name}"));
        match after.0.get(name) {
            None => rule == Merge::Union,
            Some(now) => now == value || rule != Merge::Once,
        }
    })
}

/// A visit or follow-up is written by the officer it names.
fn is_own(key: &str, fields: &Fields, author: Id) -> bool {
    !(key.starts_with("visit:") || key.starts_with("followup:")) || fields.text("officer") == author.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{Doc, Writer, visits},
        model::NewVisit,
    };

    const ME: Id = Id([5; 16]);

    fn volume() -> Doc {
        let mut doc = Doc::empty();
        let visit = NewVisit { purpose: "routine".into(), outcome: "talked".into(), note: "灯坏了".into(), ..NewVisit::default() };
        let made = visits::Made { officer: ME, at_ms: 7 };
        doc.change([1; 8], 0, |w| visits::add(w, Id([2; 16]), 2026, Id([3; 16]), &visit, made, &[])).unwrap();
        doc
    }

    fn keeps(write: impl FnOnce(&mut Writer<'_>) -> crate::Result<()>) -> bool {
        let before = volume();
        let mut after = before.clone();
        after.change([1; 8], 0, write).unwrap().unwrap();
        keeps_the_rules(&before.content(), &after.content(), ME, false)
    }

    #[test]
    fn honest_edits_keep_the_rules_and_others_do_not() {
        let visit = format!("visit:{}", Id([3; 16]));
        assert!(keeps(|w| w.put_in(&visit, "note", "灯修好了")));
        assert!(keeps(|w| w.put("something-newer", "x")));
        assert!(!keeps(|w| w.put("home", "x")), "moves the volume");
        assert!(!keeps(|w| w.take_out("kind")), "hides what it is");
        assert!(!keeps(|w| w.take_out(&visit)), "takes away what was typed");
        assert!(!keeps(|w| w.put_in(&visit, "officer", "x")), "speaks for another");
        assert!(!keeps(|w| w.put_in(&visit, "at", 9)), "moves it in time");
        assert!(!keeps(|w| w.put("a/b", "x")), "a field under another's name");
        assert!(!keeps(|w| w.item(&format!("visit:{}", Id([4; 16])), &[("officer", "x".into())])), "a visit by somebody else");
        assert!(keeps_the_rules(&Content::default(), &volume().content(), ME, true));
        assert!(!keeps_the_rules(&Content::default(), &volume().content(), Id([6; 16]), true));
    }
}
