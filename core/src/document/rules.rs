//! What no honest app does, though Automerge allows it: the server refuses such a change.

use super::{Content, DocKind, Fields, Merge, form_answers::is_sound, merge_rule, told};
use crate::{Id, model::community_of_grid};

/// One change, as the documents' rules see it.
pub struct Step<'a> {
    /// What the document is.
    pub kind: DocKind,
    /// Its content before; empty if it is new.
    pub before: &'a Content,
    /// Its content after.
    pub after: &'a Content,
    /// Whose device wrote the change; `None` = the office, in whoever's name.
    pub author: Option<Id>,
    /// Whether the change rests on no other, as one of two phones that start one document.
    pub first: bool,
}

/// Whether a change writes nothing anew that is written once, takes nothing away that a person typed, hides no
/// field under another's name, puts no visit and no telling into somebody else's mouth, and makes surveys only with their visits.
pub fn keeps_the_rules(step: &Step<'_>) -> bool {
    let (before, after) = (step.before, step.after);
    let root = before.root.0.iter().all(|(key, value)| match after.root.0.get(key) {
        None => merge_rule(key) == Merge::Union,
        Some(now) => now == value || merge_rule(key) != Merge::Once || (key == "home" && is_other_grid(step)),
    });
    let items = before.items.iter().all(|(key, fields)| after.items.get(key).is_some_and(|now| now == fields || keeps_fields(key, fields, now)));
    let own = after.items.iter().filter(|(key, _)| !before.items.contains_key(*key)).all(|(key, new)| is_own(key, new, step.author));
    let named = after.root.0.keys().chain(after.items.keys()).all(|key| !key.contains('/'));
    let surveys = after.items.iter().filter(|(key, _)| key.starts_with("visit:")).all(|(key, now)| is_sound(before.items.get(key), now));
    let mut written = after.items.iter().filter(|(key, now)| before.items.get(*key) != Some(now));
    // Which notices there are everybody knows: nothing else may take a telling's key.
    let told = written.all(|(key, now)| told::is_sound(key, now, step.author)) && !after.root.0.keys().any(|key| key.starts_with("told:"));
    // Which doors are one, and at which a matter is that was registered without, only the office says.
    let doors = step.author.is_none() || ["into", "household"].iter().all(|key| is_left_alone(step, key));
    root && items && own && named && surveys && told && doors && after.root.int("v") >= 1
}

/// Whether a change writes nothing into a key of the root, neither over what stands there nor beside it.
pub fn is_left_alone(step: &Step<'_>, key: &str) -> bool {
    let disputed = |content: &Content| content.disputed.iter().any(|field| field == key);
    step.before.root.0.get(key) == step.after.root.0.get(key) && disputed(step.before) == disputed(step.after)
}

/// Two officers may write one door down for two grids of its community; the log keeps the grid it saw first.
fn is_other_grid(step: &Step<'_>) -> bool {
    let home = step.after.root.text("home");
    let named = home.len() == 15 && home.bytes().all(|b| b.is_ascii_digit());
    step.first && step.kind == DocKind::Card && named && community_of_grid(&home) == step.after.root.text("community")
}

fn keeps_fields(key: &str, before: &Fields, after: &Fields) -> bool {
    before.0.iter().all(|(name, value)| {
        let rule = merge_rule(&format!("{key}/{name}"));
        match after.0.get(name) {
            None => matches!(rule, Merge::Union | Merge::Either),
            Some(now) => now == value || rule != Merge::Once,
        }
    })
}

/// A visit, a follow-up, a photo or a voice note is written by the officer it names.
fn is_own(key: &str, fields: &Fields, author: Option<Id>) -> bool {
    let signed = ["visit:", "followup:", "photo:", "voice:"].iter().any(|kind| key.starts_with(kind));
    author.is_none_or(|author| !signed || fields.text("officer") == author.to_string())
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
        allowed(&before.content(), &after.content(), ME, false)
    }

    fn allowed(before: &Content, after: &Content, author: Id, first: bool) -> bool {
        keeps_the_rules(&Step { kind: DocKind::Visits, before, after, author: Some(author), first })
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
        assert!(!keeps(|w| w.put_in(&visit, "answer:why", "x")), "an answer to what was not asked");
        assert!(!keeps(|w| w.put("a/b", "x")), "a field under another's name");
        assert!(!keeps(|w| w.put("into", "x")), "says that its door is another");
        assert!(!keeps(|w| w.item(&format!("visit:{}", Id([4; 16])), &[("officer", "x".into())])), "a visit by somebody else");
        let photo = format!("photo:{}", Id([4; 16]));
        assert!(keeps(|w| w.item(&photo, &[("officer", ME.to_string().into())])));
        assert!(!keeps(|w| w.item(&photo, &[("officer", "x".into())])), "a photo by somebody else");
        let mut named = volume();
        named.change([1; 8], 0, |w| w.item(&photo, &[("officer", ME.to_string().into()), ("sha256", "x".into())])).unwrap();
        let mut renamed = named.clone();
        renamed.change([1; 8], 0, |w| w.put_in(&photo, "sha256", "y")).unwrap();
        assert!(!allowed(&named.content(), &renamed.content(), ME, false), "another file under a photo's id");
        assert!(keeps(|w| w.put("v", 2)), "a newer app may write a newer shape");
        assert!(allowed(&Content::default(), &volume().content(), ME, true));
        assert!(!allowed(&Content::default(), &volume().content(), Id([6; 16]), true));
    }

    #[test]
    fn one_door_may_be_written_down_for_two_grids_of_its_community_and_for_nothing_else() {
        let card = |home: &str| {
            let mut doc = Doc::empty();
            doc.change([1; 8], 0, |w| {
                w.put("kind", 1)?;
                w.put("v", 1)?;
                w.put("home", home)?;
                w.put("community", "620102001001")
            })
            .unwrap();
            doc.content()
        };
        let (before, ours, theirs, nowhere) = (card("620102001001001"), card("620102001001002"), card("620102001002001"), card("nowhere"));
        let step = |after, kind, first| keeps_the_rules(&Step { kind, before: &before, after, author: Some(ME), first });
        assert!(step(&ours, DocKind::Card, true));
        assert!(!step(&ours, DocKind::Card, false), "later it stays");
        assert!(!step(&ours, DocKind::Visits, true), "only doors lie in grids");
        assert!(!step(&theirs, DocKind::Card, true) && !step(&nowhere, DocKind::Card, true));
    }
}
