//! Appointments as they are kept, and whose time they take.

use std::{collections::BTreeSet, ops::Range};

use minqing_core::Id;

use super::{Result, log::KeptAppointment};

/// Appointments.
pub trait Bookings: Send + Sync {
    /// Appointments about which something is to be done by now, the earliest first, at most `limit`.
    ///
    /// # Errors
    /// `store.failed`.
    fn appointments_due(&self, now_ms: i64, limit: u32) -> Result<Vec<Id>>;

    /// An appointment, with the name of its home.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn appointment(&self, id: Id) -> Result<Option<(String, KeptAppointment)>>;

    /// The appointments of a community whose named time begins between two moments, in that order.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn appointments_between(&self, community: &str, from_ms: i64, until_ms: i64) -> Result<Vec<(Id, KeptAppointment)>>;

    /// The appointments of a community for which somebody is to agree a time, those that were to be earliest first: asked for, named, held, or
    /// missed since a moment, milliseconds since 1970. At most `limit`.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn appointments_waiting(&self, community: &str, since_ms: i64, limit: u32) -> Result<Vec<(Id, KeptAppointment)>>;

    /// The appointments at a door, those asked for last first, at most `limit`.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn appointments_of(&self, household: Id, limit: u32) -> Result<Vec<(Id, KeptAppointment)>>;

    /// The appointments about a matter, in the order in which they were asked for.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn appointments_about(&self, matter: Id) -> Result<Vec<(Id, KeptAppointment)>>;

    /// Which of these pieces of five minutes of a person's time are taken, and when the appointments begin that took them; but for one.
    ///
    /// # Errors
    /// `store.failed`.
    fn diary(&self, person: Id, buckets: Range<i64>, but: Id) -> Result<(BTreeSet<i64>, Vec<i64>)>;
}
