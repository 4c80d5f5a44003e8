//! What a resident can be reminded of by a text message from the officer's own phone.

use super::Lists;
use crate::{
    Error, Id, Result,
    clock::MINUTE_MS,
    ids::shown,
    model::{AppointmentPurpose, AppointmentState},
    speech::said,
    store::lists,
    view::{Reminder, telephones},
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
        let (code, category) = matter.map(|m| (shown(&m.code), m.category)).unwrap_or_default();
        let lang = lang.parse().unwrap_or_default();
        let what = said::coming_for(lang, AppointmentPurpose::from_word(&a.purpose), &category);
        let until_ms = a.start_ms + i64::from(a.minutes) * MINUTE_MS;
        let phones = telephones(lists::residents(db, Id::or_zero(&a.household))?);
        Ok(Reminder { text: said::reminder(lang, (a.start_ms, until_ms), &what, &code), phones })
    }
}
