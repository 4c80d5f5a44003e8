//! A pack: one stream as of one place, for a phone that has nothing of it. First what lists show, then
//! documents whole, with the events and facts about them, in two parts: what is due, then the rest (docs/WIRE.md, "Packs").

mod line;
mod offer;
mod read;
mod snapshot;
mod write;

pub use line::{DoorLine, Line, MatterLine};
pub use offer::{Offer, Part};
pub use read::Chunks;
pub use snapshot::{Snapshot, Told};
pub use write::Writer;

/// Largest part, in bytes as it travels. A stream with more is read row by row.
pub const MAX_PART: u64 = 64 << 20;
/// From so many unpacked bytes on a chunk is full; phones take each in one transaction.
const CHUNK: usize = 192 << 10;
/// 2²³ bytes: how far back what is packed may refer, and so the memory it takes to unpack.
const WINDOW_LOG: u32 = 23;
