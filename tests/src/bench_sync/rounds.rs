//! Walking rounds: how quickly a phone plans again, and how near to the best plan known the office comes in seconds.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use minqing_core::rounds::{self, Plan, Problem, SoFar, check};
use minqing_sync_server::rounds::{Child, file, plan};

use super::{
    machine::{percentile_ms, rounded},
    report::{Replan, Rounds, Solomon},
    scale::Scale,
};

mod best;
mod day;

pub use best::find_best;

/// How a phone's day of 30 doors is planned again.
pub fn replan(scale: &Scale) -> Result<Replan> {
    let mut times = Vec::new();
    for seed in 1..=scale.replans {
        let problem = day::of_one(seed);
        let so_far = SoFar { done: Vec::new(), now_s: day::MORNING_S, here: day::OFFICE };
        let begun = Instant::now();
        let rest = rounds::replan(&problem, day::ONE, so_far.clone())?;
        times.push(begun.elapsed());
        ensure!(check(&problem.after(day::ONE, so_far)?, &rest).is_ok(), "day {seed} breaks a promise");
    }
    let micro = |share| percentile_ms(&times.iter().map(|time| *time * 1_000).collect::<Vec<_>>(), share) / 1e3;
    Ok(Replan { ms: rounded(micro(0.5), 3), p99_ms: rounded(micro(0.99), 3) })
}

/// The rounds of a grid, on days of which the best plan is known.
pub fn grid(program: &Path, scale: &Scale) -> Result<Rounds> {
    let known = best::known()?;
    let (mut feasible, mut gaps, mut hurried) = (Vec::new(), Vec::new(), Vec::new());
    let (mut unserved, mut insertion_s, mut walking_s, mut child_answered) = (0, 0, 0, 0);
    for best in known.days.iter().take(scale.round_days) {
        let problem = day::of_a_grid(best.seed);
        let begun = Instant::now();
        let first = rounds::plan(&problem, &mut || true)?;
        feasible.push(begun.elapsed().as_secs_f64());
        let [in_a_hurry, with_time] = [0, 1].map(|which| plan(Some(program), &problem, Duration::from_secs_f64(scale.plan_s[which]), 1));
        let (in_a_hurry, with_time) = (in_a_hurry?, with_time?);
        child_answered += u64::from(matches!(with_time.child, Child::Answered(_)));
        hurried.push(gap(&in_a_hurry.plan, best.walking_s));
        gaps.push(gap(&with_time.plan, best.walking_s));
        unserved += with_time.plan.unserved.len() as i64 - best.unserved;
        insertion_s += first.walking_s;
        walking_s += with_time.plan.walking_s;
    }
    let minutes = |seconds: u64| rounded(seconds as f64 / 60.0 / scale.round_days as f64, 1);
    Ok(Rounds {
        feasible_s: rounded(feasible.iter().copied().fold(0.0, f64::max), 4),
        gap_pct: middle(gaps),
        hurried_gap_pct: middle(hurried),
        unserved,
        insertion_minutes: minutes(insertion_s),
        minutes: minutes(walking_s),
        child_answered,
    })
}

/// Three of Solomon's instances.
pub fn solomon(program: &Path, scale: &Scale) -> Result<Solomon> {
    let limit = Duration::from_secs_f64(scale.plan_s[1]);
    let (mut unserved, mut overrun) = (0, f64::MIN);
    let mut measure = |name: &str| -> Result<f64> {
        let (kind, problem) = file::read(&data("solomon").join(format!("{name}.txt")))?;
        let sol = fs::read_to_string(data("solomon").join(format!("{name}.sol")))?;
        let best: f64 = sol.lines().find_map(|line| line.strip_prefix("Cost ")).unwrap_or_default().trim().parse()?;
        let begun = Instant::now();
        let planned = plan(Some(program), &problem, limit, 1)?.plan;
        overrun = overrun.max(100.0 * (begun.elapsed().as_secs_f64() / limit.as_secs_f64() - 1.0));
        unserved += planned.unserved.len() as u64;
        Ok(rounded(100.0 * (kind.cost(planned.walking_s) / best - 1.0), 2))
    };
    let (c101_gap_pct, r101_gap_pct, rc101_gap_pct) = (measure("C101")?, measure("R101")?, measure("RC101")?);
    Ok(Solomon { c101_gap_pct, r101_gap_pct, rc101_gap_pct, unserved, overrun_pct: rounded(overrun, 2) })
}

/// Per cent above the best known.
fn gap(plan: &Plan, best_s: u64) -> f64 {
    100.0 * (plan.walking_s as f64 / best_s as f64 - 1.0)
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    rounded(figures.get(figures.len() / 2).copied().unwrap_or_default(), 2)
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// Whether a plan keeps every promise.
fn holds(problem: &Problem, plan: &Plan) -> Result<()> {
    check(problem, plan).map_err(|broken| anyhow::anyhow!("a promise is broken: {broken}"))
}
