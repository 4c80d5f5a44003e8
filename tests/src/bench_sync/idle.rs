//! Nothing new on either side, at two sizes.

use std::path::Path;

use anyhow::{Result, ensure};

use super::{
    cards,
    draw::Draw,
    first_sync::{PAGE, count},
    office::Office,
    report::Idle,
    scale::Scale,
    words::Words,
};
use crate::phone::Phone;

/// Fills two phones of different size and lets each ask once more.
pub fn measure(program: &Path, dir: &Path, seed: u64, scale: &Scale) -> Result<Idle> {
    let [small, large] = scale.idle;
    let (up_3k, down_3k) = ask(program, &dir.join("small"), seed, scale, small)?;
    let (up_30k, down_30k) = ask(program, &dir.join("large"), seed, scale, large)?;
    Ok(Idle { up_3k, down_3k, up_30k, down_30k })
}

/// The bytes of bodies up and down.
fn ask(program: &Path, dir: &Path, seed: u64, scale: &Scale, documents: usize) -> Result<(u64, u64)> {
    let mut office = Office::open(program, dir, seed, scale.idle_grids)?;
    let app = office.app()?;
    let code = office.officer(&app, 1, &(1..=scale.idle_grids).collect::<Vec<_>>())?;
    cards::write(&app, &mut Draw::new(seed, 2), &Words::load(), documents, scale.idle_grids)?;
    drop(app);
    let server = office.serve()?;
    let mut phone = Phone::open(&office.dir.join("phone"), &office.hands, seed, 1, 0)?;
    phone.enrol(&server.url, &code)?;
    phone.take_all(&server.url)?;
    ensure!(count(|from| Ok(phone.client.households(from, PAGE)?.len()))? == documents, "documents are missing");
    let before = phone.traffic;
    ensure!(phone.exchange(&server.url)?.rows == 0, "there was something new");
    Ok((phone.traffic.up - before.up, phone.traffic.down - before.down))
}
