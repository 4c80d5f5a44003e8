//! What a resident can be reminded of by a text message from the officer's own phone.

use super::Lists;
use crate::{
    Error, Id, Result,
    clock::MINUTE_MS,
    ids::shown,
    model::{AppointmentPurpose, AppointmentState, Category},
    speech::said,
    store::lists,
    view::Reminder,
};

impl Lists {
    /// A reminder of an agreed visit in `lang`, and whom to send it to: the platform opens its own messages with both filled in, and the officer
    /// sends it or not. Code, time and what for; nothing personal.
    ///
    /// # Errors
    /// `appointment.unknown`; `appointment.not_agreed` where nothing is promised; `store.failed`.
    pub fn reminder(&self, appointment: String, lang: String) -> Result<Reminder> {
        let a = self.appointment(appointment)?;
        if !AppointmentState::from_word(&a.state).is_some_and(AppointmentState::is_promised) {
            return Err(Error::State("appointment.not_agreed"));
        }
        let db = self.store.read();
        let matter = a.matter.parse().map_or(Ok(None), |id: Id| lists::one_matter(db, id))?;
        let is_sensitive = matter.as_ref().and_then(|m| Category::from_word(&m.category)).is_some_and(Category::is_sensitive);
        let purpose = AppointmentPurpose::from_word(&a.purpose).filter(|_| !is_sensitive);
        let code = matter.map(|m| shown(&m.code)).unwrap_or_default();
        let until_ms = a.start_ms + i64::from(a.minutes) * MINUTE_MS;
        let residents = lists::residents(db, Id::or_zero(&a.household))?.into_iter().filter(|resident| !resident.moved_out);
        let mut phones: Vec<String> = residents.map(|resident| resident.phone).filter(|phone| !phone.is_empty()).collect();
        phones.dedup();
        Ok(Reminder { text: said::reminder(lang.parse().unwrap_or_default(), (a.start_ms, until_ms), purpose, &code), phones })
    }
}
