//! Events and the facts that judge them.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::{
    Id, Result,
    event::{CalendarPart, Event, Fact, Verdict},
    pipeline::{self, Happened, Step, Times},
};

/// An event with what is known of its fate.
pub(crate) struct Judged {
    pub(crate) event: Event,
    pub(crate) mine: bool,
    /// Its place, `None` while unjudged.
    pub(crate) ordinal: Option<u64>,
    /// Number of the refusal.
    pub(crate) refused: Option<u8>,
    pub(crate) overtaken_by: Option<Id>,
    /// When the server holds it done.
    pub(crate) done_at: Option<i64>,
    /// Put aside at the office: it will never be judged.
    pub(crate) parked: bool,
    /// Of a colleague, merged here and not at the office.
    pub(crate) carried: bool,
}

impl Judged {
    /// Whether it counts for the state that is shown: accepted, or still to be judged.
    pub(crate) fn counts(&self) -> bool {
        self.refused.is_none() && !self.parked
    }

    /// Whether it waits for its verdict.
    pub(crate) fn is_pending(&self) -> bool {
        self.ordinal.is_none() && !self.parked
    }

    /// When it was done, as far as is known here.
    pub(crate) fn at_ms(&self) -> i64 {
        self.done_at.unwrap_or_else(|| self.event.at.estimate())
    }
}

/// Keeps an event; one that is here already is left alone.
pub(crate) fn put(db: &Connection, matter: Id, event: &Event, bytes: &[u8], mine: bool) -> Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO event (id, matter, bytes, mine) VALUES (?, ?, ?, ?)")?.execute(params![event.id.0, matter.0, bytes, mine])?;
    // A verdict may have come before its event, by another stream.
    let verdict: Option<Vec<u8>> = db
        .prepare_cached("SELECT fact.bytes FROM fact JOIN event ON event.id = ?1 WHERE fact.doc = ?2 AND event.ordinal IS NULL")?
        .query_map(params![event.id.0, matter.0], |row| row.get::<_, Vec<u8>>(0))?
        .filter_map(std::result::Result::ok)
        .find(|bytes| Fact::decode(bytes).ok().and_then(|f| f.verdict()).is_some_and(|v| v.event == event.id));
    match verdict.and_then(|bytes| Fact::decode(&bytes).ok()?.verdict()) {
        Some(verdict) => set_verdict(db, &verdict),
        None => Ok(()),
    }
}

