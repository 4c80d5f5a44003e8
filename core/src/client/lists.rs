//! What screens show: lists and details as flat rows, each with the state of its record.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Error, Id, Result,
    clock::{At, Platform, day_start, local_date},
    document::wishes,
    model::Wishes,
    store::{
        Store, documents, events, history, lists,
        meta::{self, Enrolled, TimeBase},
        outbox,
    },
    view::{self, EventRow, FollowUpRow, HouseholdRow, MatterRow, OutboxRow, RecordState, ResidentRow, ReviewRow, Today, VisitRow},
    words::{Lang, say},
};

/// Longest list given at once.
const MAX_ROWS: u32 = 1_000;

/// One door with everything on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdDetail {
    /// The door.
    pub household: HouseholdRow,
    /// Who lives there.
    pub residents: Vec<ResidentRow>,
    /// Visits, newest first.
    pub visits: Vec<VisitRow>,
    /// What to come back for, open ones first.
    pub follow_ups: Vec<FollowUpRow>,
    /// Its matters, newest first.
    pub matters: Vec<MatterRow>,
    /// Years of which there are visits at the office alone, the last first.
    pub archived_years: Vec<i16>,
    /// When and by whom it would be called on; as if nothing were known while its card is on the way.
    pub wishes: Wishes,
}

/// One matter with what happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterDetail {
    /// The matter.
    pub matter: MatterRow,
    /// Judged events by ordinal, then this phone's own that wait.
    pub events: Vec<EventRow>,
}

/// What screens can ask of a phone. It writes no record, so it may lie over a connection that cannot.
pub struct Lists {
    pub(super) store: Store,
    pub(super) platform: Arc<dyn Platform>,
    pub(super) enrolled: Option<Enrolled>,
}

impl Lists {
    pub(super) fn of(store: Store, platform: Arc<dyn Platform>) -> Result<Self> {
        let enrolled = meta::get_as(store.read(), meta::ENROLLED)?;
        Ok(Self { store, platform, enrolled })
    }

    /// Reads, all of it as of one moment.
    pub(super) fn at_one_moment<T>(&mut self, read: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let moment = self.store.moment()?;
        // Another connection may have enrolled this phone.
        self.enrolled = meta::get_as(&moment, meta::ENROLLED)?;
        read(self)
    }

    pub(super) fn me(&self) -> Result<&Enrolled> {
        self.enrolled.as_ref().ok_or(Error::State("device.not_enrolled"))
    }

    /// The time as the device knows it.
    pub(super) fn at(&self) -> Result<At> {
        let base: Option<TimeBase> = meta::get_as(self.store.read(), meta::TIME_BASE)?;
        let since = base.as_ref().filter(|b| b.boot_id == self.platform.boot_id()).map(|b| self.platform.monotonic_ms() - b.monotonic_ms);
        Ok(At { device_ms: self.platform.wall_ms(), server_ms: base.map(|b| b.server_ms), since_ms: since.filter(|s| *s >= 0) })
    }

