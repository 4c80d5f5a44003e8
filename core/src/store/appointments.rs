//! Appointments as lists show them: what was accepted, and on top what this phone did and nobody has judged yet.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::events::{self, Judged};
use crate::{
    Id, Result,
    appointment::{Appointment, Step},
    model::AppointmentEvent,
    view::AppointmentRow,
};

/// Whether these are events of an appointment.
pub(crate) fn are_of_one(judged: &[Judged]) -> bool {
    judged.iter().any(|j| AppointmentEvent::from_number(j.event.code).is_some())
}

/// An appointment as it stands here.
pub(crate) fn fold(id: Id, judged: &[Judged]) -> Option<Appointment> {
    let step = |j: &Judged, ordinal| Step::of(&j.event, ordinal, j.at_ms()).ok();
    let accepted = judged.iter().filter(|j| j.refused.is_none()).filter_map(|j| step(j, j.ordinal?));
    let next = judged.iter().filter_map(|j| j.ordinal).max().unwrap_or(0) + 1;
    let pending = judged.iter().filter(|j| (j.mine || j.carried) && j.is_pending()).zip(next..).filter_map(|(j, ordinal)| step(j, ordinal));
    let steps: Vec<Step> = accepted.chain(pending).collect();
    Appointment::fold(id, &steps)
}

/// The same by its id; `None` if this phone knows nothing of it.
pub(crate) fn one(db: &Connection, id: Id) -> Result<Option<Appointment>> {
    let judged = events::of_matter(db, id)?;
    Ok(if are_of_one(&judged) { fold(id, &judged) } else { None })
}

/// Brings an appointment's row up to date.
pub(crate) fn show(db: &Connection, id: Id, judged: &[Judged]) -> Result<()> {
    let Some(a) = fold(id, judged) else {
        // A restored office may know nothing of it any more.
        db.prepare_cached("DELETE FROM appointment_row WHERE id = ?")?.execute([id.0])?;
        return Ok(());
    };
    let ids = |ids: &[Id]| ids.iter().map(Id::to_string).collect::<Vec<_>>().join(" ");
    let (no_room, offers) = a.no_room.as_ref().map_or(("", Vec::new()), |(why, offers)| (why.word(), offers.iter().map(|slot| slot.start_ms).collect()));
    db.prepare_cached("INSERT OR REPLACE INTO appointment_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")?.execute(params![
        id.0,
        a.household.0,
        a.matter.map(|matter| matter.0),
        a.purpose.word(),
        a.state.word(),
        judged.iter().any(Judged::is_pending),
        a.slot.as_ref().map_or(0, |slot| slot.start_ms),
        a.minutes,
        ids(a.slot.as_ref().map_or(&[], |slot| &slot.officers)),
        a.sequence,
        no_room,
        serde_json::to_string(&offers).unwrap_or_default(),
        a.moved_promise.as_ref().map_or(0, |moved| moved.from.start_ms),
        ids(a.moved_promise.as_ref().map_or(&[], |moved| &moved.unseen)),
    ])?;
    Ok(())
}

/// Those whose named time begins between two moments, in that order.
pub(crate) fn between(db: &Connection, from_ms: i64, until_ms: i64) -> Result<Vec<AppointmentRow>> {
    let mut query = db.prepare_cached("SELECT * FROM appointment_row WHERE start_ms >= ? AND start_ms < ? ORDER BY start_ms, id")?;
    let rows = query.query_map(params![from_ms, until_ms], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those to be arranged: wanted without a time, or with one that cannot be had.
pub(crate) fn to_arrange(db: &Connection) -> Result<Vec<AppointmentRow>> {
    let mut query =
        db.prepare_cached("SELECT * FROM appointment_row WHERE state = 'requested' OR (state = 'proposed' AND no_room <> '') ORDER BY start_ms, id")?;
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those at a door, the latest time first.
pub(crate) fn at_door(db: &Connection, household: Id) -> Result<Vec<AppointmentRow>> {
    let mut query = db.prepare_cached("SELECT * FROM appointment_row WHERE household = ? ORDER BY start_ms DESC, id DESC")?;
    let rows = query.query_map([household.0], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One row.
pub(crate) fn row(db: &Connection, id: Id) -> Result<Option<AppointmentRow>> {
    Ok(db.prepare_cached("SELECT * FROM appointment_row WHERE id = ?")?.query_row([id.0], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<AppointmentRow> {
    let words = |text: String| text.split_whitespace().map(str::to_owned).collect();
    Ok(AppointmentRow {
        id: Id(row.get("id")?).to_string(),
        household: Id(row.get("household")?).to_string(),
        matter: row.get::<_, Option<[u8; 16]>>("matter")?.map(|id| Id(id).to_string()).unwrap_or_default(),
        purpose: row.get("purpose")?,
        state: row.get("state")?,
        pending: row.get("pending")?,
        start_ms: row.get("start_ms")?,
        minutes: row.get("minutes")?,
        officers: words(row.get("officers")?),
        sequence: row.get("sequence")?,
        no_room: row.get("no_room")?,
        offers: serde_json::from_str(&row.get::<_, String>("offers")?).unwrap_or_default(),
        moved_ms: row.get("moved_ms")?,
        unseen: words(row.get("unseen")?),
    })
}
