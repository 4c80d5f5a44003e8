//! `cargo bench-sync`: see docs/PERFORMANCE.md.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use minqing_sync_server::rounds::child;
use minqing_tests::{
    bench_sync::{self, PHONE, Scale, Scenario, be_the_phone},
    server::{CHILD, be_the_server},
};

/// The server's own, for its part of this program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How much is measured.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Size {
    /// A community and its year: some minutes.
    Full,
    /// The exact figures only: seconds.
    Small,
}

/// Measures what an exchange costs: requests, bytes, processor time, seconds.
#[derive(Debug, Parser)]
#[command(name = "bench-sync")]
struct Args {
    /// One line of JSON.
    #[arg(long)]
    json: bool,
    /// One scenario alone.
    #[arg(long, value_enum)]
    only: Option<Scenario>,
    /// How much.
    #[arg(long, value_enum, default_value = "full")]
    scale: Size,
    /// The same seed gives the same texts, and the same bytes but for the order in which uploads arrive.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Measures nothing: plans the days of `rounds` three times for so many seconds each, and keeps the best.
    #[arg(long, value_name = "SECONDS")]
    best: Option<u64>,
}

fn main() -> ExitCode {
    let raw: Vec<String> = std::env::args().collect();
    if child::is_meant(&raw) {
        return child::be();
    }
    let done = match raw.get(1).map(String::as_str) {
        Some(CHILD) => be_the_server(&raw[2..]).map(|()| ExitCode::SUCCESS),
        Some(PHONE) => be_the_phone(&raw[2..]).map(|()| ExitCode::SUCCESS),
        _ => measure(),
    };
    done.unwrap_or_else(|e| {
        eprintln!("bench-sync: {e:#}");
        ExitCode::from(2)
    })
}

fn measure() -> Result<ExitCode> {
    // The alias ends in `--`; a second one, typed from habit, is no argument.
    let mut raw: Vec<_> = std::env::args_os().collect();
    if raw.get(1).is_some_and(|first| first == "--") {
        raw.remove(1);
    }
    let args = Args::parse_from(raw);
    let scale = match args.scale {
        Size::Full => Scale::full(),
        Size::Small => Scale::small(),
    };
    if let Some(seconds) = args.best {
        bench_sync::find_best(seconds)?;
        return Ok(ExitCode::SUCCESS);
    }
    let dir = tempfile::tempdir()?;
    let figures = bench_sync::run(&std::env::current_exe()?, dir.path(), args.seed, &scale, args.only)?;
    bench_sync::print(&figures, args.json);
    let missed = bench_sync::targets(&figures).iter().any(|t| t.held && !t.ok);
    Ok(ExitCode::from(u8::from(missed)))
}