    /// Households in the order of their doors; at most 1,000 at once.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn households(&self, offset: u32, limit: u32) -> Result<Vec<HouseholdRow>> {
        lists::households(self.store.read(), offset, limit.min(MAX_ROWS))
    }

    /// One door with its residents, visits, follow-ups and matters.
    ///
    /// # Errors
    /// `household.unknown`, `store.failed`.
    pub fn household(&self, household: String) -> Result<HouseholdDetail> {
        let id = self.known_household(&household)?;
        let db = self.store.read();
        let row = lists::one_household(db, id)?.ok_or(Error::Missing { code: "household.unknown", id: household })?;
        Ok(HouseholdDetail {
            household: row,
            residents: lists::residents(db, id)?,
            visits: lists::visits_of(db, id, MAX_ROWS)?,
            follow_ups: lists::follow_ups_of(db, id)?,
            matters: lists::matters_of(db, id)?,
            archived_years: history::years(db, id)?,
            wishes: documents::load_readable(db, id)?.map(|card| wishes::wishes(&card.doc.content())).unwrap_or_default(),
        })
    }

    /// One visit.
    ///
    /// # Errors
    /// `visit.unknown`, `store.failed`.
    pub fn visit(&self, visit: String) -> Result<VisitRow> {
        let row = visit.parse::<Id>().ok().map(|id| lists::one_visit(self.store.read(), id)).transpose()?;
        row.flatten().ok_or(Error::Missing { code: "visit.unknown", id: visit })
    }

    /// This officer's visits of the local day, oldest first.
    ///
    /// # Errors
    /// `device.not_enrolled`, `store.failed`.
    pub fn visits_today(&self) -> Result<Vec<VisitRow>> {
        let from = day_start(local_date(self.at()?.estimate()));
        let tomorrow = local_date(self.at()?.estimate()).tomorrow().map_or(i64::MAX, day_start);
        lists::visits_by(self.store.read(), self.me()?.officer, from, tomorrow)
    }

    /// Open follow-ups of all doors, the earliest day first; at most 1,000.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn open_follow_ups(&self, limit: u32) -> Result<Vec<FollowUpRow>> {
        lists::open_follow_ups(self.store.read(), limit.min(MAX_ROWS))
    }

    /// Matters, newest first; at most 1,000 at once.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn matters(&self, offset: u32, limit: u32) -> Result<Vec<MatterRow>> {
        lists::matters(self.store.read(), offset, limit.min(MAX_ROWS))
    }

    /// One matter and what happened to it.
    ///
    /// # Errors
    /// `matter.unknown`, `store.failed`.
    pub fn matter(&self, matter: String) -> Result<MatterDetail> {
        let db = self.store.read();
        let unknown = || Error::Missing { code: "matter.unknown", id: matter.clone() };
        let id: Id = matter.parse().map_err(|_| unknown())?;
        let row = lists::one_matter(db, id)?.ok_or_else(unknown)?;
        let texts = documents::load(db, id)?.map(|s| view::texts(&s.doc.content())).unwrap_or_default();
        let mut rows = lists::events(db, id)?;
        for event in &mut rows {
            event.text = event.id.parse().map(|e| texts.of(e)).unwrap_or_default();
        }
        Ok(MatterDetail { matter: row, events: rows })
    }

    /// What was done on this phone and has no final place at the office, the newest first, an action a row; `all`: also what has. At most 1,000 at once.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn outbox(&self, offset: u32, limit: u32, all: bool) -> Result<Vec<OutboxRow>> {
        lists::outbox(self.store.read(), offset, limit.min(MAX_ROWS), all)
    }

    /// All review cards: fields that hold two values.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn reviews(&self) -> Result<Vec<ReviewRow>> {
        lists::reviews(self.store.read())
    }

    /// The count to compare with the office, and what still waits; `lang` is `zh` or `en`.
    ///
    /// # Errors
    /// `device.not_enrolled`, `store.failed`.
    pub fn today(&self, lang: String) -> Result<Today> {
        let visits = self.visits_today()?;
        let at_office = visits.iter().filter(|v| matches!(v.state, RecordState::Applied | RecordState::NeedsReview | RecordState::Received)).count();
        let lang: Lang = lang.parse().unwrap_or_default();
        let line = say(lang, "today-visits", &[("n", visits.len().into()), ("office", at_office.into())]);
        let (waiting, parked) = outbox::counts(self.store.read())?;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Today {
            date: local_date(self.at()?.estimate()).to_string(),
            visits: count(visits.len()),
            at_office: count(at_office),
            line,
            waiting,
            refused: events::refused(self.store.read())?,
            parked,
            reviews: lists::count_reviews(self.store.read())?,
        })
    }

    pub(super) fn known_household(&self, household: &str) -> Result<Id> {
        let unknown = || Error::Missing { code: "household.unknown", id: household.to_owned() };
        let id: Id = household.parse().map_err(|_| unknown())?;
        if lists::has_household(self.store.read(), id)? { Ok(id) } else { Err(unknown()) }
    }
}
