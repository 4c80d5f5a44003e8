//! Feeds: calendars of appointments at secret addresses, of which the server keeps the hashes.

use minqing_core::{Id, appointment::Appointment, model::Address};

use super::Result;

/// A feed as it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFeed {
    /// Its id, by which it is listed and revoked.
    pub id: Id,
    /// The SHA-256 of the secret part of its address.
    pub hash: [u8; 32],
    /// The community.
    pub community: String,
    /// Of this officer alone; `None` = of the whole community.
    pub officer: Option<Id>,
    /// When it was made, milliseconds since 1970.
    pub made_ms: i64,
}

/// A feed as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFeed {
    /// Its id.
    pub id: Id,
    /// The community.
    pub community: String,
    /// Of this officer alone; `None` = of the whole community.
    pub officer: Option<Id>,
    /// When it was made, milliseconds since 1970.
    pub made_ms: i64,
    /// Since when it answers nobody.
    pub revoked_ms: Option<i64>,
}

/// An appointment as a calendar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnCalendar {
    /// The appointment.
    pub appointment: Appointment,
    /// Its highest ordinal.
    pub judged: u64,
    /// When an event of it was last accepted, milliseconds since 1970.
    pub changed_ms: i64,
    /// Its door; `None` while the household has not arrived.
    pub address: Option<Address>,
    /// The category of the matter that it is about, a word of [`minqing_core::model::Category`]; empty without one.
    pub category: String,
}

/// Feeds.
pub trait Feeds: Send + Sync {
    /// Adds a feed.
    ///
    /// # Errors
    /// `officer.unknown`, also for one of another community; `officer.disabled`; `store.failed`.
    fn add_feed(&self, new: &NewFeed) -> Result<()>;

    /// The feed of an address that was not revoked, by its hash.
    ///
    /// # Errors
    /// `store.failed`.
    fn feed(&self, hash: &[u8; 32]) -> Result<Option<KeptFeed>>;

    /// The feeds of a community, the oldest first.
    ///
    /// # Errors
    /// `store.failed`.
    fn feeds(&self, community: &str) -> Result<Vec<KeptFeed>>;

    /// Revokes a feed of a community; whether it answered until now.
    ///
    /// # Errors
    /// `feed.unknown`, `store.failed`.
    fn revoke_feed(&self, community: &str, id: Id, now_ms: i64) -> Result<bool>;

    /// What follows from all that a community's log says: as long as it is the same, so is every calendar of one span of days.
    ///
    /// # Errors
    /// `store.failed`.
    fn calendar_mark(&self, community: &str) -> Result<Vec<u8>>;

    /// The appointments of a community whose named time begins between two moments, in that order.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn on_calendar(&self, community: &str, from_ms: i64, until_ms: i64) -> Result<Vec<OnCalendar>>;
}
