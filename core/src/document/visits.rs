//! A visit volume: one household's visits of one year, with what to come back for.

use automerge::ScalarValue;

use super::{Content, DocKind, Writer, begin, key};
use crate::{
    Error, Id, Result,
    model::{FollowUpEdit, NewFollowUp, NewVisit, VisitEdit},
};

/// Who writes a visit down, and when it was made (milliseconds since 1970).
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// The officer.
    pub officer: Id,
    /// When.
    pub at_ms: i64,
}

/// Writes a visit and its follow-ups, one change.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn add(w: &mut Writer<'_>, household: Id, year: i16, id: Id, visit: &NewVisit, made: Made, follow_ups: &[(Id, &NewFollowUp)]) -> Result<()> {
    begin_volume(w, household, year)?;
    let with: Vec<String> = visit.with.iter().map(|o| format!("with:{o}")).collect();
    let mut fields: Vec<(&str, ScalarValue)> = vec![
        ("officer", made.officer.to_string().into()),
        ("at", made.at_ms.into()),
        ("purpose", visit.purpose.as_str().into()),
        ("outcome", visit.outcome.as_str().into()),
    ];
    if !visit.note.is_empty() {
        fields.push(("note", visit.note.as_str().into()));
    }
    fields.extend(with.iter().map(|w| (w.as_str(), ScalarValue::Boolean(true))));
    w.item(&key("visit", id), &fields)?;
    follow_ups.iter().try_for_each(|(f, new)| add_follow_up(w, *f, id, made.officer, new))
}

/// The first change of a volume says whose it is and of which year.
pub(super) fn begin_volume(w: &mut Writer<'_>, household: Id, year: i16) -> Result<()> {
    let is_new = w.is_new();
    begin(w, DocKind::Visits, &household.to_string())?;
    if is_new { w.put("year", i64::from(year)) } else { Ok(()) }
}

/// Writes what a person changed on a visit.
///
/// # Errors
/// `visit.unknown`.
pub fn edit(w: &mut Writer<'_>, now: &Content, id: Id, officer: Id, change: &VisitEdit, follow_ups: &[(Id, &NewFollowUp)]) -> Result<()> {
    let item = known(now, "visit", id, "visit.unknown")?;
    for (name, value) in [("purpose", &change.purpose), ("outcome", &change.outcome), ("note", &change.note)] {
        if let Some(value) = value {
            w.put_in(&item, name, value.as_str())?;
        }
    }
    follow_ups.iter().try_for_each(|(f, new)| add_follow_up(w, *f, id, officer, new))
}

/// Writes what a person changed on a follow-up.
///
/// # Errors
/// `follow_up.unknown`.
pub fn edit_follow_up(w: &mut Writer<'_>, now: &Content, id: Id, change: &FollowUpEdit) -> Result<()> {
    let item = known(now, "followup", id, "follow_up.unknown")?;
    for (name, value) in [("what", &change.what), ("due", &change.due)] {
        if let Some(value) = value {
            w.put_in(&item, name, value.as_str())?;
        }
    }
    change.done.map_or(Ok(()), |done| w.put_in(&item, "done", done))
}

/// Whether a key is that of a visit whose id follows from a row of a paper: whoever enters the row makes it, also when somebody else has, unseen.
pub(super) fn is_from_paper(key: &str) -> bool {
    key.strip_prefix("visit:").and_then(|id| id.parse::<Id>().ok()).is_some_and(|id| !id.is_timed())
}

fn add_follow_up(w: &mut Writer<'_>, id: Id, visit: Id, officer: Id, new: &NewFollowUp) -> Result<()> {
    let mut fields: Vec<(&str, ScalarValue)> =
        vec![("visit", visit.to_string().into()), ("officer", officer.to_string().into()), ("what", new.what.as_str().into())];
    if !new.due.is_empty() {
        fields.push(("due", new.due.as_str().into()));
    }
    w.item(&key("followup", id), &fields)
}

