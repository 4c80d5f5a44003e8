//! The planner with a time limit.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use minqing_core::rounds::{self, Plan, Problem, check, mend, search};

use super::child;
use crate::fault::Fault;

/// The share of the time after which the child process has answered or is killed; the rest is for going on from there.
const CHILD_SHARE: f64 = 0.3;
/// Of its time, what it has for searching; the rest is for beginning and answering.
const CHILD_SEARCHES: f64 = 0.8;
/// Over so many stops, or in less time than this, the crate has nothing to add.
const CHILD_STOPS: usize = 400;
const CHILD_TIME: Duration = Duration::from_secs(2);
/// What is kept back of the limit for the last look at the plans: a share of it and the most, unless a look at the first
/// one took longer.
const KEPT_BACK: (f64, Duration) = (0.03, Duration::from_millis(150));
/// The most of the time that insertion may take, as it does for a large day.
const INSERTION_SHARE: f64 = 0.4;

/// A plan, and how it came about.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The plan; it was checked.
    pub plan: Plan,
    /// What insertion alone had found.
    pub insertion: Plan,
    /// What came of the child process.
    pub child: Child,
}

/// What came of the child process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Child {
    /// It was not asked.
    NotAsked,
    /// It gave a plan, which was worth so much.
    Answered(rounds::Cost),
    /// It failed, was too slow, or answered what is no plan.
    Failed,
}

/// Plans within a time limit. `program` is a `minqing` that can be the child process; without one the crate is not asked.
/// Chance begins at `seed`; what comes out depends on the machine's speed, too.
///
/// # Errors
/// `round.malformed`, `round.too_large`; `check.rounds` where a planner broke a promise, which is ours to mend.
pub fn plan(program: Option<&Path>, problem: &Problem, limit: Duration, seed: u64) -> Result<Planned, Fault> {
    let begun = Instant::now();
    let (insertion, proved_in) = proved(problem, limit.mul_f64(INSERTION_SHARE))?;
    let kept_back = limit.mul_f64(KEPT_BACK.0).min(KEPT_BACK.1).max(2 * proved_in);
    let end = begun + limit.saturating_sub(kept_back);
    let program = program.filter(|_| problem.stops.len() <= CHILD_STOPS && limit >= CHILD_TIME);
    let (ours, theirs) = thread::scope(|scope| {
        let ours = scope.spawn(|| until(problem, &insertion, seed, end));
        let theirs = scope.spawn(|| {
            let (child, from) = ask(program, problem, &insertion, begun + limit.mul_f64(CHILD_SHARE));
            (child, until(problem, from.as_ref().unwrap_or(&insertion), seed.wrapping_add(1), end))
        });
        (ours.join(), theirs.join())
    });
    // A search that panicked leaves what the others have found.
    let (child, theirs) = theirs.unwrap_or((Child::Failed, None));
    let found = [theirs, ours.unwrap_or_default()].into_iter().flatten().filter(|plan| check(problem, plan).is_ok());
    let best = found.min_by_key(|plan| plan.cost(problem)).filter(|plan| plan.cost(problem) < insertion.cost(problem));
    Ok(Planned { plan: best.unwrap_or_else(|| insertion.clone()), insertion, child })
}

/// Plans as a phone does, for so long at most.
///
/// # Errors
/// As [`plan`].
pub fn insertion(problem: &Problem, limit: Duration) -> Result<Plan, Fault> {
    proved(problem, limit).map(|(plan, _)| plan)
}

/// A plan by insertion, and how long it took to write it down and to prove it.
fn proved(problem: &Problem, limit: Duration) -> Result<(Plan, Duration), Fault> {
    let begun = Instant::now();
    let mut asked = begun;
    let plan = rounds::plan(problem, &mut || {
        asked = Instant::now();
        asked - begun < limit
    })?;
    check(problem, &plan).map_err(|broken| Fault::new("check.rounds", broken.to_string()))?;
    Ok((plan, asked.elapsed()))
}

/// Searches until a moment.
fn until(problem: &Problem, from: &Plan, seed: u64, end: Instant) -> Option<Plan> {
    let begun = Instant::now();
    let time = end.saturating_duration_since(begun).as_secs_f64();
    if time <= 0.0 {
        return None;
    }
    search(problem, from, seed, &mut || 1.0 - begun.elapsed().as_secs_f64() / time).ok()
}

/// What the child process finds, where that is worth more than what there is.
fn ask(program: Option<&Path>, problem: &Problem, insertion: &Plan, end: Instant) -> (Child, Option<Plan>) {
    let Some(program) = program else { return (Child::NotAsked, None) };
    let searches = end.saturating_duration_since(Instant::now()).mul_f64(CHILD_SEARCHES);
    let answer = child::ask(program, problem, insertion, searches, end).and_then(|plan| mend(problem, &plan).ok()).filter(|plan| check(problem, plan).is_ok());
    let Some(plan) = answer else { return (Child::Failed, None) };
    let cost = plan.cost(problem);
    (Child::Answered(cost), Some(plan).filter(|_| cost < insertion.cost(problem)))
}
