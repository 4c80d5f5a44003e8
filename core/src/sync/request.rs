//! The request: where the phone stands, and the items that wait, in signed envelopes.

use minicbor::bytes::ByteVec;

use super::{Runs, Waiting};
use crate::{
    Id,
    envelope::{DeviceKeys, Hash, Item},
    frame::{FRAME_BUDGET, MAX_ENVELOPES, MAX_ITEMS, encode_frame, pack, to_cbor},
    ids::{Device, Name, Opening},
    wire::{Claim, Manifest, Superseded, Up},
};

/// Where a phone stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The ticket of the last answer.
    pub ticket: Option<Vec<u8>>,
    /// Version of the scope.
    pub scope: u32,
    /// Last seq taken from each stream, in the scope's order.
    pub seqs: Vec<u64>,
    /// The present opening, if anything was written in it.
    pub opening: Option<Opening>,
    /// Items that were written again under other names.
    pub superseded: Vec<(Opening, u64)>,
    /// What other people wrote and a restored server lacks; `None` if that is not to be told now.
    pub recovered: Option<Vec<Item>>,
    /// Streams, by their index, of which it would take a pack.
    pub packs: Vec<u32>,
    /// What it holds, where that is not what the server says.
    pub manifests: Vec<Manifest>,
    /// What it holds from before its scope changed.
    pub claims: Vec<Claim>,
    /// Erasures after which nothing is left on it.
    pub erased: Vec<Id>,
    /// How many items wait, those of this request among them.
    pub unsent: u32,
    /// How much room is left on it, in MiB, where that is little.
    pub room_mib: Option<u32>,
    /// What it carries of other phones, within the limits of a frame; before its own items, which may rest on it.
    pub carried: Vec<Carried>,
}

/// An envelope of another phone, to be sent as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The encoded envelope.
    pub bytes: Vec<u8>,
    /// The names of its items.
    pub names: Vec<Name>,
    /// Bytes of its items unpacked, each + 64.
    pub size: usize,
}

/// A request that was built, kept until its answer is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The body to post.
    pub body: Vec<u8>,
    /// The items in it, in order.
    pub names: Vec<Name>,
    /// The ticket it shows.
    pub ticket: Option<Vec<u8>>,
    /// The seqs that were asked from.
    pub seqs: Vec<u64>,
    /// What the answer must echo.
    pub echo: [u8; 4],
    /// What it says was written again.
    pub superseded: Vec<(Opening, u64)>,
    /// How much it offers of what other people wrote; `None` if that was not to be told.
    pub offered: Option<usize>,
    /// Of which streams it asks for a pack.
    pub packs: Vec<u32>,
    /// What it says it holds.
    pub manifests: Vec<Manifest>,
    /// The version of the scope it names.
    pub scope: u32,
    /// Of which erasures it says that nothing is left.
    pub erased: Vec<Id>,
}

