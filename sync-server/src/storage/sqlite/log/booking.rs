//! Appointments as kept, and whose time is taken.

use std::{collections::BTreeSet, ops::Range};

use minqing_core::{
    Id,
    appointment::{Appointment, happened},
    frame::{from_cbor, to_cbor},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    super::{Sqlite, damaged, line, reminders, rounds},
    unit::{SqliteUnit, stream_name},
};
use crate::storage::{
    Bookings, Result, RoundKept,
    log::{Booking, KeptAppointment, StreamId},
};

const COLUMNS: &str = "id, stream, author, judged, household, folded, state IS NOT NULL, changed_ms";

impl Booking for SqliteUnit<'_> {
    fn appointment(&mut self, id: Id) -> Result<Option<KeptAppointment>> {
        one(self.tx, id)
    }

    fn keep_appointment(&mut self, id: Id, kept: &KeptAppointment, next_ms: Option<i64>) -> Result<()> {
        let appointment = kept.appointment.as_ref();
        self.tx
            .prepare_cached(
                "INSERT INTO appointment(id, stream, author, judged, household, folded, state, start_ms, next_ms, changed_ms, matter)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT(id) DO UPDATE SET author = ?3, judged = ?4, household = ?5, folded = ?6, state = ?7, start_ms = ?8, next_ms = ?9,
                   changed_ms = ?10, matter = ?11",
            )?
            .execute(params![
                id.0,
                kept.stream,
                kept.author.0,
                kept.judged.cast_signed(),
                kept.household.0,
                appointment.map(to_cbor),
                appointment.map(|a| a.state.number()),
                appointment.and_then(|a| a.slot.as_ref()).map(|slot| slot.start_ms),
                next_ms,
                kept.changed_ms,
                appointment.and_then(|a| a.matter).map(|matter| matter.0)
            ])?;
        Ok(())
    }

    fn appointments_at(&mut self, household: Id, home: StreamId) -> Result<Vec<Id>> {
        let mut query = self.tx.prepare_cached("SELECT id FROM appointment WHERE household = ?1 AND stream = ?2 ORDER BY id")?;
        let ids = query.query_map(params![household.0, home], |row| row.get(0).map(Id))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    fn claim(&mut self, appointment: Id, people: &[Id], buckets: Range<i64>) -> Result<bool> {
        for person in people {
            if is_taken(self.tx, *person, &buckets)? {
                return Ok(false);
            }
        }
        let mut claim = self.tx.prepare_cached("INSERT INTO slot_claim(person, bucket, appointment) VALUES(?1, ?2, ?3)")?;
        for person in people {
            for bucket in buckets.clone() {
                claim.execute(params![person.0, bucket, appointment.0])?;
            }
        }
        Ok(true)
    }

    fn release(&mut self, appointment: Id) -> Result<()> {
        self.tx.prepare_cached("DELETE FROM slot_claim WHERE appointment = ?1")?.execute([appointment.0])?;
        Ok(())
    }

    fn put_reminder(&mut self, appointment: Id, sequence: u32, which: u8, next_ms: i64) -> Result<()> {
        reminders::put(self.tx, appointment, sequence, which, next_ms)
    }

    fn keep_round(&mut self, round: &RoundKept) -> Result<()> {
        rounds::keep(self.tx, round)
    }

    fn taken(&mut self, person: Id, buckets: Range<i64>, but: Id) -> Result<BTreeSet<i64>> {
        taken(self.tx, person, &buckets, but)
    }

    fn starts(&mut self, person: Id, buckets: Range<i64>, but: Id) -> Result<Vec<i64>> {
        starts(self.tx, person, &buckets, but)
    }
}

fn is_taken(c: &Connection, person: Id, buckets: &Range<i64>) -> Result<bool> {
    let mut query = c.prepare_cached("SELECT 1 FROM slot_claim WHERE person = ?1 AND bucket >= ?2 AND bucket < ?3")?;
    Ok(query.exists(params![person.0, buckets.start, buckets.end])?)
}

