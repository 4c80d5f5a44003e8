//! The request and the answer of one exchange (docs/WIRE.md). Version 1.

mod down;
mod repair;
mod scope;
mod state;
mod up;

pub use down::{Down, End, Row};
pub use repair::{Manifest, Mended, Repair};
pub use scope::{Claim, ScopeNow};
pub use state::ItemState;
pub use up::{Superseded, Up};

/// The media type of `POST /v1/sync`.
pub const CONTENT_TYPE: &str = "application/vnd.minqing.sync;v=1";
