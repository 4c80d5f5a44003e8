//! What the public view of a matter is made of.

use minqing_core::{
    Id,
    model::{Address, Category},
    pipeline::Matter,
};

use super::Result;
use crate::projection::{CoverShown, MatterShown, PublicShown};

/// Where a page of shown matters ends: since when the last one is shown, and its public id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until {
    /// Milliseconds since 1970; 0 = it is not shown.
    pub shown_ms: i64,
    /// The public id.
    pub id: Id,
}

/// Which shown matters.
#[derive(Clone, Debug)]
pub struct Board {
    /// Of these categories.
    pub categories: Vec<Category>,
    /// Of this community; of all where none is named.
    pub community: Option<String>,
    /// After this one, the newest first.
    pub after: Option<Until>,
    /// At most so many.
    pub limit: u32,
}

/// A shown matter as it is kept: nothing of it is masked yet.
#[derive(Clone, Debug)]
pub struct OnBoard {
    /// Its place among all.
    pub until: Until,
    /// As shown to the office.
    pub row: MatterShown,
    /// The fold.
    pub matter: Matter,
    /// The name of the department that answers for it.
    pub department: Option<String>,
    /// Its door.
    pub address: Option<Address>,
    /// Name and year of birth of the only one who lives there.
    pub alone: Option<(String, u16)>,
    /// The texts that were written for everybody.
    pub texts: Vec<PublicShown>,
    /// What was made of its photos, the oldest first.
    pub covers: Vec<CoverShown>,
}

/// Shown matters.
pub trait Boards: Send + Sync {
    /// Those that are shown, the newest first.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn board(&self, board: &Board) -> Result<Vec<OnBoard>>;

    /// A matter as it would be shown, by its own id; its texts are those that may be read by now.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn as_if_shown(&self, matter: Id) -> Result<Option<OnBoard>>;

    /// One of them, by its public id.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn on_board(&self, id: Id) -> Result<Option<OnBoard>>;
}