impl Bookings for Sqlite {
    fn appointments_due(&self, now_ms: i64, limit: u32) -> Result<Vec<Id>> {
        self.read(|c| due(c, now_ms, limit))
    }

    fn appointment(&self, id: Id) -> Result<Option<(String, KeptAppointment)>> {
        self.read(|c| one(c, id)?.map(|kept| Ok((stream_name(c, kept.stream)?, kept))).transpose())
    }

    fn appointments_between(&self, community: &str, from_ms: i64, until_ms: i64) -> Result<Vec<(Id, KeptAppointment)>> {
        self.read(|c| between(c, community, from_ms, until_ms))
    }

    fn appointments_waiting(&self, community: &str, since_ms: i64, limit: u32) -> Result<Vec<(Id, KeptAppointment)>> {
        self.read(|c| waiting(c, community, since_ms, limit))
    }

    fn appointments_of(&self, household: Id, limit: u32) -> Result<Vec<(Id, KeptAppointment)>> {
        self.read(|c| of_door(c, household, limit))
    }

    fn appointments_about(&self, matter: Id) -> Result<Vec<(Id, KeptAppointment)>> {
        self.read(|c| about(c, matter))
    }

    fn diary(&self, person: Id, buckets: Range<i64>, but: Id) -> Result<(BTreeSet<i64>, Vec<i64>)> {
        self.read(|c| Ok((taken(c, person, &buckets, but)?, starts(c, person, &buckets, but)?)))
    }
}

pub(super) fn taken(c: &Connection, person: Id, buckets: &Range<i64>, but: Id) -> Result<BTreeSet<i64>> {
    let mut query = c.prepare_cached("SELECT bucket FROM slot_claim WHERE person = ?1 AND bucket >= ?2 AND bucket < ?3 AND appointment <> ?4")?;
    let taken = query.query_map(params![person.0, buckets.start, buckets.end, but.0], |row| row.get(0))?;
    Ok(taken.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn starts(c: &Connection, person: Id, buckets: &Range<i64>, but: Id) -> Result<Vec<i64>> {
    let mut query = c.prepare_cached(
        "SELECT a.start_ms FROM appointment a
         WHERE a.id IN (SELECT appointment FROM slot_claim WHERE person = ?1 AND bucket >= ?2 AND bucket < ?3 AND appointment <> ?4) ORDER BY a.start_ms",
    )?;
    let starts = query.query_map(params![person.0, buckets.start, buckets.end, but.0], |row| row.get(0))?;
    Ok(starts.collect::<rusqlite::Result<_>>()?)
}

/// Ids are made from a clock: their order is the one in which they were asked for.
pub(super) fn about(c: &Connection, matter: Id) -> Result<Vec<(Id, KeptAppointment)>> {
    let mut query = c.prepare_cached(&format!("SELECT {COLUMNS} FROM appointment WHERE matter = ?1 ORDER BY id"))?;
    let rows: Vec<Kept> = query.query_map([matter.0], Kept::read)?.collect::<rusqlite::Result<_>>()?;
    rows.into_iter().map(|kept| kept.open(c)).collect()
}

pub(super) fn of_door(c: &Connection, household: Id, limit: u32) -> Result<Vec<(Id, KeptAppointment)>> {
    let mut query = c.prepare_cached(&format!("SELECT {COLUMNS} FROM appointment WHERE household = ?1 ORDER BY id DESC LIMIT ?2"))?;
    let rows: Vec<Kept> = query.query_map(params![household.0, limit], Kept::read)?.collect::<rusqlite::Result<_>>()?;
    rows.into_iter().map(|kept| kept.open(c)).collect()
}

pub(super) fn one(c: &Connection, id: Id) -> Result<Option<KeptAppointment>> {
    let row = c.prepare_cached(&format!("SELECT {COLUMNS} FROM appointment WHERE id = ?1"))?.query_row([id.0], Kept::read).optional()?;
    row.map(|kept| kept.open(c).map(|(_, appointment)| appointment)).transpose()
}

pub(super) fn all(c: &Connection) -> Result<Vec<(Id, KeptAppointment)>> {
    let mut query = c.prepare(&format!("SELECT {COLUMNS} FROM appointment ORDER BY id"))?;
    let rows: Vec<Kept> = query.query_map([], Kept::read)?.collect::<rusqlite::Result<_>>()?;
    rows.into_iter().map(|kept| kept.open(c)).collect()
}

pub(in super::super) fn between(c: &Connection, community: &str, from_ms: i64, until_ms: i64) -> Result<Vec<(Id, KeptAppointment)>> {
    let mut query = c.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM appointment WHERE start_ms >= ?1 AND start_ms < ?2 AND stream IN (SELECT id FROM stream WHERE community = ?3)
         ORDER BY start_ms, id"
    ))?;
    let rows: Vec<Kept> = query.query_map(params![from_ms, until_ms, community], Kept::read)?.collect::<rusqlite::Result<_>>()?;
    rows.into_iter().map(|kept| kept.open(c)).collect()
}

