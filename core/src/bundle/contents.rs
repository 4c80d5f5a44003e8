//! What is in a bundle: envelopes, and the certificates of those who wrote them.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode, bytes::ByteVec};

use super::MAX_FRAMES;
use crate::{
    Error, Result,
    envelope::{Certificate, Envelope, Room},
    frame::{FRAME_BUDGET, MAX_ITEMS, MAX_UNPACKED},
    ids::Device,
};

/// What is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Contents {
    /// Encoded envelopes, in the order in which they are to be applied.
    #[n(0)]
    pub envelopes: Vec<ByteVec>,
    /// The certificates of their authors.
    #[n(1)]
    pub certificates: Vec<ByteVec>,
}

/// Envelopes whose authors the office vouches for.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// Each envelope with its bytes, in the bundle's order.
    pub envelopes: Vec<(Envelope, Vec<u8>)>,
    /// Each author, with the certificate's bytes.
    pub authors: BTreeMap<Device, (Certificate, Vec<u8>)>,
}

impl Contents {
    /// Reads all envelopes within the bundle's limits. Signatures are not looked at here.
    ///
    /// # Errors
    /// `bundle.malformed`, `bundle.too_large`.
    pub fn read(&self) -> Result<Vec<Envelope>> {
        let mut room = Room::of_frames(MAX_FRAMES);
        let read = |e: Error| Error::Malformed(if e.code() == "frame.too_large" { "bundle.too_large" } else { "bundle.malformed" });
        self.envelopes.iter().map(|bytes| Envelope::decode_within(bytes, &mut room).map_err(read)).collect()
    }

    /// Reads all envelopes and believes them where the office vouches for whoever wrote them. `office`: all keys with which it signs.
    ///
    /// # Errors
    /// As [`Contents::read`]; `bundle.too_large` for an envelope that no exchange could carry; `bundle.signer_unknown` for a certificate that none of
    /// these keys signed; `bundle.signature` for an envelope that its author did not sign.
    pub fn verified(&self, office: &[[u8; 32]]) -> Result<Verified> {
        let mut authors = BTreeMap::new();
        for bytes in self.certificates.iter().take(self.envelopes.len()) {
            let author = Certificate::check(bytes, office).ok_or(Error::State("bundle.signer_unknown"))?;
            authors.insert(author.device, (author, bytes.to_vec()));
        }
        let envelopes: Vec<(Envelope, Vec<u8>)> = self.read()?.into_iter().zip(self.envelopes.iter().map(|bytes| bytes.to_vec())).collect();
        for (envelope, bytes) in &envelopes {
            let size: usize = envelope.items.iter().map(|item| item.bytes.len() + 64).sum();
            if bytes.len() > FRAME_BUDGET || size > MAX_UNPACKED / 2 || envelope.items.len() > MAX_ITEMS {
                return Err(Error::Malformed("bundle.too_large"));
            }
            if !authors.get(&envelope.device).is_some_and(|(author, _)| envelope.is_signed_by(&author.sign_key)) {
                return Err(Error::Malformed("bundle.signature"));
            }
        }
        Ok(Verified { envelopes, authors })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Id,
        envelope::{DeviceKeys, Item},
        ids::Opening,
    };

    fn keys(n: u8) -> DeviceKeys {
        DeviceKeys::derive(&[n; 32]).unwrap()
    }

    fn contents() -> Contents {
        let (office, phone) = (keys(9), keys(1));
        let certificate = Certificate { device: Device(7), officer: Id([1; 16]), sign_key: phone.sign_key(), seal_key: phone.seal_key().unwrap() };
        let item = Item { kind: 1, doc: Id([2; 16]), bytes: vec![3; 40] };
        let envelope = Envelope::seal(&phone, Device(7), Opening([1; 5]), 1, 1, vec![item]);
        Contents { envelopes: vec![envelope.encode().into()], certificates: vec![certificate.issue(|message| office.sign(message)).into()] }
    }

    #[test]
    fn an_author_is_believed_whom_the_office_vouches_for() {
        let office = [keys(9).sign_key()];
        let good = contents();
        let verified = good.verified(&office).unwrap();
        assert_eq!((verified.envelopes.len(), verified.authors[&Device(7)].0.officer), (1, Id([1; 16])));
        let code = |contents: &Contents, office: &[[u8; 32]]| contents.verified(office).unwrap_err().code();
        assert_eq!(code(&good, &[keys(8).sign_key()]), "bundle.signer_unknown");
        assert_eq!(code(&Contents { certificates: vec![], ..good.clone() }, &office), "bundle.signature");
        // Somebody else's items under this name.
        let item = Item { kind: 1, doc: Id([2; 16]), bytes: vec![3; 40] };
        let forged = Envelope::seal(&keys(2), Device(7), Opening([1; 5]), 1, 1, vec![item]).encode();
        assert_eq!(code(&Contents { envelopes: vec![forged.into()], ..good.clone() }, &office), "bundle.signature");
        assert_eq!(code(&Contents { envelopes: vec![vec![0x80].into()], ..good }, &office), "bundle.malformed");
    }
}
