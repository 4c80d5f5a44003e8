//! Photos and voice: made ready on the phone, brought to the office in pieces, shown there without what the camera wrote in.

mod covers;
mod crash;
mod hostile;
pub mod office;
mod photos;
mod stories;
