//! Matters as kept: the fold, and when its clocks next come to something.

use minqing_core::{
    Id,
    frame::{from_cbor, to_cbor},
    pipeline::{self, Matter},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::{damaged, line};
use crate::storage::{
    Result,
    log::{Ahead, KeptMatter},
};

/// The due date of a matter that has none, as the board sorts it: last.
pub(in crate::storage::sqlite) const NEVER: i64 = i64::MAX;

const COLUMNS: &str = "id, stream, registrar, judged, folded, tally, state IS NOT NULL";

pub(in crate::storage::sqlite) fn one(c: &Connection, id: Id) -> Result<Option<KeptMatter>> {
    let row = c.prepare_cached(&format!("SELECT {COLUMNS} FROM matter WHERE id = ?1"))?.query_row([id.0], Kept::read).optional()?;
    row.map(|kept| kept.open(c).map(|(_, matter)| matter)).transpose()
}

pub(super) fn all(c: &Connection) -> Result<Vec<(Id, KeptMatter)>> {
    let mut query = c.prepare(&format!("SELECT {COLUMNS} FROM matter ORDER BY id"))?;
    let rows: Vec<Kept> = query.query_map([], Kept::read)?.collect::<rusqlite::Result<_>>()?;
    rows.into_iter().map(|kept| kept.open(c)).collect()
}

pub(super) fn due(c: &Connection, now_ms: i64, limit: u32) -> Result<Vec<Id>> {
    let mut query = c.prepare_cached("SELECT id FROM matter WHERE next_ms <= ?1 ORDER BY next_ms, id LIMIT ?2")?;
    let rows = query.query_map(params![now_ms, limit], |row| row.get(0).map(Id))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn keep(c: &Connection, id: Id, kept: &KeptMatter, ahead: Ahead) -> Result<()> {
    let matter = kept.matter.as_ref();
    c.prepare_cached(
        "INSERT INTO matter(id, stream, registrar, judged, state, folded, next_ms, tally, due_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT(id) DO UPDATE SET registrar = ?3, judged = ?4, state = ?5, folded = ?6, next_ms = ?7, tally = ?8, due_ms = ?9",
    )?
    .execute(params![
        id.0,
        kept.stream,
        kept.registrar.0,
        kept.judged as i64,
        matter.map(|m| m.state.number()),
        matter.map(to_cbor),
        ahead.next_ms,
        kept.tally.as_ref().map(to_cbor),
        ahead.due_ms
    ])?;
    // The board reads it beside what is shown; where that comes later, it is taken along (shown.rs).
    c.prepare_cached("UPDATE matter_row SET due_ms = ?2 WHERE id = ?1 AND due_ms <> ?2")?.execute(params![id.0, ahead.due_ms.unwrap_or(NEVER)])?;
    Ok(())
}

pub(super) fn note_hand(c: &Connection, id: Id, staff: Id) -> Result<()> {
    c.prepare_cached("UPDATE matter_row SET hand = ?2 WHERE id = ?1")?.execute(params![id.0, staff.0])?;
    Ok(())
}

/// A row as it stands.
struct Kept {
    id: Id,
    matter: KeptMatter,
    folded: Option<Vec<u8>>,
    is_registered: bool,
}

impl Kept {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let matter = KeptMatter { stream: row.get(1)?, registrar: Id(row.get(2)?), judged: row.get::<_, i64>(3)? as u64, matter: None, tally: None };
        let tally: Option<Vec<u8>> = row.get(5)?;
        let matter = KeptMatter { tally: tally.and_then(|bytes| from_cbor(&bytes).ok()), ..matter };
        Ok(Self { id: Id(row.get(0)?), matter, folded: row.get(4)?, is_registered: row.get(6)? })
    }

    /// Reads the fold; one of another version is made again from the log.
    fn open(self, c: &Connection) -> Result<(Id, KeptMatter)> {
        let folded: Option<Matter> = self.folded.and_then(|bytes| from_cbor(&bytes).ok());
        let matter = match folded {
            None if self.is_registered => Some(fold_again(c, self.id)?.ok_or_else(|| damaged("matter"))?),
            folded => folded,
        };
        Ok((self.id, KeptMatter { matter, ..self.matter }))
    }
}

fn fold_again(c: &Connection, id: Id) -> Result<Option<Matter>> {
    let (events, facts) = line::told_of(c, id)?;
    Ok(Matter::fold(id, pipeline::happened(&events, facts)))
}
