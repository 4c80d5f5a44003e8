//! Documents move: a household that was registered in the wrong grid, and what is shared with somebody for a while.
//!
//! What moves is said again, row by row, in the stream it comes to: its readers take rows as always, and every signature holds
//! (docs/adr/0016).

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    event::FactKind,
    model::community_of_grid,
};
use serde::Serialize;

use super::{
    apply::Applying,
    archive,
    change::{Shown, show},
    event::{person, show as show_matter},
    share::{control, no_longer_with, say_again, with},
    trial::Trials,
};
use crate::{
    app::App,
    fault::Fault,
    projection::community_of,
    storage::{Result as Stored, StoreError, log::StreamId},
};

/// The years in which a household may have a volume of visits.
const YEARS: std::ops::RangeInclusive<i16> = 2_000..=2_150;

/// What moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Moved {
    /// Documents and matters.
    pub documents: u64,
    /// Rows that are said again.
    pub rows: u64,
}

/// Gives a household, its visits and the matters at its door to another grid of its community. Whoever was writing on them
/// meanwhile is still heard. A household that lies there already is left as it is.
///
/// # Errors
/// `household.unknown`; `grid.unknown` where it is no grid of that community; `store.failed`.
pub fn move_household(app: &App, household: Id, grid: &str) -> Result<Moved, Fault> {
    let mut moved = Moved::default();
    let grid_unknown = || StoreError::Unknown { what: "grid", id: grid.to_owned() };
    in_one(app, &mut |a| {
        moved = Moved::default();
        let from = card_of(a, household)?;
        if !same_community(&a.unit.stream_name(from)?, grid) {
            return Err(grid_unknown());
        }
        let to = a.unit.stream(&format!("grid:{grid}"))?.ok_or_else(grid_unknown)?;
        if from == to {
            return Ok(());
        }
        for doc in at_door(a, household, from)? {
            control(a, FactKind::Enter, doc, to, Vec::new())?;
            moved.rows += say_again(a, doc, from, to)?;
            control(a, FactKind::Leave, doc, from, Vec::new())?;
            moved.documents += 1;
            a.unit.set_home(doc, from, to)?;
            if a.unit.archived(doc)?
                && let Some(kept) = a.unit.document(doc)?
            {
                archive::end(a, doc, &kept.doc, to)?;
            }
            show_again(a, doc)?;
        }
        Ok(())
    })?;
    Ok(moved)
}

/// Shares a household with an officer of its community, with its visits and the matters at its door, or a single matter: for a second
/// officer, or as cover. What comes later is shared as well.
///
/// # Errors
/// `record.unknown` for what is neither, `officer.unknown`, also for one of another community; `store.failed`.
pub fn share(app: &App, record: Id, officer: Id) -> Result<Moved, Fault> {
    each_of(app, record, officer, &|a, doc, home, stream| with(a, home, doc, stream))
}

/// Shares it no longer: it leaves the officer's phones.
///
/// # Errors
/// As [`share`].
pub fn unshare(app: &App, record: Id, officer: Id) -> Result<Moved, Fault> {
    each_of(app, record, officer, &|a, doc, _, stream| no_longer_with(a, doc, stream))
}

type Deed = dyn Fn(&mut Applying<'_>, Id, StreamId, StreamId) -> Stored<()>;

fn each_of(app: &App, record: Id, officer: Id, deed: &Deed) -> Result<Moved, Fault> {
    let community = app.store.officer(officer)?.map(|officer| officer.community);
    let nobody = || StoreError::Unknown { what: "officer", id: officer.to_string() };
    let mut moved = Moved::default();
    in_one(app, &mut |a| {
        moved = Moved::default();
        let stream = a.unit.stream(&person(officer))?.ok_or_else(nobody)?;
        let home = home_of(a, record)?;
        if community.as_deref() != Some(community_of(&a.unit.stream_name(home)?)) {
            return Err(nobody());
        }
        let is_card = a.unit.document_head(record)?.is_some_and(|head| head.kind == DocKind::Card);
        let docs = if is_card { at_door(a, record, home)? } else { vec![record] };
        for doc in docs {
            deed(a, doc, home, stream)?;
            moved.documents += 1;
        }
        Ok(())
    })?;
    Ok(moved)
}

/// Does something in one transaction of applying.
pub(crate) fn in_one(app: &App, work: &mut dyn FnMut(&mut Applying<'_>) -> Stored<()>) -> Stored<()> {
    let now_ms = app.clock.now_ms();
    app.store.apply(&mut |unit| work(&mut Applying::new(app, unit, &mut Trials::default(), now_ms)))
}

/// The home of a household.
pub(crate) fn card_of(a: &mut Applying<'_>, household: Id) -> Stored<StreamId> {
    let card = a.unit.document_head(household)?.filter(|head| head.kind == DocKind::Card);
    card.map(|head| head.stream).ok_or_else(|| StoreError::Unknown { what: "household", id: household.to_string() })
}

/// The home of a household of a community.
pub(crate) fn card_in(a: &mut Applying<'_>, household: Id, community: &str) -> Stored<StreamId> {
    let home = card_of(a, household)?;
    let is_there = community_of(&a.unit.stream_name(home)?) == community;
    is_there.then_some(home).ok_or_else(|| StoreError::Unknown { what: "household", id: household.to_string() })
}

/// The home of a household or matter.
fn home_of(a: &mut Applying<'_>, record: Id) -> Stored<StreamId> {
    let head = a.unit.document_head(record)?.filter(|head| matches!(head.kind, DocKind::Card | DocKind::Matter));
    let matter = a.unit.matter(record)?.map(|kept| kept.stream);
    matter.or(head.map(|head| head.stream)).ok_or_else(|| StoreError::Unknown { what: "record", id: record.to_string() })
}

/// A household, its volumes of visits and the matters at its door, as far as they have their home in this stream.
pub(super) fn at_door(a: &mut Applying<'_>, household: Id, home: StreamId) -> Stored<Vec<Id>> {
    let mut docs = vec![household];
    for volume in YEARS.map(|year| Id::visits(household, year)) {
        docs.extend(a.unit.document_head(volume)?.filter(|head| head.stream == home).map(|_| volume));
    }
    docs.extend(a.unit.matters_at(household, home)?);
    docs.extend(a.unit.appointments_at(household, home)?);
    Ok(docs)
}

/// Brings the rows that the office reads up to date.
fn show_again(a: &mut Applying<'_>, doc: Id) -> Stored<()> {
    if let Some(kept) = a.unit.document(doc)?.filter(|kept| kept.head.kind == DocKind::Card) {
        let (before, after) = (Doc::empty().content(), kept.doc.content());
        show(a.unit, doc, &kept.head, &Shown { doc: &kept.doc, before: &before, after: &after })?;
    }
    match a.unit.matter(doc)? {
        Some(kept) => show_matter(a, doc, &kept),
        None => Ok(()),
    }
}

fn same_community(stream: &str, grid: &str) -> bool {
    community_of(stream) == community_of_grid(grid)
}
