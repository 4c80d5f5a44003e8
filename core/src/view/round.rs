//! A round as screens show it.

use serde::{Deserialize, Serialize};

use super::{HouseholdRow, WhyRow};

/// An officer's round of today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRow {
    /// The day, as `2026-09-16`.
    pub day: String,
    /// Whether the office planned it; else this phone did.
    pub by_office: bool,
    /// When it was planned, milliseconds since 1970; 0 = there is none.
    pub made_ms: i64,
    /// What is over first, then what is still to come, in the order in which it is walked.
    pub stops: Vec<RoundStop>,
    /// Doors for which there is no time today, each with the reason.
    pub left_out: Vec<LeftOut>,
    /// What is left of the walking, in minutes.
    pub walking_minutes: u32,
    /// Whether appointments have changed since: it is to be planned anew.
    pub is_stale: bool,
    /// Words of [`crate::model::Bring`]: what to bring for what is still to come.
    pub bring: Vec<String>,
}

/// One door of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundStop {
    /// The door.
    pub household: HouseholdRow,
    /// `next`, `waiting`, `done` or `nobody_in`.
    pub state: String,
    /// When the visit is to begin, or was over, milliseconds since 1970.
    pub at_ms: i64,
    /// How long it takes, in minutes; 0 where it is over.
    pub minutes: u16,
    /// The walk to it, in minutes, rounded up; 0 where it is over.
    pub walk_minutes: u32,
    /// The appointment that is kept there; empty for none.
    pub appointment: String,
    /// Whether a resident was promised that time.
    pub is_promised: bool,
    /// Why, beside an appointment.
    pub reasons: Vec<WhyRow>,
    /// Words of [`crate::model::Bring`].
    pub bring: Vec<String>,
}

/// A door for which there is no time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The door.
    pub household: HouseholdRow,
    /// The appointment that cannot be kept any more: somebody must ring up; empty for none.
    pub appointment: String,
    /// `no_officer`, `no_window`, `too_many_doors` or `no_time`.
    pub why: String,
}
