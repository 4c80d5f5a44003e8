//! Whether a plan keeps every promise. It counts anew from the problem alone, and shares nothing with the planners but how
//! long a walk takes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    plan::{Plan, Round, Visit},
    problem::{Officer, Problem, Shift, Stop},
};

/// A promise that a plan breaks; the text names the stop or officer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A stop, officer or shift that the problem does not have, or a shift that is over.
    #[error("{0} is not in the problem")]
    Unknown(String),
    /// A stop is in the plan twice, or is over already; an officer has one shift twice.
    #[error("{0} is there twice")]
    Twice(String),
    /// A stop is neither planned nor said to be unserved.
    #[error("{0} is forgotten")]
    Forgotten(String),
    /// Somebody comes who may not.
    #[error("the wrong officer comes to {0}")]
    Officer(String),
    /// A walk, time or sum is not what it must be.
    #[error("the times of {0} do not add up")]
    Arithmetic(String),
    /// A visit begins outside all its windows.
    #[error("{0} is outside its windows")]
    Window(String),
    /// A confirmed appointment was moved.
    #[error("the appointment {0} is moved")]
    Moved(String),
    /// An officer works longer than the shift.
    #[error("{0} works too long")]
    Shift(String),
    /// More doors than the officer's day holds.
    #[error("{0} has too many doors")]
    Doors(String),
}

/// Looks at everything a plan promises.
///
/// # Errors
/// The first promise that it breaks.
pub fn check(problem: &Problem, plan: &Plan) -> Result<(), Broken> {
    let stops: BTreeMap<&str, &Stop> = problem.stops.iter().map(|stop| (stop.id.as_str(), stop)).collect();
    let mut open: BTreeSet<&str> = stops.keys().copied().filter(|id| !problem.is_done(id)).collect();
    let mut shifts = BTreeSet::new();
    let mut doors: BTreeMap<&str, u64> = BTreeMap::new();
    let mut walking_s = 0;
    for round in &plan.rounds {
        let (officer, shift) = shift_of(problem, round)?;
        if !shifts.insert((&round.officer, round.shift)) {
            return Err(Broken::Twice(round.officer.clone()));
        }
        for visit in &round.visits {
            let stop = stops.get(visit.stop.as_str()).ok_or_else(|| Broken::Unknown(visit.stop.clone()))?;
            take(&mut open, &visit.stop)?;
            if !stop.may_come(officer) {
                return Err(Broken::Officer(visit.stop.clone()));
            }
            *doors.entry(&officer.id).or_default() += u64::from(stop.doors);
        }
        walk(problem, &stops, &shift, round)?;
        walking_s += round.walking_s();
    }
    for unserved in &plan.unserved {
        stops.get(unserved.stop.as_str()).ok_or_else(|| Broken::Unknown(unserved.stop.clone()))?;
        take(&mut open, &unserved.stop)?;
    }
    if let Some(stop) = open.first() {
        return Err(Broken::Forgotten((*stop).to_owned()));
    }
    for officer in &problem.officers {
        let done = officer.so_far.iter().flat_map(|so_far| &so_far.done).filter_map(|id| stops.get(id.as_str()));
        let done: u64 = done.map(|stop| u64::from(stop.doors)).sum();
        let more = doors.get(officer.id.as_str()).copied().unwrap_or(0);
        if more > 0 && done + more > u64::from(officer.most_doors) {
            return Err(Broken::Doors(officer.id.clone()));
        }
    }
    if walking_s == plan.walking_s { Ok(()) } else { Err(Broken::Arithmetic("walking_s".to_owned())) }
}

fn shift_of<'a>(problem: &'a Problem, round: &Round) -> Result<(&'a Officer, Shift), Broken> {
    let unknown = || Broken::Unknown(format!("shift {} of {}", round.shift, round.officer));
    let officer = problem.officers.iter().find(|officer| officer.id == round.officer).ok_or_else(unknown)?;
    let shift = officer.shifts.get(round.shift).and_then(|shift| officer.rest_of(shift)).ok_or_else(unknown)?;
    if round.visits.is_empty() { Err(unknown()) } else { Ok((officer, shift)) }
}

fn take(open: &mut BTreeSet<&str>, stop: &str) -> Result<(), Broken> {
    if open.remove(stop) { Ok(()) } else { Err(Broken::Twice(stop.to_owned())) }
}

/// Walks a round.
fn walk(problem: &Problem, stops: &BTreeMap<&str, &Stop>, shift: &Shift, round: &Round) -> Result<(), Broken> {
    let (mut now_s, mut here) = (shift.from_s, shift.start);
    for visit in &round.visits {
        let stop = stops.get(visit.stop.as_str()).ok_or_else(|| Broken::Unknown(visit.stop.clone()))?;
        let walk_s = problem.ground.walk_s(here, stop.place);
        let adds_up = visit.walk_s == walk_s
            && Some(visit.arrive_s) == now_s.checked_add(walk_s)
            && visit.arrive_s <= visit.start_s
            && Some(visit.leave_s) == visit.start_s.checked_add(stop.service_s);
        if !adds_up {
            return Err(Broken::Arithmetic(visit.stop.clone()));
        }
        begins(stop, visit)?;
        (now_s, here) = (visit.leave_s, stop.place);
    }
    let back_s = shift.end.map_or(0, |end| problem.ground.walk_s(here, end));
    if round.back_s != back_s {
        return Err(Broken::Arithmetic(round.officer.clone()));
    }
    let in_time = now_s.checked_add(back_s).is_some_and(|end_s| end_s <= shift.until_s);
    if in_time { Ok(()) } else { Err(Broken::Shift(round.officer.clone())) }
}

fn begins(stop: &Stop, visit: &Visit) -> Result<(), Broken> {
    match stop.fixed_s {
        Some(at) if at != visit.start_s => Err(Broken::Moved(visit.stop.clone())),
        None if !stop.begins().iter().any(|window| (window.from_s..=window.until_s).contains(&visit.start_s)) => Err(Broken::Window(visit.stop.clone())),
        _ => Ok(()),
    }
}
