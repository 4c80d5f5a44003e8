//! Writes visits and follow-ups.

use super::Client;
use crate::{
    Error, Id, Result,
    clock::local_date,
    document::{
        attachment, form_answers,
        visits::{self, Made},
    },
    model::{FollowUpEdit, NewFollowUp, NewVisit, VisitEdit},
    paper::Row,
    store::{attachments, lists},
};

/// Where a visit is written down, under which id, and when it was made (milliseconds since 1970).
struct Entry {
    id: Id,
    household: Id,
    year: i16,
    volume: Id,
    at_ms: i64,
}

impl Client {
    /// Writes a visit down, also one where nobody was in, and returns its id.
    ///
    /// # Errors
    /// What [`NewVisit::check`] and [`crate::model::Form::check_answers`] say; `household.unknown`, `form.unknown`; `file.unknown` for a file that was not made ready here; `device.not_enrolled`, `store.failed`.
    pub fn record_visit(&mut self, new: NewVisit) -> Result<String> {
        new.check()?;
        let household = self.known_household(&new.household)?;
        let (year, volume) = self.volume_of_today(household)?;
        let entry = Entry { id: self.new_id(), household, year, volume, at_ms: self.at()?.estimate() };
        self.write_down(&new, &entry)
    }

    /// Writes down the visit of a row of this officer's paper round, as its QR says it, and returns the visit's id, which is the row's own: entered
    /// here and at the office, it is one visit. What else was written of it is edited as any visit is.
    ///
    /// # Errors
    /// `paper.unknown` for what is no row; `paper.other_officer` for one of somebody else's round; `paper.early` for a day that is still to come; `paper.entered` where
    /// this phone has it already;
    /// `paper.survey` for a form, which only its officer fills in at the door; else as [`Client::record_visit`].
    pub fn visit_from_paper(&mut self, code: String, new: NewVisit) -> Result<String> {
        let row = Row::read(&code)?;
        if row.officer != self.me()?.officer {
            return Err(Error::invalid("paper.other_officer", ""));
        }
        if new.survey.is_some() {
            return Err(Error::invalid("paper.survey", "survey"));
        }
        if !row.has_come(self.at()?.estimate()) {
            return Err(Error::invalid("paper.early", ""));
        }
        let id = row.visit();
        if lists::volume_of(self.store.read(), "visit_row", id)?.is_some() {
            return Err(Error::invalid("paper.entered", ""));
        }
        let new = NewVisit { household: row.household.to_string(), ..new };
        new.check()?;
        let household = self.known_household(&new.household)?;
        self.write_down(&new, &Entry { id, household, year: row.day.year(), volume: row.volume(), at_ms: row.at_ms() })
    }

    fn write_down(&mut self, new: &NewVisit, entry: &Entry) -> Result<String> {
        let files = new.attachments.iter().map(|file| Ok((self.known_file(file)?, self.new_id(), file))).collect::<Result<Vec<_>>>()?;
        let form = new.survey.as_ref().map(|survey| self.asked_form(survey)).transpose()?;
        let Entry { id, household, year, volume, at_ms } = *entry;
        let follow_ups = self.follow_up_ids(&new.follow_ups);
        let records: Vec<Id> = [id].into_iter().chain(follow_ups.iter().map(|(f, _)| *f)).collect();
        self.act(&records, "visit", new, |action| {
            let made = Made { officer: action.officer, at_ms };
            action.ends_draft(&new.draft)?;
            files.iter().try_for_each(|(hash, _, file)| attachments::keep(action.tx, *hash, file))?;
            action.change(volume, |w, _| {
                visits::add(w, household, year, id, new, made, &follow_ups)?;
                files.iter().try_for_each(|(_, file_id, file)| attachment::add_to_visit(w, *file_id, id, made.officer, file))?;
                form.iter().zip(&new.survey).try_for_each(|(form, survey)| form_answers::put(w, id, form, survey))
            })
        })?;
        Ok(id.to_string())
    }

    /// Writes what a person changed on a visit.
    ///
    /// # Errors
    /// What [`VisitEdit::check`] says; `visit.unknown`, `edit.empty`; `device.not_enrolled`, `store.failed`.
    pub fn edit_visit(&mut self, visit: String, edit: VisitEdit) -> Result<()> {
        edit.check()?;
        let (id, volume) = self.in_volume("visit_row", &visit, "visit.unknown")?;
        let follow_ups = self.follow_up_ids(&edit.new_follow_ups);
        let records: Vec<Id> = [id].into_iter().chain(follow_ups.iter().map(|(f, _)| *f)).collect();
        self.act(&records, "visit.edit", &edit, |action| {
            let officer = action.officer;
            action.change(volume, |w, doc| visits::edit(w, &doc.content(), id, officer, &edit, &follow_ups))
        })
    }

    /// Writes what a person changed on a follow-up, such as that it is done.
    ///
    /// # Errors
    /// What [`FollowUpEdit::check`] says; `follow_up.unknown`, `edit.empty`; `device.not_enrolled`, `store.failed`.
    pub fn edit_follow_up(&mut self, follow_up: String, edit: FollowUpEdit) -> Result<()> {
        edit.check()?;
        let (id, volume) = self.in_volume("follow_up_row", &follow_up, "follow_up.unknown")?;
        self.act(&[id], "follow_up.edit", &edit, |action| action.change(volume, |w, doc| visits::edit_follow_up(w, &doc.content(), id, &edit)))
    }

    /// The volume in which is written what happens at a door now, and its year: that of the last known server time, for a phone's wrong
    /// calendar must not open another one.
    pub(super) fn volume_of_today(&self, household: Id) -> Result<(i16, Id)> {
        let at = self.at()?;
        let year = local_date(at.server_ms.unwrap_or(at.device_ms)).year();
        Ok((year, Id::visits(household, year)))
    }

    fn in_volume(&self, table: &str, id: &str, code: &'static str) -> Result<(Id, Id)> {
        let unknown = || Error::Missing { code, id: id.to_owned() };
        let id: Id = id.parse().map_err(|_| unknown())?;
        lists::volume_of(self.store.read(), table, id)?.map(|volume| (id, volume)).ok_or_else(unknown)
    }

    fn follow_up_ids<'f>(&self, new: &'f [NewFollowUp]) -> Vec<(Id, &'f NewFollowUp)> {
        new.iter().map(|f| (self.new_id(), f)).collect()
    }
}
