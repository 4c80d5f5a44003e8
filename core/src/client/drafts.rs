//! What is half filled in, what waits for the office, and what may go wrong before it gets there.

use super::{Client, Lists};
use crate::{
    Error, Id, Result,
    clock::{MINUTE_MS, local_date},
    model::Check,
    store::{drafts, lists, notices},
    view::{DraftRow, NoticeRow, OutboxRow, Room},
    words::Lang,
};

/// Longest draft, in bytes.
const MAX_DRAFT: usize = 64 << 10;
/// Most drafts at once.
const MAX_DRAFTS: u32 = 500;
/// Longest kind, in characters.
const MAX_KIND: usize = 20;
/// With less room than this, in bytes, people are told, the office too: some hundred photos as they are kept.
pub(super) const LITTLE_ROOM: u64 = 100 << 20;
/// A clock that is no further off than this is right.
const CLOCK_TOLERANCE_MS: i64 = 5 * MINUTE_MS;

impl Client {
    /// Keeps what is half filled in, in the place of `draft`, or as a new one where that is empty; returns its id. `kind` and `content` are the
    /// app's own; of `household` nothing more is asked than that it is an id, or empty.
    ///
    /// # Errors
    /// `draft.too_large` above 64 KiB, `draft.too_many` above 500; `text.*` of the kind, `id.malformed`; `store.failed`.
    pub fn keep_draft(&mut self, draft: String, kind: String, household: String, content: String) -> Result<String> {
        let root = Check::root();
        root.field("kind").some_text(&kind, MAX_KIND)?;
        let id = if draft.is_empty() { self.new_id() } else { root.field("draft").id(&draft)? };
        let door = if household.is_empty() { None } else { Some(root.field("household").id(&household)?) };
        if content.len() > MAX_DRAFT {
            return root.field("content").fail("draft.too_large");
        }
        let db = self.store.read();
        if drafts::one(db, id)?.is_none() && drafts::count(db)? >= MAX_DRAFTS {
            return root.fail("draft.too_many");
        }
        let at_ms = self.at()?.estimate();
        self.lists.store.write(|tx| drafts::keep(tx, id, &kind, door, &content, at_ms))?;
        Ok(id.to_string())
    }

    /// Deletes a draft.
    ///
    /// # Errors
    /// `draft.unknown`, `store.failed`.
    pub fn drop_draft(&mut self, draft: String) -> Result<()> {
        let unknown = || Error::Missing { code: "draft.unknown", id: draft.clone() };
        let id: Id = draft.parse().map_err(|_| unknown())?;
        let was_there = self.lists.store.write(|tx| drafts::drop(tx, id))?;
        if was_there { Ok(()) } else { Err(unknown()) }
    }
}

impl Lists {
    /// What is half filled in, the newest first.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn drafts(&self) -> Result<Vec<DraftRow>> {
        drafts::all(self.store.read())
    }

    /// What was done on this phone and has no final place at the office, the newest first; at most 1,000 at once.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn outbox(&self, offset: u32, limit: u32) -> Result<Vec<OutboxRow>> {
        lists::outbox(self.store.read(), offset, limit.min(1_000))
    }

    /// The office's notices of today, to be read out; those first that are over first. `lang` is `zh` or `en`.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn notices(&self, lang: String) -> Result<Vec<NoticeRow>> {
        let lang: Lang = lang.parse().unwrap_or_default();
        let today = local_date(self.at()?.estimate()).to_string();
        let rows = notices::of_day(self.store.read(), &today)?;
        Ok(rows
            .into_iter()
            .map(|(id, notice)| NoticeRow { id: id.to_string(), text: super::notices::sentence(&notice, &[], lang), until: notice.until })
            .collect())
    }

    /// How far this phone's clock is ahead of the office's, in milliseconds; negative where it is behind, 0 where it is right within five
    /// minutes or nobody knows, as after a restart.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn clock_off_ms(&self) -> Result<i64> {
        Ok(self.at()?.skew_ms().filter(|skew| skew.abs() > CLOCK_TOLERANCE_MS).unwrap_or(0))
    }

    /// How much room is left on the device, and whether that is little.
    pub fn room(&self) -> Room {
        let free_bytes = self.platform.free_bytes();
        Room { free_bytes, is_little: free_bytes.is_some_and(|free| free < LITTLE_ROOM) }
    }
}
