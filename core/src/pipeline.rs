//! The people's matters pipeline as one pure function: what happened to a matter, by ordinal → its state.
//!
//! No I/O, no clock, no database: phone and server compute the same state with the same code. [`TABLE`] is the whole machine as
//! data; [`judge`] asks it about one more event, [`Matter::fold`] applies what was accepted. Which moment a clock has come to is
//! asked of a calendar afterwards ([`Running::due_ms`]), so no calendar can change a state.

mod at_door;
mod category_rule;
mod clocks;
mod due;
mod effect;
mod fold;
mod guard;
mod happened;
mod judge;
mod matter;
mod moves;
mod rows;
mod step;
mod table;
mod terms;
mod timers;
mod when;

pub use crate::event::SYSTEM;
pub use at_door::AtDoor;
pub use category_rule::CategoryRule;
pub use clocks::{Clocks, Ended, Pause, Running};
pub use due::Reading;
pub use effect::Effect;
pub use guard::Guard;
pub use happened::{Happened, happened};
pub use judge::{Around, Judgement, judge, judge_timer};
pub use matter::{About, Alarmed, Counts, Matter, Paper, Proposal, Publication, Rated, Task, Told, Undo, Wrote};
pub use moves::{Move, moves};
pub use rows::TABLE;
pub use step::{Step, Times};
pub use table::{Second, To, Transition};
pub use terms::Terms;
pub use timers::{Timer, timers};
pub use when::{UNHAPPY, When};

/// Version of the rules, stated in every verdict.
pub const RULES: u32 = 2;
