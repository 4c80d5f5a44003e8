//! How far each stream was taken, and the sums that tell whether phone and server hold the same.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Id, Result,
    envelope::{Hash, Item, Sums, doc_term, read_back, stored},
};

/// Sets the streams of a scope, in its order; streams that stay keep their place.
pub(crate) fn set_scope(db: &Connection, streams: &[String]) -> Result<()> {
    let kept: Vec<(String, u64, u64)> = all(db)?;
    db.execute("DELETE FROM cursor", [])?;
    for (name, position) in streams.iter().zip(0i64..) {
        let (seq, sum) = kept.iter().find(|(n, _, _)| n == name).map_or((0, 0), |(_, seq, sum)| (*seq, *sum));
        db.execute("INSERT INTO cursor (position, stream, seq, sum) VALUES (?, ?, ?, ?)", params![position, name, stored(seq), stored(sum)])?;
    }
    Ok(())
}

/// Begins all streams anew, as with a log of another history.
pub(crate) fn begin_anew(db: &Connection) -> Result<()> {
    db.execute_batch(
        "UPDATE cursor SET seq = 0, sum = 0; DELETE FROM doc_sum; DELETE FROM later; DELETE FROM shared; DELETE FROM archived; DELETE FROM history",
    )?;
    Ok(())
}

/// Name, seq and sum of each stream, in the scope's order.
pub(crate) fn all(db: &Connection) -> Result<Vec<(String, u64, u64)>> {
    let mut query = db.prepare_cached("SELECT stream, seq, sum FROM cursor ORDER BY position")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, read_back(row.get(1)?), read_back(row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Sets a stream's cursor and sum.
pub(crate) fn set(db: &Connection, stream: &str, seq: u64, sum: u64) -> Result<()> {
    db.execute("UPDATE cursor SET seq = ?, sum = ? WHERE stream = ?", params![stored(seq), stored(sum), stream])?;
    Ok(())
}

/// Sets a document's sum in a stream that is taken as a pack.
pub(crate) fn set_doc_sum(db: &Connection, stream: &str, doc: Id, sum: u64) -> Result<()> {
    db.prepare_cached("INSERT INTO doc_sum (stream, doc, sum) VALUES (?1, ?2, ?3) ON CONFLICT (stream, doc) DO UPDATE SET sum = ?3")?.execute(params![
        stream,
        doc.0,
        stored(sum)
    ])?;
    Ok(())
}

/// Sums of a stream's documents from an id on, ascending, at most `limit`.
pub(crate) fn doc_sums(db: &Connection, stream: &str, from: Id, limit: usize) -> Result<Vec<(Id, u64)>> {
    let mut query = db.prepare("SELECT doc, sum FROM doc_sum WHERE stream = ? AND doc >= ? ORDER BY doc LIMIT ?")?;
    let rows = query.query_map(params![stream, from.0, limit as i64], |row| Ok((Id(row.get(0)?), read_back(row.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Adds the streams' sums up anew from their documents'.
pub(crate) fn add_up(db: &Connection) -> Result<()> {
    all(db)?.into_iter().try_for_each(|(stream, seq, _)| set(db, &stream, seq, added_up(db, &stream)?))
}

/// What a stream's sum is by those of its documents.
pub(crate) fn added_up(db: &Connection, stream: &str) -> Result<u64> {
    let sums = doc_sums(db, stream, Id([0; 16]), i64::MAX as usize)?;
    Ok(sums.into_iter().fold(0, |total, (doc, sum)| total.wrapping_add(doc_term(doc, sum))))
}

/// Forgets all sums of a stream's documents.
pub(crate) fn drop_sums(db: &Connection, stream: &str) -> Result<()> {
    db.execute("DELETE FROM doc_sum WHERE stream = ?", [stream])?;
    Ok(())
}

/// Counts nothing of a document in a stream any more.
pub(crate) fn uncount(db: &Connection, stream: &str, doc: Id) -> Result<()> {
    let sum = db.query_row("DELETE FROM doc_sum WHERE stream = ? AND doc = ? RETURNING sum", params![stream, doc.0], |row| row.get(0)).optional()?;
    let (_, seq, total) = all(db)?.into_iter().find(|(name, ..)| name == stream).unwrap_or_default();
    set(db, stream, seq, total.wrapping_sub(doc_term(doc, sum.map_or(0, read_back))))
}

/// Moves a stream's cursor.
pub(crate) fn advance(db: &Connection, stream: &str, seq: u64) -> Result<()> {
    db.execute("UPDATE cursor SET seq = ? WHERE stream = ?", params![stored(seq), stream])?;
    Ok(())
}

/// Counts one item of a stream.
pub(crate) fn count(db: &Connection, stream: &str, doc: Id, hash: Hash) -> Result<()> {
    let before = Sums {
        doc: db
            .prepare_cached("SELECT sum FROM doc_sum WHERE stream = ? AND doc = ?")?
            .query_row(params![stream, doc.0], |row| row.get(0))
            .optional()?
            .map_or(0, read_back),
        stream: read_back(db.prepare_cached("SELECT sum FROM cursor WHERE stream = ?")?.query_row([stream], |row| row.get(0))?),
    };
    let after = before.with(doc, hash);
    set_doc_sum(db, stream, doc, after.doc)?;
    db.prepare_cached("UPDATE cursor SET sum = ? WHERE stream = ?")?.execute(params![stored(after.stream), stream])?;
    Ok(())
}

/// Keeps a row that only a later version understands.
pub(crate) fn keep_later(db: &Connection, stream: &str, seq: u64, item: &Item) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO later (stream, seq, kind, doc, bytes) VALUES (?, ?, ?, ?, ?)")?.execute(params![
        stream,
        stored(seq),
        item.kind,
        item.doc.0,
        item.bytes
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_that_grows_keeps_what_was_taken() {
        let mut db = Connection::open_in_memory().unwrap();
        super::super::migrations::run(&mut db).unwrap();
        set_scope(&db, &["person:a".into(), "grid:1".into()]).unwrap();
        count(&db, "grid:1", Id([1; 16]), Hash([2; 32])).unwrap();
        advance(&db, "grid:1", 1).unwrap();
        set_scope(&db, &["person:a".into(), "grid:0".into(), "grid:1".into()]).unwrap();
        let streams = all(&db).unwrap();
        assert_eq!(streams[1], ("grid:0".into(), 0, 0));
        assert_eq!((streams[2].1, streams[2].2), (1, Sums::default().with(Id([1; 16]), Hash([2; 32])).stream));
    }
}
