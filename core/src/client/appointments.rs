//! What an officer does about appointments: all of it without a network. A time that is named is to be confirmed until the office has
//! kept it free.

use serde::{Deserialize, Serialize};

use super::{Client, Lists};
use crate::{
    Error, Id, Result,
    appointment::{Appointment, Cancel, Confirm, Done, NobodyIn, Propose, Request, Said, Slot, moves},
    model::{AppointmentEvent, AppointmentPurpose, CancelReason, Check, SignedBy},
    store::appointments,
    view::AppointmentRow,
};

/// A visit that is proposed to a resident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewAppointment {
    /// Whose door.
    pub household: String,
    /// A word of [`AppointmentPurpose`].
    pub purpose: String,
    /// The matter that it is about; empty for none.
    pub matter: String,
    /// When it begins, milliseconds since 1970; on whole five minutes.
    pub start_ms: i64,
    /// How long it takes, in minutes: 5 to 240.
    pub minutes: u16,
    /// The id of a colleague who comes, too; empty for none.
    pub companion: String,
}

impl Client {
    /// Proposes a visit; returns the appointment.
    ///
    /// # Errors
    /// `household.unknown`, `matter.unknown`, `code.unknown`; `slot.malformed` for a time off the five-minute grid, too short or too long;
    /// `device.not_enrolled`, `store.failed`.
    pub fn propose_appointment(&mut self, new: NewAppointment) -> Result<String> {
        let root = Check::root();
        let purpose = root.field("purpose").code(AppointmentPurpose::from_word(&new.purpose))?;
        let household = self.known_household(&new.household)?;
        let matter = if new.matter.is_empty() { None } else { Some(self.known_matter(&new.matter)?.0) };
        let officers = self.with_me(&root, &new.companion)?;
        let slot = sound(&root, Slot { start_ms: new.start_ms, minutes: new.minutes, officers })?;
        let persons = u8::try_from(slot.officers.len()).unwrap_or(1);
        let request = Request { household, purpose, matter, windows: Vec::new(), minutes: new.minutes, persons };
        let (id, asked, named) = (self.new_id(), self.new_id(), self.new_id());
        self.act(&[id, household], "appointment", &new, |a| {
            a.event_of(asked, id, AppointmentEvent::Request.number(), Said::Request(request).encode())?;
            a.event_of(named, id, AppointmentEvent::Propose.number(), Said::Propose(Propose { slot }).encode())
        })?;
        Ok(id.to_string())
    }

    /// Names another time, with the same people.
    ///
    /// # Errors
    /// `appointment.unknown`, `slot.malformed`, `device.not_enrolled`, `store.failed`.
    pub fn reschedule_appointment(&mut self, appointment: String, start_ms: i64) -> Result<()> {
        let known = self.known_appointment(&appointment)?;
        let officers = match &known.slot {
            Some(slot) => slot.officers.clone(),
            None => self.with_me(&Check::root(), "")?,
        };
        let slot = sound(&Check::root(), Slot { start_ms, minutes: known.minutes, officers })?;
        self.step(&known, known.state.naming(), Said::Propose(Propose { slot }))
    }

    /// The resident agrees, at the door, to the time that is held.
    ///
    /// # Errors
    /// `appointment.unknown`, `device.not_enrolled`, `store.failed`.
    pub fn confirm_appointment(&mut self, appointment: String) -> Result<()> {
        let known = self.known_appointment(&appointment)?;
        let sequence = known.sequence;
        self.step(&known, AppointmentEvent::Confirm, Said::Confirm(Confirm { sequence }))
    }

    /// The officer sets out.
    ///
    /// # Errors
    /// As [`Client::confirm_appointment`].
    pub fn start_appointment(&mut self, appointment: String) -> Result<()> {
        let known = self.known_appointment(&appointment)?;
        self.step(&known, AppointmentEvent::Start, Said::Nothing)
    }

    /// The officer is at the door.
    ///
    /// # Errors
    /// As [`Client::confirm_appointment`].
    pub fn arrive_at_appointment(&mut self, appointment: String) -> Result<()> {
        let known = self.known_appointment(&appointment)?;
        self.step(&known, AppointmentEvent::Arrive, Said::Nothing)
    }

