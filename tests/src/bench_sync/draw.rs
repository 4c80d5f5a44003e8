//! Chance with an account: every draw adds its self-information, −log2 of the probability of what was drawn.

use minqing_core::Id;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Random bits of a version 7 id: its ten random bytes without the six bits of version and variant.
pub const ID_BITS: f64 = 74.0;
/// Random bits of an opening.
pub const OPENING_BITS: f64 = 40.0;

/// A seeded sequence of draws, and how much they told.
pub struct Draw {
    rng: ChaCha8Rng,
    bits: f64,
}

impl Draw {
    /// One sequence for each seed and use.
    pub fn new(seed: u64, of: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(of);
        Self { rng, bits: 0.0 }
    }

    /// The self-information of all draws since this was last asked, in bits.
    pub fn take_bits(&mut self) -> f64 {
        std::mem::take(&mut self.bits)
    }

    /// Counts what was drawn elsewhere, in bits.
    pub fn count(&mut self, bits: f64) {
        self.bits += bits;
    }

    /// A number below `n`, each with the same chance: log2 n.
    pub fn below(&mut self, n: u64) -> u64 {
        self.count((n as f64).log2());
        self.uncounted(n)
    }

    /// A number below `n` whose self-information the caller counts.
    pub fn uncounted(&mut self, n: u64) -> u64 {
        self.rng.random_range(0..n)
    }

    /// One of a list, each with the same chance.
    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// The place of one of some weights.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let total: u64 = weights.iter().sum();
        let mut ticket = self.uncounted(total);
        let place = weights.iter().position(|w| ticket.checked_sub(*w).map(|rest| ticket = rest).is_none()).unwrap_or(0);
        self.count((total as f64 / weights[place] as f64).log2());
        place
    }

    /// Whether something happens that happens `percent` times of a hundred.
    pub fn happens(&mut self, percent: u64) -> bool {
        self.weighted(&[percent, 100 - percent]) == 0
    }

    /// A moment from `from`, before `to`, in milliseconds.
    pub fn moment(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from).unsigned_abs()).cast_signed()
    }

    /// A version 7 id of a moment that is told besides.
    pub fn id(&mut self, ms: i64) -> Id {
        let mut random = [0; 10];
        self.rng.fill_bytes(&mut random);
        self.count(ID_BITS);
        Id::timed(ms, &random)
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.fill_bytes(&mut bytes);
        self.count(8.0 * N as f64);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_draw_counts_what_it_tells() {
        let mut draw = Draw::new(1, 1);
        draw.below(1024);
        assert_eq!(draw.take_bits(), 10.0);
        draw.bytes::<5>();
        draw.moment(5, 5 + 4096);
        assert_eq!(draw.take_bits(), OPENING_BITS + 12.0);
        let told: Vec<(usize, f64)> = (0..100).map(|_| (draw.weighted(&[3, 1]), draw.take_bits())).collect();
        assert!(told.contains(&(1, 2.0)) && told.contains(&(0, (4.0f64 / 3.0).log2())));
        assert_eq!(told.iter().filter(|(place, _)| *place > 1).count(), 0);
    }
}
