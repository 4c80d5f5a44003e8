//! The server's clock, as an argument.

use std::{
    sync::LazyLock,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Tells the time. Everything that needs it takes one, so that a test can turn the hands.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> i64;

    /// Milliseconds since some moment, never backwards: for waiting, which a corrected clock must not make longer.
    fn monotonic_ms(&self) -> i64 {
        self.now_ms()
    }
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

    fn monotonic_ms(&self) -> i64 {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        i64::try_from(START.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}
