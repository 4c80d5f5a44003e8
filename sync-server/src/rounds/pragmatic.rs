//! `vrp-pragmatic`: how it is asked, and what its answer means. What was found to hold (docs/ROUNDS.md): a shift starts at
//! one second and no other, nobody has breaks, appointments with one officer are relations of the kind `any`.

use std::{
    io::{BufReader, BufWriter},
    sync::Arc,
    time::{Duration, Instant},
};

use minqing_core::rounds::{Plan, Problem, Round, Visit};
use vrp_pragmatic::{
    checker::CheckerContext,
    core::{
        construction::heuristics::InsertionContext,
        prelude::{Solver, VrpConfigBuilder},
        rosomaxa::utils::{DefaultRandom, Parallelism, Quota},
        utils::Environment,
    },
    format::{
        problem::PragmaticProblem,
        solution::{Solution, deserialize_solution, read_init_solution, write_pragmatic},
    },
};

mod begin;
mod question;

/// Why there is no answer; only programmers read it.
type Trouble = String;

/// Lets the crate search for so long, from a plan; of the answer only the orders count.
///
/// # Errors
/// Whatever the crate says, and where its own checker finds fault with its answer.
pub(super) fn solve(problem: &Problem, plan: &Plan, time: Duration) -> Result<Plan, Trouble> {
    let environment = quiet(time);
    let (asked, matrix) = question::question(problem);
    let core = Arc::new((asked.clone(), vec![matrix.clone()]).read_pragmatic().map_err(|e| format!("{e:?}"))?);
    let begin = serde_json::to_vec(&begin::solution(problem, plan)).map_err(said)?;
    let begin = read_init_solution(BufReader::new(begin.as_slice()), core.clone(), environment.random.clone()).map_err(said)?;
    let begin = InsertionContext::new_from_solution(core.clone(), (begin, None), environment.clone());
    let config = VrpConfigBuilder::new(core.clone()).set_environment(environment).prebuild().map_err(said)?;
    // The quota ends it; these would end it earlier.
    let config = config.with_max_generations(Some(usize::MAX)).with_init_solutions(vec![begin], Some(2)).build().map_err(said)?;
    let found = Solver::new(core.clone(), config).solve().map_err(said)?;
    let mut written = BufWriter::new(Vec::new());
    write_pragmatic(core.as_ref(), &found, Default::default(), &mut written).map_err(said)?;
    let written = written.into_inner().map_err(said)?;
    let solution = deserialize_solution(BufReader::new(written.as_slice())).map_err(said)?;
    let context = CheckerContext::new(core, asked, Some(vec![matrix]), solution.clone()).map_err(all)?;
    context.check().map_err(all)?;
    Ok(orders(problem, &solution))
}

/// Without words, the same in each run, on one core, until the time is up.
fn quiet(time: Duration) -> Arc<Environment> {
    let quota: Arc<dyn Quota> = Arc::new(Until(Instant::now() + time));
    let (random, parallelism) = (Arc::new(DefaultRandom::new_repeatable()), Parallelism::new_with_cpus(1));
    Arc::new(Environment::new(random, Some(quota), parallelism, Arc::new(|_| {}), false))
}

struct Until(Instant);

impl Quota for Until {
    fn is_reached(&self) -> bool {
        Instant::now() >= self.0
    }
}

/// The orders of an answer.
fn orders(problem: &Problem, solution: &Solution) -> Plan {
    let day = question::Day::of(problem);
    let rounds = solution.tours.iter().filter_map(|tour| {
        let (_, shifts) = day.officers.iter().find(|(officer, _)| officer.id == tour.vehicle_id)?;
        let activities = tour.stops.iter().flat_map(|stop| stop.activities());
        let jobs = activities.filter(|activity| activity.activity_type == question::KIND);
        let visits = jobs.map(|job| Visit { stop: job.job_id.clone(), walk_s: 0, arrive_s: 0, start_s: 0, leave_s: 0 }).collect();
        Some(Round { officer: tour.vehicle_id.clone(), shift: shifts.get(tour.shift_index)?.0, visits, back_s: 0 })
    });
    Plan { rounds: rounds.collect(), ..Plan::default() }
}

fn said(trouble: impl std::fmt::Display) -> Trouble {
    trouble.to_string()
}

fn all(trouble: Vec<impl std::fmt::Display>) -> Trouble {
    trouble.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
