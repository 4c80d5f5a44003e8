//! What a row of the table is.

use super::{Effect, Guard, Matter, When};
use crate::model::{EventCode, MatterState, Role};

/// Where a row leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// Nowhere: the state stays.
    Stay,
    /// To this state.
    Go(MatterState),
    /// To the state before the papers or the review.
    Back,
    /// To the state before the matter followed another.
    Unmerge,
}

/// Who has to confirm what a row's event proposes; until then nothing moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Second {
    /// Nobody: the event moves at once.
    Nobody,
    /// One of these, and another person than the proposer.
    Of(&'static [Role]),
    /// The lead; for more than five working days the supervisor.
    ByDays,
}

/// One row of the table. Of the rows for an event, a state and a role the first counts whose `when` holds.
#[derive(Debug)]
pub struct Transition {
    /// The number in docs/PIPELINE.md, T1–T30; 0 for what serves several.
    pub t: u8,
    /// The event.
    pub event: EventCode,
    /// The states it may start from; empty = the matter does not exist yet.
    pub from: &'static [MatterState],
    /// What must hold for this row to be the one.
    pub when: When,
    /// Where it leads.
    pub to: To,
    /// Who may do it.
    pub who: &'static [Role],
    /// Who confirms it.
    pub second: Second,
    /// What is refused.
    pub guards: &'static [Guard],
    /// What changes besides the state.
    pub effects: &'static [Effect],
    /// A phone may propose it without a network.
    pub offline: bool,
}

impl Transition {
    /// A row that nothing guards and that changes nothing but the state.
    pub(super) const fn new(t: u8, event: EventCode, from: &'static [MatterState], to: To, who: &'static [Role]) -> Self {
        Self { t, event, from, when: When::Always, to, who, second: Second::Nobody, guards: &[], effects: &[], offline: false }
    }

    /// The state to which it leads from where a matter is; `None` = it stays.
    pub fn leads_to(&self, m: &Matter) -> Option<MatterState> {
        match self.to {
            To::Stay => None,
            To::Go(state) => Some(state),
            To::Back => m.back,
            To::Unmerge => Some(m.own_state()),
        }
    }

    pub(super) const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    pub(super) const fn second(self, second: Second) -> Self {
        Self { second, ..self }
    }

    pub(super) const fn guards(self, guards: &'static [Guard]) -> Self {
        Self { guards, ..self }
    }

    pub(super) const fn effects(self, effects: &'static [Effect]) -> Self {
        Self { effects, ..self }
    }

    pub(super) const fn offline(self) -> Self {
        Self { offline: true, ..self }
    }
}
