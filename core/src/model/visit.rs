//! One knock at one door, also when nobody opens.

use serde::{Deserialize, Serialize};

use super::{Check, Outcome, Prepared, Purpose, Survey, check_attachments};
use crate::Result;

/// Longest note of a visit, in characters.
pub const MAX_TEXT: usize = 4_000;

/// Longest follow-up, in characters.
pub const MAX_WHAT: usize = 500;
/// Most follow-ups written down at once; with the longest note they fit one change.
pub const MAX_FOLLOW_UPS: usize = 20;

/// Something to come back for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewFollowUp {
    /// What.
    pub what: String,
    /// By when, as `2026-09-21`; empty = no day set.
    pub due: String,
}

/// A visit as first written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewVisit {
    /// At which door.
    pub household: String,
    /// A word of [`Purpose`].
    pub purpose: String,
    /// A word of [`Outcome`].
    pub outcome: String,
    /// What was heard and seen.
    pub note: String,
    /// What to come back for.
    pub follow_ups: Vec<NewFollowUp>,
    /// Officers who came along.
    pub with: Vec<String>,
    /// Photos and voice notes, made ready by `Client::prepare`.
    pub attachments: Vec<Prepared>,
    /// A form that was filled in.
    pub survey: Option<Survey>,
    /// The draft that this was; it goes when this is written. Empty = none. Never in a document.
    pub draft: String,
}

impl NewVisit {
    /// Checks all fields but the answers of a survey, which only its form can check.
    ///
    /// # Errors
    /// `id.malformed`, `code.unknown`, `text.*`, `date.malformed`, `list.too_long`.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        root.field("household").id(&self.household)?;
        check_draft(&self.draft)?;
        root.field("purpose").code(Purpose::from_word(&self.purpose))?;
        root.field("outcome").code(Outcome::from_word(&self.outcome))?;
        root.field("note").text(&self.note, MAX_TEXT)?;
        if let Some(survey) = &self.survey {
            root.field("survey").field("form").id(&survey.form)?;
        }
        check_follow_ups(&self.follow_ups, "follow_ups")?;
        check_attachments(&self.attachments, "attachments")?;
        if self.with.len() > 10 {
            return root.field("with").fail("list.too_long");
        }
        self.with.iter().enumerate().try_for_each(|(i, id)| root.at("with", i).id(id).map(drop))
    }
}

/// An id, or none.
pub(super) fn check_draft(draft: &str) -> Result<()> {
    if draft.is_empty() { Ok(()) } else { Check::root().field("draft").id(draft).map(drop) }
}

fn check_follow_ups(follow_ups: &[NewFollowUp], list: &str) -> Result<()> {
    let root = Check::root();
    if follow_ups.len() > MAX_FOLLOW_UPS {
        return root.field(list).fail("list.too_long");
    }
    for (i, f) in follow_ups.iter().enumerate() {
        let at = root.at(list, i);
        at.field("what").some_text(&f.what, MAX_WHAT)?;
        if !f.due.is_empty() {
            at.field("due").date(&f.due)?;
        }
    }
    Ok(())
}

/// What a person changed on a visit; `None` = left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitEdit {
    /// New purpose.
    pub purpose: Option<String>,
    /// New outcome.
    pub outcome: Option<String>,
    /// New note.
    pub note: Option<String>,
    /// Follow-ups thought of later.
    pub new_follow_ups: Vec<NewFollowUp>,
}

impl VisitEdit {
    /// Checks what was changed.
    ///
    /// # Errors
    /// As [`NewVisit::check`]; `edit.empty`.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        if *self == Self::default() {
            return root.fail("edit.empty");
        }
        if let Some(word) = &self.purpose {
            root.field("purpose").code(Purpose::from_word(word))?;
        }
        if let Some(word) = &self.outcome {
            root.field("outcome").code(Outcome::from_word(word))?;
        }
        if let Some(note) = &self.note {
            root.field("note").text(note, MAX_TEXT)?;
        }
        check_follow_ups(&self.new_follow_ups, "new_follow_ups")
    }
}

/// What a person changed on a follow-up; `None` = left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowUpEdit {
    /// New wording.
    pub what: Option<String>,
    /// New day; empty = no day set.
    pub due: Option<String>,
    /// Done or not.
    pub done: Option<bool>,
}

impl FollowUpEdit {
    /// Checks what was changed.
    ///
    /// # Errors
    /// `text.*`, `date.malformed`, `edit.empty`.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        if *self == Self::default() {
            return root.fail("edit.empty");
        }
        if let Some(what) = &self.what {
            root.field("what").some_text(what, MAX_WHAT)?;
        }
        match &self.due {
            Some(due) if !due.is_empty() => root.field("due").date(due),
            _ => Ok(()),
        }
    }
}
