//! `cargo soak`: whole stories for as many seeds as wanted, one guard taken away, and processes that are killed
//! (docs/TESTING.md, "Soak").

mod kill;
mod processes;
mod stories;

pub use kill::{Killed, kill};
pub use processes::{PHONE, SERVER, be_the_phone};
pub use stories::{GuardOff, Soaked, guard_off, replay, soak};
