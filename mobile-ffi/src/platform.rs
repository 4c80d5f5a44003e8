//! Time, randomness and how much room is left, from the app.

use std::sync::Arc;

use minqing_core::clock;

/// What the phone's operating system gives the core. It is asked in the middle of calls and must not write records itself.
#[uniffi::export(with_foreign)]
pub trait Platform: Send + Sync {
    /// Wall clock in milliseconds since 1970; may be wrong by years.
    fn wall_ms(&self) -> i64;
    /// Milliseconds since the last start of the device; never goes back while it runs.
    fn monotonic_ms(&self) -> i64;
    /// Changes when the device restarts.
    fn boot_id(&self) -> String;
    /// So many fresh random bytes from the operating system.
    fn random(&self, len: u32) -> Vec<u8>;
    /// How many bytes are left on the device for the app's files; nothing where that is not known. The office hears of a phone that is almost full.
    fn free_bytes(&self) -> Option<u64>;
}

/// The app's platform, for the core.
pub(crate) struct Given(pub(crate) Arc<dyn Platform>);

impl clock::Platform for Given {
    fn wall_ms(&self) -> i64 {
        self.0.wall_ms()
    }

    fn monotonic_ms(&self) -> i64 {
        self.0.monotonic_ms()
    }

    fn boot_id(&self) -> String {
        self.0.boot_id()
    }

    fn random(&self, len: u32) -> Vec<u8> {
        self.0.random(len)
    }

    fn free_bytes(&self) -> Option<u64> {
        self.0.free_bytes()
    }
}
