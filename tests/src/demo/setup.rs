//! Monday, half past seven: the office opens its community, enrols phones and writes its households.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use minqing_core::{
    clock::local_date,
    model::{Address, NewHousehold, NewResident, Role, grid_id},
    words::all_chinese,
};
use minqing_sync_server::{
    App,
    admin::{self, NewOfficer},
    slip::{self, Made},
    sync::{add_form, add_households, shipped_form},
};
use minqing_tests::{
    hands::{Dice, Hands},
    ledger::{Entry, Ledger},
    server,
    world::{Names, Phrases, doors, person},
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

use super::args::Args;

/// 畅家巷社区 in 城关区, Lanzhou.
pub const COMMUNITY: &str = "620102001001";
/// Who handles what goes to a department: houses and the street on the one hand, people on the other.
pub const DEPARTMENTS: [&str; 2] = ["街道城管办", "街道民政办"];
/// Monday 2026-09-14, 00:00 in Lanzhou.
pub const MONDAY: i64 = 1_789_315_200_000;
const BATCH: usize = 200;
/// The first matters get a slip from stock each.
const SLIPS: u16 = 20;

/// A member of staff who can sign in.
pub struct SignIn {
    pub name: String,
    pub password: String,
    pub role: Role,
}

/// What was set up.
pub struct Office {
    /// Each officer's enrolment code and grids.
    pub officers: Vec<(String, Vec<String>)>,
    /// Each household's id and grid, in walking order.
    pub households: Vec<(String, String)>,
    pub sign_ins: Vec<SignIn>,
    /// Slips for the first matters.
    pub slips: Vec<Made>,
    /// A code for a second phone of the first officer.
    pub spare_code: String,
    /// A code for whoever looks at the demo and has a phone, or a program that is one.
    pub visitors_code: String,
}

/// Milliseconds of a time of a day of the story.
pub fn at(day: u16, hour: i64, minute: i64) -> i64 {
    MONDAY + (i64::from(day) * 24 * 60 + hour * 60 + minute) * 60_000
}

/// The directory of the demo, empty.
pub fn directory(args: &Args) -> Result<PathBuf> {
    let dir = args.dir.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("minqing-demo-{}", std::process::id())));
    std::fs::create_dir_all(&dir)?;
    ensure!(std::fs::read_dir(&dir)?.next().is_none(), "{} is not empty: give another --dir, or --verify it", dir.display());
    Ok(dir)
}

/// Opens the office.
pub fn open(args: &Args, dir: &Path, hands: &Hands, ledger: &mut Ledger) -> Result<Office> {
    let app = App::open(server::config(&dir.join("server"))?, Arc::new(hands.clone()), Arc::new(Dice::new(args.seed, 1)))?;
    let store = app.store.as_ref();
    admin::add_community(store, COMMUNITY, args.grids())?;
    add_form(&app, COMMUNITY, &shipped_form()?)?;
    let mut rng = ChaCha8Rng::seed_from_u64(args.seed);
    let names = names(&app)?;
    let mut sign_ins = Vec::new();
    let mut taken = std::collections::BTreeSet::new();
    let desks = [Role::Clerk, Role::Lead, Role::Administrator, Role::Department, Role::Department, Role::Supervisor];
    for role in desks {
        let name = std::iter::repeat_with(|| names.draw(&mut rng).full).find(|n| taken.insert(n.clone())).unwrap_or_default();
        let password = admin::add_staff(store, &*app.clock, &*app.entropy, &name, role, COMMUNITY)?;
        sign_ins.push(SignIn { name, password: password.to_string(), role });
    }
    for (department, who) in DEPARTMENTS.iter().zip(sign_ins.iter().filter(|s| s.role == Role::Department)) {
        admin::add_department(store, &*app.clock, &*app.entropy, COMMUNITY, department, &who.name)?;
        admin::put_to_work(store, COMMUNITY, department, &who.name)?;
    }
    let (mut officers, mut spare_code, mut visitors_code) = (Vec::new(), String::new(), String::new());
    for k in 0..args.officers {
        let name = names.draw(&mut rng).full;
        let grids = grids_of(k, args.grids());
        let new = NewOfficer { name, community: COMMUNITY.into(), grids: grids.clone(), ..NewOfficer::default() };
        let officer = admin::add_officer(store, &*app.clock, &*app.entropy, new)?;
        let code = admin::new_code(store, &*app.clock, &*app.entropy, officer.id, app.config.tokens.code_hours)?;
        if k == 0 {
            let spare = || admin::new_code(store, &*app.clock, &*app.entropy, officer.id, 24 * 30);
            (spare_code, visitors_code) = (spare()?, spare()?);
        }
        officers.push((code, grids));
    }
    let households = write_households(args, &app, &names, &mut rng, ledger)?;
    let slips = slip::make(&app, COMMUNITY, SLIPS)?;
    Ok(Office { officers, households, sign_ins, slips, spare_code, visitors_code })
}

