//! The board of the line: how many matters stand where, and which of them.

use minqing_core::{
    Id,
    model::{Address, Category, Lamp, MatterState},
};

use super::{Result, log::KeptMatter};
use crate::projection::MatterShown;

/// Which matters of a community.
#[derive(Clone, Debug)]
pub struct OnLine {
    /// Its 12 digits.
    pub community: String,
    /// When: what is due before is overdue, and its lamp is red whatever its clocks have come to so far. Milliseconds since 1970.
    pub now_ms: i64,
    /// Who asks: with `mine` only those in their hands, the ones that they did something with last or that lie at a department of theirs.
    pub staff: Id,
    /// Only theirs.
    pub mine: bool,
    /// Only those due from the one moment until before the other, milliseconds since 1970.
    pub due: Option<(i64, i64)>,
    /// Only those with this lamp.
    pub lamp: Option<Lamp>,
    /// Only those of this category.
    pub category: Option<Category>,
    /// Only those for which this department answers.
    pub department: Option<Id>,
    /// Only those of doors in this grid.
    pub grid: Option<String>,
}

impl OnLine {
    /// All of a community, as somebody of its office sees them.
    pub fn all(community: impl Into<String>, staff: Id, now_ms: i64) -> Self {
        Self { community: community.into(), now_ms, staff, mine: false, due: None, lamp: None, category: None, department: None, grid: None }
    }
}

/// Whether matters in a state stand at a station of the line, and have not come to its end.
pub fn is_on_line(state: MatterState) -> bool {
    state.stage().is_some() && !state.is_terminal()
}

/// How many matters stand in a state: first those that are asked for, then, whatever is asked of hands, due dates and lamps, …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateCount {
    /// The state.
    pub state: MatterState,
    /// All that are asked for.
    pub asked: u64,
    /// … all,
    pub all: u64,
    /// … those in the hands of who asks,
    pub mine: u64,
    /// … those that are overdue now,
    pub overdue: u64,
    /// … those due later today,
    pub today: u64,
    /// … those with a yellow lamp,
    pub yellow: u64,
    /// … and with a red one.
    pub red: u64,
}

/// A matter on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineMatter {
    /// As it is shown.
    pub row: MatterShown,
    /// When the first of its clocks is due; `None` where none runs.
    pub due_ms: Option<i64>,
    /// Its door, if it has one.
    pub door: Option<Address>,
    /// As it is kept, at the same moment.
    pub kept: Option<KeptMatter>,
}

/// The board.
pub trait LineBoard: Send + Sync {
    /// How many matters stand in each state of the line that has not ended; nothing of a state in which there are none.
    /// `tonight_ms`: what is due before is due today.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn line_counts(&self, which: &OnLine, tonight_ms: i64) -> Result<Vec<StateCount>>;

    /// Matters in one state, after one of them: what is due first comes first, in a state where the line has ended the newest.
    ///
    /// # Errors
    /// `store.failed`.
    fn on_line(&self, which: &OnLine, state: MatterState, after: Option<Id>, limit: u32) -> Result<Vec<LineMatter>>;

    /// These matters, in this order, as they stand; nothing of those that there are not.
    ///
    /// # Errors
    /// `store.failed`.
    fn line_matters(&self, ids: &[Id]) -> Result<Vec<LineMatter>>;
}
