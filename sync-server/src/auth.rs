//! Who is calling, phones by tokens, staff by passwords; what they may do; how often they may try.

mod bytes;
pub mod certificate;
pub mod enrol;
mod from_device;
pub mod jwks;
pub mod keys;
pub mod office_keys;
pub mod password;
mod provider;
pub mod refresh;
pub mod renew;
pub mod rights;
pub mod second;
pub mod token;
pub mod tries;

pub use bytes::{Bytes, base64url, sha256};
pub use from_device::{Bearer, FromDevice, FromReader, bearer};
pub(crate) use keys::FILE as KEY_FILE;
pub use keys::Keys;
