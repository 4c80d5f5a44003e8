//! `cargo bench-sync`: what an exchange costs, in requests, bytes, processor time and seconds (docs/PERFORMANCE.md).
//!
//! Everything that is written is drawn from a seed, and the self-information of every draw is kept: so bytes on the
//! wire can be held against the bytes that no method whatever could do without.

mod author;
mod cards;
mod claims;
mod corpus;
mod counted;
mod draw;
mod first_sync;
mod idle;
mod ingest;
mod machine;
mod matters;
mod office;
mod pages;
mod pipeline;
mod reconnect;
mod report;
mod rounds;
mod scale;
mod visits;
mod words;

use std::path::Path;

use anyhow::Result;

pub use first_sync::{PHONE, be_the_phone};
pub use report::{Claims, Counting, Figures, FirstSync, Idle, Ingest, Pages, Pipeline, Reconnect, Replan, Rounds, Solomon, Target, print, targets};
pub use rounds::find_best;
pub use scale::{Scale, Scenario};

/// Measures one scenario, or all of them. `program`: one whose child processes can be server and phone; everything
/// is written into `dir`.
///
/// # Errors
/// Of disk and network, and whatever did not arrive.
pub fn run(program: &Path, dir: &Path, seed: u64, scale: &Scale, only: Option<Scenario>) -> Result<Figures> {
    let wants = |scenario| only.is_none_or(|one| one == scenario);
    let mut figures = Figures::default();
    if wants(Scenario::Idle) {
        figures.idle = Some(idle::measure(program, &dir.join("idle"), seed, scale)?);
    }
    if wants(Scenario::Ingest) {
        figures.ingest = Some(ingest::measure(program, &dir.join("ingest"), seed, scale)?);
    }
    if wants(Scenario::Pipeline) {
        figures.pipeline = Some(pipeline::measure(program, &dir.join("pipeline"), seed, scale)?);
    }
    if wants(Scenario::Claims) {
        figures.claims = Some(claims::measure(program, &dir.join("claims"), seed, scale)?);
    }
    if wants(Scenario::Figures) {
        figures.figures = Some(counted::measure(program, &dir.join("figures"), seed, scale)?);
    }
    if wants(Scenario::Replan) {
        figures.replan = Some(rounds::replan(scale)?);
    }
    if wants(Scenario::Rounds) {
        figures.rounds = Some(rounds::grid(program, scale)?);
    }
    if wants(Scenario::Solomon) {
        figures.solomon = Some(rounds::solomon(program, scale)?);
    }
    if wants(Scenario::Pages) {
        figures.pages = Some(pages::measure(program, &dir.join("pages"), seed, scale)?);
    }
    if wants(Scenario::FirstSync) || wants(Scenario::Reconnect) {
        let mut corpus = corpus::build(program, &dir.join("corpus"), seed, scale)?;
        // The phone that is then cut off for a day is the one that was just filled.
        let (first_sync, phone) = first_sync::measure(&mut corpus)?;
        figures.first_sync = wants(Scenario::FirstSync).then_some(first_sync);
        if wants(Scenario::Reconnect) {
            figures.reconnect = Some(reconnect::measure(&mut corpus, phone, scale)?);
        }
    }
    Ok(figures)
}
