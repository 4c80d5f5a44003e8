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
    use crate::document::Doc;

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
}
