//! Appointments at the door: all of it without a network; what is named is to be confirmed until the office has kept it free.

use minqing_core::{
    client::NewAppointment,
    view::{AppointmentRow, Reminder, RoundRow},
};

use crate::{Minqing, MinqingError};

#[uniffi::export]
impl Minqing {
    /// The appointments whose named time begins between two moments, milliseconds since 1970, in that order.
    pub fn appointments(&self, from_ms: i64, until_ms: i64) -> Result<Vec<AppointmentRow>, MinqingError> {
        self.see(|lists| lists.appointments(from_ms, until_ms))
    }

    /// The appointments to be arranged: somebody is to come and no time was named yet, or one that cannot be had.
    pub fn appointments_to_arrange(&self) -> Result<Vec<AppointmentRow>, MinqingError> {
        self.see(|lists| lists.appointments_to_arrange())
    }

    /// The appointments at a door, the latest time first.
    pub fn appointments_at(&self, household: String) -> Result<Vec<AppointmentRow>, MinqingError> {
        self.see(|lists| lists.appointments_at(household))
    }

    /// One appointment.
    pub fn appointment(&self, appointment: String) -> Result<AppointmentRow, MinqingError> {
        self.see(|lists| lists.appointment(appointment))
    }

    /// What this officer may do about an appointment now, words of the appointment events.
    pub fn appointment_moves(&self, appointment: String) -> Result<Vec<String>, MinqingError> {
        self.see(|lists| lists.appointment_moves(appointment))
    }

    /// Proposes a visit; returns the appointment.
    pub fn propose_appointment(&self, new: NewAppointment) -> Result<String, MinqingError> {
        self.act(|client| client.propose_appointment(new))
    }

    /// Names another time, with the same people.
    pub fn reschedule_appointment(&self, appointment: String, start_ms: i64) -> Result<(), MinqingError> {
        self.act(|client| client.reschedule_appointment(appointment, start_ms))
    }

    /// The resident agrees, at the door, to the time that is held.
    pub fn confirm_appointment(&self, appointment: String) -> Result<(), MinqingError> {
        self.act(|client| client.confirm_appointment(appointment))
    }

    /// The officer sets out.
    pub fn start_appointment(&self, appointment: String) -> Result<(), MinqingError> {
        self.act(|client| client.start_appointment(appointment))
    }

    /// The officer is at the door.
    pub fn arrive_at_appointment(&self, appointment: String) -> Result<(), MinqingError> {
        self.act(|client| client.arrive_at_appointment(appointment))
    }

    /// It is done: events of the matter that were told or handed over, and the word of who signed.
    pub fn finish_appointment(&self, appointment: String, delivered: Vec<String>, signed: String) -> Result<(), MinqingError> {
        self.act(|client| client.finish_appointment(appointment, delivered, signed))
    }

    /// Nobody is in; `card`: one was left.
    pub fn nobody_in_at_appointment(&self, appointment: String, card: bool) -> Result<(), MinqingError> {
        self.act(|client| client.nobody_in_at_appointment(appointment, card))
    }

    /// It is not wanted any more, or not possible; `reason`: a word of the cancel reasons.
    pub fn cancel_appointment(&self, appointment: String, reason: String) -> Result<(), MinqingError> {
        self.act(|client| client.cancel_appointment(appointment, reason))
    }

    /// This officer has seen that a promise was moved: the card goes.
    pub fn acknowledge_move(&self, appointment: String) -> Result<(), MinqingError> {
        self.act(|client| client.acknowledge_move(appointment))
    }

    /// A reminder of an agreed visit in `lang`, and whom to send it to: open the platform's own messages with both filled in.
    pub fn reminder(&self, appointment: String, lang: String) -> Result<Reminder, MinqingError> {
        self.see(|lists| lists.reminder(appointment, lang))
    }

    /// Today's round: what is over, the next door, and what is left, each with its reasons in `lang`.
    pub fn round(&self, lang: String) -> Result<RoundRow, MinqingError> {
        self.see(|lists| lists.round(lang))
    }

    /// Plans what is left of today anew, from where the officer is: to be called in the morning where the office has planned nothing, and at each door.
    pub fn plan_round(&self) -> Result<(), MinqingError> {
        self.act(|client| client.plan_round())
    }
}
