//! Everything of one kind, row by row.

use minqing_core::{
    Id,
    document::Doc,
    model::{Address, Area},
    view,
};
use rusqlite::{Connection, Row, params};

use super::{Sqlite, areas::read_area, damaged, log::shown};
use crate::storage::{Exports, HouseholdOut, MatterOut, Result, VisitOut};

/// The parts of a door that may be missing, beside the community that is known without it.
const DOOR: &str = "coalesce(h.community, o.community, '') AS of_community, coalesce(h.estate, '') AS estate, coalesce(h.building, '') AS building,
    coalesce(h.stairwell, '') AS stairwell, coalesce(h.floor, '') AS floor, coalesce(h.room, '') AS room, coalesce(h.lane, '') AS lane,
    coalesce(h.door, '') AS door, coalesce(o.name, '') AS officer_name";

impl Exports for Sqlite {
    fn each_area(&self, community: Option<&str>, read: &mut dyn FnMut(Area) -> Result<()>) -> Result<()> {
        let sql = "SELECT id, parent, name FROM area WHERE ?1 IS NULL OR id = ?1 OR parent = ?1 ORDER BY id";
        self.read(|c| each(c, sql, community, |row| read_area(row)?.map_or(Ok(()), &mut *read)))
    }

    fn each_household(&self, community: Option<&str>, read: &mut dyn FnMut(HouseholdOut) -> Result<()>) -> Result<()> {
        let sql = "SELECT h.*, d.bytes, coalesce(a.name, '') AS grid_name
             FROM household_row h JOIN document d ON d.id = h.id LEFT JOIN area a ON a.id = h.grid
             WHERE ?1 IS NULL OR h.community = ?1 ORDER BY h.grid, h.estate, h.building, h.stairwell, h.floor, h.room, h.lane, h.door, h.id";
        self.read(|c| each(c, sql, community, |row| read(household(row)?)))
    }

    fn each_visit(&self, community: Option<&str>, read: &mut dyn FnMut(VisitOut) -> Result<()>) -> Result<()> {
        let sql = format!(
            "SELECT v.*, {DOOR} FROM visit_row v LEFT JOIN household_row h ON h.id = v.household LEFT JOIN officer o ON o.id = v.officer
             WHERE ?1 IS NULL OR coalesce(h.community, o.community) = ?1 ORDER BY v.at_ms, v.id, v.household"
        );
        self.read(|c| each(c, &sql, community, |row| read(VisitOut { visit: shown::read_visit(row)?, address: door(row)?, officer: row.get("officer_name")? })))
    }

    fn each_matter(&self, community: Option<&str>, read: &mut dyn FnMut(MatterOut) -> Result<()>) -> Result<()> {
        let sql = format!(
            "SELECT m.*, {DOOR} FROM matter_row m LEFT JOIN household_row h ON h.id = m.household LEFT JOIN officer o ON o.id = m.officer
             WHERE ?1 IS NULL OR m.community = ?1 ORDER BY m.at_ms, m.id"
        );
        self.read(|c| {
            each(c, &sql, community, |row| {
                let matter = shown::read_matter(row)?;
                let address = Address { community: matter.community.clone(), ..door(row)? };
                read(MatterOut { matter, address, officer: row.get("officer_name")? })
            })
        })
    }
}

fn each(c: &Connection, sql: &str, community: Option<&str>, mut one: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    let mut query = c.prepare(sql)?;
    let mut rows = query.query(params![community])?;
    while let Some(row) = rows.next()? {
        one(row)?;
    }
    Ok(())
}

fn household(row: &Row<'_>) -> Result<HouseholdOut> {
    let h = shown::read_household(row)?;
    let bytes: Vec<u8> = row.get("bytes")?;
    let card = view::card(Id(h.id), &Doc::load(&bytes).map_err(|_| damaged("document"))?.content());
    let residents = card.residents.into_iter().filter(|r| !r.moved_out).collect();
    Ok(HouseholdOut { id: h.id, grid_name: row.get("grid_name")?, address: h.row.address(), grid: h.row.grid, residents })
}

fn door(row: &Row<'_>) -> Result<Address> {
    Ok(Address {
        community: row.get("of_community")?,
        estate: row.get("estate")?,
        building: row.get("building")?,
        stairwell: row.get("stairwell")?,
        floor: row.get("floor")?,
        room: row.get("room")?,
        lane: row.get("lane")?,
        door: row.get("door")?,
    })
}