/// No event is judged any more, as with a log of another history; returns the matters.
pub(crate) fn begin_anew(db: &Connection) -> Result<Vec<Id>> {
    db.execute_batch("DELETE FROM fact; UPDATE event SET ordinal = NULL, refused = NULL, overtaken_by = NULL, done_at = NULL")?;
    let mut query = db.prepare("SELECT DISTINCT matter FROM event")?;
    let rows = query.query_map([], |row| row.get(0).map(Id))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Matter and bytes of events without a verdict that no signed item carries here: other people's, and own ones that came back to a
/// restored phone.
pub(crate) fn unjudged_unsigned(db: &Connection) -> Result<Vec<(Id, Vec<u8>)>> {
    let mut query = db.prepare(
        "SELECT matter, bytes FROM event e WHERE ordinal IS NULL
         AND NOT EXISTS (SELECT 1 FROM carried_item i WHERE i.doc = e.matter AND i.kind = 2 AND i.bytes = e.bytes)
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.doc = e.matter AND o.kind = 2 AND o.bytes = e.bytes) ORDER BY rowid",
    )?;
    let rows = query.query_map([], |row| Ok((Id(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Matter and bytes of own events without a verdict that no item carries any more.
pub(crate) fn without_item(db: &Connection) -> Result<Vec<(Id, Vec<u8>)>> {
    let mut query = db.prepare(
        "SELECT matter, bytes FROM event WHERE mine AND ordinal IS NULL
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.doc = event.matter AND o.kind = 2 AND o.bytes = event.bytes) ORDER BY rowid",
    )?;
    let rows = query.query_map([], |row| Ok((Id(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Puts other bytes in the place of an own event that nobody has judged.
pub(crate) fn replace(db: &Connection, id: Id, bytes: &[u8]) -> Result<()> {
    db.prepare_cached("UPDATE event SET bytes = ? WHERE id = ? AND mine AND ordinal IS NULL")?.execute(params![bytes, id.0])?;
    Ok(())
}

/// Forgets an own event that has not left this phone; what it was done again for is not dealt with.
pub(crate) fn take_back(db: &Connection, id: Id) -> Result<()> {
    db.prepare_cached("DELETE FROM event WHERE id = ? AND mine AND ordinal IS NULL")?.execute([id.0])?;
    db.prepare_cached("DELETE FROM replaced WHERE by = ?")?.execute([id.0])?;
    Ok(())
}

/// Forgets a colleague's event that nobody has judged: the office put it aside.
pub(crate) fn forget(db: &Connection, matter: Id, bytes: &[u8]) -> Result<()> {
    db.prepare_cached("DELETE FROM event WHERE matter = ? AND bytes = ? AND NOT mine AND ordinal IS NULL")?.execute(params![matter.0, bytes])?;
    Ok(())
}

/// Keeps a fact; the same one from a second stream counts once.
pub(crate) fn put_fact(db: &Connection, doc: Id, fact: &Fact, bytes: &[u8]) -> Result<()> {
    let new =
        db.prepare_cached("INSERT OR IGNORE INTO fact (id, kind, doc, bytes) VALUES (?, ?, ?, ?)")?.execute(params![fact.id.0, fact.kind, doc.0, bytes])?;
    match fact.verdict().filter(|_| new == 1) {
        Some(verdict) => set_verdict(db, &verdict),
        None => Ok(()),
    }
}

fn set_verdict(db: &Connection, v: &Verdict) -> Result<()> {
    db.prepare_cached("UPDATE event SET ordinal = ?, refused = ?, overtaken_by = ?, done_at = ? WHERE id = ?")?.execute(params![
        v.ordinal as i64,
        v.refused,
        v.by.map(|id| id.0),
        v.done_at,
        v.event.0
    ])?;
    Ok(())
}

/// A matter's events: judged ones by ordinal, then this phone's unjudged ones in the order of writing.
pub(crate) fn of_matter(db: &Connection, matter: Id) -> Result<Vec<Judged>> {
    let mut query = db.prepare_cached(
        "SELECT bytes, mine, ordinal, refused, overtaken_by, done_at,
           mine AND ordinal IS NULL AND EXISTS (
             SELECT 1 FROM outbox o WHERE o.doc = event.matter AND o.kind = 2 AND o.bytes = event.bytes AND o.state IN (2, 3, 4, 7, 18)),
           NOT mine AND ordinal IS NULL AND EXISTS (SELECT 1 FROM carried_item i WHERE i.doc = event.matter AND i.kind = 2 AND i.bytes = event.bytes)
         FROM event WHERE matter = ? ORDER BY ordinal IS NULL, ordinal, rowid",
    )?;
    let rows = query.query_map([matter.0], |row| {
        let (mine, ordinal, refused): (bool, Option<i64>, Option<u8>) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let (overtaken_by, done_at, parked, carried): (Option<[u8; 16]>, Option<i64>, bool, bool) = (row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?);
        // Only what was read as an event is kept as one.
        let event = Event::decode(&row.get::<_, Vec<u8>>(0)?);
        Ok(event.map(|event| Judged { event, mine, ordinal: ordinal.map(|o| o as u64), refused, overtaken_by: overtaken_by.map(Id), done_at, parked, carried }))
    })?;
    rows.map(|row| row?).collect()
}

/// What was accepted of a matter by ordinal, then this phone's own events that wait, and carried ones, as if they were accepted when they were done.
pub(crate) fn happened(db: &Connection, matter: Id, judged: &[Judged]) -> Result<Vec<Happened>> {
    let mut query = db.prepare_cached("SELECT bytes FROM fact WHERE doc = ?")?;
    let facts: Vec<Vec<u8>> = query.query_map([matter.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let facts = facts.iter().filter_map(|bytes| Fact::decode(bytes).ok());
    let mut all = pipeline::happened(judged.iter().map(|j| &j.event), facts);
    let next = judged.iter().filter_map(|j| j.ordinal).max().unwrap_or(0) + 1;
    for (j, ordinal) in judged.iter().filter(|j| (j.mine || j.carried) && j.is_pending()).zip(next..) {
        let times = Times { done_at: j.at_ms(), judged_ms: j.at_ms(), calendar: 0, started: Vec::new() };
        all.extend(Step::of(&j.event, ordinal, times).ok().map(Happened::Step));
    }
    Ok(all)
}

/// How many of this phone's events were refused.
pub(crate) fn refused(db: &Connection) -> Result<u32> {
    Ok(db.query_row("SELECT count(*) FROM event WHERE mine AND refused IS NOT NULL AND id NOT IN (SELECT event FROM replaced)", [], |row| row.get(0))?)
}

/// What the office has set of its calendar, the newest of each part, in the order in which that was set.
pub(crate) fn calendar_parts(db: &Connection) -> Result<Vec<CalendarPart>> {
    let mut query = db.prepare_cached("SELECT bytes FROM fact WHERE kind = 16")?;
    let facts: Vec<Vec<u8>> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut parts: Vec<(i64, CalendarPart)> =
        facts.iter().filter_map(|bytes| Fact::decode(bytes).ok()).filter_map(|fact| Some((fact.server_ms, fact.calendar()?))).collect();
    parts.sort_by(|(a_ms, a), (b_ms, b)| (a_ms, &a.part, a.version).cmp(&(b_ms, &b.part, b.version)));
    let newest: BTreeMap<String, u32> = parts.iter().map(|(_, p)| (p.part.clone(), p.version)).collect();
    Ok(parts.into_iter().map(|(_, p)| p).filter(|p| newest[&p.part] == p.version).collect())
}

/// This phone's refused events that nobody has dealt with, each with its matter.
pub(crate) fn refused_of(db: &Connection) -> Result<Vec<(Id, Judged)>> {
    let mut query = db.prepare_cached("SELECT matter, id FROM event WHERE mine AND refused IS NOT NULL AND id NOT IN (SELECT event FROM replaced)")?;
    let found: Vec<(Id, Id)> = query.query_map([], |row| Ok((Id(row.get(0)?), Id(row.get(1)?))))?.collect::<rusqlite::Result<_>>()?;
    let mut refused = Vec::new();
    for (matter, id) in found {
        refused.extend(of_matter(db, matter)?.into_iter().find(|j| j.event.id == id).map(|j| (matter, j)));
    }
    Ok(refused)
}

/// A refused event is dealt with: by a new one, or by itself where it was only read.
pub(crate) fn replace_refused(db: &Connection, refused: Id, by: Id) -> Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO replaced (event, by) VALUES (?, ?)")?.execute(params![refused.0, by.0])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::At, event::FactKind, frame::to_cbor};

    #[test]
    fn a_verdict_counts_whether_it_comes_before_its_event_or_after_and_once() {
        let (matter, first) = (Id([7; 16]), Id([3; 16]));
        let at = At { device_ms: 0, server_ms: None, since_ms: None };
        let event = Event { id: Id([1; 16]), code: 5, by: Id([2; 16]), role: 1, at, saw: 1, after: None, payload: vec![0xa0] };
        let fact = |id, verdict: &Verdict| Fact { id: Id([id; 16]), kind: FactKind::Verdict.number(), server_ms: 0, payload: to_cbor(verdict) };
        let verdict = Verdict { event: event.id, ordinal: 3, refused: Some(2), by: Some(first), done_at: 0, rules: 1, calendar: 0, started: None };
        let others = Verdict { event: first, ordinal: 2, refused: None, by: None, ..verdict.clone() };
        for before in [true, false] {
            let mut db = Connection::open_in_memory().unwrap();
            super::super::migrations::run(&mut db).unwrap();
            let keep_event = || put(&db, matter, &event, &event.encode(), false).unwrap();
            if !before {
                keep_event();
            }
            for fact in [fact(9, &others), fact(8, &verdict), fact(8, &verdict)] {
                put_fact(&db, matter, &fact, &fact.encode()).unwrap();
            }
            keep_event();
            let judged: Vec<_> = of_matter(&db, matter).unwrap().into_iter().map(|j| (j.event.id, j.ordinal, j.refused, j.overtaken_by)).collect();
            assert_eq!(judged, [(event.id, Some(3), Some(2), Some(first))]);
        }
    }
}
