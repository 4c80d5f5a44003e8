//! Leases: work that one process does at a time.

use super::Result;

/// Leases.
pub trait Leases: Send + Sync {
    /// Takes a lease that nobody holds or that has run out, or holds one's own for longer; whether it is held now.
    ///
    /// # Errors
    /// `store.failed`.
    fn hold_lease(&self, name: &str, holder: [u8; 5], now_ms: i64, until_ms: i64) -> Result<bool>;

    /// Gives one's own back.
    ///
    /// # Errors
    /// `store.failed`.
    fn give_lease_back(&self, name: &str, holder: [u8; 5]) -> Result<()>;
}
