//! What the office writes itself: changes by the server, in the log like everybody's.

use minqing_core::{
    Id,
    document::{Content, Doc, DocKind, card},
    envelope::{Hash, Item, ItemKind},
    ids::actor,
    model::{HouseholdEdit, NewHousehold, NewResident, address_name},
};

use super::{
    apply::Applying,
    archive,
    change::{Shown, show},
    pen::SERVER,
    place, share,
};
use crate::{
    app::App,
    entropy::{Entropy, bytes},
    fault::Fault,
    storage::{
        Result, StoreError,
        log::{DocumentHead, KeptDocument, StreamId, Unit},
    },
};

/// Writes households in one transaction; returns each one's id and the hash of the change that holds it.
///
/// # Errors
/// What [`NewHousehold::check`] says; `address.taken` for a door that is there already, `grid.unknown`, `store.failed`.
pub fn add_households(app: &App, new: &[NewHousehold]) -> Result<Vec<(Id, Hash)>, Fault> {
    new.iter().try_for_each(|h| h.check().map_err(Fault::from))?;
    let now_ms = app.clock.now_ms();
    let mut added = Vec::new();
    app.store.apply(&mut |unit| {
        added.clear();
        for household in new {
            let id = address_name(&household.address).unwrap_or_else(|| app.pen.id(&*app.entropy, now_ms));
            if unit.document_head(id)?.is_some() {
                return Err(StoreError::Exists { what: "address" });
            }
            let stream = home_of(unit, household)?;
            let change = new_card(app, now_ms, household).map_err(|e| StoreError::Damaged(e.code().to_owned()))?;
            added.push((id, keep_card(app, unit, now_ms, (id, stream), change)?));
        }
        Ok(())
    })?;
    Ok(added)
}

/// Writes what the office changed on a household, and nothing else; the hash of the change, `None` if nothing was different.
///
/// # Errors
/// What [`HouseholdEdit::check`] says; `household.unknown`, `resident.unknown`, `change.too_large`, `store.failed`.
pub fn edit_household(app: &App, id: Id, edit: &HouseholdEdit) -> Result<Option<Hash>, Fault> {
    edit.check()?;
    let now_ms = app.clock.now_ms();
    let (mut refused, mut written) = (None, None);
    app.store.apply(&mut |unit| {
        let Some(kept) = unit.document(id)?.filter(|kept| kept.head.kind == DocKind::Card) else {
            refused = Some(Fault::new("household.unknown", id.to_string()));
            return Ok(());
        };
        match edited_card(app, now_ms, kept, edit) {
            Ok(Some(change)) => written = Some(keep_card(app, unit, now_ms, (id, change.kept.head.stream), change)?),
            Ok(None) => {}
            Err(e) => refused = Some(e.into()),
        }
        Ok(())
    })?;
    refused.map_or(Ok(written), Err)
}

/// A card with a change of the server's that is in no log yet.
pub(crate) struct Changed {
    kept: KeptDocument,
    before: Content,
    bytes: Vec<u8>,
}

/// The stream of a household's grid.
pub(crate) fn home_of(unit: &mut dyn Unit, household: &NewHousehold) -> Result<StreamId> {
    let grid = unit.stream(&format!("grid:{}", household.grid))?;
    grid.ok_or_else(|| StoreError::Unknown { what: "grid", id: household.grid.clone() })
}

/// Makes a card.
///
/// # Errors
/// `change.too_large`.
pub(crate) fn new_card(app: &App, now_ms: i64, household: &NewHousehold) -> minqing_core::Result<Changed> {
    let residents = with_ids(&*app.entropy, now_ms, &household.residents);
    let mut doc = Doc::empty();
    let change = doc.change(actor(SERVER, app.pen.opening()), now_ms / 1000, |w| card::create(w, household, &residents))?;
    let bytes = change.ok_or(minqing_core::Error::Malformed("document.malformed"))?;
    // Its stream is the one it is kept in.
    let head = DocumentHead { kind: DocKind::Card, stream: 0, creator: Id([0; 16]), version: 0 };
    Ok(Changed { kept: KeptDocument { head, doc }, before: Content::default(), bytes })
}

/// Changes a card; `None` if nothing was different.
///
/// # Errors
/// `resident.unknown`, `change.too_large`.
pub(crate) fn edited_card(app: &App, now_ms: i64, mut kept: KeptDocument, edit: &HouseholdEdit) -> minqing_core::Result<Option<Changed>> {
    let new = with_ids(&*app.entropy, now_ms, &edit.new_residents);
    let before = kept.doc.content();
    let change = kept.doc.change(actor(SERVER, app.pen.opening()), now_ms / 1000, |w| card::edit(w, &before, edit, &new))?;
    Ok(change.map(|bytes| Changed { kept, before, bytes }))
}

/// Appends the change wherever the card is read, keeps and shows it.
pub(crate) fn keep_card(app: &App, unit: &mut dyn Unit, now_ms: i64, (id, stream): (Id, StreamId), change: Changed) -> Result<Hash> {
    let Changed { kept: KeptDocument { head, doc }, before, bytes } = change;
    let item = Item { kind: ItemKind::Change.number(), doc: id, bytes };
    share::append(unit, stream, &app.pen.row(&item, now_ms))?;
    keep(unit, id, &DocumentHead { stream, ..head }, &doc, &before)?;
    Ok(item.hash())
}

