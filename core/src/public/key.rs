//! How everybody names a matter. The residents' code is no such name: together with a PIN it opens the matter. Nor is its id,
//! which tells the millisecond at which it was written down.

use serde::Serialize;

use crate::Id;

/// A name of a matter that says nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PublicId(Id);

impl PublicId {
    /// That of a matter; nobody comes back from it to the matter's id.
    pub fn of(matter: Id) -> Self {
        Self(Id::named(&["public", &matter.to_string()]))
    }

    /// Its sixteen bytes, to be looked up by.
    pub fn id(self) -> Id {
        self.0
    }
}
