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
    store::{attachments, lists},
};

impl Client {
    /// Writes a visit down, also one where nobody was in, and returns its id.
    ///
    /// # Errors
    /// What [`NewVisit::check`] and [`crate::model::Form::check_answers`] say; `household.unknown`, `form.unknown`; `file.unknown` for a file that was not made ready here; `device.not_enrolled`, `store.failed`.
    pub fn record_visit(&mut self, new: NewVisit) -> Result<String> {
        new.check()?;
        let household = self.known_household(&new.household)?;
        let files = new.attachments.iter().map(|file| Ok((self.known_file(file)?, self.new_id(), file))).collect::<Result<Vec<_>>>()?;
        let form = new.survey.as_ref().map(|survey| self.asked_form(survey)).transpose()?;
        let id = self.new_id();
        let at = self.at()?;
        let (year, volume) = self.volume_of_today(household)?;
        let follow_ups = self.follow_up_ids(&new.follow_ups);
        let records: Vec<Id> = [id].into_iter().chain(follow_ups.iter().map(|(f, _)| *f)).collect();
        self.act(&records, "visit", &new, |action| {
            let made = Made { officer: action.officer, at_ms: at.estimate() };
            files.iter().try_for_each(|(hash, _, file)| attachments::keep(action.tx, *hash, file))?;
            action.change(volume, |w, _| {
                visits::add(w, household, year, id, &new, made, &follow_ups)?;
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
