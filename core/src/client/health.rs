//! What keeps a phone from its work before long: a wrong clock, a full device.

use super::Lists;
use crate::{Result, clock::MINUTE_MS, view::Room};

/// With less room than this, in bytes, people are told, the office too: some hundred photos as they are kept.
pub(super) const LITTLE_ROOM: u64 = 100 << 20;
/// A clock that is no further off than this is right; the office's pages say so from here on, too.
const CLOCK_TOLERANCE_MS: i64 = 5 * MINUTE_MS;

impl Lists {
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
