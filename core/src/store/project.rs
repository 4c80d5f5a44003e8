//! Writes the rows that lists show, from a document or a matter's events.

use rusqlite::{Connection, params};

use super::{appointments, attachments, documents, events, notices, search};
use crate::{
    Id, Result,
    document::{Doc, DocKind, conflicts, notice, told::told},
    event::Register,
    frame::from_cbor,
    model::{Affected, Category, Channel, Emergency, EventCode, MatterKind, MatterState},
    pack::{Line, MatterLine},
    pipeline::Matter,
    view::{self, ReviewValue},
};

/// Brings all rows of a document up to date.
pub(crate) fn document(db: &Connection, id: Id, doc: &Doc) -> Result<()> {
    let content = doc.content();
    match doc.header().map(|(kind, _)| kind) {
        Some(DocKind::Card) => {
            let mut view = view::card(id, &content);
            // Where a door lies the log says, once it has.
            if let Some(grid) = documents::home(db, id)?.as_deref().and_then(|home| home.strip_prefix("grid:")) {
                view.household.grid = grid.to_owned();
            }
            card(db, id, &view)?;
        }
        Some(DocKind::Visits) => {
            let view = view::visits(&content);
            visits(db, id, &view)?;
            notices::note(db, Id::or_zero(&view.household), id, &told(&content).collect::<Vec<_>>())?;
        }
        Some(DocKind::Matter) => matter(db, id, Some(doc))?,
        // One that this app cannot read is not told.
        Some(DocKind::Notice) => notice::read(&content).map_or(Ok(()), |kept| notices::show(db, id, &kept))?,
        // Forms are few: lists read the documents.
        Some(DocKind::Form) | None => {}
    }
    attachments::show(db, id, &content)?;
    db.prepare_cached("DELETE FROM review_row WHERE doc = ?")?.execute([id.0])?;
    if content.disputed.is_empty() {
        return Ok(());
    }
    for conflict in conflicts(doc) {
        let told: Vec<ReviewValue> =
            conflict.values.iter().map(|t| ReviewValue { value: t.value.clone(), device: t.device.map_or(0, |d| d.0), time_s: t.time_s }).collect();
        let told = serde_json::to_string(&told).map_err(|e| crate::Error::Store(e.to_string()))?;
        db.prepare_cached("INSERT OR REPLACE INTO review_row (doc, record, field, told) VALUES (?, ?, ?, ?)")?.execute(params![
            id.0,
            view::record_of(id, &conflict).0,
            conflict.field,
            told
        ])?;
    }
    Ok(())
}

/// Shows doors and matters whose documents are still to come; what is here already says more.
pub(crate) fn line(db: &Connection, stream: &str, line: &Line) -> Result<()> {
    match line {
        Line::Door(door) if !documents::exists(db, door.id)? => {
            let grid = stream.strip_prefix("grid:").unwrap_or_default();
            household(db, door.id, &view::household(door, grid))
        }
        Line::Matter(matter) if !documents::exists(db, matter.id)? => {
            matter_row(db, matter, MatterState::from_number(matter.state).map_or("", MatterState::word), false)
        }
        Line::Door(_) | Line::Matter(_) => Ok(()),
    }
}

fn household(db: &Connection, id: Id, h: &view::HouseholdRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO household_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (id) DO UPDATE SET
         grid = ?2, community = ?3, estate = ?4, building = ?5, stairwell = ?6, floor = ?7, room = ?8, lane = ?9, door = ?10, note = ?11, names = ?12, residents = ?13",
    )?
    .execute(params![
        id.0, h.grid, h.community, h.estate, h.building, h.stairwell, h.floor, h.room, h.lane, h.door, h.note, h.names, h.residents
    ])?;
    Ok(())
}

fn card(db: &Connection, id: Id, view: &view::CardView) -> Result<()> {
    household(db, id, &view.household)?;
    db.prepare_cached("DELETE FROM resident_row WHERE household = ?")?.execute([id.0])?;
    for r in &view.residents {
        db.prepare_cached("INSERT INTO resident_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            Id::or_zero(&r.id).0,
            id.0,
            r.name,
            r.phone,
            r.birth_year,
            r.languages.join(" "),
            r.needs.join(" "),
            r.moved_out,
            r.refuses.join(" ")
        ])?;
    }
    search::card(db, id)
}

/// Shows what residents do not agree to that an older version kept without showing it.
pub(crate) fn refusals(db: &Connection) -> Result<()> {
    let cards = documents::all(db)?.into_iter().filter(|(_, kind, _)| *kind == Some(DocKind::Card));
    for (id, ..) in cards {
        let Some(kept) = documents::load_readable(db, id)? else { continue };
        if kept.doc.content().root.set("refuses:").next().is_some() {
            document(db, id, &kept.doc)?;
        }
    }
    Ok(())
}