/// Officer k holds grid k mod grids, and every third one the next grid too.
fn grids_of(k: u16, grids: u16) -> Vec<String> {
    let number = |k: u16| grid_id(COMMUNITY, k % grids + 1);
    let mut held = vec![number(k)];
    if k % 3 == 2 {
        held.push(number(k + 1));
    }
    held.sort();
    held.dedup();
    held
}

/// No synthetic name is also a word of the catalogue or an area.
fn names(app: &App) -> Result<Names> {
    let mut forbidden: Vec<String> = all_chinese().map(str::to_owned).collect();
    forbidden.extend(app.store.areas_below("6201")?.into_iter().map(|a| a.name));
    // One character alone would bar every name that contains it.
    let forbidden: Vec<&str> = forbidden.iter().map(|t| t.trim()).filter(|t| t.chars().count() > 1).collect();
    Ok(Names::load(&forbidden))
}

fn write_households(args: &Args, app: &App, names: &Names, rng: &mut ChaCha8Rng, ledger: &mut Ledger) -> Result<Vec<(String, String)>> {
    let phrases = Phrases::load();
    let count = args.households as usize;
    let new: Vec<NewHousehold> = doors(count)
        .into_iter()
        .enumerate()
        .map(|(i, door)| {
            let grid = grid_id(COMMUNITY, u16::try_from(i * usize::from(args.grids()) / count).unwrap_or(0) + 1);
            let address = Address {
                community: COMMUNITY.into(),
                estate: door.estate,
                building: door.building,
                stairwell: door.stairwell,
                floor: door.floor,
                room: door.room,
                ..Address::default()
            };
            let residents = (0..rng.random_range(1..=4)).map(|_| resident(names, rng)).collect();
            NewHousehold { grid, address, note: phrases.household_note(rng), residents }
        })
        .collect();
    let mut written = Vec::new();
    for batch in new.chunks(BATCH) {
        let ids = add_households(app, batch)?;
        let rows: Vec<Entry> = ids.iter().map(|(id, hash)| entry(&id.to_string(), &hash.to_string())).collect();
        ledger.write(&rows)?;
        written.extend(batch.iter().zip(ids).map(|(h, (id, _))| (id.to_string(), h.grid.clone())));
    }
    Ok(written)
}

fn resident(names: &Names, rng: &mut ChaCha8Rng) -> NewResident {
    let p = person(names, rng);
    let words = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
    NewResident { name: p.name.full, phone: p.phone, birth_year: p.birth_year, languages: words(p.languages), needs: words(p.needs), ..NewResident::default() }
}

/// A row of the office's own save. Its remark may be written anew at the door, so the row is of what stays.
fn entry(id: &str, hash: &str) -> Entry {
    let (record, doc, item) = (id.to_owned(), id.to_owned(), hash.to_owned());
    let field = "community".to_owned();
    Entry { phone: 0, kind: "household".into(), record, path: field.clone(), field, text: COMMUNITY.into(), item, doc }
}

/// The date of a story's day.
pub fn date(day: u16) -> String {
    local_date(at(day, 12, 0)).to_string()
}
