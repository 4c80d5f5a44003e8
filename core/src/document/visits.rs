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
    let is_new = w.is_new();
    begin(w, DocKind::Visits, &household.to_string())?;
    if is_new {
        w.put("year", i64::from(year))?;
    }
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
