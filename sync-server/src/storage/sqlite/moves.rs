//! Moves in SQLite.

use minqing_core::{
    Id,
    envelope::Quarantine,
    ids::{Device, Opening},
    wire::Claim,
};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Sqlite, accounts, damaged, log::ESCROWED, reading};
use crate::storage::{MovePreview, Moves, Result, Scope, Standing};

/// Most ranges that are kept of one phone: it names one an opening.
const MAX_CLAIMS: usize = 1_000;
/// Most items in a range.
const MAX_RANGE: u64 = 100_000;

impl Moves for Sqlite {
    fn set_grids(&self, officer: Id, grids: &[String], step: u16) -> Result<Scope> {
        self.write(|tx| {
            let (who, scope) = accounts::known_officer(tx, officer)?;
            let streams = accounts::streams_of(tx, officer, &who.community, grids)?;
            if streams == scope.streams {
                return Ok(scope);
            }
            // A server that is restored to before this gives its next version another number.
            let version = scope.version + 1 + i64::from(step);
            let list = serde_json::to_string(&streams).map_err(|_| damaged("scope"))?;
            tx.execute("INSERT INTO officer_scope(officer, version, streams) VALUES(?1, ?2, ?3)", params![officer.0, version, list])?;
            Ok(Scope { version, streams })
        })
    }

    fn preview_move(&self, officer: Id, grids: &[String]) -> Result<MovePreview> {
        self.read(|c| {
            let (who, _) = accounts::known_officer(c, officer)?;
            let mut preview = MovePreview::default();
            for stream in accounts::streams_of(c, officer, &who.community, grids)?.iter().filter(|s| s.starts_with("grid:")) {
                let sql = "SELECT count(*), coalesce(sum(length(d.bytes)), 0) FROM document d JOIN stream s ON s.id = d.stream WHERE s.name = ?1";
                let (records, bytes) = c.query_row(sql, [stream], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
                preview.records += records.unsigned_abs();
                preview.bytes += bytes.unsigned_abs();
            }
            let mut query = c.prepare("SELECT number, last_exchange_ms, unsent FROM device WHERE officer = ?1 AND revoked_ms IS NULL ORDER BY number")?;
            let phones = query.query_map([officer.0], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, u32>(2)?)))?;
            for phone in phones {
                let (number, last, unsent) = phone?;
                preview.unsent += u64::from(unsent);
                preview.phones.push((number, last));
            }
            Ok(preview)
        })
    }

    fn standing(&self, device: Device) -> Result<Option<Standing>> {
        self.read(|c| standing(c, device))
    }

    fn take_up(&self, device: Device, scope: u32, claims: &[Claim]) -> Result<()> {
        self.write(|tx| {
            let Some(before) = standing(tx, device)?.filter(|before| before.scope < scope) else { return Ok(()) };
            tx.execute("UPDATE device SET scope = ?2, scope_told = 0 WHERE number = ?1", params![device.0, scope])?;
            let mut put = tx.prepare("INSERT INTO scope_claim(device, opening, first, last, scope) VALUES(?1, ?2, ?3, ?4, ?5)")?;
            let fits = |c: &&Claim| (before.scope..scope).contains(&c.scope) && c.last.checked_sub(c.first).is_some_and(|more| more < MAX_RANGE);
            for claim in claims.iter().filter(fits).take(MAX_CLAIMS) {
                put.execute(params![device.0, claim.opening.0, claim.first.cast_signed(), claim.last.cast_signed(), claim.scope])?;
            }
            Ok(())
        })
    }

    fn note_told(&self, device: Device) -> Result<()> {
        self.write(|tx| Ok(tx.execute("UPDATE device SET scope_told = scope_told + 1 WHERE number = ?1", [device.0]).map(drop)?))
    }

    fn claims(&self, device: Device, opening: [u8; 5]) -> Result<Vec<Claim>> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT first, last, scope FROM scope_claim WHERE device = ?1 AND opening = ?2")?;
            let rows = query.query_map(params![device.0, opening], |row| {
                let n = |at| row.get::<_, i64>(at).map(i64::cast_unsigned);
                Ok(Claim { opening: Opening(opening), first: n(0)?, last: n(1)?, scope: row.get(2)? })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn revoke_device(&self, device: Device, now_ms: i64) -> Result<()> {
        self.write(|tx| {
            reading::end(tx, device, now_ms)?;
            tx.execute("UPDATE device SET revoked_ms = coalesce(revoked_ms, ?2) WHERE number = ?1", params![device.0, now_ms])?;
            escrow_what_waits(tx, device)
        })
    }
}

/// What waits for something else would wait for ever.
fn escrow_what_waits(tx: &Transaction<'_>, device: Device) -> Result<()> {
    tx.execute(
        "UPDATE inbox SET state = ?2, reason = ?3, missing = NULL WHERE device = ?1 AND state IN (17, 18)",
        params![device.0, ESCROWED, Quarantine::Revoked.number()],
    )?;
    Ok(())
}

fn standing(c: &Connection, device: Device) -> Result<Option<Standing>> {
    let sql = "SELECT scope, scope_told, revoked_ms IS NOT NULL FROM device WHERE number = ?1";
    let read = |row: &rusqlite::Row<'_>| Ok(Standing { scope: row.get(0)?, told: row.get(1)?, revoked: row.get(2)? });
    Ok(c.prepare_cached(sql)?.query_row([device.0], read).optional()?)
}
