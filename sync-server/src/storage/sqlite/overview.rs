//! What the office sees at a glance, from the projections.

use std::ops::Range;

use minqing_core::{Id, ids::Device, model::Address};
use rusqlite::{Connection, Params, Row};

use super::{
    Sqlite, attachments,
    cards::REFUSED,
    log::{ASIDE, PARKED},
    reading::WHY,
};
use crate::storage::{BuildingSeen, Day, DoorSeen, Ended, MatterSeen, Overview, PhoneSeen, Result, VisitSeen};

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
        let of = "h.community = substr(?1, 1, 12) AND h.grid = ?1 AND h.estate = ?2 AND h.building = ?3 AND h.stairwell = ?4";
        self.read(|c| doors(c, of, 1000, (grid, &place.estate, &place.building, &place.stairwell)))
    }

    fn buildings(&self, community: &str, grid: Option<&str>, since_ms: i64) -> Result<Vec<BuildingSeen>> {
        let sql = "SELECT h.estate, h.building, CASE h.building WHEN '' THEN h.lane ELSE '' END AS lane, group_concat(DISTINCT h.grid), count(*),
                          sum(EXISTS(SELECT 1 FROM visit_row v WHERE v.household = h.id AND v.at_ms >= ?3 AND v.outcome <> 'nobody_in'))
                   FROM household_row h WHERE h.community = ?1 AND (?2 IS NULL OR h.grid = ?2) AND h.merged_into IS NULL GROUP BY 1, 2, 3";
        self.read(|c| {
            let mut found = c.prepare_cached(sql)?;
            let read = |r: &Row<'_>| {
                let grids = r.get::<_, String>(3)?.split(',').map(str::to_owned).collect();
                Ok(BuildingSeen { estate: r.get(0)?, building: r.get(1)?, lane: r.get(2)?, grids, doors: r.get(4)?, met: r.get(5)? })
            };
            Ok(found.query_map((community, grid, since_ms), read)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn building(&self, community: &str, at: &BuildingSeen) -> Result<Vec<DoorSeen>> {
        let of = "h.community = ?1 AND h.estate = ?2 AND h.building = ?3 AND (h.building <> '' OR h.lane = ?4) AND h.merged_into IS NULL";
        self.read(|c| doors(c, of, 2000, (community, &at.estate, &at.building, &at.lane)))
    }

    fn exchanges(&self, community: &str, since_ms: i64) -> Result<Vec<(Device, i64, u32)>> {
        let sql = "SELECT n.device, n.day_ms, n.exchanges FROM officer o JOIN device d ON d.officer = o.id JOIN device_day n ON n.device = d.number
                   WHERE o.community = ?1 AND n.day_ms >= ?2 ORDER BY n.device, n.day_ms";
        self.read(|c| {
            let mut found = c.prepare_cached(sql)?;
            let rows = found.query_map((community, since_ms), |r| Ok((Device(r.get(0)?), r.get(1)?, r.get(2)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn phones(&self, community: &str) -> Result<Vec<PhoneSeen>> {
        let sql = format!(
            "WITH refused AS (SELECT r.officer, count(*) AS n {REFUSED} GROUP BY r.officer)
             SELECT o.id, o.name, d.number, coalesce(d.app, ''), coalesce(d.enrolled_ms, 0), d.last_exchange_ms, d.clone_suspected_ms,
                    d.reading_ended_ms, d.reading_ended_why, d.revoked_ms IS NOT NULL, coalesce(d.unsent, 0), coalesce(d.skew_ms, 0),
                    (SELECT count(*) FROM inbox i WHERE i.device = d.number AND i.state IN ({PARKED}, {ASIDE})),
                    coalesce(refused.n, 0), d.room_mib
             FROM officer o LEFT JOIN device d ON d.officer = o.id LEFT JOIN refused ON refused.officer = o.id WHERE o.community = ?1 ORDER BY o.name, o.id, d.enrolled_ms, d.number"
        );
        self.read(|c| {
            let mut found = c.prepare_cached(&sql)?;
            Ok(found.query_map([community], read_phone)?.collect::<Result<_, _>>()?)
        })
    }
}

/// Doors, each with its last visit: beside a greatest value SQLite gives the row that has it.
fn doors(c: &Connection, of: &str, most: u32, given: impl Params) -> Result<Vec<DoorSeen>> {
    let sql = format!(
        "SELECT h.id, h.community, h.estate, h.building, h.stairwell, h.floor, h.room, h.lane, h.door, v.outcome, max(v.at_ms)
         FROM household_row h LEFT JOIN visit_row v ON v.household = h.id WHERE {of} GROUP BY h.id ORDER BY h.id LIMIT {most}"
    );
    let mut found = c.prepare_cached(&sql)?;
    let read = |r: &Row<'_>| {
        let last = r.get::<_, Option<i64>>(10)?.map(|at_ms| Ok::<_, rusqlite::Error>((at_ms, r.get(9)?))).transpose()?;
        Ok(DoorSeen { household: Id(r.get(0)?), address: read_address(r, 1)?.unwrap_or_default(), last })
    };
    Ok(found.query_map(given, read)?.collect::<rusqlite::Result<_>>()?)
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
        revoked: r.get(9)?,
        unsent: r.get(10)?,
        skew_ms: r.get(11)?,
        aside: r.get(12)?,
        refused: r.get(13)?,
        room_mib: r.get(14)?,
    })
}
