//! Officers, codes and phones in SQLite.

use std::collections::BTreeSet;

use minqing_core::{
    Id,
    ids::Device,
    model::{Background, Officer},
};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::{IntoDeserializer, value::Error as WordError};

use super::{Sqlite, areas::add_stream, damaged, reading};
use crate::storage::{Accounts, Enrolment, KnownDevice, NewDevice, OfficerSeen, RefreshToken, Result, Rotation, Scope, StoreError};

impl Accounts for Sqlite {
    fn history(&self) -> Result<[u8; 16]> {
        self.read(|c| Ok(c.prepare_cached("SELECT value FROM meta WHERE key = 'history'")?.query_row([], |r| r.get(0))?))
    }

    fn add_officer(&self, officer: &Officer, now_ms: i64) -> Result<()> {
        self.write(|tx| {
            let commons = format!("commons:{}", officer.community);
            require_stream(tx, &commons, &officer.community, "community", &officer.community)?;
            let streams = streams_of(tx, officer.id, &officer.community, &officer.grids)?;
            add_stream(tx, "person", &officer.id.to_string(), &officer.community)?;
            tx.execute(
                "INSERT INTO officer(id, name, community, background, party_member, created_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                (officer.id.0, &officer.name, &officer.community, background_word(officer.background), officer.party_member, now_ms),
            )?;
            let list = serde_json::to_string(&streams).map_err(|_| damaged("scope"))?;
            tx.execute("INSERT INTO officer_scope(officer, version, streams) VALUES(?1, 1, ?2)", (officer.id.0, list))?;
            Ok(())
        })
    }

    fn officer(&self, id: Id) -> Result<Option<Officer>> {
        self.read(|c| Ok(read_officer(c, id)?.map(|(officer, _)| officer)))
    }

    fn scope(&self, officer: Id) -> Result<Option<Scope>> {
        self.read(|c| newest_scope(c, officer))
    }

    fn add_code(&self, hash: &[u8; 32], officer: Id, expires_ms: i64) -> Result<()> {
        self.write(|tx| {
            let known = tx.query_row("SELECT disabled_ms FROM officer WHERE id = ?1", [officer.0], |r| r.get::<_, Option<i64>>(0)).optional()?;
            let refused = |what| Err(StoreError::Unknown { what, id: officer.to_string() });
            match known {
                None => return refused("officer"),
                Some(Some(_)) => return refused("officer_disabled"),
                Some(None) => {}
            }
            tx.execute("INSERT INTO enrol_code(hash, officer, expires_ms) VALUES(?1, ?2, ?3)", (hash, officer.0, expires_ms))?;
            Ok(())
        })
    }

    fn enrol(&self, code: &[u8; 32], device: &NewDevice, now_ms: i64) -> Result<Enrolment> {
        self.write(|tx| {
            // A code for an officer who was disabled since is over.
            let sql = "SELECT c.officer, iif(o.disabled_ms IS NULL, c.expires_ms, 0), c.used_by IS NOT NULL
                       FROM enrol_code c JOIN officer o ON o.id = c.officer WHERE c.hash = ?1";
            let found: Option<([u8; 16], i64, bool)> = tx.query_row(sql, [code], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).optional()?;
            let Some((officer, expires_ms, used)) = found else { return Ok(Enrolment::CodeUnknown) };
            if used {
                return Ok(Enrolment::CodeUsed);
            }
            if now_ms >= expires_ms {
                return Ok(Enrolment::CodeExpired);
            }
            let added = tx.execute(
                "INSERT INTO device(number, officer, sign_key, seal_key, app, enrolled_ms, refresh_hash)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(number) DO NOTHING",
                (device.number.0, officer, device.sign_key, device.seal_key, &device.app, now_ms, device.refresh.hash()),
            )?;
            if added == 0 {
                return Ok(Enrolment::NumberTaken);
            }
            tx.execute("UPDATE enrol_code SET used_by = ?2 WHERE hash = ?1", (code, device.number.0))?;
            let (officer, scope) = read_officer(tx, Id(officer))?.ok_or_else(|| damaged("officer"))?;
            Ok(Enrolment::Done { officer, scope })
        })
    }

    fn device(&self, number: Device) -> Result<Option<KnownDevice>> {
        let sql = "SELECT officer, sign_key, seal_key FROM device WHERE number = ?1";
        let read = |r: &Row| Ok(KnownDevice { number, officer: Id(r.get(0)?), sign_key: r.get(1)?, seal_key: r.get(2)? });
        self.read(|c| Ok(c.prepare_cached(sql)?.query_row([number.0], read).optional()?))
    }

