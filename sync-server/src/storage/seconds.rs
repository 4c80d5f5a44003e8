//! The second step of signing in.

use minqing_core::Id;

use super::Result;

/// Secrets that staff's phones have, too.
pub trait Seconds: Send + Sync {
    /// Somebody's secret; `None` where the second step is off.
    ///
    /// # Errors
    /// `store.failed`.
    fn second(&self, staff: Id) -> Result<Option<[u8; 20]>>;

    /// Turns it on, with the step of the code by which that was shown; or off.
    ///
    /// # Errors
    /// `store.failed`.
    fn set_second(&self, staff: Id, second: Option<(&[u8; 20], u64)>) -> Result<()>;

    /// Takes the code of a step. `false`: it, or a later one, was taken before.
    ///
    /// # Errors
    /// `store.failed`.
    fn take_second(&self, staff: Id, step: u64) -> Result<bool>;
}
