//! Fixed numbers of bytes as JSON carries them: base64url without padding.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sha2::{Digest, Sha256};

/// `N` bytes, in JSON base64url without padding. What does not fit reads as `None`, so that the handler
/// can answer with a code of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Bytes<const N: usize>(pub Option<[u8; N]>);

impl<const N: usize> Serialize for Bytes<N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(bytes) => to.serialize_str(&base64url(bytes)),
            None => to.serialize_none(),
        }
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from).map_err(D::Error::custom)?;
        Ok(Self(URL_SAFE_NO_PAD.decode(text.as_bytes()).ok().and_then(|b| b.try_into().ok())))
    }
}

/// Bytes as base64url without padding.
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// SHA-256, under which codes, refresh tokens and sessions are kept.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_length_fits() {
        let read = |text: &str| serde_json::from_str::<Bytes<2>>(text).map(|b| b.0);
        assert_eq!(read("\"-_8\"").unwrap(), Some([0xfb, 0xff]));
        assert_eq!(read("\"-_8=\"").unwrap(), None);
        assert_eq!(read("\"AAAA\"").unwrap(), None);
        assert!(read("7").is_err());
        assert_eq!(serde_json::to_string(&Bytes(Some([0xfb, 0xff]))).unwrap(), "\"-_8\"");
    }
}
