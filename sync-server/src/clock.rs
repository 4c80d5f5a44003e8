//! The server's clock, as an argument.

use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time. Everything that needs it takes one, so that a test can turn the hands.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> i64;
}

/// The operating system's clock: the only place of the server that reads it.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock that everybody else takes as an argument")]
    fn now_ms(&self) -> i64 {
        // A clock before 1970 or after the year 292 million reads as 1970.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(0)
    }
}
