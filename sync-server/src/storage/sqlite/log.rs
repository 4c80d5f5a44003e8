//! The log in SQLite.

use std::{collections::BTreeSet, path::Path};

use minqing_core::{
    Id,
    clock::{DAY_MS, day_start, local_date},
    envelope::Hash,
    ids::{Device, Name, Opening},
    wire::ItemState,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{Sqlite, damaged, lock};
use crate::storage::{
    Result, StoreError,
    log::{Aside, Batch, Delivery, KeptDocument, Log, LogRow, Moment, OnGrowth, Pending, Received, Seen, TicketSeen, Unit},
};

mod append;
pub(super) mod aside;
mod bodies;
pub(super) mod booking;
mod compact;
mod covering;
pub(super) mod document;
pub(super) mod erasing;
pub(super) mod matter;
pub(super) mod moving;
mod read;
pub(super) use receive::{ASIDE, ESCROWED, PARKED};

mod receive;
mod recovered;
pub(super) mod shown;
mod sums;
mod unit;

impl Log for Sqlite {
    fn receive(&self, delivery: Delivery) -> Result<Received> {
        self.write_in_group(|tx| receive::receive(tx, delivery))
    }

    fn waiting(&self) -> Result<Vec<Name>> {
        self.read(|c| {
            let mut query = c.prepare("SELECT device, opening, n FROM inbox WHERE state = 16 ORDER BY envelope, n")?;
            let names = query.query_map([], name)?;
            Ok(names.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn pending(&self, names: &[Name]) -> Result<Vec<Pending>> {
        self.read(|c| names.iter().filter_map(|name| unit::pending(c, *name).transpose()).collect())
    }

    fn document(&self, id: Id) -> Result<Option<KeptDocument>> {
        self.read(|c| match document::open(c, id) {
            Err(StoreError::Damaged(_)) => Ok(None),
            found => found,
        })
    }

    fn document_version(&self, id: Id) -> Result<u64> {
        self.read(|c| document::version(c, id))
    }

    fn apply(&self, work: &mut dyn FnMut(&mut dyn Unit) -> Result<()>) -> Result<()> {
        let grown = self.write(|tx| {
            let mut unit = unit::SqliteUnit { tx, grown: BTreeSet::new() };
            work(&mut unit)?;
            let grown = std::mem::take(&mut unit.grown);
            grown.into_iter().map(|stream| unit.stream_name(stream)).collect::<Result<Vec<String>>>()
        })?;
        if let Some(tell) = lock(&self.tell).clone().filter(|_| !grown.is_empty()) {
            tell(&grown);
        }
        Ok(())
    }

    fn on_growth(&self, tell: OnGrowth) {
        *lock(&self.tell) = Some(tell);
    }

    fn is_awaited(&self) -> bool {
        self.turn.try_lock().is_err()
    }

    fn copy_to(&self, file: &Path) -> Result<()> {
        self.copy(file)
    }

    fn restored_ms(&self) -> Result<Option<i64>> {
        self.read(|c| Ok(c.prepare_cached("SELECT value FROM meta WHERE key = 'restored_ms'")?.query_row([], |row| row.get(0)).optional()?))
    }

    fn aside(&self, community: Option<&str>, limit: u32) -> Result<Vec<Aside>> {
        self.read(|c| aside::list(c, community, limit))
    }

    fn aside_item(&self, name: Name) -> Result<Option<Pending>> {
        self.read(|c| aside::one(c, name))
    }

    fn states(&self, names: &[Name]) -> Result<Vec<ItemState>> {
        self.read(|c| names.iter().map(|name| Ok(receive::state_of(c, *name, false)?.map_or(ItemState::Received, |(state, _)| state))).collect())
    }

    fn matters_due(&self, now_ms: i64, limit: u32) -> Result<Vec<Id>> {
        self.read(|c| matter::due(c, now_ms, limit))
    }

    fn scope_at(&self, officer: Id, version: u32) -> Result<Option<Vec<String>>> {
        self.read(|c| scope_at(c, officer, version))
    }

    fn rows_after(&self, streams: &[String], seqs: &[u64], budget: usize) -> Result<Batch> {
        self.read(|c| read::rows_after(c, streams, seqs, budget))
    }

    fn read_in(&self, doc: Id) -> Result<Vec<String>> {
        self.read(|c| document::read_in(c, doc))
    }

    fn volumes(&self, after: Id, limit: u32) -> Result<Vec<Id>> {
        self.read(|c| document::volumes(c, after, limit))
    }

    fn doc_sums_at(&self, stream: &str, seq: u64, from: Id, to: Id) -> Result<Vec<(Id, u64)>> {
        self.read(|c| sums::doc_sums_at(c, stream, seq, from, to))
    }

    fn rows_of(&self, stream: &str, doc: Id, seq: u64) -> Result<Vec<LogRow>> {
        self.read(|c| read::rows_of(c, stream, doc, seq))
    }

    fn seen(&self, seen: Seen) -> Result<TicketSeen> {
        if let Some(ticket) = self.read(|c| nothing_to_note(c, &seen))? {
            return Ok(ticket);
        }
        self.write_in_group(move |tx| note_exchange(tx, &seen))
    }

    fn at_one_moment(&self, look: &mut dyn FnMut(&dyn Moment) -> Result<()>) -> Result<()> {
        self.read(|c| look(&read::SqliteMoment(c)))
    }
}

/// Reads a name from the first three columns.
fn name(row: &Row<'_>) -> rusqlite::Result<Name> {
    Ok(Name { device: Device(row.get(0)?), opening: Opening(row.get(1)?), n: row.get::<_, i64>(2)? as u64 })
}

fn scope_at(c: &Connection, officer: Id, version: u32) -> Result<Option<Vec<String>>> {
    let list: Option<String> = c
        .prepare_cached("SELECT streams FROM officer_scope WHERE officer = ?1 AND version = ?2")?
        .query_row(params![officer.0, version], |row| row.get(0))
        .optional()?;
    list.map(|list| serde_json::from_str(&list).map_err(|_| damaged("officer_scope"))).transpose()
}

/// An idle poll within a minute of the last one leaves no trace, so that it costs no write.
fn nothing_to_note(c: &Connection, seen: &Seen) -> Result<Option<TicketSeen>> {
    const MINUTE_MS: i64 = 60_000;
    let last: Option<i64> =
        c.prepare_cached("SELECT last_exchange_ms FROM device WHERE number = ?1")?.query_row([seen.device.0], |row| row.get(0)).optional()?.flatten();
    let unsent: Option<u32> = c.prepare_cached("SELECT unsent FROM device WHERE number = ?1")?.query_row([seen.device.0], |row| row.get(0)).optional()?;
    let recent = unsent == Some(seen.unsent) && last.is_some_and(|ms| (0..MINUTE_MS).contains(&(seen.now_ms - ms)));
    let ticket = ticket_seen(c, seen)?;
    Ok((recent && seen.next.is_none() && ticket == TicketSeen::Fits).then_some(ticket))
}

/// A ticket fits if it is the one last issued, or the one last shown: then that answer was lost on its way.
fn ticket_seen(c: &Connection, seen: &Seen) -> Result<TicketSeen> {
    let found = c
        .prepare_cached("SELECT ticket_issued, ticket_shown FROM device WHERE number = ?1")?
        .query_row([seen.device.0], |row| Ok((row.get::<_, Option<Vec<u8>>>(0)?, row.get::<_, Option<Vec<u8>>>(1)?)))
        .optional()?;
    let Some((issued, shown)) = found else { return Err(StoreError::Unknown { what: "device", id: seen.device.0.to_string() }) };
    let is = |known: &Option<Vec<u8>>| *known == seen.shown;
    Ok(match (&issued, &seen.shown) {
        // None was issued yet, or none since a restore.
        (None, _) => TicketSeen::First,
        // Who shows none is told the history in any case: perhaps it has read in another one, and its copy has been here since.
        _ if is(&issued) || (seen.shown.is_some() && is(&shown)) => TicketSeen::Fits,
        // An answer since then was lost: the phone still shows a ticket of the history before.
        _ if shown.is_none() => TicketSeen::First,
        _ => TicketSeen::Old,
    })
}

fn note_exchange(tx: &Transaction<'_>, seen: &Seen) -> Result<TicketSeen> {
    if seen.bundle {
        return Ok(TicketSeen::Fits);
    }
    let ticket = ticket_seen(tx, seen)?;
    if ticket == TicketSeen::Old && !seen.fresh {
        return Ok(ticket);
    }
    tx.prepare_cached(
        "UPDATE device SET last_exchange_ms = ?2, unsent = ?8, room_mib = ?9, app = coalesce(?3, app),
           ticket_issued = coalesce(?4, ticket_issued), ticket_shown = CASE WHEN ?4 IS NULL THEN ticket_shown WHEN ?7 THEN NULL ELSE ?5 END,
           clone_suspected_ms = CASE WHEN ?6 THEN ?2 ELSE clone_suspected_ms END
         WHERE number = ?1",
    )?
    .execute(params![
        seen.device.0,
        seen.now_ms,
        seen.app,
        seen.next,
        seen.shown,
        ticket == TicketSeen::Old,
        ticket == TicketSeen::First,
        seen.unsent,
        seen.room_mib
    ])?;
    note_day(tx, seen)?;
    Ok(ticket)
}

/// Counts the exchanges of each day; with the first of one, what is older than a quarter of a year goes.
fn note_day(tx: &Transaction<'_>, seen: &Seen) -> Result<()> {
    const KEPT_MS: i64 = 92 * DAY_MS;
    let day_ms = day_start(local_date(seen.now_ms));
    let sql = "INSERT INTO device_day(device, day_ms, exchanges) VALUES(?1, ?2, 1) ON CONFLICT DO UPDATE SET exchanges = exchanges + 1 RETURNING exchanges";
    let exchanges: u32 = tx.prepare_cached(sql)?.query_row(params![seen.device.0, day_ms], |row| row.get(0))?;
    if exchanges == 1 {
        tx.prepare_cached("DELETE FROM device_day WHERE device = ?1 AND day_ms < ?2")?.execute(params![seen.device.0, day_ms - KEPT_MS])?;
    }
    Ok(())
}

fn hash(row: &Row<'_>, column: usize) -> rusqlite::Result<Hash> {
    row.get(column).map(Hash)
}
