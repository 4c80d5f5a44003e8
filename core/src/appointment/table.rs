//! What a row of the table is.

use super::{Effect, Guard};
use crate::model::{AppointmentEvent, AppointmentState, Role};

/// One row of the table: the first counts whose event, state and role fit.
#[derive(Debug)]
pub struct Transition {
    /// The event.
    pub event: AppointmentEvent,
    /// The states it may start from; empty = there is no such appointment yet.
    pub from: &'static [AppointmentState],
    /// Where it leads; `None` = the state stays.
    pub to: Option<AppointmentState>,
    /// Who may do it.
    pub who: &'static [Role],
    /// What is refused.
    pub guards: &'static [Guard],
    /// What changes besides the state.
    pub effects: &'static [Effect],
    /// A phone may do it without a network.
    pub offline: bool,
}

impl Transition {
    /// A row that nothing guards and that changes nothing but the state.
    pub(super) const fn new(event: AppointmentEvent, from: &'static [AppointmentState], to: Option<AppointmentState>, who: &'static [Role]) -> Self {
        Self { event, from, to, who, guards: &[], effects: &[], offline: false }
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
