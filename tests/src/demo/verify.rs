//! `cargo demo --verify --dir D`: only the proof, on what lies there.

use std::{collections::BTreeSet, path::Path, process::ExitCode};

use anyhow::{Context, Result};
use minqing_tests::{
    hands::Hands,
    phone::Phone,
    proof::{phone_dirs, prove},
};
use serde::{Deserialize, Serialize};

use super::{args::Args, report};

const FILE: &str = "demo.json";

/// What the proof needs to know of the run.
#[derive(Serialize, Deserialize)]
struct Remembered {
    seed: u64,
    destroyed: BTreeSet<String>,
    erased: Vec<String>,
}

/// Writes down what a later proof needs.
pub fn remember(dir: &Path, args: &Args, destroyed: &BTreeSet<String>, erased: &[String]) -> Result<()> {
    let text = serde_json::to_string(&Remembered { seed: args.seed, destroyed: destroyed.clone(), erased: erased.to_vec() })?;
    Ok(std::fs::write(dir.join(FILE), text)?)
}

/// Proves a directory.
pub fn run(args: &Args) -> Result<ExitCode> {
    let dir = args.dir.as_deref().context("--verify needs --dir")?;
    let text = std::fs::read_to_string(dir.join(FILE)).with_context(|| format!("{} is not the directory of a demo", dir.display()))?;
    let remembered: Remembered = serde_json::from_str(&text)?;
    let hands = Hands::default();
    let phones: Vec<Phone> = phone_dirs(dir)?
        .iter()
        .zip(1..)
        .map(|(phone, number)| Phone::open(phone, &hands, remembered.seed, number, u64::from(u32::MAX)))
        .collect::<Result<_>>()?;
    // The phone that was lost has wiped itself.
    let phones: Vec<Phone> = phones.into_iter().filter(|phone| phone.client.enrolment().is_ok()).collect();
    let found = prove(dir, &phones, &remembered.destroyed, &remembered.erased)?;
    if args.json {
        println!("{}", serde_json::json!(found));
    } else {
        report::table(args, &found);
        println!("{}", minqing_core::words::say(args.lang(), if found.is_good() { "demo-good" } else { "demo-bad" }, &[]));
    }
    Ok(if found.is_good() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
