//! Doors and their documents.

use minqing_core::{
    Id,
    document::Content,
    model::{MatterState, community_of_grid},
};
use rusqlite::{Connection, params};

use super::{
    Sqlite,
    log::{document, shown},
};
use crate::storage::{DoorKept, Doors, Result};

impl Doors for Sqlite {
    fn each_door(&self, grid: &str, years: &[i16], read: &mut dyn FnMut(DoorKept) -> Result<()>) -> Result<()> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT * FROM household_row WHERE community = ?1 AND grid = ?2 AND merged_into IS NULL ORDER BY id")?;
            let mut rows = query.query([community_of_grid(grid), grid])?;
            while let Some(row) = rows.next()? {
                let shown = shown::read_household(row)?;
                let id = Id(shown.id);
                let Some(card) = content(c, id)? else { continue };
                let volumes = years.iter().filter_map(|year| content(c, Id::visits(id, *year)).transpose());
                read(DoorKept { row: shown.row, card, volumes: volumes.collect::<Result<_>>()? })?;
            }
            Ok(())
        })
    }

    fn matters_at_doors(&self, grid: &str, states: &[MatterState]) -> Result<Vec<(Id, Id)>> {
        let sql = "SELECT h.id, m.id FROM matter_row m JOIN household_row h ON h.id = m.household WHERE m.community = ?1 AND h.grid = ?2 AND m.state = ?3 ORDER BY h.id, m.id";
        self.read(|c| {
            let mut query = c.prepare_cached(sql)?;
            let mut found = Vec::new();
            for state in states {
                let rows = query.query_map(params![community_of_grid(grid), grid, state.word()], |row| Ok((Id(row.get(0)?), Id(row.get(1)?))))?;
                found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
            }
            Ok(found)
        })
    }
}

fn content(c: &Connection, id: Id) -> Result<Option<Content>> {
    Ok(document::open(c, id)?.map(|kept| kept.doc.content()))
}
