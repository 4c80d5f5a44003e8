//! Shown matters in SQLite.

use minqing_core::{
    Id,
    model::{Address, Category},
    view,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    Sqlite, covers, damaged,
    log::{document, matter, shown},
};
use crate::storage::{Board, Boards, OnBoard, Result, Until};

impl Boards for Sqlite {
    fn board(&self, board: &Board) -> Result<Vec<OnBoard>> {
        let words: Vec<&str> = board.categories.iter().copied().map(Category::word).collect();
        let after = board.after.unwrap_or(Until { shown_ms: i64::MAX, id: Id([0xff; 16]) });
        self.read(|c| {
            let mut query = c.prepare_cached(
                "SELECT p.matter, p.id, p.shown_ms FROM public_matter p JOIN matter_row r ON r.id = p.matter
                 WHERE (p.shown_ms, p.id) < (?1, ?2) AND (?3 IS NULL OR r.community = ?3) AND r.category IN (SELECT value FROM json_each(?4))
                 ORDER BY p.shown_ms DESC, p.id DESC LIMIT ?5",
            )?;
            let words = serde_json::to_string(&words).unwrap_or_default();
            let found = query.query_map(params![after.shown_ms, after.id.0, board.community, words, board.limit], place)?;
            let found: Vec<_> = found.collect::<rusqlite::Result<_>>()?;
            found.into_iter().map(|(id, until)| one(c, id, until)).collect()
        })
    }

    fn as_if_shown(&self, id: Id) -> Result<Option<OnBoard>> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT matter, id, shown_ms FROM public_matter WHERE matter = ?1")?;
            let until = query.query_row([id.0], place).optional()?.map_or(Until { shown_ms: 0, id }, |(_, until)| until);
            shown::matter(c, id)?.map(|_| one(c, id, until)).transpose()
        })
    }

    fn on_board(&self, id: Id) -> Result<Option<OnBoard>> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT matter, id, shown_ms FROM public_matter WHERE id = ?1")?;
            let found = query.query_row([id.0], place).optional()?;
            found.map(|(id, until)| one(c, id, until)).transpose()
        })
    }
}

fn place(row: &Row<'_>) -> rusqlite::Result<(Id, Until)> {
    Ok((Id(row.get(0)?), Until { id: Id(row.get(1)?), shown_ms: row.get(2)? }))
}

fn one(c: &Connection, id: Id, until: Until) -> Result<OnBoard> {
    let row = shown::matter(c, id)?.ok_or_else(|| damaged("public_matter"))?;
    let matter = matter::one(c, id)?.and_then(|kept| kept.matter).ok_or_else(|| damaged("public_matter"))?;
    let department = row.department.map(|department| name_of(c, department)).transpose()?.flatten();
    let door = row.household.map(|door| door_of(c, door)).transpose()?.flatten();
    let alone = match &door {
        Some((door, _, 1)) => only_one(c, *door)?,
        _ => None,
    };
    let address = door.map(|(_, address, _)| address);
    Ok(OnBoard { until, row, matter, department, address, alone, texts: shown::texts_of(c, id)?, covers: covers::of(c, id)? })
}

fn name_of(c: &Connection, department: [u8; 16]) -> Result<Option<String>> {
    Ok(c.prepare_cached("SELECT name FROM department WHERE id = ?1")?.query_row([department], |row| row.get(0)).optional()?)
}

/// A door's address, and how many live there.
fn door_of(c: &Connection, door: [u8; 16]) -> Result<Option<(Id, Address, u32)>> {
    let mut query = c.prepare_cached("SELECT * FROM household_row WHERE id = ?1")?;
    let row = query.query_row([door], shown::read_household).optional()?.map(|shown| shown.row);
    Ok(row.map(|row| {
        let view::HouseholdRow { community, estate, building, stairwell, floor, room, lane, door: number, residents, .. } = row;
        (Id(door), Address { community, estate, building, stairwell, floor, room, lane, door: number }, residents)
    }))
}

/// Name and year of birth of the only one who lives at a door: the card is opened for no other.
fn only_one(c: &Connection, door: Id) -> Result<Option<(String, u16)>> {
    let card = document::open(c, door)?.map(|kept| view::card(door, &kept.doc.content()));
    let mut living = card.into_iter().flat_map(|card| card.residents).filter(|resident| !resident.moved_out);
    let first = living.next();
    Ok(if living.next().is_none() { first.map(|resident| (resident.name, resident.birth_year)) } else { None })
}
