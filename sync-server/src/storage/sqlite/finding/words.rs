//! The words of matters: written with each matter's row, and found again.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::super::log::shown;
use crate::{
    projection::{MatterShown, WordsShown, key, words},
    storage::Result,
};

/// Most words that are looked for at once; the rarest.
const MOST: usize = 32;
/// Up to how many it is counted how often a word stands.
const COUNTED: i64 = 1_000;

/// Writes the words of a matter that is about to be shown. `before`: as it was shown until now.
pub(in crate::storage::sqlite) fn put(c: &Connection, before: Option<&MatterShown>, row: &MatterShown) -> Result<()> {
    // Most events say nothing new of it, and to make the words is dear.
    if before.is_some_and(|before| (&before.community, &before.text, &before.place) == (&row.community, &row.text, &row.place)) {
        return Ok(());
    }
    let (had, has) = (before.map(WordsShown::of).unwrap_or_default(), WordsShown::of(row));
    let n = number(c, row.id)?;
    let mut delete = c.prepare_cached("DELETE FROM matter_word WHERE key = ?1 AND n = ?2")?;
    had.keys.difference(&has.keys).try_for_each(|key| delete.execute((key, n)).map(drop))?;
    write(c, n, &has)
}

fn write(c: &Connection, n: i64, words: &WordsShown) -> Result<()> {
    let mut put = c.prepare_cached("INSERT OR IGNORE INTO matter_word(key, n) VALUES(?1, ?2)")?;
    words.keys.iter().try_for_each(|key| put.execute((key, n)).map(drop))?;
    Ok(())
}

/// The number of a matter; a new one gets the next.
fn number(c: &Connection, matter: [u8; 16]) -> Result<i64> {
    let known = c.prepare_cached("SELECT n FROM matter_number WHERE matter = ?1")?.query_row([matter], |r| r.get(0)).optional()?;
    if let Some(n) = known {
        return Ok(n);
    }
    c.prepare_cached("INSERT INTO matter_number(matter) VALUES(?1)")?.execute([matter])?;
    Ok(c.last_insert_rowid())
}

/// Numbers the matters that have no number yet, the oldest first.
pub(super) fn number_all(c: &Connection) -> Result<()> {
    let sql = "INSERT INTO matter_number(matter) SELECT id FROM matter_row WHERE id NOT IN (SELECT matter FROM matter_number) ORDER BY at_ms, id";
    Ok(c.execute(sql, []).map(drop)?)
}

/// Writes the words of so many matters after a number; the last of them, `None` at the end.
pub(super) fn fill(c: &Connection, after: i64, batch: u32) -> Result<Option<i64>> {
    let sql = "SELECT f.n, m.* FROM matter_number f JOIN matter_row m ON m.id = f.matter WHERE f.n > ?1 ORDER BY f.n LIMIT ?2";
    let read = |row: &Row<'_>| Ok((row.get("n")?, shown::read_matter(row)?));
    let rows: Vec<(i64, MatterShown)> = c.prepare_cached(sql)?.query_map(params![after, batch], read)?.collect::<rusqlite::Result<_>>()?;
    rows.iter().try_for_each(|(n, row)| write(c, *n, &WordsShown::of(row)))?;
    Ok(rows.last().map(|(n, _)| *n))
}

/// The words of all matters that have any, by matter.
pub(in crate::storage::sqlite) fn all(c: &Connection) -> Result<Vec<WordsShown>> {
    let mut query = c.prepare("SELECT f.matter, w.key FROM matter_word w LEFT JOIN matter_number f ON f.n = w.n")?;
    let mut found: BTreeMap<[u8; 16], WordsShown> = BTreeMap::new();
    // A word of no matter stands under sixteen zeros, and is told when it is compared.
    for row in query.query_map([], |r| Ok((r.get::<_, Option<[u8; 16]>>(0)?.unwrap_or_default(), r.get(1)?)))? {
        let (matter, key) = row?;
        found.entry(matter).or_insert_with(|| WordsShown { matter, ..WordsShown::default() }).keys.insert(key);
    }
    Ok(found.into_values().collect())
}

/// The words of a text with how often each stands in the community, as far as that is counted, the rarest first.
pub(super) fn rarest(c: &Connection, community: &str, text: &str) -> Result<Vec<(i64, i64)>> {
    let mut count = c.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM matter_word WHERE key = ?1 LIMIT ?2)")?;
    let keys = words(text).into_iter().map(|word| key(community, &word));
    let mut found = keys.map(|key| Ok((count.query_row((key, COUNTED), |r| r.get(0))?, key))).collect::<Result<Vec<(i64, i64)>>>()?;
    found.sort_unstable();
    found.truncate(MOST);
    Ok(found.into_iter().map(|(times, key)| (key, times)).collect())
}

/// The matters that have all words of what was typed, newest first.
pub(super) fn having_all(c: &Connection, community: &str, typed: &str, limit: u32) -> Result<Vec<MatterShown>> {
    let keys = rarest(c, community, typed)?;
    // From the rarest word on, each matter is asked whether it has the others.
    let Some(((first, _), others)) = keys.split_first().filter(|((_, times), _)| *times > 0) else { return Ok(Vec::new()) };
    let has = "AND EXISTS(SELECT 1 FROM matter_word x WHERE x.key = ? AND x.n = w.n) ".repeat(others.len());
    let sql = format!(
        "SELECT m.* FROM matter_word w CROSS JOIN matter_number f ON f.n = w.n CROSS JOIN matter_row m ON m.id = f.matter WHERE w.key = ? {has} ORDER BY w.n DESC LIMIT ?"
    );
    let given = std::iter::once(*first).chain(others.iter().map(|(key, _)| *key)).chain([i64::from(limit)]);
    let mut query = c.prepare_cached(&sql)?;
    Ok(query.query_map(params_from_iter(given), shown::read_matter)?.collect::<rusqlite::Result<_>>()?)
}

/// The newest matters that have a word, by number.
pub(super) fn newest(c: &Connection, key: i64, limit: i64) -> Result<Vec<i64>> {
    let mut query = c.prepare_cached("SELECT n FROM matter_word WHERE key = ?1 ORDER BY n DESC LIMIT ?2")?;
    Ok(query.query_map(params![key, limit], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The matter of a number.
pub(super) fn numbered(c: &Connection, n: i64) -> Result<Option<MatterShown>> {
    let mut query = c.prepare_cached("SELECT m.* FROM matter_number f JOIN matter_row m ON m.id = f.matter WHERE f.n = ?1")?;
    Ok(query.query_row([n], shown::read_matter).optional()?)
}
