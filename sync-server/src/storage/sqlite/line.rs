//! The line in SQLite.

use minqing_core::{
    Id,
    envelope::ItemKind,
    event::{Event, Fact},
    frame::{MAX_ITEM, unpack},
    model::{Category, MatterState},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    Sqlite, damaged,
    log::{matter, moving, shown},
};
use crate::{
    projection::MatterShown,
    storage::{Department, Line, Result, StoreError, log::KeptMatter},
};

impl Line for Sqlite {
    fn kept_matter(&self, id: Id) -> Result<Option<KeptMatter>> {
        self.read(|c| matter::one(c, id))
    }

    fn told_of(&self, id: Id) -> Result<(Vec<Event>, Vec<Fact>)> {
        self.read(|c| told_of(c, id))
    }

    fn matter_of_code(&self, code: &str) -> Result<Option<Id>> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT id FROM matter_row WHERE code = ?1 ORDER BY at_ms, id LIMIT 1")?;
            Ok(query.query_map([code], |row| row.get(0).map(Id))?.next().transpose()?)
        })
    }

    fn matter_row(&self, id: Id) -> Result<Option<MatterShown>> {
        self.read(|c| shown::matter(c, id))
    }

    fn matters_in(&self, community: &str, state: Option<MatterState>, after: Option<Id>, limit: u32) -> Result<Vec<MatterShown>> {
        self.read(|c| {
            let sql = "SELECT * FROM matter_row WHERE community = ?1 AND (?2 IS NULL OR state = ?2) AND id > ?3 ORDER BY id LIMIT ?4";
            let mut query = c.prepare_cached(sql)?;
            let rows = query.query_map(params![community, state.map(MatterState::word), after.unwrap_or(Id([0; 16])).0, limit], shown::read_matter)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn departments(&self, community: &str) -> Result<Vec<Department>> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT id, community, name, answers, closed, categories FROM department WHERE community = ?1 ORDER BY name")?;
            let rows = query.query_map([community], read_department)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn put_to_work(&self, staff: Id, department: Id) -> Result<()> {
        self.write(|tx| {
            tx.execute("INSERT OR IGNORE INTO works_for(staff, department) VALUES(?1, ?2)", params![staff.0, department.0])?;
            Ok(())
        })
    }

    fn works_for(&self, staff: Id) -> Result<Vec<Id>> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT department FROM works_for WHERE staff = ?1 ORDER BY department")?;
            let rows = query.query_map([staff.0], |row| row.get(0).map(Id))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn read_department(row: &Row<'_>) -> rusqlite::Result<Department> {
    let words: String = row.get(5)?;
    let categories = words.split_whitespace().filter_map(Category::from_word).collect();
    Ok(Department { id: Id(row.get(0)?), community: row.get(1)?, name: row.get(2)?, answers: row.get(3)?, closed: row.get(4)?, categories })
}

/// Keeps a department as it is now; another one's name is refused.
pub(super) fn keep_department(c: &Connection, d: &Department) -> Result<()> {
    let mut taken = c.prepare_cached("SELECT 1 FROM department WHERE community = ?1 AND name = ?2 AND id <> ?3")?;
    if taken.exists(params![d.community, d.name, d.id.0])? {
        return Err(StoreError::Exists { what: "department" });
    }
    let words: Vec<_> = d.categories.iter().map(|category| category.word()).collect();
    let sql = "INSERT INTO department(id, community, name, answers, closed, categories) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT(id) DO UPDATE SET name = excluded.name, answers = excluded.answers, closed = excluded.closed, categories = excluded.categories";
    c.prepare_cached(sql)?.execute(params![d.id.0, d.community, d.name, d.answers, d.closed, words.join(" ")])?;
    Ok(())
}

/// A matter's events and facts in its home.
pub(super) fn told_of(c: &Connection, id: Id) -> Result<(Vec<Event>, Vec<Fact>)> {
    let home: Option<i64> = c
        .prepare_cached("SELECT stream FROM matter WHERE id = ?1 UNION ALL SELECT stream FROM appointment WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    let Some(home) = home else { return Ok((Vec::new(), Vec::new())) };
    // What stood there before it left, or was erased, is said again.
    let begins = moving::begins(c, id, home, i64::MAX.cast_unsigned())?;
    let sql = "SELECT kind, body FROM log INDEXED BY log_doc WHERE doc = ?1 AND kind <> 1 AND body IS NOT NULL AND stream = ?2 AND seq > ?3 ORDER BY seq";
    let mut query = c.prepare_cached(sql)?;
    let rows: Vec<(u8, Vec<u8>)> =
        query.query_map(params![id.0, home, begins.cast_signed()], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let (mut events, mut facts) = (Vec::new(), Vec::new());
    for (kind, body) in rows {
        let bytes = unpack(&body, MAX_ITEM).map_err(|_| damaged("log"))?;
        match ItemKind::from_number(kind) {
            Some(ItemKind::Event) => events.extend(Event::decode(&bytes).ok()),
            _ => facts.extend(Fact::decode(&bytes).ok()),
        }
    }
    Ok((events, facts))
}
