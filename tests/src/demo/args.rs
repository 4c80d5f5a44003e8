//! What the demo is asked for.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::{Parser, ValueEnum};
use minqing_core::words::Lang;

/// Ways to break the demo on purpose: each makes a figure that should be 0 at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sabotage {
    /// Deletes a log row after its state was sent: lost, broken.
    Log,
    /// Changes a text in one phone's store: diverged.
    Document,
    /// Deletes one photo's or voice note's file at the office: attachments_at_office.
    Attachment,
    /// Changes an answer that the office counts: surveys_at_office, diverged.
    Survey,
    /// Forgets what was put aside: quarantined, adopted.
    Quarantine,
    /// Hides from phones that the server was restored: lost, found_again.
    ServerRestore,
    /// Puts an event into the log by hand: illegal_states.
    Event,
    /// Puts a resident's name into a public text: personal_data_leaks.
    Name,
    /// Leaves in one phone's file what was erased: erased_bytes_found.
    Erasure,
    /// Forgets whose time is taken, and books it once more: double_booked.
    DoubleBooking,
    /// Moves a promise of which its officer never hears: promises_silently_moved.
    SilentMove,
    /// Restores a phone that had unsent work: destroyed_unsent.
    Restore,
}

/// A week in a community of Lanzhou: officers walk from door to door with phones that are mostly offline.
#[derive(Debug, Parser)]
#[command(name = "demo")]
pub struct Args {
    /// Stops at the end; otherwise the server goes on until Ctrl-C.
    #[arg(long)]
    pub once: bool,
    /// One line of JSON on stdout, all else on stderr.
    #[arg(long)]
    pub json: bool,
    /// The same seed gives the same week.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many officers, each with a phone.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(2..=200))]
    pub officers: u16,
    /// How many households.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(24..=20_000))]
    pub households: u32,
    /// How many days, from Monday 2026-09-14.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=30))]
    pub days: u16,
    /// How many working days the office runs on after them.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=60))]
    pub working_days: u32,
    /// Where everything lies; a new temporary directory if not given.
    #[arg(long)]
    pub dir: Option<PathBuf>,
    /// The server's port on 127.0.0.1; 8311, or with --once any free one.
    #[arg(long)]
    pub port: Option<u16>,
    /// zh or en; otherwise as LC_ALL or LANG say, Chinese if they are silent.
    #[arg(long)]
    pub lang: Option<String>,
    /// Only proves what lies in --dir.
    #[arg(long, requires = "dir")]
    pub verify: bool,
    /// Breaks something on purpose.
    #[arg(long, value_enum)]
    pub sabotage: Option<Sabotage>,
}

impl Args {
    /// Reads and checks the command line.
    pub fn read() -> Result<Self> {
        // The alias ends in `--`; a second one, typed from habit, is no argument.
        let mut raw: Vec<_> = std::env::args_os().collect();
        if raw.get(1).is_some_and(|first| first == "--") {
            raw.remove(1);
        }
        let args = Self::parse_from(raw);
        ensure!(args.sabotage != Some(Sabotage::Restore) || args.days >= 4, "--sabotage restore needs --days 4 or more");
        ensure!(args.sabotage != Some(Sabotage::Restore) || args.officers >= 5, "--sabotage restore needs --officers 5 or more");
        Ok(args)
    }

    /// The language of everything people read.
    pub fn lang(&self) -> Lang {
        let set = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
        let tag = self.lang.clone().or_else(|| set("LC_ALL")).or_else(|| set("LANG")).unwrap_or_default();
        tag.parse().unwrap_or_default()
    }

    /// How many grids the households make.
    pub fn grids(&self) -> u16 {
        u16::try_from(self.households / 150).unwrap_or(999).clamp(2, 999)
    }
}
