//! What the office signs about a phone: whose it is, and its two keys (docs/WIRE.md).

use minicbor::{Decode, Encode};

use super::verify;
use crate::{
    Id,
    frame::{from_cbor, to_cbor},
    ids::Device,
};

/// What is signed begins with this.
const CONTEXT: &[u8] = b"minqing/cert/1";

/// A phone as the office knows it.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
#[cbor(array)]
pub struct Certificate {
    /// Its number.
    #[n(0)]
    pub device: Device,
    /// Whose it is.
    #[n(1)]
    pub officer: Id,
    /// The Ed25519 key with which it signs.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub sign_key: [u8; 32],
    /// The X25519 key for which others seal.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub seal_key: [u8; 32],
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Issued {
    #[n(0)]
    device: u32,
    #[n(1)]
    officer: Id,
    #[cbor(n(2), with = "minicbor::bytes")]
    sign_key: [u8; 32],
    #[cbor(n(3), with = "minicbor::bytes")]
    seal_key: [u8; 32],
    #[cbor(n(4), with = "minicbor::bytes")]
    signature: [u8; 64],
}

impl Certificate {
    /// The bytes that travel, signed by the office: the four fields and the signature over them.
    pub fn issue(&self, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Vec<u8> {
        let Self { device, officer, sign_key, seal_key } = self.clone();
        to_cbor(&Issued { device: device.0, officer, sign_key, seal_key, signature: sign(&self.signed()) })
    }

    /// Reads one that the holder of any of these keys signed; `None` if nobody of them did.
    pub fn check(bytes: &[u8], office: &[[u8; 32]]) -> Option<Self> {
        let Issued { device, officer, sign_key, seal_key, signature } = from_cbor(bytes).ok()?;
        let device = Some(device).filter(|n| (1..=Device::MAX).contains(n)).map(Device)?;
        let certificate = Self { device, officer, sign_key, seal_key };
        // One certificate, one form: an equal one of other bytes is not the office's.
        let is_plain = certificate.issue(|_| signature) == bytes;
        let signed = certificate.signed();
        (is_plain && office.iter().any(|key| verify(key, &signed, &signature))).then_some(certificate)
    }

    fn signed(&self) -> Vec<u8> {
        [CONTEXT, &to_cbor(self)].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::DeviceKeys;

    #[test]
    fn only_what_the_office_signed_is_believed() {
        let office = DeviceKeys::derive(&[7; 32]).unwrap();
        let phone = Certificate { device: Device(0x00ab_cdef), officer: Id([1; 16]), sign_key: [2; 32], seal_key: [3; 32] };
        let bytes = phone.issue(|message| office.sign(message));
        assert_eq!(Certificate::check(&bytes, &[[9; 32], office.sign_key()]), Some(phone));
        assert_eq!(Certificate::check(&bytes, &[DeviceKeys::derive(&[8; 32]).unwrap().sign_key()]), None);
        for byte in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[byte] ^= 1;
            assert_eq!(Certificate::check(&bad, &[office.sign_key()]), None, "byte {byte}");
            assert_eq!(Certificate::check(&bytes[..byte], &[office.sign_key()]), None);
        }
    }
}
