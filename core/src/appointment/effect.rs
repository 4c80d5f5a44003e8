//! What an accepted event changes besides the state.

use super::{Appointment, Moved, Promise, Said, Step};

/// A change besides the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The time that was named.
    TakeSlot,
    /// The time that is kept free, and for how long.
    TakeHold,
    /// Times that can be had in the place of the one that was named.
    TakeOffers,
    /// The time is free again.
    LetGo,
    /// The time is promised.
    Promise,
    /// What was promised is so no more; who was to come and did not do it is told.
    TakeBack,
    /// Another time is named in the place of one, or that one is called off.
    CountSequence,
    /// A reminder went.
    CountReminder,
    /// What was done at the door.
    TakeDone,
    /// An officer has seen that a promise was moved.
    Acknowledge,
}

impl Effect {
    /// Changes the appointment, which is in the state before still.
    pub(super) fn apply(self, a: &mut Appointment, step: &Step) {
        match (self, &step.said) {
            (Self::TakeSlot, Said::Propose(said)) => {
                a.slot = Some(said.slot.clone());
                (a.is_held, a.no_room) = (false, None);
            }
            (Self::TakeHold, Said::Hold(said)) => {
                a.slot = Some(said.slot.clone());
                (a.is_held, a.held_until_ms, a.buffer, a.no_room) = (true, said.until_ms, said.buffer, None);
            }
            (Self::TakeOffers, Said::NoRoom(said)) => a.no_room = Some((said.why, said.next.clone())),
            (Self::LetGo, _) => (a.is_held, a.held_until_ms) = (false, 0),
            (Self::Promise, _) => {
                a.promise = a.slot.clone().map(|slot| Promise { slot, event: step.id });
                a.held_until_ms = 0;
            }
            (Self::TakeBack, _) => take_back(a, step),
            (Self::CountSequence, _) if a.slot.is_some() => {
                a.sequence += 1;
                a.reminders = 0;
            }
            (Self::CountReminder, Said::Remind(said)) => a.reminders = said.which,
            (Self::TakeDone, Said::Done(said)) => (a.delivered, a.signed) = (said.delivered.clone(), Some(said.signed)),
            (Self::Acknowledge, _) => {
                if let Some(moved) = &mut a.moved_promise {
                    moved.unseen.retain(|officer| *officer != step.by);
                }
                a.moved_promise.take_if(|moved| moved.unseen.is_empty());
            }
            _ => {}
        }
    }
}

fn take_back(a: &mut Appointment, step: &Step) {
    (a.is_held, a.held_until_ms) = (false, 0);
    let Some(promise) = a.promise.take() else { return };
    // Whoever had not seen an earlier move sees this one; the first promise is what they know of.
    let (from, mut unseen) = a.moved_promise.take().map_or((promise.slot.clone(), Vec::new()), |moved| (moved.from, moved.unseen));
    unseen.extend(promise.slot.officers.iter().filter(|officer| **officer != step.by));
    unseen.sort_unstable();
    unseen.dedup();
    a.moved_promise = (!unseen.is_empty()).then_some(Moved { from, event: step.id, by: step.by, unseen });
}
