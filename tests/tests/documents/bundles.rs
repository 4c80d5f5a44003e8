//! Bundles of version 1: read as on the day they were sealed, still sealed the same way, and refused once anything in them is changed or cut.

use minqing_core::{
    Id,
    bundle::{Contents, Header, MergeAddress, Mode, Verified, open, seal},
    envelope::{Certificate, DeviceKeys, Envelope, Item},
    ids::{Device, Opening},
};
use proptest::{prelude::*, test_runner::RngSeed};

use super::accept::{golden, golden_text, is_golden};

const AUTHOR: Device = Device(0x00ab_cdef);

fn config() -> ProptestConfig {
    ProptestConfig { cases: 300, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..ProptestConfig::default() }
}

fn keys(n: u8) -> DeviceKeys {
    DeviceKeys::derive(&[n; 32]).unwrap()
}

fn office() -> DeviceKeys {
    keys(9)
}

fn certificate() -> Vec<u8> {
    let (author, office) = (keys(7), office());
    let certificate = Certificate { device: AUTHOR, officer: Id([1; 16]), sign_key: author.sign_key(), seal_key: author.seal_key().unwrap() };
    certificate.issue(|message| office.sign(message))
}

/// One small item, and enough to be packed.
fn contents() -> Contents {
    let item = |n: u8, len| Item { kind: 1, doc: Id([n; 16]), bytes: vec![n; len] };
    let envelopes = [(1, item(1, 30)), (2, item(2, 900))].map(|(first, item)| Envelope::seal(&keys(7), AUTHOR, Opening([1; 5]), first, 3, vec![item]).encode());
    Contents { envelopes: envelopes.into_iter().map(Into::into).collect(), certificates: vec![certificate().into()] }
}

fn bundles() -> [(&'static str, Mode, Vec<u8>); 2] {
    [("bundle-courier.bin", Mode::Courier), ("bundle-merge.bin", Mode::Merge)]
        .map(|(name, mode)| (name, mode, seal(mode, &reader().seal_key().unwrap(), AUTHOR, &contents(), [4; 32]).unwrap()))
}

/// For whom they are.
pub fn reader() -> DeviceKeys {
    keys(2)
}

pub fn opened(bytes: &[u8]) -> minqing_core::Result<(Header, Verified)> {
    let (header, contents) = open(bytes, [reader().opens()])?;
    Ok((header, contents.verified(&[office().sign_key()])?))
}

#[test]
fn bundles_of_version_1_are_opened_as_they_were_sealed() {
    for (name, mode, _) in bundles() {
        let (header, read) = open(&golden(name), [reader().opens()]).unwrap();
        assert_eq!((header.mode, header.author, &read), (mode, AUTHOR, &contents()), "{name}");
        let (_, verified) = opened(&golden(name)).unwrap();
        assert_eq!(verified.envelopes.iter().map(|(envelope, _)| envelope.items.len()).collect::<Vec<_>>(), [1, 1]);
    }
    assert_eq!(MergeAddress::read(&golden_text("merge-address.txt")), Ok(MergeAddress(certificate())));
}

/// Another zstd may pack in other words and still be right: the test above is the promise, this one shows a change.
#[test]
fn bundles_are_still_sealed_the_same_way() {
    bundles().iter().for_each(|(name, _, bytes)| is_golden(name, bytes));
    is_golden("merge-address.txt", MergeAddress(certificate()).text().as_bytes());
}

#[test]
fn whatever_byte_is_changed_or_cut_off_a_bundle_is_refused() {
    for (_, _, good) in bundles() {
        assert!(opened(&good).is_ok());
        for at in 0..good.len() {
            let mut changed = good.clone();
            changed[at] ^= 0x11;
            // The author's number stands outside the envelopes, but the seal is bound to it.
            assert!(opened(&changed).is_err(), "byte {at}");
            assert!(opened(&good[..at]).is_err(), "cut at {at}");
        }
        assert!(opened(&[&good[..], &[0]].concat()).is_err(), "something behind it");
    }
}

proptest! {
    #![proptest_config(config())]

    /// Sealed by somebody who knows the key: what is in it need not be what it should.
    #[test]
    fn whatever_is_sealed_in_a_bundle_it_is_read_or_refused(envelopes in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 0..4), certificates in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..3), cut in 0usize..200) {
        let certificates = certificates.into_iter().map(Into::into).collect();
        let bytes = seal(Mode::Merge, &reader().seal_key().unwrap(), AUTHOR, &Contents { envelopes: envelopes.into_iter().map(Into::into).collect(), certificates }, [4; 32]).unwrap();
        if let Ok((_, verified)) = opened(&bytes) {
            prop_assert!(verified.envelopes.is_empty(), "nobody signed this");
        }
        // True envelopes, cut.
        let mut cut_off = contents();
        let whole = cut_off.envelopes[1].to_vec();
        cut_off.envelopes[1] = whole[..whole.len() - 1 - cut % (whole.len() - 1)].to_vec().into();
        let bytes = seal(Mode::Merge, &reader().seal_key().unwrap(), AUTHOR, &cut_off, [4; 32]).unwrap();
        prop_assert!(opened(&bytes).is_err());
    }

    #[test]
    fn random_bytes_are_no_bundle(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(opened(&bytes).is_err());
        prop_assert!(opened(&[b"MINQINGB\x01\x02", &bytes[..]].concat()).is_err());
    }
}
