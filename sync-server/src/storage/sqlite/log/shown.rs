//! The projections: writing a row, reading all of them.

use std::collections::BTreeSet;

use minqing_core::{Id, view::HouseholdRow};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    super::{attachments, cards, covers, figures, finding},
    matter::NEVER,
};
use crate::{
    projection::{AnswerShown, BoardShown, HouseholdShown, MatterShown, PublicShown, VisitShown},
    storage::{
        Result,
        log::{Shown, StreamId},
    },
};

pub(super) fn put_household(c: &Connection, h: &HouseholdShown) -> Result<()> {
    let r = &h.row;
    c.prepare_cached("INSERT OR REPLACE INTO household_row VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)")?.execute(
        params![
            h.id,
            h.stream,
            r.community,
            r.grid,
            r.estate,
            r.building,
            r.stairwell,
            r.floor,
            r.room,
            r.lane,
            r.door,
            r.note,
            r.names,
            r.residents,
            h.reviews,
            h.merged_into
        ],
    )?;
    cards::put_who(c, h)
}

pub(super) fn put_visit(c: &Connection, v: &VisitShown) -> Result<()> {
    c.prepare_cached(
        "INSERT INTO visit_row VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(id, household) DO UPDATE SET purpose = ?4, outcome = ?5, note = ?6
         WHERE (purpose, outcome, note) <> (?4, ?5, ?6)",
    )?
    .execute(params![v.id, v.household, v.officer, v.purpose, v.outcome, v.note, v.at_ms])?;
    Ok(())
}

/// What was answered stays: the row that is there is the same.
pub(super) fn put_answer(c: &Connection, a: &AnswerShown) -> Result<()> {
    c.prepare_cached("INSERT OR IGNORE INTO answer_row VALUES(?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        a.visit,
        a.household,
        a.form,
        a.version,
        a.question,
        a.value
    ])?;
    Ok(())
}

pub(super) fn put_matter(c: &Connection, m: &MatterShown) -> Result<()> {
    finding::put(c, matter(c, Id(m.id))?.as_ref(), m)?;
    // `due_ms` and `hand` are nobody's projection: they stay as they are.
    c.prepare_cached(
        "INSERT INTO matter_row(id, community, household, code, kind, channel, category, text, place, state, officer, at_ms, register,
                                handling, cycle, lamp, supervision, outcome, department, found_door, affected, due_ms)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                coalesce((SELECT due_ms FROM matter WHERE id = ?1), ?22))
         ON CONFLICT(id) DO UPDATE SET community = ?2, household = ?3, code = ?4, kind = ?5, channel = ?6, category = ?7, text = ?8, place = ?9,
                state = ?10, officer = ?11, at_ms = ?12, register = ?13, handling = ?14, cycle = ?15, lamp = ?16, supervision = ?17, outcome = ?18,
                department = ?19, found_door = ?20, affected = ?21",
    )?
    .execute(params![
        m.id,
        m.community,
        m.household,
        m.code,
        m.kind,
        m.channel,
        m.category,
        m.text,
        m.place,
        m.state,
        m.officer,
        m.at_ms,
        m.register,
        m.handling,
        m.cycle,
        m.lamp,
        m.supervision,
        m.outcome,
        m.department,
        m.door,
        m.affected,
        NEVER
    ])?;
    Ok(())
}

pub(super) fn put_public(c: &Connection, matter: Id, texts: &[PublicShown]) -> Result<()> {
    c.prepare_cached("DELETE FROM public_text WHERE matter = ?1")?.execute([matter.0])?;
    let mut put = c.prepare_cached("INSERT INTO public_text VALUES(?1, ?2, ?3)")?;
    for text in texts {
        put.execute(params![text.matter, text.event, text.text])?;
    }
    Ok(())
}

pub(super) fn put_board(c: &Connection, matter: Id, board: Option<&BoardShown>) -> Result<()> {
    c.prepare_cached("DELETE FROM public_matter WHERE matter = ?1")?.execute([matter.0])?;
    if let Some(b) = board {
        c.prepare_cached("INSERT INTO public_matter(matter, id, shown_ms) VALUES(?1, ?2, ?3)")?.execute(params![b.matter, b.id, b.shown_ms])?;
    }
    Ok(())
}

