//! Appointments at the door on the server: each event's verdict, whose time is taken, what clocks come to, and what the office does.

mod act;
#[cfg(test)]
mod docs;
mod hold;
mod openings;
mod reminders;
mod timers;
mod verdict;

pub use act::{Deed, act, ask};
pub use openings::next_openings;
pub use reminders::send_reminders;
pub use timers::run_due;
pub(crate) use verdict::{Case, by_system, give};
