//! What a unit of work can do with appointments and people's time.

use std::{collections::BTreeSet, ops::Range};

use minqing_core::{Id, appointment::Appointment};

use super::StreamId;
use crate::storage::{Result, RoundKept};

/// An appointment as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAppointment {
    /// Its home.
    pub stream: StreamId,
    /// Who asked for it, or tried to.
    pub author: Id,
    /// Whose door.
    pub household: Id,
    /// How many ordinals are given.
    pub judged: u64,
    /// When an event of it was last accepted, milliseconds since 1970; 0 while none was.
    pub changed_ms: i64,
    /// The fold; `None` while nothing was accepted.
    pub appointment: Option<Appointment>,
}

/// Booking.
pub trait Booking {
    /// An appointment; `None` if nothing was ever heard of it.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn appointment(&mut self, id: Id) -> Result<Option<KeptAppointment>>;

    /// Keeps one, with the moment at which something is next to be done about it.
    ///
    /// # Errors
    /// `store.failed`.
    fn keep_appointment(&mut self, id: Id, kept: &KeptAppointment, next_ms: Option<i64>) -> Result<()>;

    /// The appointments at a door, as far as they have their home in this stream.
    ///
    /// # Errors
    /// `store.failed`.
    fn appointments_at(&mut self, household: Id, home: StreamId) -> Result<Vec<Id>>;

    /// Takes pieces of people's time for an appointment, all of them or none; whether they were free.
    ///
    /// # Errors
    /// `store.failed`.
    fn claim(&mut self, appointment: Id, people: &[Id], buckets: Range<i64>) -> Result<bool>;

    /// Gives back what an appointment has taken.
    ///
    /// # Errors
    /// `store.failed`.
    fn release(&mut self, appointment: Id) -> Result<()>;

    /// Which of these pieces of a person's time are taken, but for what this appointment has.
    ///
    /// # Errors
    /// `store.failed`.
    fn taken(&mut self, person: Id, buckets: Range<i64>, but: Id) -> Result<BTreeSet<i64>>;

    /// When the appointments of a person begin that have taken some of these pieces, but for this one.
    ///
    /// # Errors
    /// `store.failed`.
    fn starts(&mut self, person: Id, buckets: Range<i64>, but: Id) -> Result<Vec<i64>>;

    /// Has a reminder wait to be handed over, in the place of an older one of the same appointment.
    ///
    /// # Errors
    /// `store.failed`.
    fn put_reminder(&mut self, appointment: Id, sequence: u32, which: u8, next_ms: i64) -> Result<()>;

    /// Keeps an officer's round of a day in the place of the one before.
    ///
    /// # Errors
    /// `store.failed`.
    fn keep_round(&mut self, round: &RoundKept) -> Result<()>;
}
