//! Packs that are being taken: offered, fetched piece by piece, taken chunk by chunk.

use rusqlite::{Connection, OptionalExtension, params};

use super::{meta, streams};
use crate::{
    Error, Id, Result,
    envelope::{doc_term, read_back, stored},
    frame::{from_cbor, to_cbor},
    pack::{Offer, Part},
};

/// A pack under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnderWay {
    pub(crate) stream: String,
    pub(crate) seq: u64,
    pub(crate) sum: u64,
    pub(crate) parts: Vec<Part>,
    /// Index of the part under way.
    pub(crate) part: usize,
    /// How many of its chunks were taken.
    pub(crate) chunks: u64,
    /// How many of its bytes are here.
    pub(crate) here: u64,
}

impl UnderWay {
    /// The part under way, if it is not whole yet.
    pub(crate) fn lacking(&self) -> Option<Part> {
        self.parts.get(self.part).copied().filter(|part| self.here < part.bytes)
    }
}

/// Streams, by their index in the scope, of which nothing was taken, or far too little, and a pack would be.
pub(crate) fn wanted(db: &Connection) -> Result<Vec<u32>> {
    let mut query = db.prepare_cached(
        "SELECT c.position FROM cursor c LEFT JOIN pack p USING (stream)
         WHERE (c.seq = 0 OR c.stream IN (SELECT stream FROM behind)) AND NOT coalesce(p.refused, 0) ORDER BY c.position",
    )?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps an offer; one that is under way goes on.
pub(crate) fn offered(db: &Connection, stream: &str, offer: &Offer) -> Result<()> {
    db.execute(
        "INSERT OR IGNORE INTO pack (stream, seq, sum, parts) VALUES (?, ?, ?, ?)",
        params![stream, stored(offer.seq), stored(offer.sum), to_cbor(&offer.parts)],
    )?;
    Ok(())
}

/// Which streams are so far behind that a pack is better, as the last answer says; those whose pack is under way stay so.
pub(crate) fn set_behind<'s>(db: &Connection, mut streams: impl Iterator<Item = &'s String>) -> Result<()> {
    db.execute("DELETE FROM behind WHERE stream NOT IN (SELECT stream FROM pack WHERE NOT refused)", [])?;
    let mut put = db.prepare_cached("INSERT OR IGNORE INTO behind (stream) VALUES (?)")?;
    Ok(streams.try_for_each(|stream| put.execute([stream]).map(drop))?)
}

/// The sum of a document in a pack that is being taken.
pub(crate) fn set_sum(db: &Connection, stream: &str, doc: Id, sum: u64) -> Result<()> {
    let mut put = db.prepare_cached("INSERT OR REPLACE INTO pack_sum (stream, doc, sum) VALUES (?, ?, ?)")?;
    put.execute(params![stream, doc.0, stored(sum)])?;
    Ok(())
}

/// The pack under way: what is due of all streams first, in the scope's order, then the rest.
pub(crate) fn under_way(db: &Connection) -> Result<Option<UnderWay>> {
    let found = db
        .prepare_cached(
            "SELECT p.stream, p.seq, p.sum, p.parts, p.part, p.chunks, (SELECT coalesce(sum(length(bytes)), 0) FROM pack_piece WHERE stream = p.stream)
             FROM pack p JOIN cursor c USING (stream) WHERE NOT p.refused ORDER BY p.part, c.position LIMIT 1",
        )?
        .query_row([], |row| {
            let parts = from_cbor(&row.get::<_, Vec<u8>>(3)?);
            let (part, chunks, here): (i64, i64, i64) = (row.get(4)?, row.get(5)?, row.get(6)?);
            Ok(parts.map(|parts| UnderWay {
                stream: row.get(0).unwrap_or_default(),
                seq: row.get(1).map_or(0, read_back),
                sum: row.get(2).map_or(0, read_back),
                parts,
                part: part as usize,
                chunks: chunks as u64,
                here: here as u64,
            }))
        })
        .optional()?;
    found.transpose().map_err(|_| Error::Store("pack is damaged".into()))
}

/// Whether a pack is being taken.
pub(crate) fn is_under_way(db: &Connection) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM pack JOIN cursor USING (stream) WHERE NOT refused")?.exists([])?)
}

/// Whether the log has more for this phone: rows, or a pack.
pub(crate) fn more_to_come(db: &Connection) -> Result<bool> {
    Ok(meta::get(db, meta::MORE)?.is_some() || is_under_way(db)?)
}

/// Keeps bytes that follow those that are here.
pub(crate) fn add_piece(db: &Connection, stream: &str, begins: u64, bytes: &[u8]) -> Result<()> {
    db.execute("INSERT OR REPLACE INTO pack_piece (stream, begins, bytes) VALUES (?, ?, ?)", params![stream, stored(begins), bytes])?;
    Ok(())
}

