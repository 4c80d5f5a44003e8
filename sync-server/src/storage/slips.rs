//! Slips: codes that were printed before anybody needed them, each with the hash of the PIN beside it.

use minqing_core::Id;

use super::Result;

/// A slip as it is made.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSlip {
    /// Eight characters, without the dash.
    pub code: String,
    /// The community for which it was printed.
    pub community: String,
    /// The PIN's hash.
    pub phc: String,
    /// When it was made, milliseconds since 1970.
    pub made_ms: i64,
}

/// A slip as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptSlip {
    /// The community for which it was printed.
    pub community: String,
    /// The PIN's hash.
    pub phc: String,
    /// The first matter that was registered with it.
    pub matter: Option<Id>,
}

/// Slips.
pub trait Slips: Send + Sync {
    /// Adds a stock of them: all or none.
    ///
    /// # Errors
    /// `slip.taken` where a code is a slip's or a matter's already, `store.failed`.
    fn add_slips(&self, new: &[NewSlip]) -> Result<()>;

    /// A slip by its code, without the dash.
    ///
    /// # Errors
    /// `store.failed`.
    fn slip(&self, code: &str) -> Result<Option<KeptSlip>>;
}
