//! What figures count, in SQLite.

use minqing_core::{
    Id,
    frame::{from_cbor, to_cbor},
    model::CallBackResult,
};
use rusqlite::{Connection, Row, params};

use super::{Sqlite, damaged};
use crate::{
    figures::{Counted, Rating, Tally},
    storage::{Counts, Result, StoreError},
};

const COLUMNS: &str = "matter, community, grid, department, channel, category, handling, received_ms, ended_ms, counts";

impl Counts for Sqlite {
    fn each_counted(&self, area: &str, read: &mut dyn FnMut(&Counted)) -> Result<()> {
        self.read(|c| each(c, area, read))
    }

    fn ratings(&self, community: &str) -> Result<Vec<Rating>> {
        self.read(|c| {
            let sql = "SELECT matter, of_matter, cycle, at_ms, stars, assisted, call_back FROM rating_row WHERE community = ?1
                       ORDER BY at_ms, matter, of_matter, cycle";
            let mut query = c.prepare_cached(sql)?;
            let rows = query.query_map([community], read_rating)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn uncounted(&self, limit: u32) -> Result<Vec<Id>> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT id FROM matter WHERE state IS NOT NULL AND tally IS NULL ORDER BY id LIMIT ?1")?;
            let rows = query.query_map([limit], |row| row.get(0).map(Id))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Every matter of an area, one row after the other.
pub(super) fn each(c: &Connection, area: &str, read: &mut dyn FnMut(&Counted)) -> Result<()> {
    // Behind the digits comes nothing that is greater than a colon.
    let sql = format!("SELECT {COLUMNS} FROM matter_figure WHERE community >= ?1 AND community < ?1 || ':'");
    let mut query = c.prepare_cached(&sql)?;
    let mut rows = query.query([area])?;
    let mut counted = Counted::default();
    while let Some(row) = rows.next()? {
        read_into(row, &mut counted)?;
        read(&counted);
    }
    Ok(())
}

fn read_into(row: &Row<'_>, into: &mut Counted) -> Result<()> {
    // The texts of a row are mostly those of the row before.
    for (place, text) in [(1, &mut into.community), (2, &mut into.grid)] {
        let read = row.get_ref(place)?.as_str().map_err(unreadable)?;
        if text != read {
            read.clone_into(text);
        }
    }
    into.matter = row.get(0)?;
    into.department = row.get(3)?;
    (into.channel, into.category, into.handling) = (row.get(4)?, row.get(5)?, row.get(6)?);
    (into.received_ms, into.ended_ms) = (row.get(7)?, row.get(8)?);
    into.counts = from_cbor(row.get_ref(9)?.as_blob().map_err(unreadable)?).map_err(unreadable)?;
    Ok(())
}

fn read_rating(row: &Row<'_>) -> rusqlite::Result<Rating> {
    Ok(Rating {
        matter: Id(row.get(0)?),
        of: Id(row.get(1)?),
        cycle: row.get(2)?,
        at_ms: row.get(3)?,
        stars: row.get(4)?,
        assisted: row.get(5)?,
        call_back: row.get::<_, Option<u8>>(6)?.and_then(CallBackResult::from_number),
    })
}

/// Keeps what figures count of a matter, with its ratings.
pub(super) fn put(c: &Connection, row: &Counted, ratings: &[Rating]) -> Result<()> {
    let Counted { matter, community, grid, department, channel, category, handling, received_ms, ended_ms, counts } = row;
    c.prepare_cached(&format!("INSERT OR REPLACE INTO matter_figure({COLUMNS}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"))?.execute(params![
        matter,
        community,
        grid,
        department,
        channel,
        category,
        handling,
        received_ms,
        ended_ms,
        to_cbor(counts)
    ])?;
    for r in ratings {
        let found = r.call_back.map(CallBackResult::number);
        c.prepare_cached("INSERT OR REPLACE INTO rating_row VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(params![
            r.matter.0,
            r.of.0,
            r.cycle,
            row.community,
            r.at_ms,
            r.stars,
            r.assisted,
            found
        ])?;
    }
    Ok(())
}

/// Keeps the counts of a matter that was never counted.
pub(super) fn keep_tally(c: &Connection, matter: Id, tally: &Tally) -> Result<()> {
    c.prepare_cached("UPDATE matter SET tally = ?2 WHERE id = ?1")?.execute(params![matter.0, to_cbor(tally)])?;
    Ok(())
}

/// All ratings, in the order of their keys.
pub(super) fn all_ratings(c: &Connection) -> Result<Vec<Rating>> {
    let mut query = c.prepare("SELECT matter, of_matter, cycle, at_ms, stars, assisted, call_back FROM rating_row ORDER BY matter, of_matter, cycle")?;
    let rows = query.query_map([], read_rating)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn unreadable<E>(_: E) -> StoreError {
    damaged("matter_figure")
}
