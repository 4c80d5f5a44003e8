//! Appending a row: seq, sum and link move with it in one transaction.

use minqing_core::{
    Id,
    envelope::{Hash, Head, Item, ItemKind, Sums, next_link, read_back, stored},
    event::Fact,
    frame::pack,
};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::storage::{
    Result,
    log::{Entry, StreamId},
};

pub(super) fn append(tx: &Transaction<'_>, stream: StreamId, entry: &Entry<'_>) -> Result<u64> {
    let (name, seq, sum, link) = tx
        .prepare_cached("SELECT name, seq, sum, link FROM stream WHERE id = ?1")?
        .query_row([stream], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)? as u64 + 1, read_back(row.get(2)?), Hash(row.get(3)?))))?;
    let (doc, hash) = (entry.item.doc, entry.item.hash());
    let sum = match entry.counts {
        true => count(tx, stream, entry, hash, sum)?,
        false if is_end(entry.item) => uncount(tx, stream, doc, sum)?,
        false => sum,
    };
    let signature: Vec<u8> = match entry.envelope {
        Some(id) => tx.prepare_cached("SELECT signature FROM envelope WHERE id = ?1")?.query_row([id], |row| row.get(0))?,
        None => Vec::new(),
    };
    let head = Head {
        stream: name,
        seq,
        device: entry.name.device,
        opening: entry.name.opening,
        n: entry.name.n,
        received_ms: entry.received_ms,
        applied_ms: entry.applied_ms,
        doc,
        kind: entry.item.kind,
        hash,
        signature,
        sum,
    };
    let link = next_link(&link, &head);
    tx.prepare_cached(
        "INSERT INTO log(stream, seq, device, opening, n, kind, doc, hash, envelope, received_ms, applied_ms, sum, link, body)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        stream,
        seq as i64,
        head.device.0,
        head.opening.0,
        head.n as i64,
        head.kind,
        doc.0,
        hash.0,
        entry.envelope,
        head.received_ms,
        head.applied_ms,
        stored(sum),
        link.0,
        pack(&entry.item.bytes)
    ])?;
    tx.prepare_cached("UPDATE stream SET seq = ?2, sum = ?3, link = ?4 WHERE id = ?1")?.execute(params![stream, seq as i64, stored(sum), link.0])?;
    Ok(seq)
}

fn is_end(item: &Item) -> bool {
    ItemKind::from_number(item.kind) == Some(ItemKind::Fact) && Fact::uncounts(&item.bytes)
}

/// Nothing of a document counts in the stream any more; the stream's sum then.
fn uncount(tx: &Transaction<'_>, stream: StreamId, doc: Id, sum: u64) -> Result<u64> {
    let before: Option<i64> = tx
        .prepare_cached("DELETE FROM doc_sum WHERE stream = ?1 AND doc = ?2 RETURNING sum")?
        .query_row(params![stream, doc.0], |row| row.get(0))
        .optional()?;
    Ok(Sums { doc: before.map_or(0, read_back), stream: sum }.without(doc).stream)
}

fn count(tx: &Transaction<'_>, stream: StreamId, entry: &Entry<'_>, hash: Hash, sum: u64) -> Result<u64> {
    let doc = entry.item.doc;
    let before: Option<i64> =
        tx.prepare_cached("SELECT sum FROM doc_sum WHERE stream = ?1 AND doc = ?2")?.query_row(params![stream, doc.0], |row| row.get(0)).optional()?;
    let after = Sums { doc: before.map_or(0, read_back), stream: sum }.with(doc, hash);
    tx.prepare_cached("INSERT INTO doc_sum(stream, doc, sum) VALUES(?1, ?2, ?3) ON CONFLICT(stream, doc) DO UPDATE SET sum = ?3")?.execute(params![
        stream,
        doc.0,
        stored(after.doc)
    ])?;
    Ok(after.stream)
}
