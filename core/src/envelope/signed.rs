//! An envelope: items of one opening with consecutive numbers, signed by the device that wrote them.
//! Who carries it does not matter.

use ed25519_dalek::{Signature, VerifyingKey};
use minicbor::{Decode, Encode};

use super::{DeviceKeys, Hash, Item};
use crate::{
    Error, Result,
    frame::{MAX_ENVELOPES, MAX_ITEMS, MAX_UNPACKED, from_cbor, pack, to_cbor, unpack},
    ids::{Device, Opening},
};

/// Signed items; item k is named (device, opening, first + k).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Who wrote them.
    pub device: Device,
    /// In which opening.
    pub opening: Opening,
    /// The number of the first item.
    pub first: u64,
    /// The scope under which they were written.
    pub scope: u32,
    /// The hashes of all items, in order.
    pub hashes: Vec<Hash>,
    /// Ed25519 over `minqing/env/1` and the CBOR of the fields above.
    pub signature: [u8; 64],
    /// The items.
    pub items: Vec<Item>,
}

/// What the envelopes of one frame may still take.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    bytes: usize,
    items: usize,
    envelopes: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self::of_frames(1)
    }
}

impl Room {
    /// What the envelopes of so many frames may take.
    pub fn of_frames(frames: usize) -> Self {
        Self { bytes: frames * MAX_UNPACKED, items: frames * MAX_ITEMS, envelopes: frames * MAX_ENVELOPES }
    }
}

/// What is signed, in the order of WIRE.md.
#[derive(Encode)]
#[cbor(array)]
struct Signed<'a> {
    #[n(0)]
    device: u32,
    #[n(1)]
    opening: Opening,
    #[n(2)]
    first: u64,
    #[n(3)]
    scope: u32,
    #[n(4)]
    hashes: &'a [Hash],
}

/// The envelope on the wire. The hash list stays empty: whoever receives the items recomputes it.
#[derive(Encode, Decode)]
#[cbor(array)]
struct Carried {
    #[n(0)]
    device: u32,
    #[n(1)]
    opening: Opening,
    #[n(2)]
    first: u64,
    #[n(3)]
    scope: u32,
    #[n(4)]
    hashes: Vec<Hash>,
    #[cbor(n(5), with = "minicbor::bytes")]
    signature: [u8; 64],
    #[cbor(n(6), with = "minicbor::bytes")]
    items: Vec<u8>,
}

impl Item {
    /// Reads a packed array of items within the room that a frame has left.
    ///
    /// # Errors
    /// `frame.malformed`, `frame.too_large`.
    pub fn unpack_within(packed: &[u8], room: &mut Room) -> Result<Vec<Self>> {
        const FULL: Error = Error::Malformed("frame.too_large");
        let unpacked = unpack(packed, room.bytes)?;
        // Looked at before any item is made of it: an item is at least four bytes, and 200,000 fit a page.
        let count = minicbor::Decoder::new(&unpacked).array().ok().flatten().unwrap_or(0);
        let left = usize::try_from(count).ok().and_then(|n| room.items.checked_sub(n)).ok_or(FULL)?;
        *room = Room { bytes: room.bytes - unpacked.len(), items: left, envelopes: room.envelopes.checked_sub(1).ok_or(FULL)? };
        from_cbor(&unpacked)
    }
}

impl Envelope {
    /// Signs items of one opening whose numbers follow `first` without a gap.
    pub fn seal(keys: &DeviceKeys, device: Device, opening: Opening, first: u64, scope: u32, items: Vec<Item>) -> Self {
        let hashes: Vec<Hash> = items.iter().map(Item::hash).collect();
        let signature = keys.sign(&signed_bytes(device, opening, first, scope, &hashes));
        Self { device, opening, first, scope, hashes, signature, items }
    }

    /// The bytes that travel.
    pub fn encode(&self) -> Vec<u8> {
        to_cbor(&Carried {
            device: self.device.0,
            opening: self.opening,
            first: self.first,
            scope: self.scope,
            hashes: Vec::new(),
            signature: self.signature,
            items: pack(&to_cbor(&self.items)),
        })
    }

    /// Reads an envelope; the signature is not looked at here.
    ///
    /// # Errors
    /// `frame.malformed`, `frame.too_large`.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Self::decode_within(bytes, &mut Room::default())
    }

    /// As [`Envelope::decode`], for the envelopes of one frame, which share its room.
    ///
    /// # Errors
    /// `frame.malformed`, `frame.too_large`.
    pub fn decode_within(bytes: &[u8], room: &mut Room) -> Result<Self> {
        let c: Carried = from_cbor(bytes)?;
        let items = Item::unpack_within(&c.items, room)?;
        if c.device > Device::MAX || c.first.checked_add(items.len() as u64).is_none_or(|end| end > 1 << 53) {
            return Err(Error::Malformed("frame.malformed"));
        }
        let hashes = items.iter().map(Item::hash).collect();
        Ok(Self { device: Device(c.device), opening: c.opening, first: c.first, scope: c.scope, hashes, signature: c.signature, items })
    }

    /// Whether the device with this public key signed exactly these items.
    pub fn is_signed_by(&self, sign_key: &[u8; 32]) -> bool {
        verify(sign_key, &signed_bytes(self.device, self.opening, self.first, self.scope, &self.hashes), &self.signature)
    }

    /// As [`Envelope::is_signed_by`], for an envelope of which only the head was kept.
    pub fn head_is_signed_by(sign_key: &[u8; 32], device: Device, opening: Opening, first: u64, scope: u32, hashes: &[Hash], signature: &[u8; 64]) -> bool {
        verify(sign_key, &signed_bytes(device, opening, first, scope, hashes), signature)
    }
}

fn signed_bytes(device: Device, opening: Opening, first: u64, scope: u32, hashes: &[Hash]) -> Vec<u8> {
    let mut message = b"minqing/env/1".to_vec();
    message.extend(to_cbor(&Signed { device: device.0, opening, first, scope, hashes }));
    message
}

/// Verifies an Ed25519 signature strictly.
pub fn verify(public: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(public).is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;

    #[test]
    fn a_changed_item_breaks_the_signature() {
        let keys = DeviceKeys::derive(&[3; 32]).unwrap();
        let items = vec![Item { kind: 1, doc: Id([1; 16]), bytes: vec![1; 40] }, Item { kind: 2, doc: Id([2; 16]), bytes: vec![2; 40] }];
        let sealed = Envelope::seal(&keys, Device(77), Opening([1; 5]), 4, 1, items);
        let read = Envelope::decode(&sealed.encode()).unwrap();
        assert_eq!(read, sealed);
        assert!(read.is_signed_by(&keys.sign_key()));
        for tamper in [|e: &mut Envelope| e.items[0].doc = Id([9; 16]), |e: &mut Envelope| e.first = 5, |e: &mut Envelope| e.device = Device(78)] {
            let mut bad = sealed.clone();
            tamper(&mut bad);
            assert!(!Envelope::decode(&bad.encode()).unwrap().is_signed_by(&keys.sign_key()));
        }
        assert!(!read.is_signed_by(&DeviceKeys::derive(&[4; 32]).unwrap().sign_key()));
    }
}
