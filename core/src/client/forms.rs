//! Forms of the office, and what was answered at a door.

use serde::{Deserialize, Serialize};

use super::Lists;
use crate::{
    Error, Id, Result,
    document::{form::versions, form_answers::survey_of},
    model::{Check, Form, Said, Survey},
    store::{documents, lists},
};

/// A form in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRow {
    /// The form.
    pub id: String,
    /// Its stable name.
    pub name: String,
    /// Its newest version.
    pub version: u32,
    /// What it is called.
    pub title: Said,
    /// How many questions it has.
    pub questions: u32,
}

impl Lists {
    /// The forms of this community, by name, each in its newest version.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn forms(&self) -> Result<Vec<FormRow>> {
        let newest = |(id, doc): (Id, crate::document::Doc)| {
            let (version, form) = versions(&doc.content()).pop_last()?;
            let questions = u32::try_from(form.questions.len()).unwrap_or(u32::MAX);
            Some(FormRow { id: id.to_string(), name: form.name, version, title: form.title, questions })
        };
        let mut rows: Vec<FormRow> = documents::forms(self.store.read())?.into_iter().filter_map(newest).collect();
        rows.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        Ok(rows)
    }

    /// A form in one of its versions; the newest for 0.
    ///
    /// # Errors
    /// `form.unknown`, `store.failed`.
    pub fn form(&self, form: String, version: u32) -> Result<Form> {
        let unknown = || Error::Missing { code: "form.unknown", id: form.clone() };
        let id: Id = form.parse().map_err(|_| unknown())?;
        let stored = documents::load(self.store.read(), id)?.ok_or_else(unknown)?;
        let mut known = versions(&stored.doc.content());
        let found = if version == 0 { known.pop_last().map(|(_, form)| form) } else { known.remove(&version) };
        found.ok_or_else(unknown)
    }

    /// What was answered at a visit; `None` if no form was filled in.
    ///
    /// # Errors
    /// `visit.unknown`, `document.malformed`, `store.failed`.
    pub fn survey(&self, visit: String) -> Result<Option<Survey>> {
        let unknown = || Error::Missing { code: "visit.unknown", id: visit.clone() };
        let id: Id = visit.parse().map_err(|_| unknown())?;
        let volume = lists::volume_of(self.store.read(), "visit_row", id)?.ok_or_else(unknown)?;
        let stored = documents::load(self.store.read(), volume)?.ok_or_else(unknown)?;
        Ok(stored.doc.content().item("visit", id).and_then(survey_of))
    }

    /// The names of the questions that are asked after the answers so far, in order.
    ///
    /// # Errors
    /// `form.version`, `form.unknown`; what [`Form::asked`] says of an answer; `store.failed`.
    pub fn questions_asked(&self, survey: Survey) -> Result<Vec<String>> {
        let (form, at) = self.form_of(&survey)?;
        Ok(form.asked(&survey, &at)?.into_iter().map(|question| question.id.clone()).collect())
    }

    /// The form that a survey answers, which it was checked against.
    pub(super) fn asked_form(&self, survey: &Survey) -> Result<Form> {
        let (form, at) = self.form_of(survey)?;
        form.check_answers(survey, &at)?;
        Ok(form)
    }

    fn form_of(&self, survey: &Survey) -> Result<(Form, Check)> {
        let at = Check::root().field("survey");
        if survey.version == 0 {
            return at.field("version").fail("form.version");
        }
        Ok((self.form(survey.form.clone(), survey.version)?, at))
    }
}
