//! Photos and voice: what comes in is sniffed and bounded before anything is unpacked; photos leave smaller, upright
//! and without metadata (docs/adr/0008). What everybody may see of them is covered first (docs/adr/0023).

#[cfg(feature = "photos")]
mod cover;
mod jpeg;
#[cfg(feature = "photos")]
mod metadata;
#[cfg(feature = "photos")]
mod photo;
mod sniff;
mod tus;

#[cfg(feature = "photos")]
pub use cover::cover;
pub use jpeg::{Ending, ending};
#[cfg(feature = "photos")]
pub use photo::{Derived, Photo, derive, prepare_photo};
pub use sniff::sniff;
pub use tus::{Answered, CHUNK, LEAST_CHUNK, Step, VERSION, answered, next};

/// Largest picture taken in on a phone, in bytes.
pub const MAX_SOURCE: usize = 12 << 20;
/// Largest voice note, in bytes.
pub const MAX_VOICE: usize = 16 << 20;
/// Longest side of a photo as it is sent, in pixels.
pub const PHOTO_SIDE: u32 = 1_600;
/// Longest side of a thumbnail, in pixels.
pub const THUMB_SIDE: u32 = 256;
