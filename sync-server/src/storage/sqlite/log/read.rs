//! Reading the log: after a cursor, and all of it with its proofs.

use minqing_core::{
    Id,
    envelope::{Hash, Item, read_back},
    ids::{Device, Opening},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    super::{rounds, settings},
    bodies::Bodies,
    booking, document,
    erasing::COUNTED,
    matter, moving, shown,
};
use crate::{
    projection::MatterShown,
    storage::{
        Result, RoundKept, Setting, StoreError,
        log::{Batch, Blank, EnvelopeHead, KeptAppointment, KeptDocument, KeptMatter, LogRow, Moment, ProvenRow, Shown, StreamEnd, StreamId},
    },
};

/// What a row costs in an answer beside its bytes.
const ROW_COST: usize = 48;

fn stream_end(row: &Row<'_>) -> rusqlite::Result<StreamEnd> {
    Ok(StreamEnd { id: row.get(0)?, name: row.get(1)?, seq: row.get::<_, i64>(2)? as u64, sum: read_back(row.get(3)?), link: Hash(row.get(4)?) })
}

pub(super) fn rows_after(c: &Connection, streams: &[String], seqs: &[u64], budget: usize) -> Result<Batch> {
    let mut batch = Batch::default();
    let mut bodies = Bodies::of(c);
    let mut spent = 0;
    for ((name, after), index) in streams.iter().zip(seqs).zip(0u32..) {
        let end = end_of(c, name)?;
        let mut reached = *after;
        if end.seq > *after && !batch.more {
            let mut query =
                c.prepare_cached("SELECT device, opening, n, kind, doc, body, seq, blank, hash FROM log WHERE stream = ?1 AND seq > ?2 ORDER BY seq")?;
            let mut rows = query.query(params![end.id, *after as i64])?;
            while let Some(row) = rows.next()? {
                let row = log_row(row, end.id, &mut bodies)?;
                spent += row.item.bytes.len() + ROW_COST;
                if spent > budget && (budget == 0 || !batch.rows.is_empty()) {
                    batch.more = true;
                    break;
                }
                reached = row.seq;
                batch.rows.push((index, row));
            }
        }
        batch.more |= reached < end.seq;
        batch.cursors.push(reached);
        batch.sum = batch.sum.wrapping_add(sum_at(c, &end, reached)?);
    }
    Ok(batch)
}

/// Where a stream stands.
pub(super) fn end_of(c: &Connection, stream: &str) -> Result<StreamEnd> {
    let found = c.prepare_cached("SELECT id, name, seq, sum, link FROM stream WHERE name = ?1")?.query_row([stream], stream_end).optional()?;
    found.ok_or_else(|| StoreError::Unknown { what: "stream", id: stream.to_owned() })
}

/// Up to which row a stream is compacted.
pub(super) fn compacted(c: &Connection, stream: &str) -> Result<u64> {
    let found = c.prepare_cached("SELECT compacted FROM stream WHERE name = ?1")?.query_row([stream], |row| row.get::<_, i64>(0)).optional()?;
    found.map(i64::cast_unsigned).ok_or_else(|| StoreError::Unknown { what: "stream", id: stream.to_owned() })
}

pub(super) fn rows_of(c: &Connection, stream: &str, doc: Id, seq: u64) -> Result<Vec<LogRow>> {
    let stream = end_of(c, stream)?.id;
    let begins = moving::begins(c, doc, stream, seq)?;
    let mut query = c.prepare_cached(
        "SELECT device, opening, n, kind, doc, body, seq, blank, hash FROM log INDEXED BY log_doc WHERE doc = ?1 AND stream = ?2 AND seq > ?4 AND seq <= ?3 ORDER BY seq",
    )?;
    let mut rows = query.query(params![doc.0, stream, seq as i64, begins.cast_signed()])?;
    let (mut found, mut bodies) = (Vec::new(), Bodies::of(c));
    while let Some(row) = rows.next()? {
        found.push(log_row(row, stream, &mut bodies)?);
    }
    Ok(found)
}

/// The stream's sum after a row; 0 before the first.
fn sum_at(c: &Connection, end: &StreamEnd, seq: u64) -> Result<u64> {
    if seq == end.seq {
        return Ok(end.sum);
    }
    let sum: Option<i64> =
        c.prepare_cached("SELECT sum FROM log WHERE stream = ?1 AND seq = ?2")?.query_row(params![end.id, seq as i64], |row| row.get(0)).optional()?;
    Ok(sum.map_or(0, read_back))
}

/// Reads device, opening, n, kind, doc, body, seq, blank, hash.
pub(super) fn log_row(row: &Row<'_>, stream: StreamId, bodies: &mut Bodies<'_>) -> Result<LogRow> {
    let (kind, doc, hash) = (row.get(3)?, Id(row.get(4)?), super::hash(row, 8)?);
    let blank = match row.get::<_, u8>(7)? {
        0 => None,
        how => Some(Blank { hash, counts: how == COUNTED }),
    };
    let bytes = if blank.is_some() { Vec::new() } else { bodies.bytes(kind, doc, hash, row.get(5)?)? };
    Ok(LogRow { stream, seq: row.get::<_, i64>(6)? as u64, name: super::name(row)?, item: Item { kind, doc, bytes }, blank })
}

