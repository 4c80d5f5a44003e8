//! A day of a grid: the office plans everybody's round at once, and each officer's phone gets its own.

mod calls;
mod fair;
mod keep;

use std::{path::Path, time::Duration};

use jiff::civil::Date;
use minqing_core::{
    Id,
    clock::local_date,
    rounds::{Call, Errand, Plan, Planned, Problem, SoFar, Unserved, Why, day_officer, day_problem, day_shifts, mend, second_of},
};

use super::{
    footways::on_footways,
    planner::{Planned as Found, plan},
};
use crate::{app::App, fault::Fault, storage::OfficerSeen};
use calls::Calls;
pub use fair::week_of;

/// The longest that somebody may wait for a plan.
const MOST: Duration = Duration::from_secs(60);

/// What is to be planned.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The community's 12 digits.
    pub community: String,
    /// The grid's 15 digits.
    pub grid: String,
    /// The day, today or later.
    pub day: Date,
    /// How long to look for a better plan, a minute at most.
    pub limit: Duration,
    /// Where chance begins.
    pub seed: u64,
}

/// What was planned.
#[derive(Clone, Debug)]
pub struct DayPlan {
    /// Each officer's round, by officer.
    pub rounds: Vec<Planned>,
    /// Doors to which nobody comes, each with the reason.
    pub unserved: Vec<(Id, Why)>,
    /// All walking, in seconds.
    pub walking_s: u64,
    /// The same of what insertion alone had found.
    pub insertion_s: u64,
}

/// Plans a day for all officers whose home the grid is, and sends each their round. `program`: a `minqing` that can be the child process.
///
/// # Errors
/// `round.day` for a day that is over, `round.officers` where nobody has the grid for a home; `round.malformed`, `round.too_large` where
/// there is too much for one problem; `check.rounds`; `buildings.*`; `store.failed`.
pub fn plan_day(app: &App, asked: &Asked, program: Option<&Path>) -> Result<DayPlan, Fault> {
    let now_ms = app.clock.now_ms();
    if asked.day < local_date(now_ms) {
        return Err(Fault::new("round.day", asked.day.to_string()));
    }
    let officers = at_home(app, asked)?;
    if officers.is_empty() {
        return Err(Fault::new("round.officers", &asked.grid));
    }
    let calls = calls::of_day(app, asked, &officers)?;
    let found = find(app, asked, &officers, &calls, program)?;
    let rounds = officers.iter().map(|officer| round(app, asked, *officer, &calls, &found.plan)).collect::<Result<Vec<_>, _>>()?;
    keep::keep(app, &asked.community, &rounds)?;
    let door = |unserved: &Unserved| (calls::household(&unserved.stop), unserved.why);
    let unserved = found.plan.unserved.iter().map(door).chain(calls.nobody.iter().map(|household| (*household, Why::NoOfficer)));
    Ok(DayPlan { rounds, unserved: unserved.collect(), walking_s: found.plan.walking_s, insertion_s: found.insertion.walking_s })
}

/// The officers of a community whose home a grid is, by id.
fn at_home(app: &App, asked: &Asked) -> Result<Vec<Id>, Fault> {
    let rules = app.rules.get();
    let is_home = |seen: &OfficerSeen| seen.disabled_ms.is_none() && rules.home_grid(&seen.officer).as_ref() == Some(&asked.grid);
    let mut ids: Vec<Id> = app.store.officers(Some(&asked.community))?.into_iter().filter(is_home).map(|seen| seen.officer.id).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Plans with fair shares of the doors; where doors are left because of that, without them.
fn find(app: &App, asked: &Asked, officers: &[Id], calls: &Calls, program: Option<&Path>) -> Result<Found, Fault> {
    let shares = fair::shares(app, asked, officers, calls)?;
    let limit = asked.limit.min(MOST);
    let found = plan(program, &problem(app, asked, officers, calls, &shares)?, limit, asked.seed)?;
    if !found.plan.unserved.iter().any(|unserved| unserved.why == Why::TooManyDoors) {
        return Ok(found);
    }
    let most = vec![u32::from(app.rules.get().appointments.doors_a_day); officers.len()];
    let problem = problem(app, asked, officers, calls, &most)?;
    let other = plan(program, &problem, limit, asked.seed)?;
    Ok(if other.plan.unserved.len() < found.plan.unserved.len() { other } else { found })
}

/// The day as one problem, measured on footways where the office has them.
fn problem(app: &App, asked: &Asked, officers: &[Id], calls: &Calls, most_doors: &[u32]) -> Result<Problem, Fault> {
    let (mut problem, _, begin) = day_problem(asked.day, &calls.calls, None, |estate, building| calls.buildings.at(estate, building));
    calls.add_companions(&mut problem);
    if let Some(footways) = app.footways() {
        problem.ground = on_footways(&problem.ground, footways).ground;
    }
    let (rules, now_ms) = (app.rules.get(), app.clock.now_ms());
    for (officer, most) in officers.iter().zip(most_doors) {
        let works = rules.officer(*officer).spans_on(asked.day);
        let mut walks = day_officer(*officer, day_shifts(&rules.appointments.quiet, works, begin), *most);
        walks.so_far = (asked.day == local_date(now_ms)).then(|| SoFar { done: Vec::new(), now_s: second_of(asked.day, now_ms), here: begin });
        problem.officers.push(walks);
    }
    Ok(problem)
}

/// An officer's own round, with the doors in the order of the plan for all.
fn round(app: &App, asked: &Asked, officer: Id, calls: &Calls, all: &Plan) -> Result<Planned, Fault> {
    let me = officer.to_string();
    let mut own = Plan { rounds: all.rounds.iter().filter(|round| round.officer == me).cloned().collect(), ..Plan::default() };
    own.rounds.iter_mut().flat_map(|round| &mut round.visits).for_each(|visit| visit.stop = calls::household(&visit.stop).to_string());
    let is_own = |call: &&Call| own.visits().any(|visit| visit.stop == call.household.to_string());
    let mine: Vec<Call> = calls.calls.iter().filter(is_own).map(|call| Call { officers: Vec::new(), ..call.clone() }).collect();
    let (mut problem, errands, begin): (Problem, Vec<Errand>, _) = day_problem(asked.day, &mine, None, |estate, building| calls.buildings.at(estate, building));
    let rules = app.rules.get();
    let works = rules.officer(officer).spans_on(asked.day);
    problem.officers.push(day_officer(officer, day_shifts(&rules.appointments.quiet, works, begin), u32::from(rules.appointments.doors_a_day)));
    let plan = if mine.is_empty() { own } else { mend(&problem, &own)? };
    Ok(Planned { day: asked.day, officer, made_ms: app.clock.now_ms(), by_office: true, problem, plan, errands })
}
