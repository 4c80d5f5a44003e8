//! What a fold forgets and figures need: counted with each thing that happens to a matter, and kept beside its fold.

use minicbor::{Decode, Encode};
use minqing_core::{
    model::{Clock, EventCode, MatterState, Role},
    pipeline::{Happened, Matter, Running, Step},
};

use super::Calendars;

/// The unit of `late`: a length that is used up once.
pub(super) const ONCE: u64 = 10_000;

/// Counts of one matter. As it is kept: nothing is ever taken out of its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Tally {
    /// Times it was given to somebody to handle.
    #[n(0)]
    pub assigned: u32,
    /// Times it was signed for within K2.
    #[n(1)]
    pub signed: u32,
    /// Times it was given back.
    #[n(2)]
    pub returned: u32,
    /// Results that passed their review.
    #[n(3)]
    pub handled: u32,
    /// Those of them before K3, or K6 after it, was due.
    #[n(4)]
    pub on_time: u32,
    /// Results that were sent back.
    #[n(5)]
    pub reworked: u32,
    /// Of all that were handled late, used time over allowed time, in ten-thousandths.
    #[n(6)]
    pub late: u64,
    /// Money spent on results that passed, in fen.
    #[n(7)]
    pub fen: u64,
    /// Times an officer told its resident something at the door.
    #[n(8)]
    pub told_at_door: u32,
    /// Due dates of K3 and K6 that it came to, and that were not taken back.
    #[n(9)]
    pub urged: u32,
    /// When it came off the line or began to follow another matter; `None` while it is on the line.
    #[n(10)]
    pub ended_ms: Option<i64>,
    /// When the server took each rating, in the order of the matter's ratings.
    #[n(11)]
    pub rated_ms: Vec<i64>,
}

impl Tally {
    /// With one thing more. `before`: the matter as it was; `after`: what this made of it.
    #[must_use]
    pub fn and(mut self, before: Option<&Matter>, next: &Happened, after: &Matter, calendars: &impl Calendars) -> Self {
        match (before, next) {
            (Some(m), Happened::Step(step)) => self.step(m, step, calendars),
            (Some(m), Happened::Undone(timer)) => {
                let was_urged = m.alarms.iter().any(|a| a.id == *timer && a.code == EventCode::Urge);
                self.urged = self.urged.saturating_sub(u32::from(was_urged));
            }
            (None, _) => {}
        }
        let at_ms = if let Happened::Step(step) = next { step.times.judged_ms } else { 0 };
        self.ended_ms = is_over(after.state).then(|| self.ended_ms.unwrap_or(at_ms));
        self
    }

    fn step(&mut self, m: &Matter, step: &Step, calendars: &impl Calendars) {
        let open = |clock| m.clocks.open(clock);
        let calendar = calendars.of(step.times.calendar);
        let is_late = |k: &Running| k.due_ms(calendar).is_some_and(|due| step.times.done_at > due);
        match step.code {
            EventCode::Assign | EventCode::Transfer => self.assigned += 1,
            EventCode::Sign => self.signed += u32::from(open(Clock::Sign).is_some_and(|k2| !is_late(k2))),
            EventCode::Return => self.returned += 1,
            EventCode::SendBack => self.reworked += 1,
            EventCode::Pass => {
                self.handled += 1;
                self.fen = self.fen.saturating_add(m.result.as_ref().map_or(0, |result| result.fen));
                match open(Clock::Handling).or(open(Clock::Answer)).filter(|k| is_late(k)) {
                    Some(late) => {
                        let (used, may) = (late.used_ms(step.times.done_at, calendar), late.allowance_ms(calendar).unwrap_or(1));
                        self.late = self.late.saturating_add(times(used, may));
                    }
                    None => self.on_time += 1,
                }
            }
            EventCode::Feedback | EventCode::Tell if step.role == Role::Officer => self.told_at_door += u32::from(reached(step)),
            EventCode::Rate => self.rated_ms.push(step.times.judged_ms),
            EventCode::Urge if step.role == Role::System => self.urged += 1,
            _ => {}
        }
    }
}

/// Whether somebody was there to be told.
fn reached(step: &Step) -> bool {
    !matches!(&step.said, minqing_core::event::Said::Feedback(feedback) if !feedback.reached)
}

/// How many times over a length is used, in ten-thousandths.
fn times(used_ms: i64, allowed_ms: i64) -> u64 {
    let (used, allowed) = (u128::from(used_ms.max(0).unsigned_abs()), u128::from(allowed_ms.max(1).unsigned_abs()));
    u64::try_from(used * u128::from(ONCE) / allowed).unwrap_or(u64::MAX)
}

fn is_over(state: MatterState) -> bool {
    state.is_terminal() || state == MatterState::Merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_used_twice_over_is_two() {
        assert_eq!(times(2 * 27_000_000, 27_000_000), 20_000);
        assert_eq!(times(40, 30), 13_333);
        assert_eq!((times(-1, 30), times(5, 0)), (0, 50_000));
    }
}
