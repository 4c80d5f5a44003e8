//! What figures count, in SQLite.

use std::sync::LazyLock;

use minqing_core::{Id, frame::to_cbor, model::CallBackResult};
use rusqlite::{Connection, Row, params, types::Value};

use super::Sqlite;
use crate::{
    figures::{Counted, Counts as Of, Rating, Tally},
    storage::{Counts, Result},
};

/// Columns before the counts.
const BEFORE: usize = 9;

static COLUMNS: LazyLock<String> =
    LazyLock::new(|| format!("matter, community, grid, department, channel, category, handling, received_ms, ended_ms, {}", Of::COLUMNS.join(", ")));

static PUT: LazyLock<String> = LazyLock::new(|| {
    let places: Vec<_> = (1..=BEFORE + Of::COLUMNS.len()).map(|n| format!("?{n}")).collect();
    format!("INSERT OR REPLACE INTO matter_figure({}) VALUES({})", *COLUMNS, places.join(", "))
});

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
    let sql = format!("SELECT {} FROM matter_figure WHERE community >= ?1 AND community < ?1 || ':'", *COLUMNS);
    let mut query = c.prepare_cached(&sql)?;
    let mut rows = query.query([area])?;
    let mut counted = Counted::default();
    while let Some(row) = rows.next()? {
        read_into(row, &mut counted)?;
        read(&counted);
    }
    Ok(())
}

fn read_into(row: &Row<'_>, into: &mut Counted) -> rusqlite::Result<()> {
    // The texts of a row are mostly those of the row before.
    for (place, text) in [(1, &mut into.community), (2, &mut into.grid)] {
        let read = row.get_ref(place)?.as_str()?;
        if text != read {
            read.clone_into(text);
        }
    }
    into.matter = row.get(0)?;
    into.department = row.get(3)?;
    (into.channel, into.category, into.handling) = (row.get(4)?, row.get(5)?, row.get(6)?);
    (into.received_ms, into.ended_ms) = (row.get(7)?, row.get(8)?);
    into.counts = Of::read(|place| Ok::<_, rusqlite::Error>(row.get::<_, i64>(BEFORE + place)?.unsigned_abs()))?;
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
    let number = |n: u64| Value::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let mut values = vec![
        Value::Blob(row.matter.to_vec()),
        Value::Text(row.community.clone()),
        Value::Text(row.grid.clone()),
        row.department.map_or(Value::Null, |id| Value::Blob(id.to_vec())),
        number(row.channel.into()),
        number(row.category.into()),
        number(row.handling.into()),
        Value::Integer(row.received_ms),
        row.ended_ms.map_or(Value::Null, Value::Integer),
    ];
    values.extend(row.counts.values().map(number));
    c.prepare_cached(&PUT)?.execute(rusqlite::params_from_iter(values))?;
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
