//! `minqing plan FILE`: walking rounds for the doors and officers of a file, within a time limit.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use clap::{Args, ValueEnum};
use minqing_core::{
    rounds::{Plan, Round, Why},
    words::say,
};
use serde_json::json;

use super::Out;
use crate::{
    fault::Fault,
    rounds::{
        self,
        file::{self, Kind},
        footways,
    },
};

/// How long may be planned, in seconds.
const SECONDS: std::ops::RangeInclusive<f64> = 0.1..=3_600.0;

/// Where chance begins: two runs differ by the machine's speed alone.
const SEED: u64 = 1;

/// What is to be planned, and how.
#[derive(Debug, Args)]
pub struct Planning {
    #[arg(value_name = "FILE")]
    problem: PathBuf,
    #[arg(long, value_name = "N", default_value = "5")]
    seconds: f64,
    #[arg(long, value_enum, value_name = "auto|insertion", default_value = "auto")]
    planner: Planner,
    /// Walks are measured on these ways.
    #[arg(long, value_name = "FILE")]
    footways: Option<PathBuf>,
}

/// Who plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Planner {
    Auto,
    Insertion,
}

/// Plans, and prints the plan.
pub fn run(what: &Planning, out: &Out) -> Result<(), Fault> {
    let begun = Instant::now();
    if !SECONDS.contains(&what.seconds) {
        return Err(Fault::new("plan.seconds", format!("{}–{}", SECONDS.start(), SECONDS.end())));
    }
    let limit = Duration::from_secs_f64(what.seconds);
    let (kind, mut problem) = file::read(&what.problem)?;
    let mut on_ways = None;
    if let Some(extract) = &what.footways {
        let walked = footways::on_footways(&problem.ground, &footways::read(extract)?);
        (problem.ground, on_ways) = (walked.ground, Some(walked.on_ways));
    }
    let found = match what.planner {
        Planner::Insertion => rounds::insertion(&problem, limit.saturating_sub(begun.elapsed()))?,
        Planner::Auto => {
            let program = std::env::current_exe().ok();
            rounds::plan(program.as_deref(), &problem, limit.saturating_sub(begun.elapsed()), SEED)?.plan
        }
    };
    let planner = if what.planner == Planner::Auto { "auto" } else { "insertion" };
    tell(kind, planner, &found, (on_ways, begun.elapsed()), out);
    if let Some(found) = on_ways {
        out.also(2, "cli-plan-footways", &[("found", found.into()), ("spots", problem.ground.spots().into())]);
    }
    Ok(())
}

fn tell(kind: Kind, planner: &str, plan: &Plan, (on_ways, took): (Option<usize>, Duration), out: &Out) {
    let seconds = (took.as_secs_f64() * 1e3).round() / 1e3;
    let (kind_word, key) = match kind {
        Kind::Doors => ("doors", "cli-did-plan"),
        Kind::Solomon => ("solomon", "cli-did-plan-solomon"),
    };
    let cost = kind.cost(plan.walking_s);
    let stops = |round: &Round| round.visits.iter().map(|visit| visit.stop.clone()).collect::<Vec<_>>();
    let routes = plan.rounds.iter().map(|round| json!({"officer": round.officer, "shift": round.shift, "stops": stops(round), "visits": round.visits}));
    let routes: Vec<_> = routes.collect();
    let value =
        json!({"kind": kind_word, "planner": planner, "routes": routes, "cost": cost, "unserved": plan.unserved, "on_ways": on_ways, "seconds": seconds});
    let args = [
        ("served", plan.served().into()),
        ("rounds", plan.rounds.len().into()),
        ("minutes", (plan.walking_s / 60).into()),
        // As text: the catalogue would group and round.
        ("cost", format!("{cost:.1}").into()),
        ("unserved", plan.unserved.len().into()),
        ("seconds", format!("{seconds:.2}").into()),
    ];
    out.done(&value, key, &args);
    for round in &plan.rounds {
        out.also(
            2,
            "cli-plan-round",
            &[("officer", round.officer.as_str().into()), ("shift", (round.shift + 1).into()), ("stops", stops(round).join(" ").into())],
        );
        for visit in round.visits.iter().filter(|_| kind == Kind::Doors) {
            let clock = |s: u32| format!("{:02}:{:02}", s / 3_600, s / 60 % 60);
            let args = [
                ("start", clock(visit.start_s).into()),
                ("leave", clock(visit.leave_s).into()),
                ("stop", visit.stop.as_str().into()),
                ("minutes", visit.walk_s.div_ceil(60).into()),
            ];
            out.also(4, "cli-plan-visit", &args);
        }
    }
    for unserved in &plan.unserved {
        let why = say(out.lang, key_of(unserved.why), &[]);
        out.also(2, "cli-plan-unserved", &[("stop", unserved.stop.as_str().into()), ("why", why.into())]);
    }
}

fn key_of(why: Why) -> &'static str {
    match why {
        Why::NoOfficer => "unserved-no-officer",
        Why::NoWindow => "unserved-no-window",
        Why::TooManyDoors => "unserved-too-many-doors",
        Why::NoTime => "unserved-no-time",
    }
}
