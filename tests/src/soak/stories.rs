//! Stories of many seeds, told on all cores; what comes out does not depend on which core was faster.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use minqing_core::guards::Guards;
use serde::Serialize;

use crate::sim::{Broken, NAMES, Plot, Told, tell};

/// What stories of many seeds came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Soaked {
    /// How many stories.
    pub seeds: u64,
    /// Faults injected.
    pub faults: u64,
    /// Rows in the logs at the end.
    pub events: u64,
    /// Typed fields and acknowledged items that are nowhere.
    pub lost: u64,
    /// Documents and matters that differ.
    pub diverged: u64,
    /// The smallest seed that broke an invariant.
    pub failing_seed: Option<u64>,
    /// All that were broken, by seed.
    #[serde(skip)]
    pub broken: Vec<(u64, Broken)>,
}

/// What came of taking one guard away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GuardOff {
    /// The guard.
    pub guard: String,
    /// The number of the invariant that failed, and what it says.
    pub invariant: Option<usize>,
    /// The same in words.
    pub says: Option<&'static str>,
    /// What was found.
    pub found: Option<String>,
    /// The smallest seed that shows it.
    pub failing_seed: Option<u64>,
    /// How many seeds that took.
    pub seeds: u64,
}

/// Tells the stories of all these seeds.
pub fn soak(seeds: Range<u64>) -> Soaked {
    let all = tell_all(seeds, Guards::default(), false);
    let mut soaked = Soaked { seeds: all.len() as u64, ..Soaked::default() };
    for (seed, told) in all {
        soaked.faults += told.faults;
        soaked.events += told.events;
        soaked.lost += told.lost;
        soaked.diverged += told.diverged;
        soaked.broken.extend(told.broken.map(|broken| (seed, broken)));
    }
    soaked.failing_seed = soaked.broken.first().map(|(seed, _)| *seed);
    soaked
}

/// Takes one guard away and tells stories until an invariant does not hold; `None` if there is no such guard.
pub fn guard_off(guard: &str, seeds: Range<u64>) -> Option<GuardOff> {
    let guards = Guards::without(guard)?;
    let from = seeds.start;
    let all = tell_all(seeds, guards, true);
    let failing = all.iter().find_map(|(seed, told)| Some((*seed, told.broken.clone()?)));
    let broken = failing.as_ref().map(|(_, broken)| broken);
    Some(GuardOff {
        guard: guard.to_owned(),
        invariant: broken.map(|broken| broken.invariant),
        says: broken.map(|broken| NAMES[broken.invariant - 1]),
        found: broken.map(|broken| broken.message.chars().take(200).collect()),
        failing_seed: failing.as_ref().map(|(seed, _)| *seed),
        seeds: failing.as_ref().map_or(all.len() as u64, |(seed, _)| seed - from + 1),
    })
}

/// The command that tells a story again.
pub fn replay(seed: u64) -> String {
    format!("cargo soak --seeds 1 --from {seed}")
}

/// With `until_broken` no seed above the smallest failing one need be told.
fn tell_all(seeds: Range<u64>, guards: Guards, until_broken: bool) -> BTreeMap<u64, Told> {
    let (next, failing) = (AtomicU64::new(seeds.start), AtomicU64::new(u64::MAX));
    let all = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= seeds.end || (until_broken && seed > failing.load(Ordering::SeqCst)) {
                return;
            }
            let told = tell(Plot { guards, ..Plot::whole(seed) });
            if told.broken.is_some() {
                failing.fetch_min(seed, Ordering::SeqCst);
            }
            all.lock().unwrap_or_else(PoisonError::into_inner).insert(seed, told);
        }
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        (1..cores).for_each(|_| drop(scope.spawn(work)));
        work();
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}
