//! `/office/inbox` 收件核对: one card after the other, settled with a click or a key; what was decided can be taken back.

mod act;
mod cards;
mod list;
#[cfg(test)]
mod tests;

pub use act::{see_refused, settle_address, settle_door, settle_edit, undo_decision};
pub use cards::{Body, CardLine, plate, worded};
pub use list::{inbox, inbox_left};

/// The tabs, by the word in their addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    All,
    Edit,
    Door,
    Parked,
    Address,
    Done,
}

impl Kind {
    /// All of them, in the order of the page.
    pub const ALL: [(Self, &str); 6] =
        [(Self::All, "all"), (Self::Edit, "edit"), (Self::Door, "door"), (Self::Parked, "parked"), (Self::Address, "address"), (Self::Done, "done")];

    /// The tab of a word; everything where there is none of that name.
    pub fn of(word: &str) -> Self {
        Self::ALL.iter().find(|(_, w)| *w == word).map_or(Self::All, |(kind, _)| *kind)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("all", |(_, word)| word)
    }
}
