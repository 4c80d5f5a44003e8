//! Doors and who lives behind them, drawn with an account.

use anyhow::Result;
use minqing_core::{
    Id,
    model::{Address, Language, Need, NewHousehold, NewResident, grid_id},
};
use minqing_sync_server::{App, sync::add_households};

use super::{
    draw::{Draw, ID_BITS},
    office::COMMUNITY,
    words::Words,
};
use crate::world::{Door, doors};

const SURNAMES: &str = include_str!("../../data/names/surnames_faker_zh_CN.csv");
const GIVEN_NAMES: &str = include_str!("../../data/names/given_names_faker_zh_CN.csv");
/// Doors written in one transaction.
const BATCH: usize = 200;

/// The lists that names are drawn from.
struct Names {
    surnames: Vec<&'static str>,
    weights: Vec<u64>,
    given: Vec<&'static str>,
}

impl Names {
    fn load() -> Self {
        let rows = |list: &'static str| list.lines().skip(1).filter_map(|line| line.split_once(','));
        let (surnames, weights) = rows(SURNAMES).map(|(name, percent)| (name, (percent.parse().unwrap_or(0.0) * 10_000.0) as u64)).unzip();
        Self { surnames, weights, given: rows(GIVEN_NAMES).map(|(name, _)| name).collect() }
    }

    fn draw(&self, draw: &mut Draw) -> String {
        format!("{}{}", self.surnames[draw.weighted(&self.weights)], draw.one_of(&self.given))
    }
}

/// Writes so many doors, evenly over so many grids, by the office; returns their ids in walking order. What an
/// address says follows from the one before and counts nothing.
pub fn write(app: &App, draw: &mut Draw, words: &Words, count: usize, grids: u16) -> Result<Vec<Id>> {
    let names = Names::load();
    let grid = |i: usize| grid_id(COMMUNITY, u16::try_from(i * usize::from(grids) / count).unwrap_or(0) + 1);
    let new: Vec<NewHousehold> = doors(count).into_iter().enumerate().map(|(i, door)| card(draw, &names, words, door, grid(i))).collect();
    let mut ids = Vec::new();
    for some in new.chunks(BATCH) {
        ids.extend(add_households(app, some)?.into_iter().map(|(id, _)| id));
    }
    Ok(ids)
}

fn card(draw: &mut Draw, names: &Names, words: &Words, door: Door, grid: String) -> NewHousehold {
    let Door { estate, building, stairwell, floor, room } = door;
    let address = Address { community: COMMUNITY.into(), estate, building, stairwell, floor, room, ..Address::default() };
    let residents = (0..=draw.below(3)).map(|_| resident(draw, names)).collect();
    let note = if draw.happens(50) { words.text(draw, 15) } else { String::new() };
    NewHousehold { grid, address, note, residents }
}

fn resident(draw: &mut Draw, names: &Names) -> NewResident {
    // Its id, which the office draws.
    draw.count(ID_BITS);
    NewResident {
        name: names.draw(draw),
        phone: format!("0931 0{:02} {:04}", 20 + draw.below(80), draw.below(10_000)),
        birth_year: u16::try_from(1932 + draw.below(75)).unwrap_or(0),
        languages: vec![draw.one_of(Language::ALL).word().to_owned()],
        needs: if draw.happens(20) { vec![draw.one_of(Need::ALL).word().to_owned()] } else { Vec::new() },
        refuses: Vec::new(),
    }
}
