//! Refresh tokens and reading in SQLite: whether a phone that proves to be itself is also given rows.

use minqing_core::{Id, ids::Device};
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::feeds;
use crate::storage::{Ended, RefreshToken, Result, Rotation, StoreError};

/// Why reading ended, as it is kept.
pub(super) const WHY: &[(Ended, &str)] = &[(Ended::Reused, "reused"), (Ended::Office, "office"), (Ended::Officer, "officer")];

pub(super) fn rotate(tx: &Transaction, number: Device, shown: &RefreshToken, random: &[u8; 24], now_ms: i64) -> Result<Rotation> {
    let sql = "SELECT refresh_generation, refresh_hash = ?2, refresh_next_hash IS ?2 FROM device WHERE number = ?1";
    let found = tx.query_row(sql, (number.0, shown.hash()), |r| Ok((r.get::<_, i64>(0)?, r.get(1)?, r.get(2)?))).optional()?;
    let Some((generation, is_present, is_next)) = found else { return Ok(Rotation::Unknown) };
    let generation = generation.unsigned_abs();
    let shown_generation = match (is_present, is_next) {
        (true, _) => generation,
        (false, true) => generation + 1,
        // A token of this generation that is not the present one was never used: its answer was lost.
        (false, false) if shown.generation() < generation => {
            end_because(tx, number, Ended::Reused, now_ms)?;
            return Ok(Rotation::Reused);
        }
        (false, false) => return Ok(Rotation::Unknown),
    };
    let next = RefreshToken::new(shown_generation + 1, random);
    let sql = "UPDATE device SET refresh_hash = ?2, refresh_next_hash = ?3, refresh_generation = ?4, restored = 0 WHERE number = ?1";
    tx.execute(sql, (number.0, shown.hash(), next.hash(), kept(shown_generation)))?;
    Ok(Rotation::Next(next))
}

pub(super) fn renew(tx: &Transaction, number: Device, mark: &[u8; 8], random: &[u8; 24], now_ms: i64) -> Result<Option<RefreshToken>> {
    let sql = "SELECT refresh_generation FROM device WHERE number = ?1 AND substr(refresh_hash, 1, 8) = ?2";
    let Some(generation) = tx.query_row(sql, (number.0, mark), |r| r.get::<_, i64>(0)).optional()? else { return Ok(None) };
    // Past the present token and the next one: whoever still has them shows an old one.
    let generation = generation.unsigned_abs() + 2;
    let next = RefreshToken::new(generation, random);
    // The first one after the server was restored says nothing of the phone, nor does one after it was revoked: its tokens were ended.
    let sql = "UPDATE device SET refresh_hash = ?2, refresh_next_hash = NULL, refresh_generation = ?3,
                 clone_suspected_ms = CASE WHEN restored OR revoked_ms IS NOT NULL THEN clone_suspected_ms ELSE ?4 END, restored = 0 WHERE number = ?1";
    tx.execute(sql, (number.0, next.hash(), kept(generation), now_ms))?;
    Ok(Some(next))
}

pub(super) fn ended(c: &Connection, number: Device) -> Result<bool> {
    let sql = "SELECT NOT EXISTS(SELECT 1 FROM device WHERE number = ?1 AND reading_ended_ms IS NULL)";
    Ok(c.prepare_cached(sql)?.query_row([number.0], |r| r.get(0))?)
}

pub(super) fn end(tx: &Transaction, number: Device, now_ms: i64) -> Result<()> {
    require(end_because(tx, number, Ended::Office, now_ms)?, number)?;
    // No token has this hash: the phone must prove its key before it uploads again.
    tx.execute("UPDATE device SET refresh_hash = zeroblob(32), refresh_next_hash = NULL WHERE number = ?1", [number.0])?;
    Ok(())
}

pub(super) fn allow(tx: &Transaction, number: Device) -> Result<()> {
    let sql = "UPDATE device SET reading_ended_ms = NULL, reading_ended_why = NULL, clone_suspected_ms = NULL, revoked_ms = NULL WHERE number = ?1";
    require(tx.execute(sql, [number.0])?, number)
}

pub(super) fn disable(tx: &Transaction, officer: Id, since_ms: Option<i64>) -> Result<()> {
    if tx.execute("UPDATE officer SET disabled_ms = ?2 WHERE id = ?1", (officer.0, since_ms))? == 0 {
        return Err(StoreError::Unknown { what: "officer", id: officer.to_string() });
    }
    let sql = "UPDATE device SET reading_ended_ms = ?2, reading_ended_why = ?3 WHERE officer = ?1 AND reading_ended_ms IS NULL AND ?2 IS NOT NULL";
    tx.execute(sql, (officer.0, since_ms, word(Ended::Officer)))?;
    since_ms.map_or(Ok(()), |now_ms| feeds::revoke_of(tx, officer, now_ms))
}

/// The first reason stays. How many phones there are of this number.
fn end_because(tx: &Transaction, number: Device, why: Ended, now_ms: i64) -> Result<usize> {
    let sql = "UPDATE device SET reading_ended_ms = coalesce(reading_ended_ms, ?2), reading_ended_why = coalesce(reading_ended_why, ?3) WHERE number = ?1";
    Ok(tx.execute(sql, (number.0, now_ms, word(why)))?)
}

fn require(changed: usize, number: Device) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Unknown { what: "device", id: number.0.to_string() }) }
}

fn word(why: Ended) -> &'static str {
    WHY.iter().find(|(w, _)| *w == why).map_or("office", |(_, word)| word)
}

/// SQLite's integers are signed; no phone renews 2⁶³ times.
fn kept(generation: u64) -> i64 {
    i64::try_from(generation).unwrap_or(i64::MAX)
}
