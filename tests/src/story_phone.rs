//! What a phone of the story has from its operating system.

use std::time::Instant;

use minqing_mobile_ffi::Platform;
use minqing_sync_server::{
    clock::{Clock, SystemClock},
    entropy::{Entropy, SystemEntropy},
};

/// This machine's clock and randomness.
pub struct System;

impl Platform for System {
    fn wall_ms(&self) -> i64 {
        SystemClock.now_ms()
    }

    fn monotonic_ms(&self) -> i64 {
        static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
        i64::try_from(START.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    fn boot_id(&self) -> String {
        std::process::id().to_string()
    }

    fn random(&self, len: u32) -> Vec<u8> {
        let mut bytes = vec![0; len as usize];
        SystemEntropy.fill(&mut bytes);
        bytes
    }

    fn free_bytes(&self) -> Option<u64> {
        None
    }
}

/// The 32 bytes that the platform would keep; as the other languages' players make them.
pub fn key_of(name: &str) -> Vec<u8> {
    let mut key = name.as_bytes().to_vec();
    key.resize(32, b'.');
    key
}
