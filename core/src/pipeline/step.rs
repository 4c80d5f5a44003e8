//! One thing that happened to a matter, as the fold takes it: an event with its verdict, or a timer.

use crate::{
    Id,
    event::{Event, SYSTEM, Said},
    model::{Allowance, Clock, EventCode, RefusalCode, Role, Started},
};

/// When something was done, and by which rules it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// When the server holds it done, milliseconds since 1970: decides K0, and whether it was in time.
    pub done_at: i64,
    /// When the server judged it: due dates are counted from here.
    pub judged_ms: i64,
    /// The calendar in force then.
    pub calendar: u32,
    /// Clocks with another length than the rules'.
    pub started: Vec<Started>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Of the event or the timer.
    pub id: Id,
    /// Its place among all that happened to the matter.
    pub ordinal: u64,
    /// What.
    pub code: EventCode,
    /// Who.
    pub by: Id,
    /// In which role.
    pub role: Role,
    /// What it says.
    pub said: Said,
    /// Its payload, as it came.
    pub payload: Vec<u8>,
    /// When.
    pub times: Times,
}

impl Times {
    /// The length that the verdict gives a clock, where it is not the rules'.
    pub(super) fn length(&self, clock: Clock) -> Option<Allowance> {
        self.started.iter().find(|s| s.clock == clock).map(|s| s.allowance)
    }
}

impl Step {
    /// What the system does.
    pub(super) fn by_system(id: Id, ordinal: u64, code: EventCode, said: Said, times: Times) -> Self {
        Self { id, ordinal, code, by: SYSTEM, role: Role::System, said, payload: Vec::new(), times }
    }

    /// Reads an event.
    ///
    /// # Errors
    /// [`RefusalCode::UnknownCode`] if this version does not know everything in it.
    pub fn of(event: &Event, ordinal: u64, times: Times) -> Result<Self, RefusalCode> {
        let read = || {
            let (code, role) = (EventCode::from_number(event.code)?, Role::from_number(event.role)?);
            let said = Said::read(code, &event.payload)?;
            Some(Self { id: event.id, ordinal, code, by: event.by, role, said, payload: event.payload.clone(), times: times.clone() })
        };
        read().ok_or(RefusalCode::UnknownCode)
    }
}
