//! Fair scheduling: everybody does what is theirs to do next, and so the matter comes to its end.

use minqing_core::model::{EventCode as E, HandlingType as T, MatterState as S, Solved};

use super::{
    Case, Deed,
    people::{CLERK, COLLEAGUE, LEAD, OFFICER, WATER, at},
    words::{accept, assign, explain_refer, feedback, papers_in, plain, result, superior_answers},
};

/// More steps than any honest way to the end has.
pub const STEPS: usize = 16;

/// What is to be done next about a matter; `None` where only time has to pass.
pub fn next(case: &Case) -> Option<Deed> {
    let m = case.m();
    let deed = match (m.state, m.handling) {
        (S::Registered, _) | (S::Accepted, None) => Deed::new(LEAD, accept(T::Promised)),
        (S::Accepted, Some(T::Immediate)) => Deed::new(CLERK, plain(E::SolveOnSpot)),
        (S::Accepted, Some(T::Advice)) => Deed::new(CLERK, explain_refer()),
        (S::Accepted, _) => Deed::new(LEAD, assign(WATER)),
        (S::Assigned, _) => Deed::new(at(m.assigned?), plain(E::Sign)),
        (S::Handling | S::Answered, _) => Deed::new(at(m.assigned?), result(Solved::Yes)),
        (S::Papers, _) => Deed::new(OFFICER, papers_in(&(0..9).filter(|n| m.papers.iter().any(|p| p.id == super::words::paper(*n))).collect::<Vec<_>>())),
        (S::Escalated, _) => Deed::new(LEAD, superior_answers(20_260_914)),
        (S::Review, _) => Deed::new(LEAD, plain(E::Pass)),
        (S::Feedback, _) => {
            let waits = |of: &minqing_core::Id| !m.told.iter().any(|t| t.of == *of && (t.reached || t.tries >= 3));
            let of = m.cluster().find(waits).unwrap_or(m.id);
            Deed::new(COLLEAGUE, feedback(of, true))
        }
        (S::Merged, _) => Deed::new(LEAD, plain(E::Detach)),
        (S::FollowUp | S::Closed | S::Refused | S::Withdrawn | S::Void, _) => return None,
    };
    Some(deed)
}

/// Lets everybody do what is theirs to do until the matter is at its end. Returns the steps it took.
///
/// # Errors
/// Where it stands still.
pub fn finish(case: &mut Case) -> Result<usize, String> {
    for steps in 0..STEPS {
        if case.state().is_terminal() {
            return Ok(steps);
        }
        let done = match next(case) {
            Some(deed) => case.tries(&deed).map(|_| ()).map_err(|(why, _)| format!("{} is refused: {}", deed.word.code.word(), why.word())),
            None => {
                let before = case.state();
                let later = case.calendar.due(case.now_ms, 15).due_ms;
                case.until(later);
                if case.state() == before { Err("nothing happens".into()) } else { Ok(()) }
            }
        };
        done.map_err(|why| format!("stuck in {}: {why}\n{:#?}", case.state().word(), case.m()))?;
    }
    Err(format!("not at its end after {STEPS} steps: {:?}", case.state()))
}
