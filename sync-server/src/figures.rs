//! Figures of the line: what each matter counts is kept beside it with every event ([`Tally`], [`Counted`]), and added up in one pass
//! ([`Table`]). [`Figures`] counts the same slowly from the log, to hold one against the other.

mod call_backs;
mod counted;
mod keep;
mod rate;
mod recount;
mod table;
mod tally;
mod totals;

use minqing_core::calendar::Calendar;

pub use call_backs::{Rating, Why, ratings, to_call_back};
pub use counted::{Counted, Counts};
pub use keep::{count_again, follow, tally_of};
pub use rate::{Rate, yuan};
pub use recount::Figures;
pub use table::{Asked, Table, table};
pub use tally::Tally;
pub use totals::Totals;

/// Calendars by the number that a verdict names.
pub trait Calendars {
    /// The one of a number.
    fn of(&self, version: u32) -> &Calendar;
}

/// The same one for all.
impl Calendars for Calendar {
    fn of(&self, _: u32) -> &Calendar {
        self
    }
}
