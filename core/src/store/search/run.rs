//! Runs a query and reads what it found from the rows that lists show.

use rusqlite::{Connection, params};

use super::{
    address,
    index::{KIND_SHIFT, kind_of, number},
    query::Query,
    snippet::{cut, marked, marked_names, phone_hits, snippet},
};
use crate::{
    Id, Result,
    store::lists,
    view::{FoundKind, FoundRow, HouseholdRow, Marked},
};

/// Numbers come newest first out of the index, so that a page costs no sorting; `kinds` as bits.
pub(in crate::store) const SEARCH: &str = "SELECT r.kind, r.id, r.owner FROM find JOIN find_row r ON r.rowid = find.rowid
 WHERE find MATCH ?1 AND find.rowid >= ?2 AND find.rowid < ?3 AND (1 << (find.rowid >> 36)) & ?4
 ORDER BY find.rowid DESC LIMIT ?5 OFFSET ?6";

/// Finds records of these kinds, residents first, then doors, matters and visits, each with the newest first.
pub(crate) fn run(db: &Connection, query: &Query, kinds: &[FoundKind], offset: u32, limit: u32) -> Result<Vec<FoundRow>> {
    let numbers = || kinds.iter().copied().map(number);
    let (Some(expression), Some(least), Some(greatest)) = (query.expression(), numbers().min(), numbers().max()) else { return Ok(Vec::new()) };
    let bits: i64 = numbers().fold(0, |bits, n| bits | (1 << n));
    let mut found = db.prepare_cached(SEARCH)?;
    let rows = found.query_map(params![expression, least << KIND_SHIFT, (greatest + 1) << KIND_SHIFT, bits, limit, offset], |row| {
        Ok((row.get::<_, i64>(0)?, Id(row.get(1)?), Id(row.get(2)?)))
    })?;
    let rows: Vec<(i64, Id, Id)> = rows.collect::<rusqlite::Result<_>>()?;
    let shown = rows.into_iter().filter_map(|(kind, id, owner)| {
        match kind_of(kind)? {
            FoundKind::Household => household(db, query, id),
            FoundKind::Resident => resident(db, query, id, owner),
            FoundKind::Visit => visit(db, query, id, owner),
            FoundKind::Matter => matter(db, query, id),
        }
        .transpose()
    });
    shown.collect()
}

fn household(db: &Connection, query: &Query, id: Id) -> Result<Option<FoundRow>> {
    Ok(lists::one_household(db, id)?.map(|h| FoundRow {
        kind: FoundKind::Household,
        title: marked(&address::label(&h), query),
        snippet: names_or(&h.names, &[&h.note], query),
        household: h.id.clone(),
        id: h.id,
        at_ms: 0,
        state: h.state,
    }))
}

fn resident(db: &Connection, query: &Query, id: Id, household: Id) -> Result<Option<FoundRow>> {
    let Some(h) = lists::one_household(db, household)? else { return Ok(None) };
    let Some(r) = lists::one_resident(db, household, id)? else { return Ok(None) };
    let snippet = if phone_hits(&r.phone, query) {
        let end = u32::try_from(r.phone.chars().count()).unwrap_or(u32::MAX);
        Marked { text: r.phone, hits: vec![crate::view::Hit { start: 0, end }] }
    } else {
        marked(&address::label(&h), query)
    };
    Ok(Some(FoundRow { kind: FoundKind::Resident, id: r.id, household: h.id, title: marked_names(&r.name, query), snippet, at_ms: 0, state: h.state }))
}

fn visit(db: &Connection, query: &Query, id: Id, volume: Id) -> Result<Option<FoundRow>> {
    let Some(v) = lists::visit_in(db, id, volume)? else { return Ok(None) };
    let door = door(db, &v.household)?;
    Ok(Some(FoundRow {
        kind: FoundKind::Visit,
        title: marked(&address::label(&door), query),
        snippet: note_or(&[&v.note], &door.names, query),
        id: v.id,
        household: v.household,
        at_ms: v.at_ms,
        state: v.state,
    }))
}

fn matter(db: &Connection, query: &Query, id: Id) -> Result<Option<FoundRow>> {
    let Some(m) = lists::one_matter(db, id)? else { return Ok(None) };
    let door = door(db, &m.household)?;
    let label = address::label(&door);
    Ok(Some(FoundRow {
        kind: FoundKind::Matter,
        title: marked(if label.is_empty() { &m.place } else { &label }, query),
        snippet: note_or(&[&m.text, &m.place, &crate::ids::shown(&m.code)], &door.names, query),
        id: m.id,
        household: m.household,
        at_ms: m.at_ms,
        state: m.state,
    }))
}

/// The door of a record; an empty one where it has none or it is not here.
fn door(db: &Connection, household: &str) -> Result<HouseholdRow> {
    let known = household.parse().ok().map(|id| lists::household_words(db, id)).transpose()?.flatten();
    Ok(known.unwrap_or_default())
}

/// The text that hits, else the names that do, else the beginning of the text.
fn note_or(texts: &[&str], names: &str, query: &Query) -> Marked {
    let text = snippet(texts, query);
    let named = marked_names(names, query);
    if text.hits.is_empty() && !named.hits.is_empty() { cut(&named.text, &named.hits) } else { text }
}

/// The names that hit, else the text that does, else the names.
fn names_or(names: &str, texts: &[&str], query: &Query) -> Marked {
    let named = marked_names(names, query);
    let text = snippet(texts, query);
    if named.hits.is_empty() && !text.hits.is_empty() { text } else { cut(&named.text, &named.hits) }
}
