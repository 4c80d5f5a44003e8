//! A device's keys, derived from the one secret that the platform keeps; no secret lies in the database.

use ed25519_dalek::{Signer, SigningKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::SealKey;
use crate::{Error, Result};

/// The key by which the phone's file is encrypted, where it is.
#[derive(Clone)]
pub struct FileKey([u8; 32]);

impl FileKey {
    /// The key as SQLCipher takes it.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// By which the key is known again; nothing about it follows from this.
    pub fn check(&self) -> [u8; 32] {
        seed(&self.0, b"minqing/file-check/1").unwrap_or_default()
    }
}

/// The keys of one enrolment.
pub struct DeviceKeys {
    sign: SigningKey,
    seal: SealKey,
    file: FileKey,
}

impl DeviceKeys {
    /// Derives them from the platform's 32 secret bytes, new at each enrolment.
    ///
    /// # Errors
    /// `key.malformed` if the secret is not 32 bytes long.
    pub fn derive(secret: &[u8]) -> Result<Self> {
        let secret: [u8; 32] = secret.try_into().map_err(|_| Error::Malformed("key.malformed"))?;
        Ok(Self {
            sign: SigningKey::from_bytes(&seed(&secret, b"minqing/sign/1")?),
            seal: SealKey::derive(&secret, b"minqing/seal/1")?,
            file: FileKey(seed(&secret, b"minqing/file/1")?),
        })
    }

    /// The public key that others verify this device's envelopes with.
    pub fn sign_key(&self) -> [u8; 32] {
        self.sign.verifying_key().to_bytes()
    }

    /// The public key (X25519) that bundles for this device are sealed with.
    ///
    /// # Errors
    /// `key.malformed`; cannot happen with 32 bytes.
    pub fn seal_key(&self) -> Result<[u8; 32]> {
        self.seal.public()
    }

    /// The private key that opens bundles for this device.
    pub fn opens(&self) -> &SealKey {
        &self.seal
    }

    /// The key of the phone's file. Whoever forgets the platform's secret has wiped the file.
    pub fn file_key(&self) -> FileKey {
        self.file.clone()
    }

    /// Signs a message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.sign.sign(message).to_bytes()
    }
}

pub(super) fn seed(secret: &[u8; 32], purpose: &[u8]) -> Result<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| Error::Malformed("key.malformed"))?;
    mac.update(purpose);
    Ok(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_secret_gives_two_unlike_keys() {
        let keys = DeviceKeys::derive(&[7; 32]).unwrap();
        assert_ne!(keys.sign_key(), keys.seal_key().unwrap());
        assert_eq!(keys.sign_key(), DeviceKeys::derive(&[7; 32]).unwrap().sign_key());
        assert_ne!(keys.sign_key(), DeviceKeys::derive(&[8; 32]).unwrap().sign_key());
        assert_eq!(DeviceKeys::derive(&[7; 31]).err().unwrap().code(), "key.malformed");
    }
}
