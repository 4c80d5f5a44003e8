//! The server's own name in the log: device 0, a fresh opening for each start of the process.

use std::sync::atomic::{AtomicU64, Ordering};

use minqing_core::{
    Id,
    ids::{Device, Name, Opening},
};

use crate::entropy::{Entropy, bytes};

/// The server's device number; phones never get it.
pub const SERVER: Device = Device(0);

/// Names what this process writes. A restored server must not use an opening again, so none is stored.
pub struct Pen {
    opening: Opening,
    next: AtomicU64,
}

impl Pen {
    /// Draws an opening.
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self { opening: Opening(bytes(entropy)), next: AtomicU64::new(1) }
    }

    /// The opening.
    pub fn opening(&self) -> Opening {
        self.opening
    }

    /// The next name. Numbers of transactions that failed are left out.
    pub fn name(&self) -> Name {
        Name { device: SERVER, opening: self.opening, n: self.next.fetch_add(1, Ordering::Relaxed) }
    }

    /// A fresh id.
    pub fn id(&self, entropy: &dyn Entropy, now_ms: i64) -> Id {
        Id::timed(now_ms, &bytes(entropy))
    }
}
