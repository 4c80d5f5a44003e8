//! Which matters may be the same as one that is about to be registered.

use std::collections::HashMap;

use minqing_core::{
    Id,
    model::{Address, MatterState, normal_part},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::words;
use crate::{
    projection::MatterShown,
    storage::{
        Alike, Likeness, Result, is_on_line,
        sqlite::{log::shown, overview::read_address},
    },
};

/// Of each word so many matters are looked at, the newest.
const OF_WORD: i64 = 400;
/// So many of those that share most are read, and so many of the same building.
const READ: u32 = 200;
/// The states of what is over, or goes with another.
const OVER: &str = "('closed', 'void', 'withdrawn', 'refused', 'merged')";
/// What the same door, building and category are worth beside the same words, which are worth 1; and from where on it is said.
const DOOR: f64 = 0.5;
const BUILDING: f64 = 0.3;
const CATEGORY: f64 = 0.2;
const ENOUGH: f64 = 0.45;

/// The likest of those that are not over.
pub(super) fn alike(c: &Connection, like: &Likeness, limit: usize) -> Result<Vec<Alike>> {
    let here = like.household.map(|door| address(c, door)).transpose()?.flatten();
    let mut found: HashMap<[u8; 16], (MatterShown, f64)> = HashMap::new();
    for (row, shared) in by_words(c, like)? {
        found.insert(row.id, (row, shared));
    }
    // What is in the same building needs no word in common: people call one trouble by many names.
    for row in beside(c, like, here.as_ref())? {
        found.entry(row.id).or_insert((row, 0.0));
    }
    let mut judged = Vec::new();
    for (row, shared) in found.into_values().filter(|(row, _)| is_open(row) && row.community == like.community) {
        let door = row.household.or(row.door).map(Id);
        let there = door.map(|door| address(c, door)).transpose()?.flatten();
        let same_door = door.is_some() && door == like.household;
        let same_building = here.as_ref().zip(there.as_ref()).is_some_and(|(a, b)| building(a) == building(b));
        let same_category = like.category.is_some_and(|category| category.word() == row.category);
        let worth = |is: bool, worth: f64| if is { worth } else { 0.0 };
        let points = shared + worth(same_door, DOOR) + worth(same_building, BUILDING) + worth(same_category, CATEGORY);
        if points >= ENOUGH {
            judged.push((points, Alike { matter: row, same_door, same_building, same_category, shared: (shared * 100.0) as u8 }));
        }
    }
    judged.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| (other.matter.at_ms, other.matter.id).cmp(&(one.matter.at_ms, one.matter.id))));
    judged.truncate(limit);
    Ok(judged.into_iter().map(|(_, alike)| alike).collect())
}

/// What is over, or goes with another, is no matter to go with.
fn is_open(row: &MatterShown) -> bool {
    MatterState::from_word(&row.state).is_some_and(is_on_line)
}

/// Matters that share words, with how much of all there is to share.
fn by_words(c: &Connection, like: &Likeness) -> Result<Vec<(MatterShown, f64)>> {
    let mut points: HashMap<i64, f64> = HashMap::new();
    let mut whole = 0.0;
    for (key, times) in words::rarest(c, &like.community, &like.text)? {
        // Nobody else has it: it may be a name or a slip of the pen, and says less than what others have too.
        let worth = if times == 0 { 0.25 } else { 1.0 / (1.0 + (times as f64).log2()) };
        whole += worth;
        for n in if times == 0 { Vec::new() } else { words::newest(c, key, OF_WORD)? } {
            *points.entry(n).or_default() += worth;
        }
    }
    let mut best: Vec<(i64, f64)> = points.into_iter().collect();
    best.sort_by(|(a, one), (b, other)| other.total_cmp(one).then(b.cmp(a)));
    best.truncate(READ as usize);
    let read = best.into_iter().map(|(n, shared)| Ok(words::numbered(c, n)?.map(|row| (row, shared / whole))));
    read.filter_map(Result::transpose).collect()
}

/// The open matters of the same building as far as its name is written alike, or of the door alone where it has no building.
fn beside(c: &Connection, like: &Likeness, here: Option<&Address>) -> Result<Vec<MatterShown>> {
    let Some(door) = like.household else { return Ok(Vec::new()) };
    let in_building = here.is_some_and(|here| building(here).iter().any(|part| !part.is_empty()));
    let doors = if in_building {
        "SELECT id FROM household_row WHERE community = ?1 AND (estate, building, lane) = (SELECT estate, building, lane FROM household_row WHERE id = ?2)"
    } else {
        "SELECT ?2 WHERE ?1 <> ''"
    };
    let sql = format!(
        "WITH door(id) AS MATERIALIZED ({doors})
         SELECT m.* FROM door CROSS JOIN matter_row m ON m.household = door.id WHERE m.state NOT IN {OVER}
         UNION SELECT m.* FROM door CROSS JOIN matter_row m ON m.found_door = door.id WHERE m.state NOT IN {OVER}
         ORDER BY at_ms DESC LIMIT ?3"
    );
    let mut query = c.prepare_cached(&sql)?;
    Ok(query.query_map(params![like.community, door.0, READ], shown::read_matter)?.collect::<rusqlite::Result<_>>()?)
}

/// What doors of one building have in common.
fn building(address: &Address) -> [String; 3] {
    [&address.estate, &address.building, &address.lane].map(|part| normal_part(part))
}

fn address(c: &Connection, door: Id) -> Result<Option<Address>> {
    let sql = "SELECT community, estate, building, stairwell, floor, room, lane, door FROM household_row WHERE id = ?1";
    Ok(c.prepare_cached(sql)?.query_row([door.0], |row| read_address(row, 0)).optional()?.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_what_the_line_says() {
        for state in MatterState::ALL {
            let row = MatterShown { state: state.word().to_owned(), ..MatterShown::default() };
            assert_eq!(OVER.contains(&format!("'{}'", state.word())), !is_open(&row), "{state:?}");
        }
    }
}
