//! What the office sees at a glance, from the projections.

use std::ops::Range;

use minqing_core::{Id, ids::Device, model::Address};
use rusqlite::{Connection, Row};

use super::{Sqlite, attachments, reading::WHY};
use crate::storage::{Day, DoorSeen, Ended, MatterSeen, Overview, PhoneSeen, Result, VisitSeen};

/// A visit belongs to its household's community, and while that has not arrived to its officer's.
const OF_DAY: &str = "FROM visit_row v LEFT JOIN household_row h ON h.id = v.household LEFT JOIN officer o ON o.id = v.officer
    WHERE v.at_ms >= ?2 AND v.at_ms < ?3 AND coalesce(h.community, o.community) = ?1";

impl Overview for Sqlite {
    fn ready(&self) -> Result<()> {
        self.read(|c| Ok(c.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))?))
    }

    fn day(&self, community: &str, day: Range<i64>, limit: u32) -> Result<Day> {
        self.read(|c| {
            let count = |sql: &str| -> Result<u64> {
                let n: i64 = c.prepare_cached(sql)?.query_row((community, day.start, day.end), |r| r.get(0))?;
                Ok(n.unsigned_abs())
            };
            Ok(Day {
                visit_count: count(&format!("SELECT count(*) {OF_DAY}"))?,
                matter_count: count("SELECT count(*) FROM matter_row WHERE community = ?1 AND at_ms >= ?2 AND at_ms < ?3")?,
                visits: visits(c, community, &day, limit)?,
                matters: matters(c, community, limit)?,
            })
        })
    }

    fn doors(&self, grid: &str, place: &Address) -> Result<Vec<DoorSeen>> {
        // Beside a greatest value SQLite gives the row that has it.
        let sql = "SELECT h.id, h.community, h.estate, h.building, h.stairwell, h.floor, h.room, h.lane, h.door, v.outcome, max(v.at_ms)
                   FROM household_row h LEFT JOIN visit_row v ON v.household = h.id
                   WHERE h.community = substr(?1, 1, 12) AND h.grid = ?1 AND h.estate = ?2 AND h.building = ?3 AND h.stairwell = ?4
                   GROUP BY h.id ORDER BY h.id LIMIT 1000";
        self.read(|c| {
            let mut found = c.prepare_cached(sql)?;
            let doors = found.query_map((grid, &place.estate, &place.building, &place.stairwell), |r| {
                let last = r.get::<_, Option<i64>>(10)?.map(|at_ms| Ok::<_, rusqlite::Error>((at_ms, r.get(9)?))).transpose()?;
                Ok(DoorSeen { household: Id(r.get(0)?), address: read_address(r, 1)?.unwrap_or_default(), last })
            })?;
            Ok(doors.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn phones(&self, community: &str) -> Result<Vec<PhoneSeen>> {
        let sql = "SELECT o.id, o.name, d.number, coalesce(d.app, ''), coalesce(d.enrolled_ms, 0), d.last_exchange_ms, d.clone_suspected_ms,
                          d.reading_ended_ms, d.reading_ended_why
                   FROM officer o LEFT JOIN device d ON d.officer = o.id WHERE o.community = ?1 ORDER BY o.name, o.id, d.enrolled_ms, d.number";
        self.read(|c| {
            let mut found = c.prepare_cached(sql)?;
            Ok(found.query_map([community], read_phone)?.collect::<Result<_, _>>()?)
        })
    }
}

fn visits(c: &Connection, community: &str, day: &Range<i64>, limit: u32) -> Result<Vec<VisitSeen>> {
    let sql = format!(
        "SELECT v.at_ms, v.outcome, v.note, coalesce(o.name, ''),
                h.community, h.estate, h.building, h.stairwell, h.floor, h.room, h.lane, h.door, v.id
         {OF_DAY} ORDER BY v.at_ms DESC, v.id LIMIT ?4"
    );
    let mut found = c.prepare_cached(&sql)?;
    let rows = found.query_map((community, day.start, day.end, limit), |r| Ok((read_visit(r)?, r.get::<_, Vec<u8>>("id")?)))?;
    rows.map(|row| row.map_err(Into::into).and_then(|(visit, id)| Ok(VisitSeen { files: attachments::of_record(c, &id)?, ..visit }))).collect()
}

fn matters(c: &Connection, community: &str, limit: u32) -> Result<Vec<MatterSeen>> {
    let sql = "SELECT code, category, text, state, id FROM matter_row WHERE community = ?1 ORDER BY at_ms DESC, id LIMIT ?2";
    let read = |r: &Row| {
        let matter = MatterSeen { id: Id(r.get(4)?), code: r.get(0)?, category: r.get(1)?, text: r.get(2)?, state: r.get(3)?, files: Vec::new() };
        Ok((matter, r.get::<_, Vec<u8>>(4)?))
    };
    let mut found = c.prepare_cached(sql)?;
    let rows = found.query_map((community, limit), read)?;
    rows.map(|row| row.map_err(Into::into).and_then(|(matter, id)| Ok(MatterSeen { files: attachments::of_record(c, &id)?, ..matter }))).collect()
}

fn read_visit(r: &Row) -> rusqlite::Result<VisitSeen> {
    Ok(VisitSeen { at_ms: r.get(0)?, address: read_address(r, 4)?, outcome: r.get(1)?, note: r.get(2)?, officer: r.get(3)?, files: Vec::new() })
}

/// An address of eight columns from `first` on; `None` where the household has not arrived.
pub(super) fn read_address(r: &Row, first: usize) -> rusqlite::Result<Option<Address>> {
    let Some(community) = r.get(first)? else { return Ok(None) };
    Ok(Some(Address {
        community,
        estate: r.get(first + 1)?,
        building: r.get(first + 2)?,
        stairwell: r.get(first + 3)?,
        floor: r.get(first + 4)?,
        room: r.get(first + 5)?,
        lane: r.get(first + 6)?,
        door: r.get(first + 7)?,
    }))
}

fn read_phone(r: &Row) -> rusqlite::Result<PhoneSeen> {
    let why: Option<String> = r.get(8)?;
    // A reason that this server does not know is the office's.
    let why = WHY.iter().find(|(_, word)| why.as_deref() == Some(word)).map_or(Ended::Office, |(why, _)| *why);
    Ok(PhoneSeen {
        officer: Id(r.get(0)?),
        name: r.get(1)?,
        number: r.get::<_, Option<u32>>(2)?.map(Device),
        app: r.get(3)?,
        enrolled_ms: r.get(4)?,
        last_exchange_ms: r.get(5)?,
        clone_suspected_ms: r.get(6)?,
        reading_ended: r.get::<_, Option<i64>>(7)?.map(|ms| (ms, why)),
    })
}
