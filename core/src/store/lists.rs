//! Reads the rows that lists show.

use rusqlite::{Connection, OptionalExtension, Row, params};

mod actions;
#[cfg(test)]
mod climb;
mod doors;
#[cfg(test)]
mod plans;
mod stairwells;

pub(crate) use actions::outbox;
pub(crate) use doors::{doors, waiting};
pub(crate) use stairwells::{stairwell, stairwells};

use crate::{
    Id, Result,
    model::{EventCode, RefusalCode},
    view::{EventRow, FollowUpRow, HouseholdRow, MatterRow, RecordState, ResidentRow, ReviewRow, VisitRow},
};

/// The state of a record, as the greatest of what its items, events, fields and files say; the numbers are
/// the order of [`RecordState`].
const STATE: &str = "max(
  (SELECT CASE WHEN EXISTS (SELECT 1 FROM meta WHERE key = 'practice') THEN 8 ELSE 0 END),
  coalesce((SELECT max(CASE WHEN o.state IN (2, 3, 4, 18) THEN 7
                            WHEN o.state = 7 THEN 6
                            WHEN o.final = 1 THEN 0
                            WHEN is_sending(o.opening, o.n) THEN 4
                            WHEN o.state IN (16, 17) THEN 2 ELSE 5 END)
            FROM touched t JOIN outbox o ON o.journal = t.journal WHERE t.record = r.id), 0),
  coalesce((SELECT max(CASE WHEN i.state IN (16, 17) THEN 2 ELSE 3 END) FROM carried_touch t JOIN carried_item i ON i.doc = t.doc WHERE t.record = r.id), 0),
  (SELECT CASE WHEN EXISTS (SELECT 1 FROM event e WHERE e.mine AND e.refused IS NOT NULL AND NOT EXISTS (SELECT 1 FROM replaced x WHERE x.event = e.id) AND (e.matter = r.id OR e.id = r.id)) THEN 6 ELSE 0 END),
  (SELECT CASE WHEN EXISTS (SELECT 1 FROM review_row v WHERE v.record = r.id) THEN 1 ELSE 0 END),
  (SELECT CASE WHEN EXISTS (SELECT 1 FROM attachment_row a JOIN attachment f ON f.sha256 = a.sha256 WHERE a.record = r.id AND f.state <> 1) THEN 2 ELSE 0 END))";

fn state(row: &Row<'_>, column: &str) -> rusqlite::Result<RecordState> {
    Ok(match row.get::<_, i64>(column)? {
        8 => RecordState::Practice,
        7 => RecordState::Parked,
        6 => RecordState::Refused,
        5 => RecordState::Ready,
        4 => RecordState::Sending,
        3 => RecordState::Carried,
        2 => RecordState::Received,
        1 => RecordState::NeedsReview,
        _ => RecordState::Applied,
    })
}

fn id(row: &Row<'_>, column: &str) -> rusqlite::Result<String> {
    row.get(column).map(|bytes| Id(bytes).to_string())
}

fn words(row: &Row<'_>, column: &str) -> rusqlite::Result<Vec<String>> {
    Ok(row.get::<_, String>(column)?.split_whitespace().map(str::to_owned).collect())
}

