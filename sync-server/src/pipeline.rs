//! The line on the server: each event's verdict, what clocks come to, and what the office does.

mod act;
#[cfg(test)]
mod docs;
mod explain;
mod scan;
mod timers;
mod verdict;

use minqing_core::{calendar::Calendar, pipeline::Terms};

pub use act::{Deed, Texts, act};
pub use explain::{ClockSeen, Explained, Happening, Looker, explain};
pub use scan::{Leak, Scan};
pub(crate) use timers::keep;
pub use timers::run_due;
pub(crate) use verdict::{Case, Told, give};

/// The calendar and the lengths of the clocks that are in force.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Working days and office hours.
    pub calendar: Calendar,
    /// The office's lengths, where they are not the rules'.
    pub terms: Terms,
}

impl Default for Rules {
    fn default() -> Self {
        Self { calendar: Calendar::shipped().clone(), terms: Terms::RULES }
    }
}
