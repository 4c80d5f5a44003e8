//! The area tree in SQLite.

use minqing_core::model::{Area, AreaKind};
use rusqlite::{OptionalExtension, Row, Transaction};

use super::Sqlite;
use crate::storage::{AreaFound, Areas, Opened, Result, StoreError};

const COLUMNS: &str = "SELECT id, parent, name FROM area";

impl Areas for Sqlite {
    fn no_areas(&self) -> Result<bool> {
        self.read(|c| Ok(!c.query_row("SELECT EXISTS(SELECT 1 FROM area)", [], |r| r.get::<_, bool>(0))?))
    }

    fn add_areas(&self, areas: &[Area]) -> Result<()> {
        self.write(|tx| areas.iter().try_for_each(|a| add_area(tx, a).map(drop)))
    }

    fn area(&self, id: &str) -> Result<Option<Area>> {
        self.read(|c| Ok(c.query_row(&format!("{COLUMNS} WHERE id = ?1"), [id], read_area).optional()?.flatten()))
    }

    fn areas_below(&self, id: &str) -> Result<Vec<Area>> {
        self.read(|c| {
            let mut found = c.prepare(&format!("{COLUMNS} WHERE parent = ?1 ORDER BY id"))?;
            let rows = found.query_map([id], read_area)?;
            Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
        })
    }

    fn communities_like(&self, part: &str, limit: u32) -> Result<Vec<AreaFound>> {
        self.read(|c| {
            let mut found = c.prepare(
                "SELECT a.id, a.parent, a.name, s.name, d.name FROM area a LEFT JOIN area s ON s.id = a.parent LEFT JOIN area d ON d.id = s.parent
                 WHERE a.kind = 'community' AND (instr(a.name, ?1) > 0 OR a.id = ?1) ORDER BY a.id LIMIT ?2",
            )?;
            let rows = found.query_map((part, limit), |r| Ok((read_area(r)?, [r.get::<_, Option<String>>(4)?, r.get(3)?])))?;
            let read = |row: rusqlite::Result<(Option<Area>, _)>| {
                let (area, above): (_, [Option<String>; 2]) = row?;
                Ok(area.map(|area| AreaFound { area, above: above.into_iter().flatten().collect() }))
            };
            rows.filter_map(|row| read(row).transpose()).collect()
        })
    }

    fn open_communities(&self, area: &str) -> Result<Vec<Area>> {
        self.read(|c| {
            // An id begins with those of the areas above it.
            let mut found = c.prepare_cached(
                "SELECT a.id, a.parent, a.name FROM stream s JOIN area a ON a.id = s.community
                 WHERE s.kind = 'commons' AND a.kind = 'community' AND substr(a.id, 1, length(?1)) = ?1 ORDER BY a.id",
            )?;
            let rows = found.query_map([area], read_area)?;
            Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
        })
    }

    fn open_community(&self, community: &str, grids: &[Area]) -> Result<Opened> {
        self.write(|tx| {
            let known: bool = tx.query_row("SELECT EXISTS(SELECT 1 FROM area WHERE id = ?1 AND kind = 'community')", [community], |r| r.get(0))?;
            if !known {
                return Err(StoreError::Unknown { what: "community", id: community.to_owned() });
            }
            let mut opened = Opened::default();
            for kind in ["commons", "desk"] {
                opened.streams += add_stream(tx, kind, community, community)?;
            }
            for grid in grids {
                opened.grids += add_area(tx, grid)?;
                opened.streams += add_stream(tx, "grid", &grid.id, community)?;
            }
            Ok(opened)
        })
    }
}

/// Adds the stream `kind:of` where it lacks; how many were added.
pub(super) fn add_stream(tx: &Transaction, kind: &str, of: &str, community: &str) -> Result<usize> {
    let sql = "INSERT INTO stream(kind, name, community) VALUES(?1, ?2, ?3) ON CONFLICT(name) DO NOTHING";
    Ok(tx.prepare_cached(sql)?.execute((kind, format!("{kind}:{of}"), community))?)
}

fn add_area(tx: &Transaction, area: &Area) -> Result<usize> {
    let sql = "INSERT INTO area(id, parent, kind, name) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(id) DO NOTHING";
    Ok(tx.prepare_cached(sql)?.execute((&area.id, &area.parent, kind_word(area.kind), &area.name))?)
}

fn kind_word(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::City => "city",
        AreaKind::District => "district",
        AreaKind::Street => "street",
        AreaKind::Community => "community",
        AreaKind::Grid => "grid",
    }
}

/// The level lies in the id's length; an id of no level is passed over.
pub(super) fn read_area(row: &Row) -> rusqlite::Result<Option<Area>> {
    let id: String = row.get(0)?;
    let Some(kind) = AreaKind::of(&id) else { return Ok(None) };
    Ok(Some(Area { id, parent: row.get(1)?, kind, name: row.get(2)? }))
}
