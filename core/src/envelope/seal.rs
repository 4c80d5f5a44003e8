//! Sealing for one key (HPKE, RFC 9180: X25519, HKDF-SHA-256, ChaCha20-Poly1305), and the private halves that open.

use std::convert::Infallible;

use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable,
    aead::ChaCha20Poly1305,
    kdf::HkdfSha256,
    kem::X25519HkdfSha256,
    rand_core::{TryCryptoRng, TryRng},
    single_shot_open, single_shot_seal_with_rng,
};
use sha2::{Digest, Sha256};

use super::keys::seed;
use crate::{Error, Result};

const KEY: Error = Error::Malformed("key.malformed");

/// A private key that opens what was sealed for it. Never shown, never stored: it is derived.
pub struct SealKey([u8; 32]);

impl SealKey {
    /// Derives it from a secret; another purpose gives another key.
    ///
    /// # Errors
    /// `key.malformed`; cannot happen with 32 bytes.
    pub fn derive(secret: &[u8; 32], purpose: &[u8]) -> Result<Self> {
        Ok(Self(seed(secret, purpose)?))
    }

    /// The public half (X25519), for which others seal.
    ///
    /// # Errors
    /// `key.malformed`; cannot happen with 32 bytes.
    pub fn public(&self) -> Result<[u8; 32]> {
        Ok(X25519HkdfSha256::sk_to_pk(&self.private()?).to_bytes().into())
    }

    /// Opens; `None` if it was sealed for another key, for another purpose or beside other words, or was changed since.
    pub fn open(&self, info: &[u8], beside: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (key, text) = sealed.split_at_checked(KEY_BYTES)?;
        let key = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(key).ok()?;
        single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&OpModeR::Base, &self.private().ok()?, &key, info, text, beside).ok()
    }

    fn private(&self) -> Result<<X25519HkdfSha256 as Kem>::PrivateKey> {
        <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&self.0).map_err(|_| KEY)
    }
}

/// The key that travels with what is sealed.
const KEY_BYTES: usize = 32;

/// Seals for a public key: key that travels, 32 bytes ‖ sealed text. `beside` is not sealed, but bound to it. `random`: fresh bytes of the platform.
///
/// # Errors
/// `key.malformed` for a public key that is none.
pub fn seal(to: &[u8; 32], info: &[u8], beside: &[u8], text: &[u8], random: [u8; 32]) -> Result<Vec<u8>> {
    let to = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(to).map_err(|_| KEY)?;
    let mut random = Drawn { seed: random, block: 0 };
    let sealed = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&OpModeS::Base, &to, info, text, beside, &mut random);
    let (key, text) = sealed.map_err(|_| KEY)?;
    Ok([key.to_bytes().as_slice(), &text].concat())
}

/// Randomness that was drawn before, for a library that wants to draw it itself.
struct Drawn {
    seed: [u8; 32],
    block: u64,
}

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_be_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Infallible> {
        for chunk in into.chunks_mut(32) {
            let block = Sha256::new().chain_update(b"minqing/drawn/1").chain_update(self.seed).chain_update(self.block.to_be_bytes()).finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
            self.block += 1;
        }
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_it_was_sealed_for_opens_it_and_only_as_it_was() {
        let [mine, other] = [b"mine".as_slice(), b"other"].map(|purpose| SealKey::derive(&[7; 32], purpose).unwrap());
        let sealed = seal(&mine.public().unwrap(), b"why", b"beside", "门牌".as_bytes(), [1; 32]).unwrap();
        assert_eq!(mine.open(b"why", b"beside", &sealed).as_deref(), Some("门牌".as_bytes()));
        assert_eq!(other.open(b"why", b"beside", &sealed), None);
        assert_eq!(mine.open(b"else", b"beside", &sealed), None);
        assert_eq!(mine.open(b"why", b"besides", &sealed), None);
        for byte in 0..sealed.len() {
            let mut bad = sealed.clone();
            bad[byte] ^= 1;
            assert_eq!(mine.open(b"why", b"beside", &bad), None, "byte {byte}");
            assert_eq!(mine.open(b"why", b"beside", &sealed[..byte]), None);
        }
        let again = seal(&mine.public().unwrap(), b"why", b"beside", "门牌".as_bytes(), [2; 32]).unwrap();
        assert_ne!(again[..32], sealed[..32], "another draw, another key");
        assert!(seal(&[0; 32], b"why", b"", b"", [1; 32]).is_err(), "a key that gives no secret");
    }
}
