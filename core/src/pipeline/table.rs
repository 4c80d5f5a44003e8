//! The transition table, as data.

use crate::model::{
    EventCode::{self, Note, Register, SolveOnSpot},
    MatterState::{self, Feedback, Registered},
    Role::{self, Clerk, Department, Lead, Officer, Resident, Supervisor},
};

/// One row of the table.
#[derive(Debug)]
pub struct Transition {
    /// The event.
    pub event: EventCode,
    /// The states it may start from; empty = the matter does not exist yet.
    pub from: &'static [MatterState],
    /// Where it leads; `None` = the state stays.
    pub to: Option<MatterState>,
    /// Who may do it.
    pub who: &'static [Role],
}

/// T1, T5 and T30 of the design's table.
pub const TABLE: &[Transition] = &[
    Transition { event: Register, from: &[], to: Some(Registered), who: &[Resident, Officer, Clerk] },
    Transition { event: SolveOnSpot, from: &[Registered], to: Some(Feedback), who: &[Officer, Clerk] },
    Transition { event: Note, from: &[Registered, Feedback], to: None, who: &[Officer, Clerk, Lead, Department, Supervisor] },
];
