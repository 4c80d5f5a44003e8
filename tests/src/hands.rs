//! A clock whose hands are turned by the story, and randomness that repeats itself.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

use minqing_core::clock::Platform;
use minqing_sync_server::{clock::Clock, entropy::Entropy};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A clock shared by whoever lives by it.
#[derive(Clone, Default)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    /// A clock that stands at `ms` since 1970.
    pub fn at(ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(ms)))
    }

    /// Turns the hands to `ms`.
    pub fn set(&self, ms: i64) {
        self.0.store(ms, Ordering::SeqCst);
    }

    /// Turns the hands on by `ms`.
    pub fn turn(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// What the clock shows.
    pub fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Clock for Hands {
    fn now_ms(&self) -> i64 {
        self.now()
    }
}

/// Random bytes that repeat themselves for a seed.
pub struct Dice(Mutex<ChaCha8Rng>);

impl Dice {
    /// One sequence for each seed and use.
    pub fn new(seed: u64, of: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(of);
        Self(Mutex::new(rng))
    }
}

impl Entropy for Dice {
    fn fill(&self, into: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(into);
    }
}

/// A phone's operating system: the story's clock with an error of its own, and dice that are new at each start of the app.
pub struct PhoneSystem {
    hands: Hands,
    /// How wrong the phone's wall clock is, in milliseconds.
    pub wrong_by_ms: i64,
    /// How much room is left on it.
    pub free_bytes: Option<u64>,
    boot: String,
    dice: Dice,
}

impl PhoneSystem {
    /// The system as the app finds it at its `start`-th start.
    pub fn new(hands: Hands, seed: u64, phone: u64, start: u64) -> Self {
        Self { hands, wrong_by_ms: 0, free_bytes: None, boot: "boot-1".into(), dice: Dice::new(seed, (phone << 32) | (start + 1)) }
    }

    /// The same after so many restarts of the device.
    pub fn booted(mut self, times: u64) -> Self {
        self.boot = format!("boot-{times}");
        self
    }
}

impl Platform for PhoneSystem {
    fn wall_ms(&self) -> i64 {
        self.hands.now() + self.wrong_by_ms
    }

    fn monotonic_ms(&self) -> i64 {
        // Since some moment before the story; only differences count.
        self.hands.now() - 1_700_000_000_000
    }

    fn boot_id(&self) -> String {
        self.boot.clone()
    }

    fn random(&self, len: u32) -> Vec<u8> {
        let mut bytes = vec![0; len as usize];
        self.dice.fill(&mut bytes);
        bytes
    }

    fn free_bytes(&self) -> Option<u64> {
        self.free_bytes
    }
}