fn visits(db: &Connection, volume: Id, view: &view::VisitsView) -> Result<()> {
    let id = |text: &str| Id::or_zero(text).0;
    for v in &view.visits {
        db.prepare_cached(
            "INSERT INTO visit_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id, volume) DO UPDATE SET companions = ?5, purpose = ?6, outcome = ?7, note = ?8
             WHERE (companions, purpose, outcome, note) <> (?5, ?6, ?7, ?8)",
        )?
        .execute(params![id(&v.id), id(&v.household), volume.0, id(&v.officer), v.companions.join(" "), v.purpose, v.outcome, v.note, v.at_ms])?;
    }
    for f in &view.follow_ups {
        db.prepare_cached(
            "INSERT INTO follow_up_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id, volume) DO UPDATE SET what = ?6, due = ?7, done = ?8
             WHERE (what, due, done) <> (?6, ?7, ?8)",
        )?
        .execute(params![id(&f.id), id(&f.household), volume.0, id(&f.visit), id(&f.officer), f.what, f.due, f.done])?;
    }
    search::visits(db, Id::or_zero(&view.household))
}

/// Takes a record out of the lists that its document does not hold any more.
pub(crate) fn take_away(db: &Connection, record: Id, doc: Id) -> Result<()> {
    for (sql, both) in [
        ("DELETE FROM visit_row WHERE id = ?1 AND volume = ?2", true),
        ("DELETE FROM follow_up_row WHERE id = ?1 AND volume = ?2", true),
        ("DELETE FROM household_row WHERE id = ?1", false),
        ("DELETE FROM resident_row WHERE household = ?1", false),
        ("DELETE FROM matter_row WHERE id = ?1", false),
    ] {
        match (both, record == doc) {
            (true, _) => db.prepare_cached(sql)?.execute([record.0, doc.0])?,
            (false, true) => db.prepare_cached(sql)?.execute([record.0])?,
            (false, false) => 0,
        };
    }
    search::take_away(db, record, doc)
}

/// Brings a matter's row up to date: accepted events by ordinal, then own unjudged ones, shown as pending.
pub(crate) fn matter(db: &Connection, id: Id, doc: Option<&Doc>) -> Result<()> {
    let judged = events::of_matter(db, id)?;
    if appointments::are_of_one(&judged) {
        return appointments::show(db, id, &judged);
    }
    let matter = Matter::fold(id, events::happened(db, id, &judged)?);
    // The accepted registration; where there is none, the refused one says what the matter was to be.
    let mut registers = judged.iter().filter(|j| j.event.code == EventCode::Register.number());
    let register = registers.clone().find(|j| j.counts()).or_else(|| registers.next());
    let Some(register) = register else { return Ok(()) };
    let Ok(payload) = from_cbor::<Register>(&register.event.payload) else { return Ok(()) };
    // Texts that cannot be read hide no state.
    let stored = match doc {
        Some(_) => None,
        None => documents::load_readable(db, id)?,
    };
    let texts = doc.or(stored.as_ref().map(|s| &s.doc)).map(|d| view::texts(&d.content())).unwrap_or_default();
    let line = MatterLine {
        id,
        text: texts.of(register.event.id),
        place: texts.place,
        state: 0,
        officer: register.event.by,
        at_ms: register.at_ms(),
        register: payload,
    };
    matter_row(db, &line, matter.map_or("", |m| m.state.word()), judged.iter().any(events::Judged::is_pending))?;
    search::matter(db, id)
}

fn matter_row(db: &Connection, line: &MatterLine, state: &str, pending: bool) -> Result<()> {
    let register = &line.register;
    db.prepare_cached(
        "INSERT INTO matter_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (id) DO UPDATE SET
         household = ?2, code = ?3, kind = ?4, channel = ?5, category = ?6, affected = ?7, text = ?8, place = ?9, state = ?10, pending = ?11, officer = ?12,
         at_ms = ?13, urgent = ?14, errand = ?15",
    )?
    .execute(params![
        line.id.0,
        register.household.map(|h| h.0),
        register.code,
        MatterKind::from_number(register.kind).map_or("", MatterKind::word),
        Channel::from_number(register.channel).map_or("", Channel::word),
        Category::from_number(register.category).map_or("", Category::word),
        Affected::from_number(register.affected).map_or("", Affected::word),
        line.text,
        line.place,
        state,
        pending,
        line.officer.0,
        line.at_ms,
        register.urgent.and_then(Emergency::from_number).map_or("", Emergency::word),
        register.errand.unwrap_or(false),
    ])?;
    Ok(())
}
