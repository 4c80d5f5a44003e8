//! A refresh token: which generation it is of, and random bytes.

use std::fmt;

use sha2::{Digest, Sha256};

/// A refresh token. Its first 8 bytes count the generations of a phone's tokens, so that one used again is told from
/// one that was never given; the other 24 are random. The phone takes it as 32 bytes without meaning.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken(pub [u8; 32]);

/// How a renewal by a refresh token ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// The token that comes next. The shown one stays valid until it is shown.
    Next(RefreshToken),
    /// The shown token's successor was used before: reading has ended for this phone.
    Reused,
    /// Neither the present token nor the next, nor an old one. Nothing was changed.
    Unknown,
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RefreshToken(generation {})", self.generation())
    }
}

impl RefreshToken {
    /// A token of a generation.
    pub fn new(generation: u64, random: &[u8; 24]) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&generation.to_be_bytes());
        bytes[8..].copy_from_slice(random);
        Self(bytes)
    }

    /// Which generation it says to be of.
    pub fn generation(&self) -> u64 {
        self.0.first_chunk().map_or(u64::MAX, |bytes| u64::from_be_bytes(*bytes))
    }

    /// SHA-256, under which it is kept.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}