    /// It is done: what was told or handed over, events of the matter, and who signed, a word of [`SignedBy`].
    ///
    /// # Errors
    /// As [`Client::confirm_appointment`]; `code.unknown`, `event.unknown`.
    pub fn finish_appointment(&mut self, appointment: String, delivered: Vec<String>, signed: String) -> Result<()> {
        let known = self.known_appointment(&appointment)?;
        let signed = Check::root().field("signed").code(SignedBy::from_word(&signed))?;
        let delivered = delivered.iter().map(|id| id.parse().map_err(|_| Error::Missing { code: "event.unknown", id: id.clone() }));
        let delivered = delivered.collect::<Result<Vec<Id>>>()?;
        self.step(&known, AppointmentEvent::Done, Said::Done(Done { delivered, signed }))
    }

    /// Nobody is in; `card`: one was left.
    ///
    /// # Errors
    /// As [`Client::confirm_appointment`].
    pub fn nobody_in_at_appointment(&mut self, appointment: String, card: bool) -> Result<()> {
        let known = self.known_appointment(&appointment)?;
        self.step(&known, AppointmentEvent::NobodyIn, Said::NobodyIn(NobodyIn { card }))
    }

    /// It is not wanted any more, or not possible; `reason`: a word of [`CancelReason`].
    ///
    /// # Errors
    /// As [`Client::confirm_appointment`]; `code.unknown`.
    pub fn cancel_appointment(&mut self, appointment: String, reason: String) -> Result<()> {
        let known = self.known_appointment(&appointment)?;
        let reason = Check::root().field("reason").code(CancelReason::from_word(&reason))?;
        self.step(&known, AppointmentEvent::Cancel, Said::Cancel(Cancel { reason }))
    }

    /// This officer has seen that a promise was moved: the card goes.
    ///
    /// # Errors
    /// As [`Client::confirm_appointment`].
    pub fn acknowledge_move(&mut self, appointment: String) -> Result<()> {
        let known = self.known_appointment(&appointment)?;
        self.step(&known, AppointmentEvent::Acknowledge, Said::Nothing)
    }

    fn step(&mut self, known: &Appointment, code: AppointmentEvent, said: Said) -> Result<()> {
        let event = self.new_id();
        self.act(&[known.id], code.word(), &serde_json::json!({}), |a| a.event_of(event, known.id, code.number(), said.encode()))
    }

    /// This officer, and a colleague.
    fn with_me(&self, root: &Check, with: &str) -> Result<Vec<Id>> {
        let mut officers = vec![self.me()?.officer];
        if !with.is_empty() {
            officers.push(root.field("with").id(with)?);
        }
        Ok(officers)
    }
}

impl Lists {
    /// The appointments whose named time begins between two moments, milliseconds since 1970, in that order.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn appointments(&self, from_ms: i64, until_ms: i64) -> Result<Vec<AppointmentRow>> {
        appointments::between(self.store.read(), from_ms, until_ms)
    }

    /// The appointments to be arranged: somebody is to come and no time was named yet, or one that cannot be had.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn appointments_to_arrange(&self) -> Result<Vec<AppointmentRow>> {
        appointments::to_arrange(self.store.read())
    }

    /// The appointments at a door, the latest time first.
    ///
    /// # Errors
    /// `household.unknown`, `store.failed`.
    pub fn appointments_at(&self, household: String) -> Result<Vec<AppointmentRow>> {
        let id = self.known_household(&household)?;
        appointments::at_door(self.store.read(), id)
    }

    /// One appointment.
    ///
    /// # Errors
    /// `appointment.unknown`, `store.failed`.
    pub fn appointment(&self, appointment: String) -> Result<AppointmentRow> {
        let unknown = || Error::Missing { code: "appointment.unknown", id: appointment.clone() };
        appointments::row(self.store.read(), appointment.parse().map_err(|_| unknown())?)?.ok_or_else(unknown)
    }

    /// What this officer may do about an appointment now, words of [`AppointmentEvent`].
    ///
    /// # Errors
    /// `appointment.unknown`, `device.not_enrolled`, `store.failed`.
    pub fn appointment_moves(&self, appointment: String) -> Result<Vec<String>> {
        let known = self.known_appointment(&appointment)?;
        let may = moves(&known, self.me()?.officer, self.at()?.estimate());
        Ok(may.into_iter().map(|event| event.word().to_owned()).collect())
    }

    fn known_appointment(&self, id: &str) -> Result<Appointment> {
        let unknown = || Error::Missing { code: "appointment.unknown", id: id.to_owned() };
        appointments::one(self.store.read(), id.parse().map_err(|_| unknown())?)?.ok_or_else(unknown)
    }
}

fn sound(root: &Check, slot: Slot) -> Result<Slot> {
    if slot.is_sound() { Ok(slot) } else { root.field("start_ms").fail("slot.malformed") }
}