    fn refresh_mark(&self, number: Device) -> Result<Option<[u8; 8]>> {
        let sql = "SELECT substr(refresh_hash, 1, 8) FROM device WHERE number = ?1";
        self.read(|c| Ok(c.prepare_cached(sql)?.query_row([number.0], |r| r.get(0)).optional()?))
    }

    fn officers(&self, community: Option<&str>) -> Result<Vec<OfficerSeen>> {
        self.read(|c| {
            let mut found = c.prepare_cached("SELECT id, disabled_ms FROM officer WHERE ?1 IS NULL OR community = ?1 ORDER BY name, id")?;
            let rows: Vec<([u8; 16], Option<i64>)> = found.query_map([community], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
            let seen = |(id, disabled_ms)| Ok(read_officer(c, Id(id))?.map(|(officer, _)| OfficerSeen { officer, disabled_ms }));
            rows.into_iter().map(seen).filter_map(Result::transpose).collect()
        })
    }

    fn disable_officer(&self, officer: Id, since_ms: Option<i64>) -> Result<()> {
        self.write(|tx| reading::disable(tx, officer, since_ms))
    }

    fn rotate_refresh(&self, number: Device, shown: &RefreshToken, random: &[u8; 24], now_ms: i64) -> Result<Rotation> {
        self.write(|tx| reading::rotate(tx, number, shown, random, now_ms))
    }

    fn renew(&self, number: Device, mark: &[u8; 8], random: &[u8; 24], now_ms: i64) -> Result<Option<RefreshToken>> {
        self.write(|tx| reading::renew(tx, number, mark, random, now_ms))
    }

    fn reading_ended(&self, number: Device) -> Result<bool> {
        self.read(|c| reading::ended(c, number))
    }

    fn end_reading(&self, number: Device, now_ms: i64) -> Result<()> {
        self.write(|tx| reading::end(tx, number, now_ms))
    }

    fn allow_reading(&self, number: Device) -> Result<()> {
        self.write(|tx| reading::allow(tx, number))
    }
}

/// The streams of an officer with these grids, in order: person, grids ascending, commons.
pub(super) fn streams_of(c: &Connection, officer: Id, community: &str, grids: &[String]) -> Result<Vec<String>> {
    let grids: BTreeSet<&String> = grids.iter().collect();
    let mut streams = vec![format!("person:{officer}")];
    for grid in grids {
        let name = format!("grid:{grid}");
        require_stream(c, &name, community, "grid", grid)?;
        streams.push(name);
    }
    streams.push(format!("commons:{community}"));
    Ok(streams)
}

/// An officer with the newest scope.
pub(super) fn known_officer(c: &Connection, id: Id) -> Result<(Officer, Scope)> {
    read_officer(c, id)?.ok_or_else(|| StoreError::Unknown { what: "officer", id: id.to_string() })
}

fn require_stream(c: &Connection, name: &str, community: &str, what: &'static str, id: &str) -> Result<()> {
    let sql = "SELECT EXISTS(SELECT 1 FROM stream WHERE name = ?1 AND community = ?2)";
    let there: bool = c.prepare_cached(sql)?.query_row((name, community), |r| r.get(0))?;
    if there { Ok(()) } else { Err(StoreError::Unknown { what, id: id.to_owned() }) }
}

fn newest_scope(c: &Connection, officer: Id) -> Result<Option<Scope>> {
    let sql = "SELECT version, streams FROM officer_scope WHERE officer = ?1 ORDER BY version DESC LIMIT 1";
    let found: Option<(i64, String)> = c.prepare_cached(sql)?.query_row([officer.0], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    let Some((version, list)) = found else { return Ok(None) };
    let streams = serde_json::from_str(&list).map_err(|_| damaged("officer_scope"))?;
    Ok(Some(Scope { version, streams }))
}

fn read_officer(c: &Connection, id: Id) -> Result<Option<(Officer, Scope)>> {
    let Some(scope) = newest_scope(c, id)? else { return Ok(None) };
    let grids = scope.streams.iter().filter_map(|s| s.strip_prefix("grid:")).map(str::to_owned).collect();
    let sql = "SELECT name, community, background, party_member FROM officer WHERE id = ?1";
    let officer = c.prepare_cached(sql)?.query_row([id.0], |r| {
        let background: Option<String> = r.get(2)?;
        let background = background.as_deref().and_then(background_of);
        Ok(Officer { id, name: r.get(0)?, community: r.get(1)?, grids, background, party_member: r.get(3)? })
    });
    Ok(officer.optional()?.map(|officer| (officer, scope)))
}

/// The word that serde knows a background by.
fn background_of(word: &str) -> Option<Background> {
    serde::Deserialize::deserialize(IntoDeserializer::<WordError>::into_deserializer(word)).ok()
}

fn background_word(background: Option<Background>) -> Option<String> {
    serde_json::to_value(background?).ok()?.as_str().map(str::to_owned)
}
