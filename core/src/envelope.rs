//! Names, hashes and signatures of what travels (docs/WIRE.md, "What travels").

mod certificate;
mod hash;
mod head;
mod keys;
mod quarantine;
mod seal;
mod signed;
mod sums;

pub use certificate::Certificate;
pub use hash::{Hash, Item, ItemKind};
pub use head::{Head, next_link};
pub use keys::{DeviceKeys, FileKey};
pub use quarantine::Quarantine;
pub use seal::{SealKey, seal};
pub use signed::{Envelope, Room, verify};
pub use sums::{Sums, doc_term, item_term, read_back, stored};
