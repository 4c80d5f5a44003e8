//! Paper rounds (纸质走访单): sheets to print for an officer who goes without a phone, and a clerk's entry of what comes back on them.

mod enter;
mod round;
mod stairwell;
#[cfg(test)]
mod tests;

pub use enter::{Entered, enter};
pub(crate) use round::span;
pub use round::{Round, RoundRow, as_planned, of_day, page as round_page};
pub use stairwell::{Doors, page as stairwell_page};