/// Builds a request from a position and as much of what waits as fits into one frame.
/// Items with consecutive numbers of one opening, written under one scope, share an envelope.
pub fn build_request(keys: &DeviceKeys, device: Device, position: &Position, waiting: Vec<Waiting>) -> Request {
    let mut runs = Runs::new(usize::MAX);
    let mut names: Vec<Name> = position.carried.iter().flat_map(|carried| carried.names.clone()).collect();
    let mut size: usize = position.carried.iter().map(|carried| carried.size).sum();
    for waits in waiting {
        size += waits.size();
        let full = size > FRAME_BUDGET || names.len() >= MAX_ITEMS || position.carried.len() + runs.len() >= MAX_ENVELOPES;
        if full && !names.is_empty() {
            break;
        }
        names.push(Name { device, opening: waits.opening, n: waits.n });
        runs.push(waits);
    }
    let left = position.unsent.saturating_sub(runs.items());
    let own = runs.seal(keys, device);
    let envelopes: Vec<ByteVec> =
        position.carried.iter().map(|carried| carried.bytes.clone()).chain(own.map(|(envelope, ..)| envelope)).map(Into::into).collect();
    let up = Up {
        ticket: position.ticket.clone().map(Into::into),
        scope: position.scope,
        seqs: position.seqs.clone(),
        opening: position.opening,
        first: position.opening.map(|_| 1),
        envelopes: Some(envelopes).filter(|e| !e.is_empty()),
        superseded: Some(position.superseded.iter().map(|(opening, n)| Superseded { opening: *opening, n: *n }).collect()).filter(|s: &Vec<_>| !s.is_empty()),
        recovered: position.recovered.as_ref().filter(|items| !items.is_empty()).map(|items| pack(&to_cbor(items)).into()),
        packs: Some(position.packs.clone()).filter(|streams| !streams.is_empty()),
        manifests: Some(position.manifests.clone()).filter(|manifests| !manifests.is_empty()),
        claims: Some(position.claims.clone()).filter(|claims| !claims.is_empty()),
        unsent: Some(left).filter(|left| *left > 0),
        erased: Some(position.erased.clone()).filter(|erased| !erased.is_empty()),
        device: position.ticket.is_none().then_some(device.0),
        room_mib: position.room_mib,
    };
    let body = encode_frame(&up);
    let echo = echo_of(&body);
    Request {
        body,
        names,
        ticket: position.ticket.clone(),
        seqs: position.seqs.clone(),
        echo,
        superseded: position.superseded.clone(),
        offered: position.recovered.as_ref().map(Vec::len),
        packs: position.packs.clone(),
        manifests: position.manifests.clone(),
        scope: position.scope,
        erased: position.erased.clone(),
    }
}

/// What an answer to this body echoes.
pub fn echo_of(body: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = Hash::of(body).0;
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{envelope::Envelope, frame::decode_frame};

    #[test]
    fn an_idle_request_over_ten_streams_fits_64_bytes() {
        let keys = DeviceKeys::derive(&[1; 32]).unwrap();
        let position = Position { ticket: Some(vec![7; 8]), scope: 40, seqs: vec![70_000; 10], ..Position::default() };
        let request = build_request(&keys, Device(1 << 23), &position, vec![]);
        assert!(request.body.len() <= 64, "{} bytes", request.body.len());
    }

    #[test]
    fn no_two_phones_ask_by_the_same_bytes() {
        let keys = DeviceKeys::derive(&[1; 32]).unwrap();
        let echo = |device| build_request(&keys, Device(device), &Position { scope: 1, seqs: vec![0; 2], ..Position::default() }, vec![]).echo;
        assert_ne!(echo(5), echo(6), "what answers one would fit the other");
    }

    #[test]
    fn a_gap_and_a_new_opening_start_another_envelope() {
        let keys = DeviceKeys::derive(&[1; 32]).unwrap();
        let waiting = [(1, 1), (1, 2), (1, 4), (2, 1)].map(|(o, n)| Waiting {
            scope: 1,
            opening: Opening([o; 5]),
            n,
            item: Item { kind: 1, doc: Id([1; 16]), bytes: vec![0; 10] },
        });
        let request = build_request(&keys, Device(5), &Position::default(), waiting.to_vec());
        let up: Up = decode_frame(&request.body).unwrap();
        let firsts: Vec<_> = up.envelopes.unwrap().iter().map(|e| Envelope::decode(e).unwrap()).map(|e| (e.first, e.items.len())).collect();
        assert_eq!(firsts, [(1, 2), (4, 1), (1, 1)]);
    }

    #[test]
    fn what_does_not_fit_waits_for_the_next_exchange() {
        let keys = DeviceKeys::derive(&[1; 32]).unwrap();
        let waiting: Vec<_> =
            (1..=40).map(|n| Waiting { opening: Opening([1; 5]), n, scope: 1, item: Item { kind: 1, doc: Id([1; 16]), bytes: vec![0; 40 << 10] } }).collect();
        let request = build_request(&keys, Device(5), &Position::default(), waiting);
        assert!((1..40).contains(&request.names.len()));
    }
}
