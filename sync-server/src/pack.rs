//! Packs: a long stream as of one place, made off the request path and kept as files, so that a new phone need not read
//! years row by row (docs/SYNC.md, "A new phone").

mod build;
mod due;
mod keep;
mod lines;
mod offer;
mod read;
mod shelf;

pub use build::build;
pub use keep::{keep_packed, pack_all};
pub(crate) use offer::{better, offers};
pub use read::to_device;
pub use shelf::{FOLDER, Shelf};
