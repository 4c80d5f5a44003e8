//! A share as it is printed: numerator, denominator and quotient, never one without the others.

use serde::Serialize;
use utoipa::ToSchema;

/// A share: numerator, denominator and the quotient with four decimals; `null` where nothing was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Rate {
    /// How many.
    pub n: u64,
    /// Of how many.
    pub of: u64,
    /// n / of.
    pub rate: Option<f64>,
}

impl Rate {
    /// A share.
    pub fn new(n: u64, of: u64) -> Self {
        Self { n, of, rate: (of > 0).then(|| four_decimals(n as f64 / of as f64)) }
    }

    /// As people read it, as `95.3%`; a dash where nothing was counted.
    pub fn percent(&self) -> String {
        self.rate.map_or_else(|| "–".to_owned(), |rate| format!("{:.1}%", rate * 100.0))
    }

    /// One more of which is known whether it is good.
    pub(super) fn count(&mut self, good: bool) {
        *self = Self::new(self.n + u64::from(good), self.of + 1);
    }
}

/// Money in fen as yuan, as `12.34`.
pub fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Rounds to four decimals.
pub(super) fn four_decimals(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}
