//! Receiving: names are looked up, what is new becomes durable.

use minqing_core::{
    envelope::{Hash, Item, Quarantine},
    frame::MAX_ITEM,
    guards::Guards,
    ids::{Device, Name},
    wire::ItemState,
};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::hash;
use crate::storage::{
    Result, StoreError,
    log::{Apart, Delivered, Delivery, Received, Seen},
};

/// Numbers of the states of an inbox row, as on the wire.
pub(in super::super) const ASIDE: u8 = 2;
/// Kept for the office, of a phone that reads no more.
pub(in crate::storage::sqlite) const ESCROWED: u8 = 3;
pub(super) const SUPERSEDED: u8 = 5;
/// Put aside, and settled by the office; its phone still hears that it was put aside.
pub(super) const ADOPTED: u8 = 6;
pub(super) const RETURNED: u8 = 7;
/// In the log under another name; missing says where.
pub(super) const KNOWN: u8 = 8;
pub(super) const RECEIVED: u8 = 16;
pub(super) const HELD: u8 = 17;
pub(in super::super) const PARKED: u8 = 18;

/// Most items that nobody signed which are kept for one carrier.
const MAX_UNSIGNED: i64 = 1_000;

pub(super) fn receive(tx: &Transaction<'_>, delivery: Delivery) -> Result<Received> {
    let known = put_all(tx, delivery.seen.device, &delivery.envelopes, delivery.seen.now_ms, delivery.guards)?;
    delivery.superseded.iter().try_for_each(|name| supersede(tx, *name))?;
    let ticket = super::note_exchange(tx, &Seen { fresh: known.iter().any(Option::is_none), ..delivery.seen })?;
    Ok(Received { known, ticket })
}

fn put_all(tx: &Transaction<'_>, carrier: Device, envelopes: &[Delivered], now_ms: i64, guards: Guards) -> Result<Vec<Option<ItemState>>> {
    let mut known = Vec::new();
    for envelope in envelopes {
        let mut kept = None;
        for ((item, apart), n) in envelope.items.iter().zip(envelope.head.first..) {
            if !envelope.signed {
                keep_unsigned(tx, carrier, item, now_ms)?;
                known.push(Some(ItemState::Quarantined(Quarantine::Signature)));
                continue;
            }
            let name = Name { device: envelope.head.device, opening: envelope.head.opening, n };
            let hash = item.hash();
            // Without the name a row of the log does not tell.
            let before = state_of(tx, name, true)?.filter(|(state, _)| guards.known_name || state.seq().is_none());
            if let Some((state, before)) = before {
                known.push(Some(if before == hash || !guards.same_hash { state } else { ItemState::Reused }));
                continue;
            }
            let head = match kept {
                Some(id) => id,
                None => *kept.insert(keep_envelope(tx, carrier, envelope, now_ms)?),
            };
            put(tx, name, item, hash, head, *apart, now_ms)?;
            known.push(apart.map(state_apart));
        }
    }
    Ok(known)
}

/// What is known of a name, with the hash it was used for. `again`: a row of the log is a duplicate then.
pub(super) fn state_of(c: &Connection, name: Name, again: bool) -> Result<Option<(ItemState, Hash)>> {
    let key = params![name.device.0, name.opening.0, name.n as i64];
    let logged = c
        .prepare_cached("SELECT seq, hash FROM log WHERE device = ?1 AND opening = ?2 AND n = ?3")?
        .query_row(key, |row| Ok((row.get::<_, i64>(0)? as u64, hash(row, 1)?)))
        .optional()?;
    if let Some((seq, hash)) = logged {
        return Ok(Some((if again { ItemState::Duplicate(seq) } else { ItemState::Seq(seq) }, hash)));
    }
    let waiting = c
        .prepare_cached("SELECT state, reason, missing, hash FROM inbox WHERE device = ?1 AND opening = ?2 AND n = ?3")?
        .query_row(key, |row| {
            let state = match row.get(0)? {
                ASIDE | ADOPTED | RETURNED => ItemState::Quarantined(Quarantine::from_number(row.get(1)?)),
                ESCROWED => ItemState::Escrowed,
                SUPERSEDED => ItemState::Superseded,
                KNOWN => ItemState::Duplicate(u64::from_be_bytes(row.get(2)?)),
                HELD => ItemState::Held(row.get(2)?),
                PARKED => ItemState::ParkedWith(row.get(2)?),
                _ => ItemState::Received,
            };
            Ok((state, hash(row, 3)?))
        })
        .optional()?;
    Ok(waiting)
}

fn keep_envelope(tx: &Transaction<'_>, carrier: Device, envelope: &Delivered, now_ms: i64) -> Result<i64> {
    let head = &envelope.head;
    let hashes: Vec<u8> = head.hashes.iter().flat_map(|h| h.0).collect();
    tx.prepare_cached("INSERT INTO envelope(device, opening, first, scope, hashes, signature, carrier, received_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![head.device.0, head.opening.0, head.first as i64, head.scope, hashes, head.signature, carrier.0, now_ms])?;
    Ok(tx.last_insert_rowid())
}

/// What a phone hears of an item that is kept apart.
fn state_apart(apart: Apart) -> ItemState {
    match apart {
        Apart::Aside(reason) => ItemState::Quarantined(reason),
        Apart::Escrow(_) => ItemState::Escrowed,
    }
}

fn put(tx: &Transaction<'_>, name: Name, item: &Item, hash: Hash, envelope: i64, apart: Option<Apart>, now_ms: i64) -> Result<()> {
    let (state, reason) = match apart {
        None => (RECEIVED, None),
        Some(Apart::Aside(reason)) => (ASIDE, Some(reason)),
        Some(Apart::Escrow(reason)) => (ESCROWED, Some(reason)),
    };
    tx.prepare_cached(
        "INSERT INTO inbox(device, opening, n, kind, doc, hash, bytes, envelope, received_ms, state, reason) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        name.device.0,
        name.opening.0,
        name.n as i64,
        item.kind,
        item.doc.0,
        hash.0,
        item.bytes,
        envelope,
        now_ms,
        state,
        reason.map(Quarantine::number)
    ])?;
    Ok(())
}

/// The phone wrote it again: nothing is to be done with it any more; its bytes stay.
fn supersede(tx: &Transaction<'_>, name: Name) -> Result<()> {
    tx.prepare_cached("UPDATE inbox SET state = ?4, missing = NULL WHERE device = ?1 AND opening = ?2 AND n = ?3 AND state IN (?5, ?6, ?7, ?8)")?
        .execute(params![name.device.0, name.opening.0, name.n as i64, SUPERSEDED, ASIDE, RECEIVED, HELD, PARKED])?;
    Ok(())
}

/// Honest phones send nothing unsigned, so what is kept for the office to look at is bounded.
fn keep_unsigned(tx: &Transaction<'_>, carrier: Device, item: &Item, now_ms: i64) -> Result<()> {
    let kept: i64 = tx.prepare_cached("SELECT count(*) FROM unsigned WHERE carrier = ?1")?.query_row([carrier.0], |row| row.get(0))?;
    if kept >= MAX_UNSIGNED || item.bytes.len() > MAX_ITEM {
        return Err(StoreError::Unknown { what: "envelope", id: carrier.0.to_string() });
    }
    tx.prepare_cached("INSERT OR IGNORE INTO unsigned(carrier, kind, doc, hash, bytes, received_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        carrier.0,
        item.kind,
        item.doc.0,
        item.hash().0,
        item.bytes,
        now_ms
    ])?;
    Ok(())
}
