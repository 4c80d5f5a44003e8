//! Notices of the office.

use minqing_core::{Id, model::Notice};

use super::Result;

/// A notice as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeKept {
    /// Its id.
    pub id: Id,
    /// Its community.
    pub community: String,
    /// What is told.
    pub notice: Notice,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

/// Notices.
pub trait Notices: Send + Sync {
    /// The notices of a community, those first that are told last; of all communities where it is empty.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn notices(&self, community: &str) -> Result<Vec<NoticeKept>>;

    /// One notice.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn notice(&self, id: Id) -> Result<Option<NoticeKept>>;
}
