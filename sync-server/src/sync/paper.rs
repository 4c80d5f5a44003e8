//! The visit of a row of a paper round, as the office enters it: in its officer's name, under the row's own id, so that the officer's phone, which
//! may have entered the same row without a network, means the same visit.

use minqing_core::{
    Id,
    document::{
        Doc, DocKind,
        visits::{self, Made},
    },
    envelope::{Item, ItemKind},
    ids::actor,
    model::NewVisit,
    paper::Row,
};

use super::{
    apply::Applying,
    archive,
    change::{Shown, show},
    moved::card_of,
    pen::SERVER,
    share,
    trial::Trials,
};
use crate::{
    app::App,
    fault::Fault,
    projection::community_of,
    storage::{Result, StoreError, log::DocumentHead},
};

/// Writes the visit of a row at a door of a community; whether it was not there yet.
///
/// # Errors
/// What [`NewVisit::check`] says; `household.unknown`, also for one of another community; `change.too_large`, `store.failed`.
pub fn enter_visit(app: &App, community: &str, row: &Row, new: &NewVisit) -> Result<bool, Fault> {
    new.check()?;
    let mut is_new = false;
    app.store.apply(&mut |unit| {
        let mut trials = Trials::default();
        let mut a = Applying::new(app, unit, &mut trials, app.clock.now_ms());
        let home = card_of(&mut a, row.household)?;
        if community_of(&a.unit.stream_name(home)?) != community {
            return Err(StoreError::Unknown { what: "household", id: row.household.to_string() });
        }
        is_new = write(&mut a, home, row, new)?;
        Ok(())
    })?;
    Ok(is_new)
}

fn write(a: &mut Applying<'_>, home: i64, row: &Row, new: &NewVisit) -> Result<bool> {
    let (volume, id) = (row.volume(), row.visit());
    let kept = a.unit.document(volume)?;
    let is_begun = kept.is_some();
    let first = DocumentHead { kind: DocKind::Visits, stream: home, creator: Id([0; 16]), version: 0 };
    let (head, mut doc) = kept.map_or_else(|| (first, Doc::empty()), |kept| (kept.head, kept.doc));
    let before = doc.content();
    if before.item("visit", id).is_some() {
        return Ok(false);
    }
    let made = Made { officer: row.officer, at_ms: row.at_ms() };
    let written = doc.change(actor(SERVER, a.pen.opening()), a.now_ms / 1000, |w| visits::add(w, row.household, row.day.year(), id, new, made, &[]));
    let Some(bytes) = written.map_err(|_| StoreError::Refused("change.too_large"))? else { return Ok(false) };
    if is_begun {
        archive::take_back(a, volume, head.stream, Some(row.household))?;
    } else {
        share::like_household(a, head.stream, volume, Some(row.household))?;
    }
    let item = Item { kind: ItemKind::Change.number(), doc: volume, bytes };
    share::append(a.unit, head.stream, &a.pen.row(&item, a.now_ms))?;
    a.unit.keep_document(volume, &head, &doc.save())?;
    show(a.unit, volume, &head, &Shown { doc: &doc, before: &before, after: &doc.content() })?;
    Ok(true)
}
