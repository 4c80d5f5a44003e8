//! Finding matters in SQLite: by code, by plate, by words.

mod like;
mod words;

use minqing_core::{Id, ids::normal_code, model::Address};
use rusqlite::{Connection, params};

use super::{Sqlite, log::shown, overview::read_address};
use crate::{
    projection::{MatterShown, plate_begins, plate_parts},
    storage::{Alike, Finding, Likeness, Result},
};

pub(super) use words::{all, put};

/// Characters of a code.
const CODE: usize = 8;
/// Matters whose words are written in one transaction.
const BATCH: u32 = 1_000;

impl Finding for Sqlite {
    fn matters_found(&self, community: &str, typed: &str, limit: u32) -> Result<Vec<MatterShown>> {
        self.read(|c| {
            let by_code = by_code(c, community, typed)?;
            if !by_code.is_empty() {
                return Ok(by_code);
            }
            let most = limit as usize;
            let mut found = by_plate(c, community, typed, limit)?;
            if found.len() < most {
                let more = words::having_all(c, community, typed, limit)?;
                found.extend(more.into_iter().filter(|m| found.iter().all(|f| f.id != m.id)).collect::<Vec<_>>());
                found.truncate(most);
            }
            Ok(found)
        })
    }

    fn matters_at(&self, household: Id, limit: u32) -> Result<Vec<MatterShown>> {
        self.read(|c| at_door(c, household, limit))
    }

    fn matters_like(&self, like: &Likeness, limit: usize) -> Result<Vec<Alike>> {
        self.read(|c| like::alike(c, like, limit))
    }

    fn fill_words(&self) -> Result<()> {
        if !self.read(|c| Ok(c.query_row("SELECT EXISTS(SELECT 1 FROM meta WHERE key = 'fill_words')", [], |r| r.get(0))?))? {
            return Ok(());
        }
        tracing::info!("the words of matters that older servers kept are written");
        self.write(|tx| words::number_all(tx))?;
        let mut at = Some(0);
        while let Some(after) = at {
            at = self.write(|tx| words::fill(tx, after, BATCH))?;
        }
        self.write(|tx| Ok(tx.execute("DELETE FROM meta WHERE key = 'fill_words'", []).map(drop)?))
    }
}

fn by_code(c: &Connection, community: &str, typed: &str) -> Result<Vec<MatterShown>> {
    let Some(code) = normal_code(typed).filter(|code| code.len() == CODE) else { return Ok(Vec::new()) };
    let mut query = c.prepare_cached("SELECT * FROM matter_row WHERE code = ?1 AND +community = ?2 ORDER BY at_ms, id")?;
    Ok(query.query_map([&code, community], shown::read_matter)?.collect::<rusqlite::Result<_>>()?)
}

/// The matters at all doors whose plate begins so.
fn by_plate(c: &Connection, community: &str, typed: &str, limit: u32) -> Result<Vec<MatterShown>> {
    let mut found = Vec::new();
    if let Some(parts) = plate_parts(typed) {
        for door in doors(c, community, |a| plate_begins([&a.building, &a.stairwell, &a.room], [&a.lane, &a.door], &parts))? {
            found.extend(at_door(c, door, limit)?);
        }
    }
    found.sort_by(|a: &MatterShown, b| b.at_ms.cmp(&a.at_ms).then_with(|| b.id.cmp(&a.id)));
    found.truncate(limit as usize);
    Ok(found)
}

/// The doors of a community that are meant, also those that turned out to be one of them.
fn doors(c: &Connection, community: &str, is_meant: impl Fn(&Address) -> bool) -> Result<Vec<Id>> {
    let sql = "SELECT id, merged_into, community, estate, building, stairwell, floor, room, lane, door FROM household_row WHERE community = ?1";
    let mut query = c.prepare_cached(sql)?;
    let mut rows = query.query([community])?;
    let (mut meant, mut merged) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (id, into) = (Id(row.get(0)?), row.get::<_, Option<[u8; 16]>>(1)?.map(Id));
        merged.extend(into.map(|into| (id, into)));
        if read_address(row, 2)?.is_some_and(|address| is_meant(&address)) {
            meant.push(id);
        }
    }
    let also: Vec<Id> = merged.into_iter().filter(|(id, into)| meant.contains(into) && !meant.contains(id)).map(|(id, _)| id).collect();
    meant.extend(also);
    Ok(meant)
}

/// The newest matters at a door.
fn at_door(c: &Connection, door: Id, limit: u32) -> Result<Vec<MatterShown>> {
    let sql = "SELECT * FROM matter_row WHERE id IN (SELECT id FROM matter_row WHERE household = ?1 UNION SELECT id FROM matter_row WHERE found_door = ?1)
               ORDER BY at_ms DESC, id DESC LIMIT ?2";
    let mut query = c.prepare_cached(sql)?;
    Ok(query.query_map(params![door.0, limit], shown::read_matter)?.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projection::WordsShown,
        testing::{COMMUNITY, Counting, Hands},
    };

    #[test]
    fn words_that_an_older_server_did_not_write_are_written_once() {
        let dir = tempfile::tempdir().unwrap();
        let store = Sqlite::open(dir.path(), &Hands::default(), &Counting::default()).unwrap();
        let many = i64::from(2 * BATCH + 1);
        let old = "INSERT INTO matter_row(id, community, household, code, kind, channel, category, text, place, state, officer, at_ms, register)
                   VALUES(?1, ?2, NULL, '', '', '', '', ?3, '', 'registered', zeroblob(16), ?4, zeroblob(16))";
        store
            .write(|tx| {
                for n in 1..=many {
                    let mut id = [0; 16];
                    id[..8].copy_from_slice(&n.to_be_bytes());
                    tx.execute(old, params![id, COMMUNITY, if n == many { "楼道漏水" } else { "楼道" }, n])?;
                }
                Ok(tx.execute("INSERT INTO meta(key, value) VALUES('fill_words', 1)", [])?)
            })
            .unwrap();
        let found = |typed| store.matters_found(COMMUNITY, typed, u32::MAX).unwrap();
        assert_eq!(found("楼道").len(), 0);
        store.fill_words().unwrap();
        assert_eq!((found("楼道").len(), found("漏水").len(), found("楼道 漏水")[0].at_ms), (many as usize, 1, many));
        let words = |store: &Sqlite| store.read(all).unwrap();
        let once = words(&store);
        assert_eq!(once.len(), many as usize);
        store.fill_words().unwrap();
        assert!(words(&store) == once && once.iter().all(|words: &WordsShown| !words.keys.is_empty()));
    }
}
