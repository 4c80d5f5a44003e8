//! What everybody may read, without signing in: matters that are shown, masked field by field (core/src/public).

pub mod read;
mod view;

pub use view::{everything, view};
