//! The file: a plain header, and what is sealed for one key.

use super::Contents;
use crate::{
    Error, Result,
    envelope::{Hash, SealKey, seal as seal_for},
    frame::{from_cbor, pack, to_cbor, unpack},
    ids::Device,
};

/// Largest bundle, in bytes.
pub const MAX_BUNDLE: usize = 8 << 20;
/// Largest list of envelopes and certificates once unpacked, in bytes; items stay packed in it.
const MAX_CONTENTS: usize = 16 << 20;
const MAGIC: &[u8; 8] = b"MINQINGB";
const VERSION: u8 = 1;
const INFO: &[u8] = b"minqing/bundle/1";
/// Mark, version, mode, name of the key, author.
const HEADER: usize = 8 + 1 + 1 + 8 + 4;

const MALFORMED: Error = Error::Malformed("bundle.malformed");
const TOO_LARGE: Error = Error::Malformed("bundle.too_large");

/// For whom a bundle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// For the office; whoever carries it cannot read it.
    Courier,
    /// For a colleague's phone, to be applied there.
    Merge,
}

impl Mode {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Courier => "courier",
            Self::Merge => "merge",
        }
    }

    fn number(self) -> u8 {
        match self {
            Self::Courier => 1,
            Self::Merge => 2,
        }
    }
}

/// What anybody may read of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// For whom it is.
    pub mode: Mode,
    /// The name of the key for which it is sealed ([`key_name`]).
    pub key: [u8; 8],
    /// The phone that made it; it may hold what others wrote as well.
    pub author: Device,
}

impl Header {
    /// Reads the header of a bundle, which is bounded here.
    ///
    /// # Errors
    /// `bundle.too_large`; `bundle.malformed` for what is no bundle; `bundle.newer` for one that a newer version made.
    pub fn read(bundle: &[u8]) -> Result<Self> {
        if bundle.len() > MAX_BUNDLE {
            return Err(TOO_LARGE);
        }
        let rest = bundle.strip_prefix(MAGIC).ok_or(MALFORMED)?;
        let (version, rest) = rest.split_first().ok_or(MALFORMED)?;
        match *version {
            VERSION => {}
            0 => return Err(MALFORMED),
            _ => return Err(Error::Malformed("bundle.newer")),
        }
        let [mode, key @ .., a, b, c, d] = *rest.first_chunk::<13>().ok_or(MALFORMED)?;
        let mode = [Mode::Courier, Mode::Merge].into_iter().find(|m| m.number() == mode).ok_or(MALFORMED)?;
        let author = u32::from_be_bytes([a, b, c, d]);
        let author = Some(author).filter(|n| (1..=Device::MAX).contains(n)).map(Device).ok_or(MALFORMED)?;
        Ok(Self { mode, key, author })
    }

    fn bytes(&self) -> Vec<u8> {
        [&MAGIC[..], &[VERSION, self.mode.number()], &self.key, &self.author.0.to_be_bytes()].concat()
    }
}

/// The short name of a key for which bundles are sealed.
pub fn key_name(public: &[u8; 32]) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = Hash::of(&[b"minqing/seal-name/1", &public[..]].concat()).0;
    [a, b, c, d, e, f, g, h]
}

/// Makes a bundle for a public key. `random`: fresh bytes of the platform.
///
/// # Errors
/// `bundle.too_large`; `key.malformed` for a key that is none.
pub fn seal(mode: Mode, to: &[u8; 32], author: Device, contents: &Contents, random: [u8; 32]) -> Result<Vec<u8>> {
    let header = Header { mode, key: key_name(to), author }.bytes();
    let text = to_cbor(contents);
    if text.len() > MAX_CONTENTS {
        return Err(TOO_LARGE);
    }
    let bundle = [&header[..], &seal_for(to, INFO, &header, &pack(&text), random)?].concat();
    if bundle.len() > MAX_BUNDLE { Err(TOO_LARGE) } else { Ok(bundle) }
}

/// Opens a bundle with whichever of these keys it names.
///
/// # Errors
/// What [`Header::read`] says; `bundle.not_for_me` where it names none of the keys; `bundle.malformed` where it was changed or cut;
/// `bundle.too_large`.
pub fn open<'k>(bundle: &[u8], keys: impl IntoIterator<Item = &'k SealKey>) -> Result<(Header, Contents)> {
    let header = Header::read(bundle)?;
    let is_named = |key: &&SealKey| key.public().is_ok_and(|public| key_name(&public) == header.key);
    let key = keys.into_iter().find(is_named).ok_or(Error::Malformed("bundle.not_for_me"))?;
    let (beside, sealed) = bundle.split_at_checked(HEADER).ok_or(MALFORMED)?;
    let packed = key.open(INFO, beside, sealed).ok_or(MALFORMED)?;
    let text = unpack(&packed, MAX_CONTENTS).map_err(|e| if e.code() == "frame.too_large" { TOO_LARGE } else { MALFORMED })?;
    Ok((header, from_cbor(&text).map_err(|_| MALFORMED)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use minicbor::bytes::ByteVec;

    fn key(n: u8) -> SealKey {
        SealKey::derive(&[n; 32], b"test").unwrap()
    }

    fn bundle(contents: &Contents) -> Vec<u8> {
        seal(Mode::Courier, &key(1).public().unwrap(), Device(7), contents, [9; 32]).unwrap()
    }

    fn code(bundle: &[u8], key: &SealKey) -> &'static str {
        open(bundle, [key]).map_or_else(|e| e.code(), |_| "opened")
    }

    #[test]
    fn a_bundle_opens_for_its_key_alone_and_says_what_is_wrong() {
        let contents = Contents { envelopes: vec![ByteVec::from(vec![1; 40])], certificates: vec![ByteVec::from(vec![2; 9])] };
        let good = bundle(&contents);
        let (header, opened) = open(&good, [&key(2), &key(1)]).unwrap();
        assert_eq!((header.mode, header.author, &opened), (Mode::Courier, Device(7), &contents));
        assert_eq!(code(&good, &key(2)), "bundle.not_for_me");
        let newer = [&good[..8], &[2], &good[9..]].concat();
        assert_eq!(code(&newer, &key(1)), "bundle.newer");
        assert_eq!(code(b"%PDF-1.7 and so on, and so on", &key(1)), "bundle.malformed");
        assert_eq!(code(&vec![0; MAX_BUNDLE + 1], &key(1)), "bundle.too_large");
        for mode in [0, 3] {
            assert_eq!(code(&[&good[..9], &[mode], &good[10..]].concat(), &key(1)), "bundle.malformed");
        }
        // The other mode is another header, to which the sealed part is not bound.
        assert_eq!(code(&[&good[..9], &[2], &good[10..]].concat(), &key(1)), "bundle.malformed");
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
        let public = key(1).public().unwrap();
        let header = Header { mode: Mode::Courier, key: key_name(&public), author: Device(7) }.bytes();
        let bomb = pack(&vec![0; MAX_CONTENTS + 1]);
        assert!(bomb.len() < 10_000);
        let bundle = [&header[..], &seal_for(&public, INFO, &header, &bomb, [1; 32]).unwrap()].concat();
        assert_eq!(code(&bundle, &key(1)), "bundle.too_large");
        let lie = [&header[..], &seal_for(&public, INFO, &header, &[0x82, 0x9b, 0x10, 0, 0, 0, 0, 0, 0, 0], [1; 32]).unwrap()].concat();
        assert_eq!(code(&lie, &key(1)), "bundle.malformed");
    }
}
