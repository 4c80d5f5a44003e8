//! Feeds in SQLite.

use minqing_core::Id;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{Sqlite, accounts::known_officer, log::booking, overview::read_address};
use crate::storage::{Feeds, KeptFeed, NewFeed, OnCalendar, Result, StoreError};

const COLUMNS: &str = "id, community, officer, made_ms, revoked_ms";

impl Feeds for Sqlite {
    fn add_feed(&self, new: &NewFeed) -> Result<()> {
        self.write(|tx| {
            if let Some(officer) = new.officer {
                require_officer(tx, officer, &new.community)?;
            }
            tx.execute(
                "INSERT INTO feed(id, hash, community, officer, made_ms) VALUES(?1, ?2, ?3, ?4, ?5)",
                params![new.id.0, new.hash, new.community, new.officer.map(|officer| officer.0), new.made_ms],
            )?;
            Ok(())
        })
    }

    fn feed(&self, hash: &[u8; 32]) -> Result<Option<KeptFeed>> {
        self.read(|c| {
            let mut query = c.prepare_cached(&format!("SELECT {COLUMNS} FROM feed WHERE hash = ?1 AND revoked_ms IS NULL"))?;
            Ok(query.query_row([hash], read_feed).optional()?)
        })
    }

    fn feeds(&self, community: &str) -> Result<Vec<KeptFeed>> {
        self.read(|c| {
            let mut query = c.prepare_cached(&format!("SELECT {COLUMNS} FROM feed WHERE community = ?1 ORDER BY made_ms, id"))?;
            let feeds = query.query_map([community], read_feed)?;
            Ok(feeds.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn revoke_feed(&self, community: &str, id: Id, now_ms: i64) -> Result<bool> {
        self.write(|tx| {
            let revoked: Option<bool> = tx
                .query_row("SELECT revoked_ms IS NOT NULL FROM feed WHERE id = ?1 AND community = ?2", params![id.0, community], |row| row.get(0))
                .optional()?;
            match revoked {
                None => Err(StoreError::Unknown { what: "feed", id: id.to_string() }),
                Some(true) => Ok(false),
                Some(false) => Ok(tx.execute("UPDATE feed SET revoked_ms = ?2 WHERE id = ?1", params![id.0, now_ms])? == 1),
            }
        })
    }

    fn calendar_mark(&self, community: &str) -> Result<Vec<u8>> {
        self.read(|c| {
            let mut query = c.prepare_cached("SELECT link FROM stream WHERE community = ?1 ORDER BY id")?;
            let links = query.query_map([community], |row| row.get::<_, Vec<u8>>(0))?;
            Ok(links.collect::<rusqlite::Result<Vec<_>>>()?.concat())
        })
    }

    fn on_calendar(&self, community: &str, from_ms: i64, until_ms: i64) -> Result<Vec<OnCalendar>> {
        self.read(|c| {
            let mut beside = c.prepare_cached(
                "SELECT a.changed_ms, coalesce(m.category, ''), h.community, h.estate, h.building, h.stairwell, h.floor, h.room, h.lane, h.door
                 FROM appointment a LEFT JOIN household_row h ON h.id = a.household LEFT JOIN matter_row m ON m.id = a.matter WHERE a.id = ?1",
            )?;
            let mut found = Vec::new();
            for (id, kept) in booking::between(c, community, from_ms, until_ms)? {
                let Some(appointment) = kept.appointment else { continue };
                found.push(beside.query_row([id.0], |row| {
                    Ok(OnCalendar { appointment, judged: kept.judged, changed_ms: row.get(0)?, category: row.get(1)?, address: read_address(row, 2)? })
                })?);
            }
            Ok(found)
        })
    }
}

/// An officer who was disabled has no calendar any more.
pub(super) fn revoke_of(tx: &Transaction<'_>, officer: Id, now_ms: i64) -> Result<()> {
    tx.execute("UPDATE feed SET revoked_ms = ?2 WHERE officer = ?1 AND revoked_ms IS NULL", params![officer.0, now_ms])?;
    Ok(())
}

fn require_officer(c: &Connection, officer: Id, community: &str) -> Result<()> {
    let refused = |what| Err(StoreError::Unknown { what, id: officer.to_string() });
    let (known, _) = known_officer(c, officer)?;
    if known.community != community {
        return refused("officer");
    }
    let disabled: bool = c.query_row("SELECT disabled_ms IS NOT NULL FROM officer WHERE id = ?1", [officer.0], |row| row.get(0))?;
    if disabled { refused("officer_disabled") } else { Ok(()) }
}

fn read_feed(row: &Row<'_>) -> rusqlite::Result<KeptFeed> {
    Ok(KeptFeed {
        id: Id(row.get(0)?),
        community: row.get(1)?,
        officer: row.get::<_, Option<[u8; 16]>>(2)?.map(Id),
        made_ms: row.get(3)?,
        revoked_ms: row.get(4)?,
    })
}