pub(in crate::storage::sqlite) fn texts_of(c: &Connection, matter: Id) -> Result<Vec<PublicShown>> {
    let mut query = c.prepare_cached("SELECT matter, event, text FROM public_text WHERE matter = ?1 ORDER BY event")?;
    let rows = query.query_map([matter.0], read_text)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read_text(row: &Row<'_>) -> rusqlite::Result<PublicShown> {
    Ok(PublicShown { matter: row.get(0)?, event: row.get(1)?, text: row.get(2)? })
}

pub(in crate::storage::sqlite) fn matter(c: &Connection, id: Id) -> Result<Option<MatterShown>> {
    Ok(c.prepare_cached("SELECT * FROM matter_row WHERE id = ?1")?.query_row([id.0], read_matter).optional()?)
}

pub(super) fn matters_of(c: &Connection, stream: StreamId) -> Result<Vec<MatterShown>> {
    let mut query = c.prepare("SELECT r.* FROM matter m JOIN matter_row r ON r.id = m.id WHERE m.stream = ?1 ORDER BY r.id")?;
    let rows = query.query_map([stream], read_matter)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn all(c: &Connection) -> Result<Shown> {
    let mut shown = Shown::default();
    for row in c.prepare("SELECT * FROM household_row ORDER BY id")?.query_map([], read_household)? {
        shown.households.push(row?);
    }
    for row in c.prepare("SELECT * FROM visit_row ORDER BY id, household")?.query_map([], read_visit)? {
        shown.visits.push(row?);
    }
    for row in c.prepare("SELECT * FROM matter_row ORDER BY id")?.query_map([], read_matter)? {
        shown.matters.push(row?);
    }
    shown.attachments = attachments::all(c)?;
    shown.covers = covers::all(c)?;
    for row in c.prepare("SELECT * FROM answer_row ORDER BY visit, household, form, version, question, value")?.query_map([], read_answer)? {
        shown.answers.push(row?);
    }
    for row in c.prepare("SELECT matter, event, text FROM public_text ORDER BY matter, event")?.query_map([], read_text)? {
        shown.public.push(row?);
    }
    let board = |row: &Row<'_>| Ok(BoardShown { matter: row.get(0)?, id: row.get(1)?, shown_ms: row.get(2)? });
    for row in c.prepare("SELECT matter, id, shown_ms FROM public_matter ORDER BY matter")?.query_map([], board)? {
        shown.board.push(row?);
    }
    figures::each(c, "", &mut |row| shown.counted.push(row.clone()))?;
    shown.ratings = figures::all_ratings(c)?;
    shown.reviews = cards::all_reviews(c)?;
    shown.refused = cards::all_refused(c)?;
    shown.words = finding::all(c)?;
    for household in &mut shown.households {
        household.who = cards::who(c, household.id)?.into_iter().collect();
    }
    Ok(shown)
}

pub(in crate::storage::sqlite) fn read_household(row: &Row<'_>) -> rusqlite::Result<HouseholdShown> {
    let id: [u8; 16] = row.get("id")?;
    Ok(HouseholdShown {
        id,
        stream: row.get("stream")?,
        row: HouseholdRow {
            id: Id(id).to_string(),
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
            ..HouseholdRow::default()
        },
        reviews: row.get("reviews")?,
        merged_into: row.get("merged_into")?,
        who: BTreeSet::new(),
    })
}

pub(in crate::storage::sqlite) fn read_visit(row: &Row<'_>) -> rusqlite::Result<VisitShown> {
    Ok(VisitShown {
        id: row.get("id")?,
        household: row.get("household")?,
        officer: row.get("officer")?,
        purpose: row.get("purpose")?,
        outcome: row.get("outcome")?,
        note: row.get("note")?,
        at_ms: row.get("at_ms")?,
    })
}

fn read_answer(row: &Row<'_>) -> rusqlite::Result<AnswerShown> {
    Ok(AnswerShown {
        visit: row.get("visit")?,
        household: row.get("household")?,
        form: row.get("form")?,
        version: row.get("version")?,
        question: row.get("question")?,
        value: row.get("value")?,
    })
}

pub(in crate::storage::sqlite) fn read_matter(row: &Row<'_>) -> rusqlite::Result<MatterShown> {
    Ok(MatterShown {
        id: row.get("id")?,
        community: row.get("community")?,
        household: row.get("household")?,
        code: row.get("code")?,
        kind: row.get("kind")?,
        channel: row.get("channel")?,
        category: row.get("category")?,
        text: row.get("text")?,
        place: row.get("place")?,
        state: row.get("state")?,
        officer: row.get("officer")?,
        at_ms: row.get("at_ms")?,
        register: row.get("register")?,
        handling: row.get("handling")?,
        cycle: row.get("cycle")?,
        lamp: row.get("lamp")?,
        supervision: row.get("supervision")?,
        outcome: row.get("outcome")?,
        department: row.get("department")?,
        door: row.get("found_door")?,
        affected: row.get("affected")?,
    })
}
