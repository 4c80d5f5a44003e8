//! What the office has to look at (收件核对), and what it makes of it: fields with two values, doors that may be one, matters whose
//! door is not known, refused events. Each decision can be taken back.

mod consent;
mod correct;
mod decide;
mod doors;
mod edits;
mod fill;
mod places;
mod refused;

use minqing_core::Id;

pub use consent::agree;
pub use correct::{Corrected, Own, correct};
pub use decide::{Decided, Who, undo};
pub use doors::{Door, door, keep_apart, merge};
pub use edits::{Card, Choice, Field, Value, card, choose, short_hash};
pub use fill::fill;
pub use places::{guess, no_door, place};
pub use refused::seen;

/// An id as decisions name it beside others.
pub(crate) fn hex(id: Id) -> String {
    id.0.iter().map(|byte| format!("{byte:02X}")).collect()
}
