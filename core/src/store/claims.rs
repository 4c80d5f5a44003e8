//! What this phone holds from before its scope changed: it is sent as written then, and named to the office once.

use rusqlite::{Connection, params};

use crate::{Result, ids::Opening, wire::Claim};

/// All that was written before and has no final state, as ranges. `scope`: the present one.
pub(crate) fn unsettled(db: &Connection) -> Result<Vec<Claim>> {
    let mut query = db.prepare(
        "SELECT opening, first, last, scope FROM claim c
         WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.opening = c.opening AND o.n BETWEEN c.first AND c.last AND o.final = 0) ORDER BY rowid",
    )?;
    let rows = query.query_map([], |row| {
        let n = |at| row.get::<_, i64>(at).map(|n| n as u64);
        Ok(Claim { opening: Opening(row.get(0)?), first: n(1)?, last: n(2)?, scope: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes that everything without a final state was written under `scope`, but for what was noted before.
pub(crate) fn note(db: &Connection, scope: u32) -> Result<()> {
    let mut query = db.prepare(
        "SELECT opening, n FROM outbox o WHERE final = 0
           AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.opening = o.opening AND o.n BETWEEN c.first AND c.last) ORDER BY opening, n",
    )?;
    let rows = query.query_map([], |row| Ok((row.get::<_, [u8; 5]>(0)?, row.get::<_, i64>(1)?)))?;
    let mut runs: Vec<([u8; 5], i64, i64)> = Vec::new();
    for row in rows {
        let (opening, n) = row?;
        match runs.last_mut() {
            Some((o, _, last)) if *o == opening && *last + 1 == n => *last = n,
            _ => runs.push((opening, n, n)),
        }
    }
    let mut insert = db.prepare("INSERT INTO claim (opening, first, last, scope) VALUES (?, ?, ?, ?)")?;
    runs.into_iter().try_for_each(|(opening, first, last)| insert.execute(params![opening, first, last, scope]).map(drop))?;
    Ok(())
}
