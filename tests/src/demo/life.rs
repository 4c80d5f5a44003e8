//! A phone is lost, an officer gets another grid, a colleague carries a bundle, a resident is erased.

use std::{fs, path::Path, sync::Arc};

use anyhow::{Context, Result, ensure};
use minqing_core::{
    Id,
    ids::Device,
    model::{HouseholdEdit, NewResident, NewVisit},
};
use minqing_sync_server::{
    App, admin,
    sync::{Erase, adopt, erase as erase_in, resident_of},
};
use minqing_tests::{
    deeds::{Deed, carry_out},
    file::lies_in,
    hands::{Dice, Hands},
    ledger::Entry,
    phone::Phone,
    server,
    world::Names,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Whose phone is lost on Thursday evening.
pub const LOST: usize = 5;
/// Who has no network on the last evening, and who takes the work along.
pub const AUTHOR: usize = 3;
pub const CARRIER: usize = 1;
/// Who gets another grid once everything is over.
pub const MOVED: usize = 1;

/// Who writes down a resident that is erased later, and goes on writing at that door.
pub const WRITER: usize = 0;

/// What whoever moves writes last at an old door.
const LAST_WORD: &str = "调走前最后一次上门，钥匙交还给了住户。";

/// What is written at a door from which somebody is being erased.
const LATE_WORD: &str = "抹除时还在路上的走访。";

/// The office's store, beside the running server. `start`: another number each time, so that nothing is named twice.
pub fn beside(dir: &Path, hands: &Hands, seed: u64, start: u64) -> Result<App> {
    Ok(App::open(server::config(&dir.join("server"))?, Arc::new(hands.clone()), Arc::new(Dice::new(seed, start)))?)
}

/// A phone with unsent work is lost and revoked. Whoever finds it lets it reach the network: what it brings is kept apart and it
/// wipes itself. The office takes its officer's work over, and gives a code for another phone.
pub fn lose(app: &App, phone: &mut Phone, url: &str) -> Result<String> {
    let me = phone.client.enrolment()?;
    let waiting = phone.client.today("zh".into())?.waiting;
    ensure!(waiting > 0, "the lost phone has nothing unsent: the story proves nothing");
    app.store.revoke_device(Device(me.device), app.clock.now_ms())?;
    let brought = phone.contact(url)?;
    ensure!(brought.revoked && brought.rows == 0, "a revoked phone was not told, or was given something: {brought:?}");
    phone.client.finish_contact(&phone.client.reader())?;
    ensure!(phone.client.enrolment().is_err(), "the revoked phone did not wipe itself");
    for aside in app.store.aside(None, 100_000)?.iter().filter(|aside| aside.reason.word() == "revoked") {
        adopt(app, aside.name).map_err(|e| anyhow::anyhow!("an item of the lost phone: {}", e.code))?;
    }
    let officer: Id = me.officer.parse()?;
    Ok(admin::new_code(app.store.as_ref(), &*app.clock, &*app.entropy, officer, 24)?)
}

/// What one phone has not sent, another one takes along, sealed.
pub fn hand_over(author: &mut Phone, carrier: &mut Phone, dir: &Path, url: &str) -> Result<()> {
    let folder = dir.join("handed-over");
    fs::create_dir_all(&folder)?;
    let folder = folder.to_str().context("a directory with a name that is text")?.to_owned();
    for bundle in author.client.courier_bundles(folder)? {
        carrier.client.take_bundle(bundle.path)?;
    }
    carrier.contact(url)?;
    ensure!(carrier.client.carried_bundles()?.is_empty(), "a bundle did not come to the office");
    Ok(())
}

/// A resident moves in at a door and is written down, with a remark that names them. The door, and what is to be erased: a name and a
/// telephone number that stand nowhere else.
pub fn moves_in(phone: &mut Phone, server_dir: &Path, seed: u64) -> Result<(String, Vec<String>)> {
    let door = phone.client.households(0, 1)?.into_iter().next().context("no door to move in at")?;
    let (names, mut rng) = (Names::load(&[]), ChaCha8Rng::seed_from_u64(seed));
    let mut name = names.draw(&mut rng).full;
    while name.chars().count() < 3 || lies_in(server_dir, &name)? {
        name = names.draw(&mut rng).full;
    }
    let telephone = format!("199{:08}", rng.random_range(0..100_000_000));
    let resident = NewResident { name: name.clone(), phone: telephone.clone(), ..NewResident::default() };
    let edit = HouseholdEdit { new_residents: vec![resident], ..HouseholdEdit::default() };
    phone.client.edit_household(door.id.clone(), edit)?;
    let note = format!("{name}搬来了，电话{telephone}。");
    let visit = NewVisit { household: door.id.clone(), purpose: "routine".into(), outcome: "talked".into(), note, ..NewVisit::default() };
    phone.client.record_visit(visit)?;
    Ok((door.id, vec![name, telephone]))
}

/// The office erases a resident while an officer, who has not heard of it, writes at that door. Returns what was written, for the ledger.
pub fn erase(app: &App, phone: &mut Phone, door: &str, name: &str) -> Result<Vec<Entry>> {
    let household: Id = door.parse()?;
    let visit = NewVisit { household: door.into(), purpose: "routine".into(), outcome: "talked".into(), note: LATE_WORD.into(), ..NewVisit::default() };
    let rows = carry_out(phone, &Deed::Visit(visit))?;
    let resident = resident_of(app, household, name).map_err(|e| anyhow::anyhow!("{}", e.code))?;
    let what = Erase { household, resident: Some(resident), words: Vec::new(), also: Vec::new(), files: false };
    let erased = erase_in(app, &what).map_err(|e| anyhow::anyhow!("{}", e.code))?;
    ensure!(erased.documents.len() == 2, "card and visits are to be begun anew: {erased:?}");
    Ok(rows)
}

/// An officer writes once more at an old door, unsent, and gets the next grid: the phone uploads first, then nothing of the old grid
/// is in its file. Returns what was written, for the ledger.
pub fn move_away(app: &App, phone: &mut Phone, grid: &str, url: &str) -> Result<Vec<Entry>> {
    let door = phone.client.households(0, 1)?.into_iter().next().context("no door to leave")?;
    let visit = NewVisit { household: door.id, purpose: "routine".into(), outcome: "talked".into(), note: LAST_WORD.into(), ..NewVisit::default() };
    let rows = carry_out(phone, &Deed::Visit(visit))?;
    let officer: Id = phone.client.enrolment()?.officer.parse()?;
    admin::move_officer(app.store.as_ref(), &*app.entropy, officer, &[grid.to_owned()]).map_err(|e| anyhow::anyhow!("{}", e.code))?;
    phone.contact(url)?;
    phone.client.finish_contact(&phone.client.reader())?;
    ensure!(phone.client.tidy()?, "the moved phone could not tidy up");
    ensure!(!lies_in(&phone.dir, LAST_WORD)?, "bytes of the old grid are in the file of the phone that moved");
    Ok(rows)
}
