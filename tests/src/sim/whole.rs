//! A whole story: everything that can happen, as its seed draws it, and all that must hold.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Result, anyhow};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{AT_THE_END, Broken, Faults, Perils, Plot, Sim};

/// Whatever stopped an honest party, where no other invariant says so.
const HELD_UP: usize = 8;

/// What a story came to.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Faults injected.
    pub faults: u64,
    /// Rows in the log at the end.
    pub events: u64,
    /// Typed fields and acknowledged items that are nowhere.
    pub lost: u64,
    /// Documents and matters that differ on a phone, and what at the server differs from its log.
    pub diverged: u64,
    /// The invariant that does not hold.
    pub broken: Option<Broken>,
}

impl Plot {
    /// Everything, as the seed draws it.
    pub fn whole(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0x5eed);
        let mut draw = |percent: u32| rng.random_ratio(percent, 100);
        // A copy of a phone uses the other's tokens up, and packs are fetched by token.
        let packs = draw(15);
        let perils = Perils {
            disk_full: draw(50),
            phone_power: draw(50),
            server_power: draw(40),
            clones: !packs && draw(35),
            partitions: draw(50),
            clock_jumps: draw(40),
            server_restores: draw(40),
            damage: draw(30),
            hostile: draw(60),
            losses: draw(30),
        };
        let phone_accidents = !packs && draw(70);
        let server_accidents = draw(70);
        let wrong = draw(30);
        let quiet = draw(15);
        let moves = draw(40);
        let faults = if quiet {
            Faults::default()
        } else {
            Faults {
                drop: rng.random_range(0..40),
                double: rng.random_range(0..30),
                truncate: rng.random_range(0..20),
                delay: rng.random_range(0..60),
                astray: rng.random_range(0..10),
            }
        };
        let (phones, steps) = (rng.random_range(2..5), rng.random_range(20..65));
        Self {
            phones,
            steps,
            second_thoughts: rng.random_ratio(40, 100),
            faults,
            phone_accidents,
            server_accidents,
            clocks_wrong_by_ms: if wrong { 315_576_000_000 } else { 0 },
            packs,
            // What a restored phone wrote under a scope that it has left, and had not named, is rightly put aside; and what a phone let go
            // of it cannot bring back to a restored server.
            moves: moves && !phone_accidents && !perils.clones && !perils.server_restores,
            perils,
            ..Self::quiet(seed)
        }
    }
}

/// Tells a story to its end and looks at all that must hold.
pub fn tell(plot: Plot) -> Told {
    let mut told = Told::default();
    let run = catch_unwind(AssertUnwindSafe(|| run(plot, &mut told)));
    let done = run.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(anyhow!("panicked: {}", text.unwrap_or_default()))
    });
    told.broken = told.broken.or(done.err().map(|e| Broken::by(&e, HELD_UP)));
    told
}

fn run(plot: Plot, told: &mut Told) -> Result<()> {
    let mut sim = Sim::open(plot)?;
    let done = sim.run();
    told.faults = sim.net.faults + sim.faults;
    done?;
    told.events = sim.log_rows()?;
    (told.lost, told.diverged) = (sim.lost()?, sim.diverged()?);
    for invariant in AT_THE_END {
        (invariant.check)(&mut sim).map_err(|e| Broken::by(&e, invariant.number))?;
    }
    Ok(())
}
