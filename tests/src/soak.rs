//! `cargo soak`: whole stories for as many seeds as wanted, one guard taken away, and processes that are killed
//! (docs/TESTING.md, "Soak").

mod kill;
mod stories;

pub use kill::{Killed, PHONE, be_the_phone, kill};
pub use stories::{GuardOff, Soaked, guard_off, replay, soak};
