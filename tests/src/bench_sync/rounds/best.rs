//! The best plans known of the days that are measured, kept in `tests/data/rounds/best.json`.

use std::{fs, thread, time::Instant};

use anyhow::{Result, anyhow};
use minqing_core::rounds::{Plan, Problem, plan, search};
use serde::{Deserialize, Serialize};

use super::{data, day, holds};

/// Days, by their seeds.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=5;
/// Runs of which the best counts.
const RUNS: u64 = 3;

/// All of them, and how they were found.
#[derive(Serialize, Deserialize)]
pub(super) struct Known {
    pub note: String,
    pub days: Vec<Best>,
}

/// The best plan of a day.
#[derive(Serialize, Deserialize)]
pub(super) struct Best {
    pub seed: u64,
    pub walking_s: u64,
    pub unserved: i64,
}

pub(super) fn known() -> Result<Known> {
    Ok(serde_json::from_str(&fs::read_to_string(data("rounds/best.json"))?)?)
}

/// Searches for the best plans anew, for so many seconds three times each, two at a time; keeps those known where they are
/// better.
///
/// # Errors
/// Of the disk.
pub fn find_best(seconds: u64) -> Result<()> {
    let days: Vec<(u64, Problem)> = SEEDS.map(|seed| (seed, day::of_a_grid(seed))).collect();
    let runs: Vec<(usize, u64)> = (0..days.len()).flat_map(|day| (0..RUNS).map(move |run| (day, run))).collect();
    let mut best: Vec<Option<Plan>> = vec![None; days.len()];
    for pair in runs.chunks(2) {
        let found = thread::scope(|scope| {
            let searches: Vec<_> = pair.iter().map(|(day, run)| scope.spawn(|| one(&days[*day].1, 1_000 + *run, seconds))).collect();
            searches.into_iter().map(|search| search.join().map_err(|_| anyhow!("a search panicked"))?).collect::<Result<Vec<_>>>()
        })?;
        for ((day, _), plan) in pair.iter().zip(found) {
            let problem = &days[*day].1;
            eprintln!("day {}: {} s, {} unserved", days[*day].0, plan.walking_s, plan.unserved.len());
            if best[*day].as_ref().is_none_or(|best| plan.cost(problem) < best.cost(problem)) {
                best[*day] = Some(plan);
            }
        }
    }
    let note = format!(
        "The best of {RUNS} searches of {seconds} s each (core's `search` from the insertion plan, one core each), on days of 10 officers and 100 doors drawn from these seeds: cargo bench-sync --best {seconds}"
    );
    let days = days.iter().zip(best).filter_map(|((seed, _), plan)| {
        let plan = plan?;
        Some(Best { seed: *seed, walking_s: plan.walking_s, unserved: plan.unserved.len() as i64 })
    });
    let text = serde_json::to_string_pretty(&Known { note, days: days.collect() })?;
    fs::create_dir_all(data("rounds"))?;
    Ok(fs::write(data("rounds/best.json"), text + "\n")?)
}

fn one(problem: &Problem, seed: u64, seconds: u64) -> Result<Plan> {
    let begun = Instant::now();
    let found = search(problem, &plan(problem, &mut || true)?, seed, &mut || 1.0 - begun.elapsed().as_secs_f64() / seconds as f64)?;
    holds(problem, &found).map(|()| found)
}
