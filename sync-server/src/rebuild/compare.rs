//! Compares what the log says with the documents and projections that the server keeps.

use std::collections::BTreeMap;

use minqing_core::document::DocKind;
use serde::Serialize;

use super::{Rebuilt, fold, rebuild};
use crate::{
    projection,
    storage::{Result, Store, log::Shown},
};

/// The result of `minqing rebuild --check`. Everything but `rows` and `documents` should be 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows read.
    pub rows: u64,
    /// Documents made again.
    pub documents: u64,
    /// Rows missing or not linked to the row before.
    pub broken: u64,
    /// Rows that their device did not sign.
    pub unsigned: u64,
    /// Items that could not be read or applied.
    pub unreadable: u64,
    /// Documents whose heads or content differ, or that only one side has.
    pub documents_differ: u64,
    /// Projection rows that differ, or that only one side has.
    pub rows_differ: u64,
}

impl Report {
    /// Whether everything is as it must be.
    pub fn is_good(&self) -> bool {
        *self == Self { rows: self.rows, documents: self.documents, ..Self::default() }
    }
}

/// Reads the whole log and compares.
///
/// # Errors
/// `store.failed`.
pub fn check(store: &dyn Store) -> Result<Report> {
    let built = rebuild(store)?;
    compare(store, &built)
}

/// Compares a rebuild that was made before.
///
/// # Errors
/// `store.failed`.
pub fn compare(store: &dyn Store, built: &Rebuilt) -> Result<Report> {
    let kept: BTreeMap<_, _> = store.documents()?.into_iter().collect();
    let same = built
        .documents
        .iter()
        .filter(|(id, (stream, doc))| kept.get(id).is_some_and(|k| k.stream == *stream && k.doc.heads() == doc.heads() && k.doc.content() == doc.content()));
    let same = same.count() as u64;
    let (made, shown) = (show(built), store.shown()?);
    Ok(Report {
        rows: built.rows,
        documents: built.documents.len() as u64,
        broken: built.broken,
        unsigned: built.unsigned,
        unreadable: built.unreadable,
        documents_differ: (built.documents.len() as u64 - same).max(kept.len() as u64 - same),
        rows_differ: differ(&made.households, &shown.households, |r| r.id)
            + differ(&made.visits, &shown.visits, |r| r.id)
            + differ(&made.matters, &shown.matters, |r| r.id),
    })
}

/// How many ids have rows that are not the same on both sides.
fn differ<T: PartialEq>(made: &[T], shown: &[T], id: impl Fn(&T) -> [u8; 16]) -> u64 {
    let made: BTreeMap<_, _> = made.iter().map(|r| (id(r), r)).collect();
    let shown: BTreeMap<_, _> = shown.iter().map(|r| (id(r), r)).collect();
    let of_made = made.iter().filter(|(id, row)| shown.get(*id) != Some(row)).count();
    let only_shown = shown.keys().filter(|id| !made.contains_key(*id)).count();
    (of_made + only_shown) as u64
}

/// The projections as the log alone makes them.
fn show(built: &Rebuilt) -> Shown {
    let mut shown = Shown::default();
    for (id, (stream, doc)) in &built.documents {
        match doc.header().map(|(kind, _)| kind) {
            Some(DocKind::Card) => shown.households.push(projection::household(*id, *stream, doc)),
            Some(DocKind::Visits) => shown.visits.extend(projection::visits(doc)),
            Some(DocKind::Matter) | None => {}
        }
    }
    for (id, (stream, events)) in &built.matters {
        let Some(matter) = fold(events) else { continue };
        let community = projection::community_of(built.streams.get(stream).map_or("", String::as_str));
        let register = events.iter().find(|j| j.verdict.as_ref().is_some_and(|v| v.refused.is_none()));
        let Some(mut row) = register.and_then(|r| projection::matter(*id, community, &r.event, r.received_ms, &matter)) else { continue };
        if let Some((_, doc)) = built.documents.get(id) {
            row.read_texts(doc);
        }
        shown.matters.push(row);
    }
    shown
}
