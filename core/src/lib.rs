//! All that a phone and the server of Minqing must agree on.
//!
//! The core knows no socket, no wall clock and no random generator of its own: bytes, times and
//! randomness come in as arguments, so the same inputs give the same bytes.
//! `docs/ARCHITECTURE.md` walks through one visit from the form to the office.

pub mod appointment;
pub mod attachment;
pub mod bundle;
pub mod calendar;
pub mod clock;
pub mod document;
pub mod envelope;
pub mod error;
pub mod event;
pub mod frame;
pub mod guards;
pub mod ids;
pub mod model;
pub mod pack;
pub mod paper;
pub mod pipeline;
pub mod public;
pub mod rounds;
pub mod speech;
pub mod sync;
pub mod wire;
pub mod words;

#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "store")]
pub mod store;
pub mod view;

pub use error::{Error, Result};
pub use ids::Id;
