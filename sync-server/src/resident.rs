//! What a resident does over the network, known by the code and the PIN of a slip alone: sees the appointments of the matter that was
//! registered with it, chooses and moves times, takes back, says that nobody came. No name is told, neither theirs nor an officer's.

pub mod appointments;
pub mod door;
pub mod matter;
pub mod openings;
pub mod pages;
mod standing;
#[cfg(test)]
mod tests;
mod times;
pub mod view;

pub use door::{FromResident, open};