/// The bytes of the part under way.
pub(crate) fn bytes(db: &Connection, stream: &str) -> Result<Vec<u8>> {
    let mut query = db.prepare("SELECT bytes FROM pack_piece WHERE stream = ? ORDER BY begins")?;
    let pieces = query.query_map([stream], |row| row.get::<_, Vec<u8>>(0))?;
    Ok(pieces.collect::<rusqlite::Result<Vec<_>>>()?.concat())
}

/// Notes that one more chunk was taken.
pub(crate) fn chunk_taken(db: &Connection, stream: &str) -> Result<()> {
    db.execute("UPDATE pack SET chunks = chunks + 1 WHERE stream = ?", [stream])?;
    Ok(())
}

/// Goes on to the next part.
pub(crate) fn part_taken(db: &Connection, stream: &str) -> Result<()> {
    db.execute("UPDATE pack SET part = part + 1, chunks = 0 WHERE stream = ?", [stream])?;
    drop_pieces(db, stream)
}

/// Ends a pack of which everything was taken: its sum must come out as offered; if not, the stream is read row by row. What the
/// stream had before and the pack has not has left it meanwhile.
pub(crate) fn complete(db: &Connection, pack: &UnderWay) -> Result<()> {
    let mut query = db.prepare("SELECT doc, sum FROM pack_sum WHERE stream = ?")?;
    let sums = query.query_map([&pack.stream], |row| Ok(doc_term(Id(row.get(0)?), read_back(row.get(1)?))))?;
    let sum = sums.collect::<rusqlite::Result<Vec<u64>>>()?.into_iter().fold(0, u64::wrapping_add);
    if sum != pack.sum {
        return refuse(db, &pack.stream);
    }
    let stream = [&pack.stream];
    db.execute(
        "INSERT OR IGNORE INTO leaving (doc)
         SELECT doc FROM doc_sum WHERE stream = ?1 AND doc NOT IN (SELECT doc FROM pack_sum WHERE stream = ?1)",
        stream,
    )?;
    streams::drop_sums(db, &pack.stream)?;
    db.execute("INSERT INTO doc_sum (stream, doc, sum) SELECT stream, doc, sum FROM pack_sum WHERE stream = ?", stream)?;
    db.execute("DELETE FROM pack WHERE stream = ?", stream)?;
    forget_taken(db, &pack.stream)?;
    streams::set(db, &pack.stream, pack.seq, sum)
}

/// Gives a pack up for good: the stream is read row by row.
pub(crate) fn refuse(db: &Connection, stream: &str) -> Result<()> {
    db.execute("UPDATE pack SET refused = 1 WHERE stream = ?", [stream])?;
    forget_taken(db, stream)
}

/// Gives a pack up that the office no longer has, or of whose stream rows came: another may be offered.
pub(crate) fn abandon(db: &Connection, stream: &str) -> Result<()> {
    if db.execute("DELETE FROM pack WHERE stream = ? AND NOT refused", [stream])? == 0 {
        return Ok(());
    }
    forget_taken(db, stream)
}

/// With a log of another history packs may be taken anew.
pub(crate) fn begin_anew(db: &Connection) -> Result<()> {
    db.execute_batch("DELETE FROM pack; DELETE FROM pack_piece; DELETE FROM pack_sum; DELETE FROM behind")?;
    Ok(())
}

/// Packs of streams that this phone does not take are given up.
pub(crate) fn drop_others(db: &Connection) -> Result<()> {
    db.execute_batch(
        "DELETE FROM pack WHERE stream NOT IN (SELECT stream FROM cursor); DELETE FROM pack_piece WHERE stream NOT IN (SELECT stream FROM cursor);
         DELETE FROM pack_sum WHERE stream NOT IN (SELECT stream FROM cursor); DELETE FROM behind WHERE stream NOT IN (SELECT stream FROM cursor)",
    )?;
    Ok(())
}

/// No pack of a stream is under way any more. What was taken of it stays; where it was given up that counts for nothing, and the rows
/// say it again. Should none come, as after a move, it leaves with its stream.
fn forget_taken(db: &Connection, stream: &str) -> Result<()> {
    db.execute("INSERT OR IGNORE INTO doc_sum (stream, doc, sum) SELECT stream, doc, 0 FROM pack_sum WHERE stream = ?", [stream])?;
    db.execute("DELETE FROM pack_sum WHERE stream = ?", [stream])?;
    db.execute("DELETE FROM behind WHERE stream = ?", [stream])?;
    drop_pieces(db, stream)
}

fn drop_pieces(db: &Connection, stream: &str) -> Result<()> {
    db.execute("DELETE FROM pack_piece WHERE stream = ?", [stream])?;
    Ok(())
}
