//! What is refused although the table has a row for it.

use super::{Appointment, Said, Slot, Step, slot::MINUTES};
use crate::{event::SYSTEM, model::RefusalCode};

/// Most windows of one request.
const MAX_WINDOWS: usize = 16;

/// Something without which an event is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Codes and lengths that this version knows.
    SoundRequest,
    /// A time on the five-minute grid, for as many persons as are to come.
    SoundSlot,
    /// A time that lies ahead of when it was named.
    NotPast,
    /// The author is one of those who are to come; while nobody was named, who asked, or any where the line did.
    OwnVisit,
    /// It means the time that is held now.
    SameTime,
    /// The time is held still.
    InTime,
    /// This reminder did not go yet.
    NewReminder,
    /// The time of the visit is over, and half an hour more.
    IsOver,
    /// The time of the visit has begun: what is entered from paper has happened.
    HasBegun,
    /// A promise was moved that the author has not seen moved.
    HasMoved,
}

impl Guard {
    /// What it asks for, as the table in the documentation says it.
    pub fn says(self) -> &'static str {
        match self {
            Self::SoundRequest => "one or two persons, 5 to 240 minutes, at most 16 windows",
            Self::SoundSlot => "on whole five minutes, with as many officers as persons are to come",
            Self::NotPast => "it lies ahead of when it was named",
            Self::OwnVisit => "by an officer who is to come; while no time was named, by who asked, or by any where the line did",
            Self::SameTime => "it means the time that is held now",
            Self::InTime => "while it is held",
            Self::NewReminder => "each reminder once",
            Self::IsOver => "half an hour after it was to end",
            Self::HasBegun => "from paper, once it was to begin",
            Self::HasMoved => "a promise was moved, and the author has not said so yet",
        }
    }

    /// Whether it looks at the author and the moment alone, not at what is said.
    pub(super) fn looks_at_who_and_when(self) -> bool {
        matches!(self, Self::OwnVisit | Self::InTime | Self::HasMoved)
    }

    /// Holds a step against it.
    pub(super) fn check(self, a: &Appointment, step: &Step) -> Result<(), RefusalCode> {
        let ensure = |holds: bool, code| if holds { Ok(()) } else { Err(code) };
        match self {
            Self::SoundRequest => match &step.said {
                Said::Request(r) => {
                    let windows = r.windows.len() <= MAX_WINDOWS && r.windows.iter().all(|w| w.from_ms < w.until_ms);
                    ensure(windows && MINUTES.contains(&r.minutes) && (1..=2).contains(&r.persons), RefusalCode::Incomplete)
                }
                _ => Err(RefusalCode::Incomplete),
            },
            Self::SoundSlot => {
                let slot = slot(step).ok_or(RefusalCode::Incomplete)?;
                ensure(slot.is_sound() && slot.officers.len() == usize::from(a.persons), RefusalCode::Incomplete)
            }
            Self::NotPast => ensure(slot(step).is_some_and(|slot| slot.start_ms >= step.done_at), RefusalCode::TooLate),
            Self::OwnVisit => ensure(a.concerns(step.by) || (a.slot.is_none() && [step.by, SYSTEM].contains(&a.asked_by)), RefusalCode::OtherOfficer),
            Self::SameTime => ensure(matches!(&step.said, Said::Confirm(c) if c.sequence == a.sequence), RefusalCode::NothingSuch),
            Self::InTime => ensure(step.done_at <= a.held_until_ms, RefusalCode::TooLate),
            Self::NewReminder => ensure(matches!(&step.said, Said::Remind(r) if r.which > a.reminders && r.which <= 2), RefusalCode::Bound),
            Self::IsOver => ensure(a.missed_from_ms().is_some_and(|from_ms| step.done_at >= from_ms), RefusalCode::NotAllowed),
            Self::HasBegun => ensure(a.slot.as_ref().is_some_and(|slot| step.done_at >= slot.start_ms), RefusalCode::NotAllowed),
            Self::HasMoved => ensure(a.moved_promise.as_ref().is_some_and(|moved| moved.unseen.contains(&step.by)), RefusalCode::NothingSuch),
        }
    }
}

fn slot(step: &Step) -> Option<&Slot> {
    match &step.said {
        Said::Propose(said) => Some(&said.slot),
        Said::Hold(said) => Some(&said.slot),
        _ => None,
    }
}
