//! Who is calling: phones by tokens, staff by passwords.

mod bytes;
pub mod certificate;
pub mod enrol;
mod from_device;
pub mod jwks;
pub mod keys;
pub mod password;
mod provider;
pub mod refresh;
pub mod renew;
pub mod token;

pub use bytes::{Bytes, base64url, sha256};
pub use from_device::FromDevice;
pub(crate) use keys::FILE as KEY_FILE;
pub use keys::Keys;
