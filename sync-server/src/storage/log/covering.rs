//! What a unit of work can do with covered copies of photos (docs/adr/0023).

use minqing_core::{Id, envelope::Hash};

use crate::{projection::CoverShown, storage::Result};

/// Covering.
pub trait Covering {
    /// Whether a matter's document names a photo.
    ///
    /// # Errors
    /// `store.failed`.
    fn has_photo(&mut self, matter: Id, photo: Hash) -> Result<bool>;

    /// All that was made of a matter's photos, the oldest first.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn covers_of(&mut self, matter: Id) -> Result<Vec<CoverShown>>;

    /// Keeps a copy that was expected; `false` where it was tidied away meanwhile.
    ///
    /// # Errors
    /// `store.failed`.
    fn keep_copy(&mut self, copy: Hash) -> Result<bool>;

    /// Shows what was made of a photo.
    ///
    /// # Errors
    /// `store.failed`.
    fn show_cover(&mut self, row: &CoverShown) -> Result<()>;
}
