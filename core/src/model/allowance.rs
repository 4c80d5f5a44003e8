//! How long a clock of the line may run.

use minicbor::{Decode, Encode};

use super::Clock;

/// How long a clock may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Allowance {
    /// Working days.
    #[n(0)]
    Days(#[n(0)] u16),
    /// Hours, round the clock.
    #[n(1)]
    Hours(#[n(0)] u16),
}

impl Allowance {
    /// Half of it, and one at least: what a matter gets that is taken up once more.
    pub fn half(self) -> Self {
        match self {
            Self::Days(n) => Self::Days(n.div_ceil(2).max(1)),
            Self::Hours(n) => Self::Hours(n.div_ceil(2).max(1)),
        }
    }

    /// With working days more; an allowance in hours gets 24 for each.
    pub fn and_days(self, days: u16) -> Self {
        match self {
            Self::Days(n) => Self::Days(n.saturating_add(days)),
            Self::Hours(n) => Self::Hours(n.saturating_add(days.saturating_mul(24))),
        }
    }
}

/// A clock that an event started with another length than the rules give it; stands in the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Started {
    /// The clock.
    #[n(0)]
    pub clock: Clock,
    /// Its length.
    #[n(1)]
    pub allowance: Allowance,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_at_least_one() {
        assert_eq!([1, 2, 5].map(|n| Allowance::Days(n).half()), [1, 1, 3].map(Allowance::Days));
        assert_eq!(Allowance::Hours(24).half(), Allowance::Hours(12));
    }
}
