//! The line on the server: each event's verdict, what clocks come to, and what the office does.

mod act;
mod cluster;
#[cfg(test)]
mod docs;
mod explain;
mod gate;
mod register;
mod scan;
mod timers;
mod verdict;
mod visit;

pub use act::{Deed, Texts, act, reply_to_all};
pub use explain::{ClockSeen, Explained, Happening, Looked, Looker, MoveSeen, Proposed, explain};
pub use gate::leak;
pub use register::{Registration, Then, register};
pub use scan::{Leak, Scan};
pub(crate) use timers::keep;
pub use timers::run_due;
pub(crate) use verdict::{Case, Told, give, log_fact};
pub(crate) use visit::{MINUTES as VISIT_MINUTES, hear};
