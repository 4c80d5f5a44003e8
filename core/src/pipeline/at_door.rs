//! What a matter waits for at a resident's door.

use super::Matter;
use crate::{
    Id,
    calendar::Calendar,
    model::{Clock, MatterState},
};

/// What somebody is to do at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtDoor {
    /// Bring the answer.
    Answer,
    /// Say which papers lack, or fetch them.
    Papers,
}

impl Matter {
    /// Whether the resident of `of`, this matter or one that follows it, waits for the result.
    pub fn is_to_be_told(&self, of: Id) -> bool {
        self.state == MatterState::Feedback && self.cluster().any(|id| id == of) && !self.told.iter().any(|told| told.of == of && told.reached)
    }

    /// What is to be done at the door of the resident of `of`, this matter or one that follows it, and by when: milliseconds since 1970, `None`
    /// where that clock does not run.
    pub fn at_door(&self, of: Id, calendar: &Calendar) -> Option<(AtDoor, Option<i64>)> {
        let (what, clock) = match self.state {
            MatterState::Feedback if self.is_to_be_told(of) => (AtDoor::Answer, Clock::Feedback),
            MatterState::Papers if self.id == of => (AtDoor::Papers, Clock::Papers),
            _ => return None,
        };
        Some((what, self.clocks.open(clock).and_then(|running| running.due_ms(calendar))))
    }
}