/// Everything as of the moment at which this connection's transaction began.
pub(super) struct SqliteMoment<'a>(pub(super) &'a Connection);

impl Moment for SqliteMoment<'_> {
    fn each_row(&self, read: &mut dyn FnMut(ProvenRow) -> Result<()>) -> Result<()> {
        let mut query = self.0.prepare(
            "SELECT l.device, l.opening, l.n, l.kind, l.doc, l.body, l.seq, l.blank, l.hash, l.stream, s.name, l.received_ms, l.applied_ms, l.sum, l.link,
                e.device, e.opening, e.first, e.scope, e.hashes, e.signature, d.sign_key
         FROM log l JOIN stream s ON s.id = l.stream LEFT JOIN envelope e ON e.id = l.envelope LEFT JOIN device d ON d.number = e.device
         ORDER BY l.stream, l.seq",
        )?;
        let mut rows = query.query([])?;
        let mut bodies = Bodies::where_they_are(self.0);
        while let Some(row) = rows.next()? {
            read(ProvenRow {
                row: log_row(row, row.get(9)?, &mut bodies)?,
                stream_name: row.get(10)?,
                hash: super::hash(row, 8)?,
                received_ms: row.get(11)?,
                applied_ms: row.get(12)?,
                sum: read_back(row.get(13)?),
                link: super::hash(row, 14)?,
                envelope: envelope(row)?,
            })?;
        }
        Ok(())
    }

    fn stream_ends(&self) -> Result<Vec<StreamEnd>> {
        let mut query = self.0.prepare("SELECT id, name, seq, sum, link FROM stream ORDER BY id")?;
        let ends = query.query_map([], stream_end)?;
        Ok(ends.collect::<rusqlite::Result<_>>()?)
    }

    fn documents(&self) -> Result<Vec<(Id, Option<KeptDocument>)>> {
        document::all(self.0)
    }

    fn documents_of(&self, stream: StreamId, read: &mut dyn FnMut(Id, Vec<u8>) -> Result<()>) -> Result<()> {
        let mut query = self.0.prepare("SELECT id, bytes FROM document WHERE stream = ?1 AND NOT archived ORDER BY id")?;
        let mut rows = query.query([stream])?;
        while let Some(row) = rows.next()? {
            read(Id(row.get(0)?), row.get(1)?)?;
        }
        Ok(())
    }

    fn told_in(&self, stream: StreamId, read: &mut dyn FnMut(LogRow) -> Result<()>) -> Result<()> {
        let mut query = self.0.prepare("SELECT device, opening, n, kind, doc, body, seq, blank, hash FROM log WHERE stream = ?1 AND kind <> 1 ORDER BY seq")?;
        let mut rows = query.query([stream])?;
        let mut bodies = Bodies::of(self.0);
        while let Some(row) = rows.next()? {
            read(log_row(row, stream, &mut bodies)?)?;
        }
        Ok(())
    }

    fn matters(&self) -> Result<Vec<(Id, KeptMatter)>> {
        matter::all(self.0)
    }

    fn appointments(&self) -> Result<Vec<(Id, KeptAppointment)>> {
        booking::all(self.0)
    }

    fn claims(&self) -> Result<Vec<(Id, i64, Id)>> {
        booking::claims(self.0)
    }

    fn rounds(&self) -> Result<Vec<RoundKept>> {
        rounds::all(self.0)
    }

    fn shares(&self) -> Result<Vec<(Id, StreamId)>> {
        let mut query = self.0.prepare("SELECT doc, stream FROM share ORDER BY doc, stream")?;
        let rows = query.query_map([], |row| Ok((Id(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn archived(&self) -> Result<Vec<Id>> {
        document::all_archived(self.0)
    }

    fn matters_shown(&self, stream: StreamId) -> Result<Vec<MatterShown>> {
        shown::matters_of(self.0, stream)
    }

    fn settings(&self) -> Result<Vec<Setting>> {
        settings::all(self.0)
    }

    fn shown(&self) -> Result<Shown> {
        shown::all(self.0)
    }
}

fn envelope(row: &Row<'_>) -> Result<Option<(EnvelopeHead, [u8; 32])>> {
    let Some(device) = row.get::<_, Option<u32>>(15)? else { return Ok(None) };
    let hashes: Vec<u8> = row.get(19)?;
    let head = EnvelopeHead {
        device: Device(device),
        opening: Opening(row.get(16)?),
        first: row.get::<_, i64>(17)? as u64,
        scope: row.get(18)?,
        hashes: hashes.chunks_exact(32).filter_map(|h| Hash::from_slice(h).ok()).collect(),
        signature: row.get(20)?,
    };
    Ok(Some((head, row.get(21)?)))
}
