//! The address to which a colleague seals: the text of a QR code on the receiving phone.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    Error, Result,
    envelope::{Certificate, Hash},
    ids::crockford,
};

/// What the text begins with.
const BEGIN: &str = "minqing:merge?to=";
const CHECK: &str = "&check=";
/// Letters that tell a damaged or mistyped address.
const CHECK_LETTERS: usize = 4;
/// Longest text, in bytes.
const MAX: usize = 512;

/// A phone to which bundles may be sealed: its certificate, so that nobody hands residents' data to a phone that is not of this office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeAddress(pub Vec<u8>);

impl MergeAddress {
    /// The text of the QR code.
    pub fn text(&self) -> String {
        format!("{BEGIN}{}{CHECK}{}", URL_SAFE_NO_PAD.encode(&self.0), self.check_letters())
    }

    /// Reads a scanned text.
    ///
    /// # Errors
    /// `bundle.address` where the check letters do not fit, or it is another text.
    pub fn read(text: &str) -> Result<Self> {
        let malformed = || Error::Malformed("bundle.address");
        let text = Some(text.trim()).filter(|text| text.len() <= MAX);
        let (to, check) = text.and_then(|text| text.strip_prefix(BEGIN)?.split_once(CHECK)).ok_or_else(malformed)?;
        let address = Self(URL_SAFE_NO_PAD.decode(to).map_err(|_| malformed())?);
        if address.check_letters().eq_ignore_ascii_case(check) { Ok(address) } else { Err(malformed()) }
    }

    /// Whose address it is, if the office vouches for it. `office`: all keys with which it signs.
    ///
    /// # Errors
    /// `bundle.signer_unknown`.
    pub fn phone(&self, office: &[[u8; 32]]) -> Result<Certificate> {
        Certificate::check(&self.0, office).ok_or(Error::State("bundle.signer_unknown"))
    }

    fn check_letters(&self) -> String {
        crockford(&Hash::of(&[b"minqing/merge-address/1", &self.0[..]].concat()).0[..CHECK_LETTERS])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_and_a_wrong_letter_is_found() {
        let address = MergeAddress(vec![7; 160]);
        let text = address.text();
        assert!(text.len() < 300, "{text}");
        assert_eq!(MergeAddress::read(&format!(" {text}\n")), Ok(address));
        for at in 0..text.len() {
            let bad: String = text.chars().enumerate().map(|(i, c)| if i == at { if c == 'x' { 'y' } else { 'x' } } else { c }).collect();
            assert_eq!(MergeAddress::read(&bad).unwrap_err().code(), "bundle.address", "{bad}");
        }
        for text in ["", "minqing:enrol?server=a&code=b", &"x".repeat(600)] {
            assert_eq!(MergeAddress::read(text).unwrap_err().code(), "bundle.address");
        }
    }
}