/// The states are those of the index: requested, proposed, held, missed.
pub(super) fn waiting(c: &Connection, community: &str, since_ms: i64, limit: u32) -> Result<Vec<(Id, KeptAppointment)>> {
    let mut query = c.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM appointment
         WHERE state IN (1, 2, 3, 10) AND (state <> 10 OR start_ms >= ?2) AND stream IN (SELECT id FROM stream WHERE community = ?1)
         ORDER BY start_ms IS NULL, start_ms, id LIMIT ?3"
    ))?;
    let rows: Vec<Kept> = query.query_map(params![community, since_ms, limit], Kept::read)?.collect::<rusqlite::Result<_>>()?;
    rows.into_iter().map(|kept| kept.open(c)).collect()
}

pub(super) fn due(c: &Connection, now_ms: i64, limit: u32) -> Result<Vec<Id>> {
    let mut query = c.prepare_cached("SELECT id FROM appointment WHERE next_ms <= ?1 ORDER BY next_ms, id LIMIT ?2")?;
    let rows = query.query_map(params![now_ms, limit], |row| row.get(0).map(Id))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All claims: person, piece of time, appointment.
pub(super) fn claims(c: &Connection) -> Result<Vec<(Id, i64, Id)>> {
    let mut query = c.prepare("SELECT person, bucket, appointment FROM slot_claim ORDER BY person, bucket")?;
    let rows = query.query_map([], |row| Ok((Id(row.get(0)?), row.get(1)?, Id(row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A row as it stands.
struct Kept {
    id: Id,
    kept: KeptAppointment,
    folded: Option<Vec<u8>>,
    was_asked_for: bool,
}

impl Kept {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let judged = row.get::<_, i64>(3)?.cast_unsigned();
        let kept =
            KeptAppointment { stream: row.get(1)?, author: Id(row.get(2)?), household: Id(row.get(4)?), judged, changed_ms: row.get(7)?, appointment: None };
        Ok(Self { id: Id(row.get(0)?), kept, folded: row.get(5)?, was_asked_for: row.get(6)? })
    }

    /// Reads the fold; one of another version is made again from the log.
    fn open(self, c: &Connection) -> Result<(Id, KeptAppointment)> {
        let appointment = match self.folded.and_then(|bytes| from_cbor(&bytes).ok()) {
            None if self.was_asked_for => Some(fold_again(c, self.id)?.ok_or_else(|| damaged("appointment"))?),
            folded => folded,
        };
        Ok((self.id, KeptAppointment { appointment, ..self.kept }))
    }
}

fn fold_again(c: &Connection, id: Id) -> Result<Option<Appointment>> {
    let (events, facts) = line::told_of(c, id)?;
    Ok(Appointment::fold(id, &happened(&events, facts)))
}
