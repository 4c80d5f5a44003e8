//! `cargo soak`: see docs/TESTING.md.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Parser;
use minqing_core::guards::Guards;
use minqing_tests::soak::{PHONE, SERVER, be_the_phone, guard_off, kill, replay, soak};

/// The server's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Tells whole stories with every fault, one after the other, and prints one line of JSON.
#[derive(Debug, Parser)]
#[command(name = "soak")]
struct Args {
    /// How many seeds; with a guard off, how many at most.
    #[arg(long, default_value_t = 200)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Takes this guard away, and fails unless an invariant does.
    #[arg(long, value_name = "NAME", conflicts_with = "kill")]
    guard_off: Option<String>,
    /// Kills real processes so many times during uploads, instead of telling stories.
    #[arg(long, value_name = "N")]
    kill: Option<u64>,
}

fn main() -> ExitCode {
    if std::env::var_os(SERVER).is_some() {
        return minqing_sync_server::cli::main();
    }
    let raw: Vec<String> = std::env::args().collect();
    let done = match raw.get(1).map(String::as_str) {
        Some(PHONE) => be_the_phone(&raw[2..]).map(|()| true),
        _ => run(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => {
            eprintln!("soak: {e:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool> {
    // The alias ends in `--`; a second one, typed from habit, is no argument.
    let mut raw: Vec<_> = std::env::args_os().collect();
    if raw.get(1).is_some_and(|first| first == "--") {
        raw.remove(1);
    }
    let args = Args::parse_from(raw);
    if let Some(kills) = args.kill {
        let killed = kill(&std::env::current_exe()?, args.from, kills)?;
        println!("{}", serde_json::to_string(&killed)?);
        return Ok(killed.lost == 0);
    }
    // What panics in a story is caught, and said once if it breaks it.
    std::panic::set_hook(Box::new(|_| ()));
    let seeds = args.from..args.from.saturating_add(args.seeds);
    if let Some(guard) = &args.guard_off {
        let Some(off) = guard_off(guard, seeds) else {
            let all: Vec<String> = Guards::ALL.iter().map(|(name, what)| format!("  {name:18}{what}")).collect();
            bail!("there is no guard {guard}; there are\n{}", all.join("\n"));
        };
        println!("{}", serde_json::to_string(&off)?);
        return Ok(off.invariant.is_some());
    }
    let soaked = soak(seeds);
    for (seed, broken) in &soaked.broken {
        eprintln!("seed {seed}: {broken}\nreplay: {}", replay(*seed));
    }
    println!("{}", serde_json::to_string(&soaked)?);
    Ok(soaked.failing_seed.is_none() && soaked.lost == 0 && soaked.diverged == 0)
}
