//! How the database is, seen by a reader that changes nothing: also where the server itself cannot open it.

use std::path::Path;

use minqing_core::{
    Id,
    envelope::{Hash, Head, next_link, read_back},
    ids::{Device, Opening},
};
use rusqlite::{Connection, OpenFlags, Row, params};

use super::{FILE, Sqlite, connect, migrate};
use crate::storage::{Examination, Health, Inbox, Result};

/// Rows of each stream's end that are followed.
const TAIL: i64 = 64;
/// Most lines of each kind that are told.
const MOST: usize = 20;

impl Health for Sqlite {
    fn inbox(&self) -> Result<Inbox> {
        self.read(inbox)
    }
}

/// Looks at the database of a directory.
///
/// # Errors
/// `store.failed` where it cannot be opened or read at all.
pub fn examine(dir: &Path) -> Result<Examination> {
    let mut c = connect(&dir.join(FILE), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let c = c.transaction()?;
    let version = c.pragma_query_value(None, "user_version", |r| r.get(0))?;
    let found = Examination { version, known: migrate::known(), damage: damage(&c)?, ..Examination::default() };
    // What a damaged or a foreign file says of itself is not worth reading.
    if !found.damage.is_empty() || found.version < 2 {
        return Ok(found);
    }
    Ok(Examination {
        broken_tails: broken_tails(&c)?,
        inbox: inbox(&c)?,
        last_applied_ms: c.query_row("SELECT max(applied_ms) FROM log", [], |r| r.get(0))?,
        areas: c.query_row("SELECT count(*) FROM area", [], |r| r.get::<_, i64>(0))?.unsigned_abs(),
        loose_areas: texts(
            &c,
            "SELECT id FROM area a WHERE parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM area WHERE id = a.parent)
             UNION SELECT id FROM area WHERE kind = 'grid' AND 'grid:' || id NOT IN (SELECT name FROM stream) ORDER BY 1",
        )?,
        ..found
    })
}

fn damage(c: &Connection) -> Result<Vec<String>> {
    let mut lines = texts(c, "PRAGMA quick_check(20)")?;
    lines.retain(|line| line != "ok");
    Ok(lines)
}

fn texts(c: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut query = c.prepare(sql)?;
    let rows = query.query_map([], |row| row.get(0))?.take(MOST);
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn inbox(c: &Connection) -> Result<Inbox> {
    let mut found = Inbox { unsigned: c.query_row("SELECT count(*) FROM unsigned", [], |r| r.get::<_, i64>(0))?.unsigned_abs(), ..Inbox::default() };
    let mut query = c.prepare_cached("SELECT state, count(*), min(received_ms) FROM inbox GROUP BY state")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (count, oldest) = (row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?);
        match row.get::<_, u8>(0)? {
            16 => (found.received, found.oldest_received_ms) = (count, oldest),
            17 => (found.held, found.oldest_held_ms) = (count, oldest),
            18 => found.parked = count,
            2 => found.aside = count,
            // What the office has dealt with keeps its bytes and waits for nobody.
            _ => {}
        }
    }
    Ok(found)
}

fn broken_tails(c: &Connection) -> Result<Vec<String>> {
    let mut query = c.prepare("SELECT id, name, seq, sum, link FROM stream ORDER BY id")?;
    let mut streams = query.query([])?;
    let mut broken = Vec::new();
    while let Some(stream) = streams.next()? {
        let (id, name, seq): (i64, String, i64) = (stream.get(0)?, stream.get(1)?, stream.get(2)?);
        let end = (read_back(stream.get(3)?), Hash(stream.get(4)?));
        if !follows(c, id, &name, (seq, end))? && broken.len() < MOST {
            broken.push(name);
        }
    }
    Ok(broken)
}

/// Whether the last rows stand one after the other, each linked to the one before, up to where the stream stands.
fn follows(c: &Connection, stream: i64, name: &str, (seq, end): (i64, (u64, Hash))) -> Result<bool> {
    let mut query = c.prepare_cached(
        "SELECT l.seq, l.device, l.opening, l.n, l.received_ms, l.applied_ms, l.doc, l.kind, l.hash, e.signature, l.sum, l.link
         FROM log l LEFT JOIN envelope e ON e.id = l.envelope WHERE l.stream = ?1 AND l.seq > ?2 ORDER BY l.seq",
    )?;
    let mut rows = query.query(params![stream, seq - TAIL])?;
    let (mut at, mut link) = ((seq - TAIL).max(0), (seq <= TAIL).then_some(Hash([0; 32])));
    let mut last = (0, Hash([0; 32]));
    while let Some(row) = rows.next()? {
        let (head, own) = (head(row, name)?, Hash(row.get(11)?));
        // The row before the first of them was not read.
        if head.seq != at.unsigned_abs() + 1 || link.is_some_and(|before| next_link(&before, &head) != own) {
            return Ok(false);
        }
        (at, last) = (at + 1, (head.sum, own));
        link = Some(own);
    }
    Ok(at == seq && last == end)
}

fn head(row: &Row<'_>, stream: &str) -> rusqlite::Result<Head> {
    Ok(Head {
        stream: stream.to_owned(),
        seq: row.get::<_, i64>(0)?.unsigned_abs(),
        device: Device(row.get(1)?),
        opening: Opening(row.get(2)?),
        n: row.get::<_, i64>(3)? as u64,
        received_ms: row.get(4)?,
        applied_ms: row.get(5)?,
        doc: Id(row.get(6)?),
        kind: row.get(7)?,
        hash: Hash(row.get(8)?),
        signature: row.get::<_, Option<Vec<u8>>>(9)?.unwrap_or_default(),
        sum: read_back(row.get(10)?),
    })
}