/// Keeps a document that the office wrote on, and shows it.
fn keep(unit: &mut dyn Unit, id: Id, head: &DocumentHead, doc: &Doc, before: &Content) -> Result<()> {
    unit.keep_document(id, head, &doc.save())?;
    show(unit, id, head, &Shown { doc, before, after: &doc.content() })
}

/// New residents with their ids.
pub(crate) fn with_ids<'r>(entropy: &dyn Entropy, now_ms: i64, residents: &'r [NewResident]) -> Vec<(Id, &'r NewResident)> {
    // A millisecond apart, so that they stay in the order in which they were written down.
    (now_ms..).zip(residents).map(|(ms, r)| (Id::timed(ms, &bytes(entropy)), r)).collect()
}

/// Lets the office write on a document that is there: appends the changes wherever it is read, keeps and shows it.
///
/// # Errors
/// What `write` returns, as a refusal by its code; `store.failed`.
pub(crate) fn write(a: &mut Applying<'_>, id: Id, kept: KeptDocument, write: impl FnOnce(&mut Doc) -> minqing_core::Result<Vec<Vec<u8>>>) -> Result<()> {
    let KeptDocument { head, mut doc } = kept;
    let before = doc.content();
    let changes = write(&mut doc).map_err(|e| StoreError::Refused(e.code()))?;
    if changes.is_empty() {
        return Ok(());
    }
    if head.kind == DocKind::Visits {
        archive::take_back(a, id, head.stream, place::household_of(head.kind, &before.root.text("home")))?;
    }
    for bytes in changes {
        let item = Item { kind: ItemKind::Change.number(), doc: id, bytes };
        share::append(a.unit, head.stream, &a.pen.row(&item, a.now_ms))?;
    }
    keep(a.unit, id, &head, &doc, &before)
}

#[cfg(test)]
mod tests {
    use minqing_core::model::{Address, ResidentEdit};

    use super::*;
    use crate::{
        rebuild,
        testing::{COMMUNITY, World},
    };

    /// Rows about a household in the stream of a name.
    fn rows(world: &World, stream: &str, household: Id) -> usize {
        let mut found = 0;
        let mut count = |row: crate::storage::log::ProvenRow| {
            found += usize::from(row.stream_name == stream && row.row.item.doc == household && row.row.item.kind == ItemKind::Change.number());
            Ok(())
        };
        world.store().at_one_moment(&mut |moment| moment.each_row(&mut count)).unwrap();
        found
    }

    #[test]
    fn what_the_office_edits_reaches_those_with_whom_the_card_is_shared() {
        let world = World::open();
        let address = Address { community: COMMUNITY.into(), room: "501".into(), ..Address::default() };
        let new = NewHousehold { grid: format!("{COMMUNITY}002"), address, ..NewHousehold::default() };
        let (id, _) = add_households(&world.app, &[new]).unwrap()[0];
        let officer = world.officer();
        crate::sync::share(&world.app, id, officer).unwrap();
        let person = crate::sync::person(officer);
        let before = rows(&world, &person, id);
        edit_household(&world.app, id, &HouseholdEdit { note: Some("耳背".into()), ..HouseholdEdit::default() }).unwrap();
        assert_eq!((before, rows(&world, &person, id)), (1, 2));
        let report = rebuild::check(world.store()).unwrap();
        assert!(report.is_good(), "{report:?}");
    }

    #[test]
    fn the_office_edits_a_card_by_the_smallest_change() {
        let world = World::open();
        let address = Address { community: COMMUNITY.into(), room: "501".into(), ..Address::default() };
        let resident = NewResident { name: "甲".into(), ..NewResident::default() };
        let new = NewHousehold { grid: format!("{COMMUNITY}001"), address, residents: vec![resident.clone()], ..NewHousehold::default() };
        let (id, _) = add_households(&world.app, std::slice::from_ref(&new)).unwrap()[0];
        assert_eq!(add_households(&world.app, &[new]).unwrap_err().code, "address.taken");

        let edit = |change: HouseholdEdit| edit_household(&world.app, id, &change).map_err(|f| f.code);
        let noted = HouseholdEdit { note: Some("耳背".into()), ..HouseholdEdit::default() };
        assert!(edit(noted.clone()).unwrap().is_some());
        assert_eq!(edit(noted), Ok(None), "nothing was different");
        assert!(edit(HouseholdEdit { new_residents: vec![resident], ..HouseholdEdit::default() }).unwrap().is_some());
        let stranger = ResidentEdit { id: Id([7; 16]).to_string(), moved_out: Some(true), ..ResidentEdit::default() };
        assert_eq!(edit(HouseholdEdit { residents: vec![stranger], ..HouseholdEdit::default() }), Err("resident.unknown"));
        assert_eq!(edit(HouseholdEdit::default()), Err("edit.empty"));
        let nowhere = HouseholdEdit { note: Some("x".into()), ..HouseholdEdit::default() };
        assert_eq!(edit_household(&world.app, Id([9; 16]), &nowhere).unwrap_err().code, "household.unknown");
        let report = rebuild::check(world.store()).unwrap();
        assert!(report.is_good() && report.rows == 3, "{report:?}");
    }
}
