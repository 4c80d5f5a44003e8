//! Bundles: the envelopes of an exchange as a file, for where there is no network at all (docs/WIRE.md, "Bundles").
//!
//! One for the office is sealed for its key, so that whoever carries it cannot read it (courier). One for a colleague is
//! sealed for that phone's key, shown as a QR code, and applied there (merge).

mod address;
mod contents;
mod file;

pub use address::MergeAddress;
pub use contents::{Contents, Verified};
pub use file::{Header, MAX_BUNDLE, Mode, key_name, open, seal};

/// The media type of a bundle that is handed in.
pub const CONTENT_TYPE: &str = "application/vnd.minqing.bundle;v=1";
/// Frames whose limits the envelopes of one bundle share.
pub const MAX_FRAMES: usize = 4;
