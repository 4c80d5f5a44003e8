//! What a resident does, known by the code and the PIN of a slip alone: sees where the matter stands that was registered with it, rates it,
//! objects, takes it back; chooses and moves times, says that nobody came. By programs (/v1/resident) and by pages (/m), which do the same. No
//! name is told, neither theirs nor an officer's: only the department's, and who answers for it in the hall.

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
