//! Documents, envelopes and frames of version 1, from outside the core.

pub mod accept;
mod admitted;
mod bombs;
pub mod bundles;
pub mod chunk;
mod envelopes;
mod golden;
mod golden_frames;
mod golden_names;
mod golden_said;
pub mod hostile;
mod merges;
mod office;
mod typing;
