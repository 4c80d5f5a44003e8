//! Stairwells, and one stairwell floor by floor.

use std::cmp::Ordering;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{STATE, id, state};
use crate::{
    Id, Result,
    clock::local_date,
    model::{MatterState, Need, Outcome, by_number, floor_number, floor_of},
    view::{Cell, CellMark, FloorRow, Stairwell, StairwellRow},
};

/// Age from which somebody is shown as old.
const OLD: i16 = 60;
/// Most doors of one stairwell that are shown.
const MAX_CELLS: u32 = 1_000;

/// The next stairwell in the index; the doors between are not read.
pub(in crate::store) const NEXT: &str = "SELECT estate, building, stairwell, lane FROM household_row
 WHERE (estate, building, stairwell, lane) > (?1, ?2, ?3, ?4) ORDER BY estate, building, stairwell, lane LIMIT 1";
/// Whether there are doors of a stairwell.
pub(in crate::store) const EXISTS: &str = "SELECT 1 FROM household_row WHERE estate = ?1 AND building = ?2 AND stairwell = ?3 AND lane = ?4";
/// Its doors, and those that were ever visited.
pub(in crate::store) const COUNTS: &str = "SELECT count(*), total(EXISTS (SELECT 1 FROM visit_row v WHERE v.household = r.id))
 FROM household_row r WHERE estate = ?1 AND building = ?2 AND stairwell = ?3 AND lane = ?4";

/// The doors of one stairwell with what their cells show: `?5` is today.
pub(in crate::store) fn cells_sql() -> String {
    let last = |column| format!("(SELECT {column} FROM visit_row v WHERE v.household = r.id ORDER BY v.at_ms DESC, v.id DESC LIMIT 1)");
    format!(
        "SELECT r.id, r.floor, r.room, r.door, r.residents, {} AS last_at, {} AS last_outcome, {STATE} AS record_state,
           EXISTS (SELECT 1 FROM follow_up_row f WHERE f.household = r.id AND f.done = 0 AND (f.due = '') = 0 AND f.due <= ?5) AS due,
           EXISTS (SELECT 1 FROM matter_row m WHERE m.household = r.id AND m.state = ?6) AS feedback
         FROM household_row r WHERE estate = ?1 AND building = ?2 AND stairwell = ?3 AND lane = ?4 LIMIT ?7",
        last("v.at_ms"),
        last("v.outcome")
    )
}

/// The stairwells and lanes of an estate, or of one of its buildings, or all; by their numbers.
pub(crate) fn stairwells(db: &Connection, estate: Option<&str>, building: Option<&str>, offset: u32, limit: u32) -> Result<Vec<StairwellRow>> {
    let wanted = |key: &[String; 4]| estate.is_none_or(|e| key[0] == e) && building.is_none_or(|b| key[1] == b);
    let mut keys = Vec::new();
    let mut at = [estate.unwrap_or_default().to_owned(), String::new(), String::new(), String::new()];
    if db.prepare_cached(EXISTS)?.exists(params![at[0], at[1], at[2], at[3]])? {
        keys.push(at.clone());
    }
    let mut next = db.prepare_cached(NEXT)?;
    let read = |row: &Row<'_>| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]);
    while let Some(key) = next.query_row(params![at[0], at[1], at[2], at[3]], read).optional()? {
        if estate.is_some_and(|e| key[0] != e) {
            break;
        }
        keys.push(key.clone());
        at = key;
    }
    keys.retain(wanted);
    keys.sort_by(|a, b| a.iter().zip(b).map(|(a, b)| by_number(a, b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal));
    let mut counts = db.prepare_cached(COUNTS)?;
    let page = keys.into_iter().skip(offset as usize).take(limit as usize);
    page.map(|[estate, building, stairwell, lane]| {
        let counted = counts.query_row(params![estate, building, stairwell, lane], |row| Ok((row.get(0)?, row.get::<_, f64>(1)?)))?;
        Ok(StairwellRow { households: counted.0, visited: counted.1 as u32, estate, building, stairwell, lane })
    })
    .collect()
}

/// One stairwell or lane, floor by floor. `today` as `2026-09-14`.
pub(crate) fn stairwell(db: &Connection, [estate, building, stairwell, lane]: [&str; 4], today: &str, year: i16) -> Result<Stairwell> {
    let mut query = db.prepare_cached(&cells_sql())?;
    let feedback = MatterState::Feedback.word();
    let rows = query.query_map(params![estate, building, stairwell, lane, today, feedback, MAX_CELLS], cell)?;
    let mut floors: Vec<(Option<i32>, FloorRow)> = Vec::new();
    for row in rows {
        let (floor, mut cell) = row?;
        needs(db, &mut cell, year)?;
        let number = floor_number(&floor).or_else(|| if floor.trim().is_empty() { floor_of(&cell.label) } else { None });
        let name = number.map_or_else(|| floor.trim().to_owned(), |n| if n < 0 { format!("B{}", -n) } else { n.to_string() });
        match floors.iter_mut().find(|(_, row)| row.floor == name) {
            Some((_, row)) => row.cells.push(cell),
            None => floors.push((number, FloorRow { floor: name, cells: vec![cell] })),
        }
    }
    floors.sort_by(|(a, x), (b, y)| (a.is_none(), a).cmp(&(b.is_none(), b)).then_with(|| by_number(&x.floor, &y.floor)));
    let mut floors: Vec<FloorRow> = floors.into_iter().map(|(_, row)| row).collect();
    for row in &mut floors {
        row.cells.sort_by(|a, b| by_number(&a.label, &b.label).then_with(|| a.household.cmp(&b.household)));
    }
    Ok(Stairwell { floors })
}

/// A door's cell without the needs of who lives there, and its floor as written.
fn cell(row: &Row<'_>) -> rusqlite::Result<(String, Cell)> {
    let last: Option<i64> = row.get("last_at")?;
    let outcome: Option<String> = row.get("last_outcome")?;
    let mark = match outcome.as_deref().and_then(Outcome::from_word) {
        _ if row.get("due")? => CellMark::FollowUpDue,
        _ if row.get("feedback")? => CellMark::FeedbackWaiting,
        Some(Outcome::Refused) => CellMark::Refused,
        Some(Outcome::NobodyIn) => CellMark::NobodyIn,
        Some(Outcome::Talked) => CellMark::Visited,
        // An outcome of a newer version is a visit all the same.
        None if last.is_some() => CellMark::Visited,
        None => CellMark::None,
    };
    let (room, door): (String, String) = (row.get("room")?, row.get("door")?);
    let cell = Cell {
        household: id(row, "id")?,
        label: if room.trim().is_empty() { door } else { room },
        mark,
        last_visit: last.map(|ms| local_date(ms).to_string()).unwrap_or_default(),
        residents: row.get("residents")?,
        state: state(row, "record_state")?,
        ..Cell::default()
    };
    Ok((row.get("floor")?, cell))
}

fn needs(db: &Connection, cell: &mut Cell, year: i16) -> Result<()> {
    for r in super::residents(db, Id::or_zero(&cell.household))?.iter().filter(|r| !r.moved_out) {
        let needs = |need: Need| r.needs.iter().any(|word| word == need.word());
        cell.old |= r.birth_year != 0 && i32::from(year) - i32::from(r.birth_year) >= i32::from(OLD);
        cell.ill |= needs(Need::ChronicIllness);
        cell.alone |= needs(Need::LivesAlone);
    }
    Ok(())
}
