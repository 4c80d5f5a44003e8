//! Photos as everybody may see them: copies with patches over faces and plates, by their hashes. The photo itself is never named.

use serde::{Serialize, Serializer};

/// A covered copy of a photo, as the office keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoveredCopy {
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// When it was made, milliseconds since 1970.
    pub made_ms: i64,
}

/// The hash of a covered copy: 64 characters of hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture([u8; 32]);

impl Picture {
    /// SHA-256 of its bytes.
    pub fn sha256(self) -> [u8; 32] {
        self.0
    }
}

impl Serialize for Picture {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }
}

/// The pictures of a matter, in the order in which they were covered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pictures(Vec<Picture>);

impl Pictures {
    /// Those that were covered before the matter was shown: nothing comes onto a page that is shown already.
    pub(super) fn shown(copies: &[CoveredCopy], since_ms: i64) -> Self {
        let mut before: Vec<&CoveredCopy> = copies.iter().filter(|copy| copy.made_ms <= since_ms).collect();
        before.sort_by_key(|copy| copy.made_ms);
        Self(before.into_iter().map(|copy| Picture(copy.sha256)).collect())
    }

    /// Each of them.
    pub fn each(&self) -> impl Iterator<Item = Picture> {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_covered_later_waits() {
        let copy = |n: u8, made_ms| CoveredCopy { sha256: [n; 32], made_ms };
        let shown = Pictures::shown(&[copy(3, 7), copy(1, 5), copy(2, 8)], 7);
        assert_eq!(serde_json::to_value(&shown).unwrap(), serde_json::json!(["01".repeat(32), "03".repeat(32)]));
        assert_eq!(shown.each().map(|picture| picture.sha256()[0]).collect::<Vec<_>>(), [1, 3]);
    }
}
