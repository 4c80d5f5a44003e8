//! What was done on this phone, action by action, and whether the office has it.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::{id, select, state};
use crate::{Id, Result, view::OutboxRow};

/// Actions of which an item waits or was put aside.
const OPEN: &str = "SELECT DISTINCT journal FROM outbox WHERE final = 0 OR state IN (2, 3, 4, 7, 18) ORDER BY journal DESC";
/// All but those that were taken back.
const ALL: &str = "SELECT id FROM journal last WHERE EXISTS (SELECT 1 FROM touched t WHERE t.record = last.record AND t.journal = last.id) ORDER BY id DESC";
/// Actions that named a file which is not at the office; the last one on its record, where what was typed is forgotten.
const FILES: &str = "SELECT coalesce(
    (SELECT max(t.journal) FROM touched t JOIN journal j ON j.id = t.journal WHERE t.record = a.record AND instr(j.typed, lower(hex(a.sha256))) > 0),
    (SELECT max(t.journal) FROM touched t WHERE t.record = a.record))
  FROM attachment f JOIN attachment_row a ON a.sha256 = f.sha256 WHERE f.state <> 1";
/// One of them, as a table.
const ONE: &str = "(SELECT j.*, (SELECT count(*) FROM attachment_row a JOIN attachment f ON f.sha256 = a.sha256
      WHERE a.record IN (j.id, j.matter) AND f.state = 0 AND instr(j.typed, lower(hex(a.sha256))) > 0) AS files
  FROM (SELECT j.id AS journal, j.record AS id, j.action, j.typed, j.at_ms,
      coalesce((SELECT household FROM visit_row v WHERE v.id = j.record), (SELECT id FROM household_row h WHERE h.id = j.record),
        (SELECT household FROM matter_row m WHERE m.id = j.record), (SELECT household FROM follow_up_row f WHERE f.id = j.record),
        (SELECT household FROM appointment_row a WHERE a.id = j.record),
        (SELECT m.household FROM event e JOIN matter_row m ON m.id = e.matter WHERE e.id = j.record)) AS household,
      coalesce((SELECT id FROM matter_row m WHERE m.id = j.record), (SELECT m.id FROM event e JOIN matter_row m ON m.id = e.matter WHERE e.id = j.record),
        (SELECT matter FROM appointment_row a WHERE a.id = j.record)) AS matter
    FROM journal j WHERE j.id = ?) j)";

/// Actions, the newest first: those of which something has no final place at the office, or `all`.
pub(crate) fn outbox(db: &Connection, offset: u32, limit: u32, all: bool) -> Result<Vec<OutboxRow>> {
    let actions = if all { all_of(db, offset, limit)? } else { open(db, offset, limit)? };
    let mut rows = Vec::with_capacity(actions.len());
    for action in actions {
        let maybe = |bytes: Option<[u8; 16]>| bytes.map(|id| Id(id).to_string()).unwrap_or_default();
        rows.extend(select(db, ONE, "", [action], |row| {
            Ok(OutboxRow {
                record: id(row, "id")?,
                action: row.get("action")?,
                household: maybe(row.get("household")?),
                matter: maybe(row.get("matter")?),
                at_ms: row.get("at_ms")?,
                state: state(row, "record_state")?,
                files: row.get("files")?,
            })
        })?);
    }
    Ok(rows)
}

fn all_of(db: &Connection, offset: u32, limit: u32) -> Result<Vec<i64>> {
    let mut query = db.prepare_cached(&format!("{ALL} LIMIT ? OFFSET ?"))?;
    let rows = query.query_map([limit, offset], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Both in order, by an index as far as they are many: files that wait are few.
fn open(db: &Connection, offset: u32, limit: u32) -> Result<Vec<i64>> {
    let mut query = db.prepare_cached(FILES)?;
    let mut files = BTreeSet::new();
    for action in query.query_map([], |row| row.get::<_, Option<i64>>(0))? {
        files.extend(action?);
    }
    let mut query = db.prepare_cached(OPEN)?;
    let (mut files, mut items) = (files.into_iter().rev().peekable(), query.query_map([], |row| row.get(0))?);
    let mut item = items.next().transpose()?;
    let mut merged = Vec::new();
    while merged.len() < offset as usize + limit as usize {
        let Some(next) = files.peek().copied().max(item) else { break };
        files.next_if_eq(&next);
        if item == Some(next) {
            item = items.next().transpose()?;
        }
        merged.push(next);
    }
    Ok(merged.split_off(merged.len().min(offset as usize)))
}