fn known(now: &Content, kind: &str, id: Id, code: &'static str) -> Result<String> {
    match now.item(kind, id) {
        Some(_) => Ok(key(kind, id)),
        None => Err(Error::Missing { code, id: id.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{Admission, Doc, Step, Struck, admit, anew, conflicts, every_value, keeps_the_rules},
        ids::{Device, Opening, actor},
    };

    const ACTOR: [u8; 8] = [1; 8];
    const MADE: Made = Made { officer: Id([1; 16]), at_ms: 5_000 };

    #[test]
    fn a_visit_is_one_item_and_its_follow_up_another() {
        let (household, id, due, with) = (Id([2; 16]), Id([3; 16]), Id([4; 16]), Id([5; 16]));
        let visit = NewVisit { purpose: "routine".into(), outcome: "talked".into(), with: vec![with.to_string()], ..NewVisit::default() };
        let follow_up = NewFollowUp { what: "送表".into(), ..NewFollowUp::default() };
        let mut doc = Doc::empty();
        doc.change(ACTOR, 0, |w| add(w, household, 2026, id, &visit, MADE, &[(due, &follow_up)])).unwrap().unwrap();
        // The volume says once what it is.
        doc.change(ACTOR, 0, |w| add(w, household, 2027, Id([6; 16]), &visit, MADE, &[])).unwrap().unwrap();
        let content = doc.content();
        assert_eq!((doc.header(), content.root.int("year")), (Some((DocKind::Visits, household.to_string())), 2026));
        assert_eq!(content.items_of("visit").count(), 2);
        let visit = content.item("visit", id).unwrap();
        assert_eq!((visit.int("at"), visit.set("with:").collect::<Vec<_>>()), (5_000, vec![with.to_string().as_str()]));
        assert!(!visit.0.contains_key("note"));
        assert_eq!(content.item("followup", due).unwrap().text("visit"), id.to_string());
    }

    #[test]
    fn only_what_is_there_can_be_edited() {
        let mut doc = Doc::empty();
        let now = doc.content();
        let error = doc.change(ACTOR, 0, |w| edit(w, &now, Id([9; 16]), MADE.officer, &VisitEdit::default(), &[])).unwrap_err();
        assert_eq!(error.code(), "visit.unknown");
        let error = doc.change(ACTOR, 0, |w| edit_follow_up(w, &now, Id([9; 16]), &FollowUpEdit::default())).unwrap_err();
        assert_eq!(error.code(), "follow_up.unknown");
        assert!(doc.heads().is_empty());
    }

    /// Two devices enter one row of a paper, not knowing of each other.
    fn entered(notes: [&str; 2]) -> (Doc, [Doc; 2], [Vec<u8>; 2]) {
        let row = Id::named(&["paper", "x"]);
        let enter = |device: u8, note: &str| {
            let visit = NewVisit { purpose: "routine".into(), outcome: "talked".into(), note: note.into(), ..NewVisit::default() };
            let mut doc = Doc::empty();
            let change = doc.change(actor(Device(device.into()), OPENING), 10, |w| add(w, Id([2; 16]), 2026, row, &visit, MADE, &[])).unwrap().unwrap();
            (doc, change)
        };
        let ([ours, theirs], [a, b]) = {
            let ((ours, a), (theirs, b)) = (enter(1, notes[0]), enter(2, notes[1]));
            ([ours, theirs], [a, b])
        };
        let mut both = ours.clone();
        both.apply(std::slice::from_ref(&b)).unwrap();
        (both, [ours, theirs], [a, b])
    }

    const OPENING: Opening = Opening([9; 5]);

    fn visit_key() -> String {
        key("visit", Id::named(&["paper", "x"]))
    }

    #[test]
    fn a_row_of_a_paper_that_two_entered_is_one_visit_with_what_both_wrote() {
        for notes in [["灯坏了", "老人在家"], ["", "老人在家"], ["灯坏了", "灯坏了"]] {
            let (both, [ours, theirs], changes) = entered(notes);
            let mut other = theirs.clone();
            other.apply(&changes[..1]).unwrap();
            assert_eq!((both.content(), both.heads()), (other.content(), other.heads()), "in whichever order");
            let visits: Vec<_> = both.content().items_of("visit").map(|(_, fields)| fields.text("outcome")).collect();
            assert_eq!(visits, ["talked"]);
            let cards: Vec<_> = conflicts(&both).into_iter().map(|card| (card.field, card.values.len())).collect();
            let field = format!("{}/note", visit_key());
            let is_disputed = notes.iter().all(|note| !note.is_empty()) && notes[0] != notes[1];
            assert_eq!(cards, if is_disputed { vec![(field.clone(), 2)] } else { vec![] });
            let kept = every_value(&both).remove(&field).unwrap();
            assert!(notes.iter().filter(|note| !note.is_empty()).all(|note| kept.iter().any(|value| value == note)), "{kept:?}");
            if !is_disputed {
                assert_eq!(both.content().items[&visit_key()].text("note"), notes[1]);
            }
            // The office takes the second in, whichever that is.
            for (before, after, change, device) in [(&ours, &both, &changes[1], 2), (&theirs, &other, &changes[0], 1)] {
                let Admission::Applied(admitted) = admit(before, &before.content(), change, Device(device), OPENING) else { panic!("kept out") };
                assert_eq!(admitted.content, after.content());
                let (before, after) = (before.content(), admitted.content);
                assert!(keeps_the_rules(&Step { kind: DocKind::Visits, before: &before, after: &after, author: Some(MADE.officer), first: true }));
            }
        }
    }

    #[test]
    fn what_is_said_later_of_a_visit_that_two_entered_holds_for_both() {
        let (both, [ours, _], changes) = entered(["灯坏了", "老人在家"]);
        for settled in ["灯坏了，老人在家", "灯坏了", "老人在家"] {
            let mut doc = both.clone();
            let edit = VisitEdit { note: Some(settled.into()), ..VisitEdit::default() };
            let (now, row) = (doc.content(), Id::named(&["paper", "x"]));
            doc.change([7; 8], 20, |w| super::edit(w, &now, row, MADE.officer, &edit, &[])).unwrap().expect("a word of its own");
            assert_eq!((conflicts(&doc), doc.content().items[&visit_key()].text("note")), (vec![], settled.to_owned()));
            let loaded = Doc::load(&doc.save()).unwrap();
            assert_eq!(loaded.content(), doc.content());
        }
        // Written anew for an erasure, both notes stand side by side again.
        let mut n = 0;
        let mut fresh = || {
            n += 1;
            [n; 8]
        };
        let (new, _) = anew(&both, &Struck { words: vec!["老人".into()], ..Struck::default() }, 0, &mut fresh).unwrap();
        let mut notes = every_value(&new).remove(&format!("{}/note", visit_key())).unwrap();
        notes.sort();
        assert_eq!((notes, conflicts(&new).len()), (vec!["■■在家".to_owned(), "灯坏了".to_owned()], 1));
        // Whoever has seen a visit does not make it again, and no other visit is made twice.
        let again = ours.clone().change(actor(Device(2), OPENING), 0, |w| w.item(&visit_key(), &[("note", "x".into())])).unwrap().unwrap();
        assert!(matches!(admit(&ours, &ours.content(), &again, Device(2), OPENING), Admission::Refused(_)));
        let timed = key("visit", Id::timed(5, &[1; 10]));
        let make = |device: u32| Doc::empty().change(actor(Device(device), OPENING), 0, |w| w.item(&timed, &[("note", "x".into())])).unwrap().unwrap();
        let mut one = Doc::empty();
        one.apply(&[make(1)]).unwrap();
        assert!(matches!(admit(&one, &one.content(), &make(2), Device(2), OPENING), Admission::Refused(_)));
        assert_eq!(changes.len(), 2);
    }
}
