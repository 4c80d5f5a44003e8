//! One thing that happened to an appointment, as the fold takes it: an event with its verdict.

use super::Said;
use crate::{
    Id,
    event::Event,
    model::{AppointmentEvent, RefusalCode, Role},
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Of the event.
    pub id: Id,
    /// Its place among all that happened to the appointment.
    pub ordinal: u64,
    /// What.
    pub code: AppointmentEvent,
    /// Who.
    pub by: Id,
    /// In which role.
    pub role: Role,
    /// What it says.
    pub said: Said,
    /// When the server holds it done, milliseconds since 1970.
    pub done_at: i64,
}

impl Step {
    /// Reads an event.
    ///
    /// # Errors
    /// [`RefusalCode::UnknownCode`] if this version does not know everything in it.
    pub fn of(event: &Event, ordinal: u64, done_at: i64) -> Result<Self, RefusalCode> {
        let read = || {
            let (code, role) = (AppointmentEvent::from_number(event.code)?, Role::from_number(event.role)?);
            Some(Self { id: event.id, ordinal, code, by: event.by, role, said: Said::read(code, &event.payload)?, done_at })
        };
        read().ok_or(RefusalCode::UnknownCode)
    }
}