/// Picks the rows first and tells their states after, so that a long list costs what is shown of it.
fn select<T>(db: &Connection, table: &str, rest: &str, params: impl rusqlite::Params, read: impl Fn(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    let mut query = db.prepare_cached(&format!("SELECT r.*, {STATE} AS record_state FROM (SELECT * FROM {table} {rest}) r"))?;
    let rows = query.query_map(params, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn household(row: &Row<'_>) -> rusqlite::Result<HouseholdRow> {
    Ok(HouseholdRow {
        id: id(row, "id")?,
        grid: row.get("grid")?,
        community: row.get("community")?,
        estate: row.get("estate")?,
        building: row.get("building")?,
        stairwell: row.get("stairwell")?,
        floor: row.get("floor")?,
        room: row.get("room")?,
        lane: row.get("lane")?,
        door: row.get("door")?,
        note: row.get("note")?,
        names: row.get("names")?,
        residents: row.get("residents")?,
        state: state(row, "record_state")?,
    })
}

/// Households in the order of their doors, `limit` from `offset`.
pub(crate) fn households(db: &Connection, offset: u32, limit: u32) -> Result<Vec<HouseholdRow>> {
    select(db, "household_row", "ORDER BY estate, building, stairwell, floor, room, lane, door LIMIT ? OFFSET ?", [limit, offset], household)
}

/// One household.
pub(crate) fn one_household(db: &Connection, id: Id) -> Result<Option<HouseholdRow>> {
    Ok(select(db, "household_row", "WHERE id = ?", [id.0], household)?.pop())
}

/// One household without its state, for those who only need what stands on the card.
pub(crate) fn household_words(db: &Connection, id: Id) -> Result<Option<HouseholdRow>> {
    let mut query = db.prepare_cached("SELECT *, 0 AS record_state FROM household_row WHERE id = ?")?;
    Ok(query.query_row([id.0], household).optional()?)
}

/// Whether a household is here.
pub(crate) fn has_household(db: &Connection, id: Id) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM household_row WHERE id = ?")?.exists([id.0])?)
}

fn resident(row: &Row<'_>) -> rusqlite::Result<ResidentRow> {
    Ok(ResidentRow {
        id: id(row, "id")?,
        household: id(row, "household")?,
        name: row.get("name")?,
        phone: row.get("phone")?,
        birth_year: row.get("birth_year")?,
        languages: words(row, "languages")?,
        needs: words(row, "needs")?,
        refuses: words(row, "refuses")?,
        moved_out: row.get("moved_out")?,
    })
}

/// The residents behind one door, those who moved out last.
pub(crate) fn residents(db: &Connection, household: Id) -> Result<Vec<ResidentRow>> {
    let mut query = db.prepare_cached("SELECT * FROM resident_row WHERE household = ? ORDER BY id")?;
    let mut rows: Vec<ResidentRow> = query.query_map([household.0], resident)?.collect::<rusqlite::Result<_>>()?;
    rows.sort_by_key(|r| r.moved_out);
    Ok(rows)
}

/// One resident.
pub(crate) fn one_resident(db: &Connection, household: Id, id: Id) -> Result<Option<ResidentRow>> {
    let mut query = db.prepare_cached("SELECT * FROM resident_row WHERE household = ? AND id = ?")?;
    Ok(query.query_row([household.0, id.0], resident).optional()?)
}

fn visit(row: &Row<'_>) -> rusqlite::Result<VisitRow> {
    Ok(VisitRow {
        id: id(row, "id")?,
        household: id(row, "household")?,
        officer: id(row, "officer")?,
        companions: words(row, "companions")?,
        purpose: row.get("purpose")?,
        outcome: row.get("outcome")?,
        note: row.get("note")?,
        at_ms: row.get("at_ms")?,
        state: state(row, "record_state")?,
    })
}

/// The visits of one door, newest first.
pub(crate) fn visits_of(db: &Connection, household: Id, limit: u32) -> Result<Vec<VisitRow>> {
    select(db, "visit_row", "WHERE household = ? ORDER BY at_ms DESC, id DESC LIMIT ?", params![household.0, limit], visit)
}

/// An officer's visits in a span of time, oldest first.
pub(crate) fn visits_by(db: &Connection, officer: Id, from_ms: i64, to_ms: i64) -> Result<Vec<VisitRow>> {
    select(db, "visit_row", "WHERE officer = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms, id", params![officer.0, from_ms, to_ms], visit)
}

/// One visit.
pub(crate) fn one_visit(db: &Connection, id: Id) -> Result<Option<VisitRow>> {
    Ok(select(db, "visit_row", "WHERE id = ?", [id.0], visit)?.pop())
}

/// One visit in its volume.
pub(crate) fn visit_in(db: &Connection, id: Id, volume: Id) -> Result<Option<VisitRow>> {
    Ok(select(db, "visit_row", "WHERE id = ? AND volume = ?", [id.0, volume.0], visit)?.pop())
}

/// The volume that a visit or follow-up lies in.
pub(crate) fn volume_of(db: &Connection, table: &str, id: Id) -> Result<Option<Id>> {
    Ok(db.query_row(&format!("SELECT volume FROM {table} WHERE id = ?"), [id.0], |row| row.get(0).map(Id)).optional()?)
}

fn follow_up(row: &Row<'_>) -> rusqlite::Result<FollowUpRow> {
    Ok(FollowUpRow {
        id: id(row, "id")?,
        household: id(row, "household")?,
        visit: id(row, "visit")?,
        officer: id(row, "officer")?,
        what: row.get("what")?,
        due: row.get("due")?,
        done: row.get("done")?,
        state: state(row, "record_state")?,
    })
}

/// Open follow-ups, the earliest day first, those without a day last.
pub(crate) fn open_follow_ups(db: &Connection, limit: u32) -> Result<Vec<FollowUpRow>> {
    select(db, "follow_up_row", "WHERE done = 0 ORDER BY (due = ''), due, id LIMIT ?", [limit], follow_up)
}

/// The follow-ups of one door.
pub(crate) fn follow_ups_of(db: &Connection, household: Id) -> Result<Vec<FollowUpRow>> {
    select(db, "follow_up_row", "WHERE household = ? ORDER BY done, (due = ''), due, id", [household.0], follow_up)
}

fn matter(row: &Row<'_>) -> rusqlite::Result<MatterRow> {
    Ok(MatterRow {
        id: id(row, "id")?,
        household: row.get::<_, Option<[u8; 16]>>("household")?.map(|h| Id(h).to_string()).unwrap_or_default(),
        code: row.get("code")?,
        kind: row.get("kind")?,
        channel: row.get("channel")?,
        category: row.get("category")?,
        affected: row.get("affected")?,
        text: row.get("text")?,
        place: row.get("place")?,
        main_state: row.get("state")?,
        pending: row.get("pending")?,
        urgent: row.get("urgent")?,
        errand: row.get("errand")?,
        officer: id(row, "officer")?,
        at_ms: row.get("at_ms")?,
        state: state(row, "record_state")?,
    })
}

/// Matters, newest first.
pub(crate) fn matters(db: &Connection, offset: u32, limit: u32) -> Result<Vec<MatterRow>> {
    select(db, "matter_row", "ORDER BY at_ms DESC, id DESC LIMIT ? OFFSET ?", [limit, offset], matter)
}

/// The matters of one door, newest first.
pub(crate) fn matters_of(db: &Connection, household: Id) -> Result<Vec<MatterRow>> {
    select(db, "matter_row", "WHERE household = ? ORDER BY at_ms DESC, id DESC", [household.0], matter)
}

/// The matters whose errand an officer runs, newest first.
pub(crate) fn errands_of(db: &Connection, officer: Id) -> Result<Vec<MatterRow>> {
    select(db, "matter_row", "WHERE errand AND officer = ? ORDER BY at_ms DESC, id DESC", [officer.0], matter)
}

/// One matter.
pub(crate) fn one_matter(db: &Connection, id: Id) -> Result<Option<MatterRow>> {
    Ok(select(db, "matter_row", "WHERE id = ?", [id.0], matter)?.pop())
}

/// What happened to a matter; texts are filled in by the caller, who has the document.
pub(crate) fn events(db: &Connection, matter: Id) -> Result<Vec<EventRow>> {
    let states = select(db, "event", "WHERE matter = ? ORDER BY ordinal IS NULL, ordinal, rowid", [matter.0], |row| state(row, "record_state"))?;
    let judged = super::events::of_matter(db, matter)?;
    Ok(judged
        .into_iter()
        .zip(states)
        .map(|(j, state)| EventRow {
            id: j.event.id.to_string(),
            event: EventCode::from_number(j.event.code).map_or("", EventCode::word).to_owned(),
            by: j.event.by.to_string(),
            at_ms: j.at_ms(),
            text: String::new(),
            ordinal: j.ordinal.unwrap_or(0),
            refused: j.refused.and_then(RefusalCode::from_number).map_or("", RefusalCode::word).to_owned(),
            overtaken_by: j.overtaken_by.map(|id| id.to_string()).unwrap_or_default(),
            // Another officer's refused event is not this phone's to mend.
            state: if j.mine || j.carried { state } else { RecordState::Applied },
        })
        .collect())
}

/// How many review cards there are.
pub(crate) fn count_reviews(db: &Connection) -> Result<u32> {
    Ok(db.query_row("SELECT count(*) FROM review_row", [], |row| row.get(0))?)
}

/// All review cards.
pub(crate) fn reviews(db: &Connection) -> Result<Vec<ReviewRow>> {
    let mut query = db.prepare_cached("SELECT * FROM review_row ORDER BY doc, field")?;
    let rows = query.query_map([], |row| Ok((id(row, "doc")?, id(row, "record")?, row.get("field")?, row.get::<_, String>("told")?)))?;
    rows.map(|row| {
        let (doc, record, field, told) = row?;
        let values = serde_json::from_str(&told).map_err(|e| crate::Error::Store(e.to_string()))?;
        Ok(ReviewRow { doc, record, field, values })
    })
    .collect()
}
