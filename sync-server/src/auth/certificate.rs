//! What the server signs about a phone: after a restore it re-admits one enrolled since the backup.

use ed25519_dalek::Signature;
use minicbor::{Decoder, Encoder, encode::Write};
use minqing_core::{Id, ids::Device};

use super::Keys;
use crate::storage::KnownDevice;

/// What is signed begins with this.
const CONTEXT: &[u8] = b"minqing/cert/1";

/// CBOR array [device, officer 16 B, sign key 32 B, seal key 32 B, signature 64 B]; signed are the context
/// and the CBOR array of the first four.
pub fn issue(keys: &Keys, device: &KnownDevice) -> Vec<u8> {
    let signature = keys.newest().sign(&signed_part(device));
    let mut out = Vec::with_capacity(160);
    let mut cbor = Encoder::new(&mut out);
    let done = put(&mut cbor, 5, device).and_then(|cbor| cbor.bytes(&signature).map(drop));
    debug_assert!(done.is_ok(), "writing to memory cannot fail");
    out
}

/// Reads a certificate and checks the server's signature on it; `None` if it is not ours.
pub fn check(keys: &Keys, certificate: &[u8]) -> Option<KnownDevice> {
    let mut cbor = Decoder::new(certificate);
    if cbor.array().ok()? != Some(5) {
        return None;
    }
    let number = cbor.u32().ok().filter(|n| (1..=Device::MAX).contains(n)).map(Device)?;
    let device = KnownDevice { number, officer: Id(fixed(&mut cbor)?), sign_key: fixed(&mut cbor)?, seal_key: fixed(&mut cbor)? };
    let signature = Signature::from_bytes(&fixed(&mut cbor)?);
    // By any key there ever was: a certificate does not run out.
    let signed = signed_part(&device);
    keys.all().iter().any(|k| k.public().verify_strict(&signed, &signature).is_ok()).then_some(device)
}

fn signed_part(device: &KnownDevice) -> Vec<u8> {
    let mut out = CONTEXT.to_vec();
    let done = put(&mut Encoder::new(&mut out), 4, device).map(drop);
    debug_assert!(done.is_ok(), "writing to memory cannot fail");
    out
}

type Written<'a, W> = Result<&'a mut Encoder<W>, minicbor::encode::Error<<W as Write>::Error>>;

fn put<'a, W: Write>(cbor: &'a mut Encoder<W>, len: u64, device: &KnownDevice) -> Written<'a, W> {
    cbor.array(len)?.u32(device.number.0)?.bytes(&device.officer.0)?.bytes(&device.sign_key)?.bytes(&device.seal_key)
}

fn fixed<const N: usize>(cbor: &mut Decoder<'_>) -> Option<[u8; N]> {
    cbor.bytes().ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_this_server_signed_is_believed() {
        let keys = Keys::from_seed([7; 32]);
        let device = KnownDevice { number: Device(0x00ab_cdef), officer: Id([1; 16]), sign_key: [2; 32], seal_key: [3; 32] };
        let certificate = issue(&keys, &device);
        assert_eq!(check(&keys, &certificate), Some(device.clone()));
        assert_eq!(check(&Keys::from_seed([8; 32]), &certificate), None);
        for i in 0..certificate.len() {
            let mut bad = certificate.clone();
            bad[i] ^= 1;
            assert_eq!(check(&keys, &bad), None, "byte {i}");
            assert_eq!(check(&keys, &certificate[..i]), None);
        }
    }
}
