//! All doors with what says whether somebody is to visit them. Each statement goes through the doors by their key, and looks up the rest by index.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::{
    Id, Result,
    clock::{day_start, local_date},
    model::{MatterState, Notice, Outcome},
    rounds::{Awaited, DoorFacts},
    store::notices,
};

/// When somebody last opened each door.
const OPENED: &str = "SELECT h.id, (SELECT v.at_ms FROM visit_row v WHERE v.household = h.id AND v.outcome <> ? ORDER BY v.at_ms DESC, v.id DESC LIMIT 1)
 FROM household_row h ORDER BY h.id";
/// Who lives there.
const LIVING: &str =
    "SELECT h.id, r.id, r.birth_year, r.needs FROM household_row h CROSS JOIN resident_row r ON r.household = h.id WHERE r.moved_out = 0 ORDER BY h.id";
/// What was promised for a day or earlier.
const PROMISED: &str = "SELECT household, id, due FROM follow_up_row WHERE done = 0 AND (due = '') = 0 AND due <= ?";
/// Matters of which something may wait at the door.
const WAITING: &str = "SELECT h.id, m.id FROM household_row h CROSS JOIN matter_row m ON m.household = h.id WHERE m.state IN (?, ?, ?) ORDER BY h.id";

/// A door on its way to be judged.
struct Door {
    facts: DoorFacts,
    /// Needs and year of birth of those who live there.
    living: Vec<(Vec<String>, u16)>,
}

/// All doors at a moment, without what their matters wait for.
pub(crate) fn doors(db: &Connection, now_ms: i64) -> Result<BTreeMap<Id, DoorFacts>> {
    let today = local_date(now_ms);
    let mut doors = opened(db)?;
    living(db, &mut doors)?;
    promised(db, &mut doors, &today.to_string())?;
    for (id, notice) in notices::of_day(db, &today.to_string())? {
        untold(db, &mut doors, id, &notice, today.year())?;
    }
    Ok(doors.into_iter().map(|(id, door)| (id, door.facts)).collect())
}

/// Each door's matters of which something may wait there: the door, then the matter.
pub(crate) fn waiting(db: &Connection) -> Result<Vec<(Id, Id)>> {
    let states = [MatterState::Feedback, MatterState::Papers, MatterState::Merged].map(MatterState::word);
    let mut query = db.prepare_cached(WAITING)?;
    let rows = query.query_map(states, |row| Ok((Id(row.get(0)?), Id(row.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn opened(db: &Connection) -> Result<BTreeMap<Id, Door>> {
    let mut query = db.prepare_cached(OPENED)?;
    let rows = query.query_map([Outcome::NobodyIn.word()], |row| {
        let facts = DoorFacts { last_visit_ms: row.get(1)?, ..DoorFacts::new(Id(row.get(0)?)) };
        Ok((facts.household, Door { facts, living: Vec::new() }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn living(db: &Connection, doors: &mut BTreeMap<Id, Door>) -> Result<()> {
    let mut query = db.prepare_cached(LIVING)?;
    let rows = query.query_map([], |row| Ok((Id(row.get(0)?), Id(row.get(1)?), row.get::<_, u16>(2)?, super::words(row, "needs")?)))?;
    for row in rows {
        let (household, resident, born, needs) = row?;
        if let Some(door) = doors.get_mut(&household) {
            door.facts.add_resident(resident, born, needs.iter().map(String::as_str));
            door.living.push((needs, born));
        }
    }
    Ok(())
}

fn promised(db: &Connection, doors: &mut BTreeMap<Id, Door>, today: &str) -> Result<()> {
    let mut query = db.prepare_cached(PROMISED)?;
    let rows = query.query_map([today], |row| Ok((Id(row.get(0)?), Id(row.get(1)?), row.get::<_, String>(2)?)))?;
    for row in rows {
        let (household, id, due) = row?;
        if let Some(door) = doors.get_mut(&household) {
            door.facts.follow_ups.push(Awaited { id, due_ms: due.parse().ok().map(day_start) });
        }
    }
    Ok(())
}

/// Notes where a notice concerns somebody and was not told.
fn untold(db: &Connection, doors: &mut BTreeMap<Id, Door>, id: Id, notice: &Notice, year: i16) -> Result<()> {
    let mut query = db.prepare_cached(notices::UNTOLD_AT)?;
    let rows = query.query_map(params![id.0], |row| row.get(0).map(Id))?;
    for household in rows {
        let door = doors.get_mut(&household?);
        let concerned = door.filter(|door| door.living.iter().any(|(needs, born)| notice.concerns(needs, *born, year)));
        concerned.into_iter().for_each(|door| door.facts.untold.push(id));
    }
    Ok(())
}
