//! What the server signs about a phone: after a restore it re-admits one enrolled since the backup, and phones without a network believe each other by it.

use minqing_core::envelope::Certificate;

use super::Keys;
use crate::storage::KnownDevice;

/// The certificate of a phone, signed by the newest key.
pub fn issue(keys: &Keys, device: &KnownDevice) -> Vec<u8> {
    let KnownDevice { number, officer, sign_key, seal_key } = *device;
    Certificate { device: number, officer, sign_key, seal_key }.issue(|message| keys.newest().sign(message))
}

/// Reads a certificate and checks the server's signature on it, by any key there ever was: a certificate does not run out. `None` if it is not ours.
pub fn check(keys: &Keys, certificate: &[u8]) -> Option<KnownDevice> {
    let office: Vec<[u8; 32]> = keys.all().iter().map(|key| key.public().to_bytes()).collect();
    let Certificate { device, officer, sign_key, seal_key } = Certificate::check(certificate, &office)?;
    Some(KnownDevice { number: device, officer, sign_key, seal_key })
}

#[cfg(test)]
mod tests {
    use minqing_core::{Id, ids::Device};

    use super::*;

    #[test]
    fn only_what_this_server_signed_is_believed() {
        let keys = Keys::from_seed([7; 32]);
        let device = KnownDevice { number: Device(0x00ab_cdef), officer: Id([1; 16]), sign_key: [2; 32], seal_key: [3; 32] };
        let certificate = issue(&keys, &device);
        assert_eq!(check(&keys, &certificate), Some(device));
        assert_eq!(check(&Keys::from_seed([8; 32]), &certificate), None);
    }
}
