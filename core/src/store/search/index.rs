//! The index itself: puts words under a number, takes them away.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{Id, Result, envelope::Hash, view::FoundKind};

/// Bits below the kind in a number: 32 of seconds, 4 of place within the second.
pub(super) const KIND_SHIFT: u32 = 36;
/// Places within a second; what is more goes to the seconds after.
const PLACES: i64 = 16;

/// What is to be found of one record. Texts are segmented.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) names: String,
    pub(super) pinyin: String,
    pub(super) phone: String,
    pub(super) address: String,
    pub(super) door: String,
    pub(super) note: String,
}

/// Whose words they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) kind: FoundKind,
    pub(super) id: Id,
    /// The document it comes from.
    pub(super) owner: Id,
    /// When; 0 for what has no time.
    pub(super) at_ms: i64,
}

/// The number of a kind in the index; the greatest is shown first.
pub(super) fn number(kind: FoundKind) -> i64 {
    match kind {
        FoundKind::Visit => 1,
        FoundKind::Matter => 2,
        FoundKind::Household => 3,
        FoundKind::Resident => 4,
    }
}

/// The kind of a number of the index.
pub(super) fn kind_of(number: i64) -> Option<FoundKind> {
    FoundKind::ALL.into_iter().find(|kind| self::number(*kind) == number)
}

/// Puts a record's words; whether they differ from those that stood there.
pub(super) fn put(db: &Connection, record: &Record, words: &Words) -> Result<bool> {
    let all = [&words.names, &words.pinyin, &words.phone, &words.address, &words.door, &words.note];
    let hash = Hash::of(all.map(String::as_str).join("\u{1f}").as_bytes()).0;
    let mark = hash[..8].iter().fold(0i64, |mark, byte| (mark << 8) | i64::from(*byte));
    let at_s = (record.at_ms / 1000).clamp(0, u32::MAX.into());
    let present: Option<(i64, i64, i64)> = db
        .prepare_cached("SELECT rowid, at_s, mark FROM find_row WHERE owner = ? AND kind = ? AND id = ?")?
        .query_row(params![record.owner.0, number(record.kind), record.id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let place = match present {
        Some((_, at, m)) if at == at_s && m == mark => return Ok(false),
        Some((place, at, _)) if at == at_s => place,
        Some((place, ..)) => {
            take_away(db, place)?;
            free_place(db, record.kind, at_s)?
        }
        None => free_place(db, record.kind, at_s)?,
    };
    db.prepare_cached("INSERT OR REPLACE INTO find_row (rowid, kind, id, owner, at_s, mark) VALUES (?, ?, ?, ?, ?, ?)")?.execute(params![
        place,
        number(record.kind),
        record.id.0,
        record.owner.0,
        at_s,
        mark
    ])?;
    db.prepare_cached("INSERT OR REPLACE INTO find (rowid, names, pinyin, phone, address, door, note) VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
        place,
        words.names,
        words.pinyin,
        words.phone,
        words.address,
        words.door,
        words.note
    ])?;
    Ok(true)
}

/// Takes away the records of a document that are not among `kept`. The words leave the file when the index is
/// optimised ([`optimize`]); until then they are there and not found.
pub(super) fn keep_only(db: &Connection, owner: Id, kept: &[(FoundKind, Id)]) -> Result<()> {
    let mut query = db.prepare_cached("SELECT rowid, kind, id FROM find_row WHERE owner = ?")?;
    let rows = query.query_map([owner.0], |row| Ok((row.get(0)?, row.get(1)?, Id(row.get(2)?))))?;
    let present: Vec<(i64, i64, Id)> = rows.collect::<rusqlite::Result<_>>()?;
    let gone = present.into_iter().filter(|(_, kind, id)| !kept.iter().any(|(k, i)| number(*k) == *kind && i == id));
    gone.map(|(place, ..)| place).try_for_each(|place| take_away(db, place))
}

/// Takes away all records of a document.
pub(crate) fn forget(db: &Connection, owner: Id) -> Result<()> {
    keep_only(db, owner, &[])
}

/// Merges the index into one piece, which leaves out what was taken away.
pub(crate) fn optimize(db: &Connection) -> Result<()> {
    db.execute("INSERT INTO find (find) VALUES ('optimize')", [])?;
    Ok(())
}

fn take_away(db: &Connection, place: i64) -> Result<()> {
    db.prepare_cached("DELETE FROM find WHERE rowid = ?")?.execute([place])?;
    db.prepare_cached("DELETE FROM find_row WHERE rowid = ?")?.execute([place])?;
    Ok(())
}

/// The next number for a record: after all others of its kind where it has no time, else in its second. Where that
/// is full, spans twice as long are tried, so that many records of one second cost no long search.
fn free_place(db: &Connection, kind: FoundKind, at_s: i64) -> Result<i64> {
    let first = number(kind) << KIND_SHIFT;
    let last_in = |from: i64, to: i64| -> Result<Option<i64>> {
        Ok(db.prepare_cached("SELECT max(rowid) FROM find_row WHERE rowid >= ? AND rowid < ?")?.query_row([from, to], |row| row.get(0))?)
    };
    if matches!(kind, FoundKind::Household | FoundKind::Resident) {
        return Ok(last_in(first, first + (1 << KIND_SHIFT))?.map_or(first, |last| last + 1));
    }
    let (mut from, mut span) = (first + at_s * PLACES, PLACES);
    loop {
        match last_in(from, from + span)? {
            None => return Ok(from),
            Some(last) if last + 1 < from + span => return Ok(last + 1),
            Some(_) => (from, span) = (from + span, span * 2),
        }
    }
}
