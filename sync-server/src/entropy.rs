//! Randomness, as an argument.

/// Gives random bytes. Everything that needs them takes one, so that a test can repeat itself.
pub trait Entropy: Send + Sync {
    /// Fills the slice.
    fn fill(&self, into: &mut [u8]);
}

/// The operating system's randomness: the only place of the server that asks for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[allow(clippy::disallowed_methods, reason = "this is the randomness that everybody else takes as an argument")]
    fn fill(&self, into: &mut [u8]) {
        if let Err(e) = getrandom::fill(into) {
            // Without randomness every key and code would be guessable: better no server than such a one.
            tracing::error!(error = %e, "the operating system gives no random bytes");
            std::process::abort();
        }
    }
}

/// A random number from one to another, both included and at most 65,536 apart.
pub fn between(entropy: &dyn Entropy, from: u64, to: u64) -> u64 {
    from + u64::from(u16::from_be_bytes(bytes(entropy))) % (to - from + 1)
}

/// `N` random bytes.
pub fn bytes<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut out = [0; N];
    entropy.fill(&mut out);
    out
}
