//! Photos and voice: resumable upload by tus 1.0 (core, creation, termination, expiration), and what is shown of them
//! (docs/adr/0008). The bytes a phone signed for are kept as they came and never served; derivatives are.

mod append;
mod ask;
mod cover;
mod create;
mod end;
mod files;
mod finish;
mod protocol;
mod read;
mod tidy;
mod turns;

pub use append::append;
pub use ask::{ask, options};
pub use cover::{check as check_patches, cover, uncover};
pub use create::create;
pub use end::end;
pub use files::{Files, PARTS};
pub use protocol::VERSION;
pub use read::{Asked, serve, to_device, to_staff};
pub use tidy::{keep_tidy, tidy};
