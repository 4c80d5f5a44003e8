//! The first run: while nobody works at the office, whoever started the server may open it, by a code that stands on that machine's screen.

use std::sync::{Mutex, PoisonError};

use minqing_core::ids::{crockford, normal_code, shown};

use crate::{
    auth::sha256,
    entropy::{self, Entropy},
};

/// Letters of the code: 80 bits.
const LETTERS: usize = 16;

/// The code that is waited for, if one is; only its hash is kept, in memory alone.
#[derive(Default)]
pub struct FirstRun(Mutex<Option<[u8; 32]>>);

impl FirstRun {
    /// Makes a code, shown now or never; one made before is void.
    pub fn begin(&self, entropy: &dyn Entropy) -> String {
        let code = crockford(&entropy::bytes::<LETTERS>(entropy));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(sha256(code.as_bytes()));
        shown(&code)
    }

    /// Whether it is the code.
    pub fn opens(&self, code: &str) -> bool {
        let hash = normal_code(code).map(|code| sha256(code.as_bytes()));
        hash.is_some() && *self.0.lock().unwrap_or_else(PoisonError::into_inner) == hash
    }

    /// Nobody is waited for any more; whether this call ended it.
    pub fn end(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counting;

    #[test]
    fn a_code_opens_until_it_is_used_or_another_is_made() {
        let (first, entropy) = (FirstRun::default(), Counting::default());
        assert!(!first.opens("") && !first.end());
        let old = first.begin(&entropy);
        assert!(first.opens(&old) && first.opens(&old.to_lowercase()) && !first.opens("0000-0000-0000-0000"));
        let new = first.begin(&entropy);
        assert!(!first.opens(&old) && first.opens(&new));
        assert!(first.end() && !first.end() && !first.opens(&new));
    }
}
