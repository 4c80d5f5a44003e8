//! Review cards: a field that holds two values, who wrote them, and choosing one or a third.

use minqing_core::{
    Id,
    document::{DocKind, Told, conflicts, settle, values},
    model::{Address, check_field},
    view::address,
};
use serde::{Deserialize, Serialize};

use super::decide::{About, Decided, Who, note, once, own, pen};
use crate::{
    app::App,
    auth::{base64url, sha256},
    fault::Fault,
    storage::{DecisionKind, Result, StoreError, log::KeptDocument},
    sync::{Applying, SERVER, door_of, household_of, write_document},
};

/// A field with more than one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The document.
    pub doc: Id,
    /// The field.
    pub field: Field,
    /// The values, the one now shown first.
    pub values: Vec<Value>,
    /// What a decision must repeat: other values have another digest.
    pub seen: String,
}

impl Card {
    /// When its newest value was written, milliseconds since 1970.
    pub fn newest_ms(&self) -> i64 {
        self.values.iter().map(|value| value.at_ms).max().unwrap_or_default()
    }
}

/// A field, and to whom or what it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, as `note` or `visit:<id>/note`.
    pub name: String,
    /// The door, where there is one.
    pub door: Option<Address>,
    /// The resident whose field it is; empty where it is no resident's.
    pub whose: String,
    /// When the visit was made whose field it is, milliseconds since 1970; 0 where it is no visit's.
    pub at_ms: i64,
}

impl Field {
    /// That of a document.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn of(app: &App, kept: &KeptDocument, name: &str) -> Result<Self> {
        let (content, kind) = (kept.doc.content(), kept.head.kind);
        let door = match household_of(kind, &content.root.text("home")) {
            _ if kind == DocKind::Card => Some(address(&content.root)),
            Some(household) => door_of(app.store.as_ref(), household)?,
            None => None,
        };
        let item = name.split_once('/').and_then(|(item, _)| content.items.get(item));
        let (whose, at_ms) = item.map(|fields| (fields.text("name"), fields.int("at"))).unwrap_or_default();
        Ok(Self { name: name.to_owned(), door, whose, at_ms })
    }
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// What was written.
    pub value: String,
    /// The officer who wrote it; where it was the office, whom they wrote it down for; else empty.
    pub by: String,
    /// Whether it was the office.
    pub at_office: bool,
    /// When, by that device's clock, milliseconds since 1970; 0 if not known.
    pub at_ms: i64,
}

/// The card of a field; `None` where it holds one value.
///
/// # Errors
/// `store.failed`.
pub fn card(app: &App, doc: Id, field: &str) -> Result<Option<Card>> {
    let Some(kept) = app.store.document(doc)? else { return Ok(None) };
    let Some(conflict) = conflicts(&kept.doc).into_iter().find(|c| c.field == field) else { return Ok(None) };
    let seen = digest(&conflict.values);
    let values = told_by(app, doc, field, conflict.values)?;
    Ok(Some(Card { doc, field: Field::of(app, &kept, field)?, values, seen }))
}

/// The values that stand in a field, one or more, the one now shown first; none in a document that is not there.
pub(super) fn standing(app: &App, doc: Id, field: &str) -> Result<Vec<Value>> {
    let Some(kept) = app.store.document(doc)? else { return Ok(Vec::new()) };
    told_by(app, doc, field, values(&kept.doc, field))
}

/// Values with who wrote them.
fn told_by(app: &App, doc: Id, field: &str, told: Vec<Told>) -> Result<Vec<Value>> {
    // What was decided and taken back the office wrote again, for those who had written it first; a correction for whom it is about.
    let before = app.store.decided_of(doc, field)?.filter(|decision| decision.undone_ms.is_some() || decision.kind == DecisionKind::Correction);
    let before: Vec<Value> = before.and_then(|decision| serde_json::from_str(&decision.was).ok()).unwrap_or_default();
    let of = |told: Told| match before.iter().find(|value| told.device == Some(SERVER) && value.value == told.value) {
        Some(value) => Ok(value.clone()),
        None => value_of(app, told),
    };
    told.into_iter().map(of).collect()
}

fn value_of(app: &App, told: Told) -> Result<Value> {
    let at_office = told.device == Some(SERVER);
    let phone = told.device.filter(|_| !at_office).map(|device| app.store.device(device)).transpose()?.flatten();
    let officer = phone.map(|phone| app.store.officer(phone.officer)).transpose()?.flatten();
    Ok(Value { value: told.value, by: officer.map(|officer| officer.name).unwrap_or_default(), at_office, at_ms: told.time_s * 1_000 })
}

fn digest(values: &[Told]) -> String {
    let mut all: Vec<&str> = values.iter().map(|told| told.value.as_str()).collect();
    all.sort_unstable();
    short_hash(&all.join("\0"))
}

/// By which a form names a value: browsers send no text back as it was.
pub fn short_hash(text: &str) -> String {
    let [a, b, c, d, e, f, ..] = sha256(text.as_bytes());
    base64url(&[a, b, c, d, e, f])
}

/// What is to stand in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One of the values, by its [`short_hash`].
    Picked(String),
    /// Another text.
    Typed(String),
}

/// Lets a value stand: one of those that stand there, or of a field of text another one.
///
/// # Errors
/// `card.unknown` for a document of another desk, and for a text that two persons answer for; `card.settled` where one value stands there
/// by now; `card.changed` where others do than were seen; `text.*`, `phone.malformed`, `code.unknown` for a value that the field does not
/// take; `store.failed`.
pub fn choose(app: &App, who: &Who, doc: Id, field: &str, seen: &str, choice: &Choice) -> Result<Decided, Fault> {
    let shown = card(app, doc, field)?;
    if let Choice::Typed(text) = choice {
        check_field(field, text)?;
    }
    once(app, |a| {
        let kept = own(a, who, doc)?;
        let now = conflicts(&kept.doc).into_iter().find(|c| c.field == field).ok_or(StoreError::Refused("card.settled"))?;
        let card = shown.as_ref().filter(|card| card.seen == seen && digest(&now.values) == seen).ok_or(StoreError::Refused("card.changed"))?;
        if is_ours(a, doc, field)? {
            return Err(StoreError::Unknown { what: "card", id: doc.to_string() });
        }
        let value = match choice {
            Choice::Picked(hash) => now.values.iter().map(|told| &told.value).find(|value| short_hash(value) == *hash),
            Choice::Typed(text) => Some(text),
        };
        let value = value.ok_or(StoreError::Refused("card.changed"))?;
        let (pen, time_s) = (pen(a), a.now_ms / 1_000);
        write_document(a, doc, kept, |doc| Ok(settle(doc, pen, time_s, field, value)?.into_iter().collect()))?;
        let was = serde_json::to_string(&card.values).map_err(|e| StoreError::Damaged(e.to_string()))?;
        note(a, who, About { kind: DecisionKind::Edit, doc, other: field.to_owned(), was, became: value })
    })
}

/// Whether a field is none that one person settles: what only the office writes, a public reply, the text that was drafted for everybody.
fn is_ours(a: &mut Applying<'_>, doc: Id, field: &str) -> Result<bool> {
    let matter = a.unit.matter(doc)?.and_then(|kept| kept.matter);
    let draft = matter.and_then(|matter| matter.publication.draft).map(|(event, _)| format!("text:{event}"));
    Ok(matches!(field, "into" | "household") || field.starts_with("public:") || draft.is_some_and(|draft| draft == field))
}
