//! The people's matters pipeline as one pure function: accepted events by ordinal → state.
//!
//! No I/O, no clock, no database: phone and server compute the same state with the same code. This
//! version knows three events; the table grows to the whole machine with the line.

mod fold;
mod table;

pub use fold::{Judgement, Matter, judge};
pub use table::{TABLE, Transition};

/// Version of the rules, stated in every verdict.
pub const RULES: u32 = 1;
