//! What somebody says of their own record at the window (个人信息保护法, article 46: it is looked at, then corrected). It stands beside what
//! was there as a review card; where nothing stood there is nothing to hold it against, and it is written.

use minqing_core::{
    Id,
    document::{DocKind, card, dispute, settle, values},
    model::{Consent, HouseholdEdit, ResidentEdit, check_field},
    view,
};

use super::{
    decide::{About, Decided, OVERTAKEN, Who, note, once, own, pen, read_was},
    edits::{self, Value},
};
use crate::{
    app::App,
    fault::Fault,
    storage::{Decision, DecisionKind, Result, StoreError, log::KeptDocument},
    sync::{Applying, fresh_actor, write_document},
};

/// What became of a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Corrected {
    /// It stood there before.
    Same,
    /// Nothing stood there; it does now.
    Written,
    /// It waits as a review card.
    Card(Decided),
}

/// What a resident can have corrected of their entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// 姓名
    Name,
    /// 电话
    Phone,
    /// 出生年
    BirthYear,
}

impl Own {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Name, Self::Phone, Self::BirthYear];

    /// Its name within the entry.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::BirthYear => "birth_year",
        }
    }

    fn edit(self, resident: Id, value: &str) -> HouseholdEdit {
        let mut edit = ResidentEdit { id: resident.to_string(), ..ResidentEdit::default() };
        match self {
            Self::Name => edit.name = Some(value.to_owned()),
            Self::Phone => edit.phone = Some(value.to_owned()),
            Self::BirthYear => edit.birth_year = value.parse().ok(),
        }
        HouseholdEdit { residents: vec![edit], ..HouseholdEdit::default() }
    }
}

/// A field as a resident says it should be.
struct Said<'s> {
    own: Own,
    field: String,
    value: &'s str,
    /// What stands there, with who wrote it.
    known: Vec<Value>,
}

/// Writes down what a resident says should stand there: all of it, or nothing.
///
/// # Errors
/// `card.unknown` for none of this desk; `resident.unknown`; `text.*`, `phone.malformed`, `year.malformed` for what a field does not take;
/// `consent.withdrawn` for a telephone number of somebody who does not agree that it is kept; `card.changed` where others wrote meanwhile;
/// `store.failed`.
pub fn correct(app: &App, who: &Who, household: Id, resident: Id, typed: &[(Own, &str)]) -> Result<Vec<Corrected>, Fault> {
    let mut all = Vec::new();
    for (own, value) in typed {
        let field = format!("resident:{resident}/{}", own.name());
        check_field(&field, value)?;
        all.push(Said { own: *own, known: edits::standing(app, household, &field)?, field, value });
    }
    once(app, |a| all.iter().map(|said| correct_one(a, who, (household, resident), said)).collect())
}

fn correct_one(a: &mut Applying<'_>, who: &Who, (household, resident): (Id, Id), said: &Said<'_>) -> Result<Corrected> {
    let Said { own: what, field, value, known } = said;
    let kept = own(a, who, household)?;
    let content = kept.doc.content();
    let rows = view::card(household, &content).residents;
    let row = rows.iter().find(|row| kept.head.kind == DocKind::Card && row.id == resident.to_string());
    let row = row.ok_or_else(|| StoreError::Unknown { what: "resident", id: resident.to_string() })?;
    if *what == Own::Phone && Consent::Contact.is_among(&row.refuses) {
        return Err(StoreError::Refused("consent.withdrawn"));
    }
    let now: Vec<String> = values(&kept.doc, field).into_iter().map(|told| told.value).collect();
    if now.iter().any(|standing| standing == value) {
        return Ok(Corrected::Same);
    }
    let time_s = a.now_ms / 1_000;
    if now.iter().all(|standing| standing.is_empty() || (*what == Own::BirthYear && standing == "0")) {
        let (pen, edit) = (pen(a), what.edit(resident, value));
        write_document(a, household, kept, |doc| Ok(doc.change(pen, time_s, |w| card::edit(w, &content, &edit, &[]))?.into_iter().collect()))?;
        return Ok(Corrected::Written);
    }
    if !known.iter().map(|value| &value.value).eq(&now) {
        return Err(StoreError::Refused("card.changed"));
    }
    let told = Value { value: (*value).to_owned(), by: row.name.clone(), at_office: true, at_ms: a.now_ms };
    let all: Vec<Value> = known.iter().cloned().chain([told]).collect();
    beside(a, household, kept, field, &all)?;
    let was = serde_json::to_string(&all).map_err(|e| StoreError::Damaged(e.to_string()))?;
    let about = About { kind: DecisionKind::Correction, doc: household, other: field.clone(), was, became: value };
    note(a, who, about).map(Corrected::Card)
}

/// Takes a correction away again, as long as nobody made anything of it.
pub(super) fn take_back(a: &mut Applying<'_>, who: &Who, decision: &Decision) -> Result<()> {
    let (kept, was, field) = (own(a, who, decision.doc)?, read_was::<Vec<Value>>(decision)?, &decision.other);
    let mut now: Vec<String> = values(&kept.doc, field).into_iter().map(|told| told.value).collect();
    let mut then: Vec<String> = was.iter().map(|value| value.value.clone()).collect();
    now.sort_unstable();
    then.sort_unstable();
    if now != then {
        return Err(OVERTAKEN);
    }
    let rest: Vec<Value> = was.into_iter().filter(|value| value.value != decision.became).collect();
    match &rest[..] {
        [one] => {
            let (pen, time_s) = (pen(a), a.now_ms / 1_000);
            write_document(a, decision.doc, kept, |doc| Ok(settle(doc, pen, time_s, field, &one.value)?.into_iter().collect()))
        }
        _ => beside(a, decision.doc, kept, field, &rest),
    }
}

/// Puts values side by side.
pub(super) fn beside(a: &mut Applying<'_>, doc: Id, kept: KeptDocument, field: &str, all: &[Value]) -> Result<()> {
    let mut actors: Vec<_> = all.iter().map(|_| fresh_actor(a)).collect();
    // Of several Automerge shows that of the greatest: the first, which is what was shown before.
    actors.sort_unstable();
    let mut actors = actors.into_iter().rev();
    let values: Vec<String> = all.iter().map(|value| value.value.clone()).collect();
    let time_s = a.now_ms / 1_000;
    write_document(a, doc, kept, |doc| dispute(doc, &mut || actors.next().unwrap_or_default(), time_s, field, &values))
}
