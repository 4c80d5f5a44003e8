//! What is half filled in. It is no record: nothing of it goes anywhere, and it goes when it is recorded.

use super::{Client, Lists};
use crate::{Error, Id, Result, model::Check, store::drafts, view::DraftRow};

/// Longest draft, in bytes.
const MAX_DRAFT: usize = 64 << 10;
/// Most drafts at once.
const MAX_DRAFTS: u32 = 500;
/// Longest kind, in characters.
const MAX_KIND: usize = 20;

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
        let id = draft.parse().map_err(|_| unknown(&draft))?;
        if self.lists.store.write(|tx| drafts::drop(tx, id))? { Ok(()) } else { Err(unknown(&draft)) }
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

    /// One draft.
    ///
    /// # Errors
    /// `draft.unknown`, `store.failed`.
    pub fn draft(&self, draft: String) -> Result<DraftRow> {
        let id: Id = draft.parse().map_err(|_| unknown(&draft))?;
        drafts::one(self.store.read(), id)?.ok_or_else(|| unknown(&draft))
    }
}

fn unknown(draft: &str) -> Error {
    Error::Missing { code: "draft.unknown", id: draft.to_owned() }
}
