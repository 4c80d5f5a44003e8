//! Whom to visit next, as screens show it.

use serde::{Deserialize, Serialize};

use super::HouseholdRow;

/// A door at which somebody is to knock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedRow {
    /// The door.
    pub household: HouseholdRow,
    /// Why, the most pressing first; at least one.
    pub reasons: Vec<WhyRow>,
    /// Whether somebody there is old, ill or disabled, and comes first.
    pub first: bool,
    /// How long it will take, in minutes.
    pub minutes: u16,
    /// An appointment there in the next seven days, milliseconds since 1970; 0 = none.
    pub appointment_ms: i64,
}

/// One reason to knock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyRow {
    /// Word of a [`crate::model::WhyVisit`].
    pub why: String,
    /// The matter, follow-up or notice; empty for a cycle.
    pub about: String,
    /// The sentence to show, with its days.
    pub said: String,
}
