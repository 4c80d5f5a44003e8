//! What the office writes itself: changes by the server, in the log like everybody's.

use minqing_core::{
    Id,
    document::{Doc, DocKind, card},
    envelope::{Hash, Item, ItemKind},
    ids::actor,
    model::{NewHousehold, NewResident, address_name},
};

use super::pen::SERVER;
use crate::{
    app::App,
    entropy::bytes,
    fault::Fault,
    projection,
    storage::{
        StoreError,
        log::{DocumentHead, Entry},
    },
};

/// Writes households in one transaction; returns each one's id and the hash of the change that holds it.
///
/// # Errors
/// What [`NewHousehold::check`] says; `address.taken` for a door that is there already, `grid.unknown`, `store.failed`.
pub fn add_households(app: &App, new: &[NewHousehold]) -> Result<Vec<(Id, Hash)>, Fault> {
    new.iter().try_for_each(|h| h.check().map_err(|e| Fault::new(e.code(), e.path().unwrap_or_default())))?;
    let now_ms = app.clock.now_ms();
    let mut added = Vec::new();
    app.store.apply(&mut |unit| {
        added.clear();
        for household in new {
            let id = address_name(&household.address).unwrap_or_else(|| app.pen.id(&*app.entropy, now_ms));
            if unit.document_head(id)?.is_some() {
                return Err(StoreError::Exists { what: "address" });
            }
            let home = format!("grid:{}", household.grid);
            let grid = unit.stream(&home)?;
            let stream = grid.ok_or_else(|| StoreError::Unknown { what: "grid", id: household.grid.clone() })?;
            let mut doc = Doc::empty();
            let bytes = write(app, &mut doc, household, now_ms).map_err(|e| StoreError::Damaged(e.code().to_owned()))?;
            let item = Item { kind: ItemKind::Change.number(), doc: id, bytes };
            let entry = Entry { name: app.pen.name(), item: &item, envelope: None, received_ms: now_ms, applied_ms: now_ms, counts: true };
            unit.append(stream, &entry)?;
            unit.keep_document(id, &DocumentHead { kind: DocKind::Card, stream, creator: Id([0; 16]), version: 0 }, &doc.save())?;
            unit.show_household(&projection::household(id, stream, &home, &doc))?;
            added.push((id, item.hash()));
        }
        Ok(())
    })?;
    Ok(added)
}

fn write(app: &App, doc: &mut Doc, household: &NewHousehold, now_ms: i64) -> minqing_core::Result<Vec<u8>> {
    let residents: Vec<(Id, &NewResident)> = household.residents.iter().map(|r| (Id::timed(now_ms, &bytes(&*app.entropy)), r)).collect();
    let change = doc.change(actor(SERVER, app.pen.opening()), now_ms / 1000, |w| card::create(w, household, &residents))?;
    change.ok_or(minqing_core::Error::Malformed("document.malformed"))
}
