//! What was put aside, for the office.

use minqing_core::{Id, envelope::Quarantine, ids::Name};
use rusqlite::{Connection, params};

use super::{
    receive::{ADOPTED, ASIDE, ESCROWED, RETURNED},
    unit::read_pending,
};
use crate::storage::{
    Result,
    log::{Aside, AsideFate, Pending},
};

pub(super) fn list(c: &Connection, community: Option<&str>, limit: u32) -> Result<Vec<Aside>> {
    let mut query = c.prepare_cached(
        "SELECT i.device, i.opening, i.n, d.officer, o.community, i.kind, i.doc, i.reason, i.received_ms, length(i.bytes),
           (SELECT count(*) FROM inbox w WHERE w.missing = i.own)
         FROM inbox i JOIN device d ON d.number = i.device JOIN officer o ON o.id = d.officer
         WHERE i.state IN (?1, ?4) AND (?2 IS NULL OR o.community = ?2) ORDER BY i.envelope, i.n LIMIT ?3",
    )?;
    let rows = query.query_map(params![ASIDE, community, limit, ESCROWED], |row| {
        Ok(Aside {
            name: super::name(row)?,
            officer: Id(row.get(3)?),
            community: row.get(4)?,
            kind: row.get(5)?,
            doc: Id(row.get(6)?),
            reason: Quarantine::from_number(row.get(7)?),
            received_ms: row.get(8)?,
            size: row.get::<_, i64>(9)? as u64,
            parked: row.get::<_, i64>(10)? as u64,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many there are in a community.
pub(in crate::storage::sqlite) fn count(c: &Connection, community: &str) -> Result<u64> {
    let sql =
        "SELECT count(*) FROM inbox i JOIN device d ON d.number = i.device JOIN officer o ON o.id = d.officer WHERE i.state IN (?1, ?2) AND o.community = ?3";
    Ok(c.prepare_cached(sql)?.query_row(params![ASIDE, ESCROWED, community], |row| row.get::<_, i64>(0))?.unsigned_abs())
}

pub(super) fn one(c: &Connection, name: Name) -> Result<Option<Pending>> {
    read_pending(c, name, "i.state IN (2, 3)")
}

pub(super) fn close(c: &Connection, name: Name, fate: AsideFate) -> Result<()> {
    let state = match fate {
        AsideFate::Adopted => ADOPTED,
        AsideFate::Returned => RETURNED,
    };
    c.prepare_cached("UPDATE inbox SET state = ?4 WHERE device = ?1 AND opening = ?2 AND n = ?3")?.execute(params![
        name.device.0,
        name.opening.0,
        name.n as i64,
        state
    ])?;
    Ok(())
}
