//! `cargo demo`: a community's week of visits over real HTTP with the real server, its accidents, and
//! the proof that everything arrived.

mod args;
mod child;
mod disk;
mod intruder;
mod life;
mod line;
mod opinion;
mod report;
mod sabotage;
mod setup;
mod slip;
mod story;
mod verify;
mod week;

use std::process::ExitCode;

use minqing_tests::server::{CHILD, be_the_server};

fn main() -> ExitCode {
    let raw: Vec<String> = std::env::args().collect();
    let done = match raw.get(1).map(String::as_str) {
        Some(CHILD) => be_the_server(&raw[2..]).map(|()| ExitCode::SUCCESS),
        Some(child::PHONE) => child::be_the_phone(&raw[2..]).map(|()| ExitCode::SUCCESS),
        _ => args::Args::read().and_then(|args| if args.verify { verify::run(&args) } else { story::run(&args) }),
    };
    done.unwrap_or_else(|e| {
        eprintln!("demo: {e:#}");
        ExitCode::from(2)
    })
}
