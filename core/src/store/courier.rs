//! Sealed bundles of colleagues that this phone carries to the office, unread.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{Error, Result, envelope::Hash, ids::Device};

/// Most bundles that one phone carries.
const MOST: i64 = 64;

/// A bundle as lists show it.
pub(crate) struct Kept {
    pub(crate) id: i64,
    pub(crate) device: u32,
    pub(crate) at_ms: i64,
    pub(crate) bytes: u64,
    pub(crate) problem: Option<String>,
}

/// Keeps a bundle; the same one again is kept once.
pub(crate) fn put(db: &Connection, device: Device, at_ms: i64, bytes: &[u8]) -> Result<()> {
    let waiting: i64 = db.query_row("SELECT count(*) FROM courier WHERE bytes IS NOT NULL", [], |row| row.get(0))?;
    if waiting >= MOST {
        return Err(Error::State("bundle.too_many"));
    }
    db.execute(
        "INSERT INTO courier (hash, device, at_ms, bytes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (hash) DO UPDATE SET bytes = ?4, problem = NULL",
        params![Hash::of(bytes).0, device.0, at_ms, bytes],
    )?;
    Ok(())
}

/// All that are carried or were refused, in the order in which they came.
pub(crate) fn all(db: &Connection) -> Result<Vec<Kept>> {
    let mut query = db.prepare("SELECT id, device, at_ms, coalesce(length(bytes), 0), problem FROM courier ORDER BY id")?;
    let rows = query.query_map([], |row| {
        Ok(Kept { id: row.get(0)?, device: row.get(1)?, at_ms: row.get(2)?, bytes: row.get::<_, i64>(3)? as u64, problem: row.get(4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The next bundle behind one.
pub(crate) fn next(db: &Connection, behind: i64) -> Result<Option<(i64, Vec<u8>)>> {
    let next = "SELECT id, bytes FROM courier WHERE id > ? AND bytes IS NOT NULL ORDER BY id LIMIT 1";
    Ok(db.prepare_cached(next)?.query_row([behind], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// The office has it, or whoever holds this phone has read why it does not; whether it was here.
pub(crate) fn forget(db: &Connection, id: i64) -> Result<bool> {
    Ok(db.execute("DELETE FROM courier WHERE id = ?", [id])? == 1)
}

/// Notes why the office does not take one; `keep`: it may later.
pub(crate) fn set_problem(db: &Connection, id: i64, code: &str, keep: bool) -> Result<()> {
    db.execute("UPDATE courier SET problem = ?2, bytes = CASE WHEN ?3 THEN bytes END WHERE id = ?1", params![id, code, keep])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_carried_once_until_the_office_has_it() {
        let mut db = Connection::open_in_memory().unwrap();
        super::super::migrations::run(&mut db).unwrap();
        for bytes in [b"one".as_slice(), b"two", b"one"] {
            put(&db, Device(7), 5, bytes).unwrap();
        }
        assert_eq!(all(&db).unwrap().len(), 2);
        let (first, bytes) = next(&db, 0).unwrap().unwrap();
        assert_eq!(bytes, b"one");
        let (second, _) = next(&db, first).unwrap().unwrap();
        assert!(next(&db, second).unwrap().is_none());
        set_problem(&db, first, "bundle.newer", true).unwrap();
        set_problem(&db, second, "bundle.malformed", false).unwrap();
        let told: Vec<_> = all(&db).unwrap().into_iter().map(|kept| (kept.bytes, kept.problem.unwrap())).collect();
        assert_eq!(told, [(3, "bundle.newer".to_owned()), (0, "bundle.malformed".to_owned())]);
        assert_eq!(next(&db, 0).unwrap().unwrap().0, first);
        assert!(forget(&db, first).unwrap() && !forget(&db, first).unwrap());
        (0..MOST).for_each(|n| put(&db, Device(7), 5, format!("bundle {n}").as_bytes()).unwrap());
        assert_eq!(put(&db, Device(7), 5, b"one more").unwrap_err().code(), "bundle.too_many");
    }
}
