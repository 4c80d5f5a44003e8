//! What somebody agrees to, as they say at the window: on the card of their door, and of every door that was made one with it. Phones read
//! those, too, and two doors may be made two again.

use minqing_core::{
    Id,
    document::DocKind,
    model::{Consent, HouseholdEdit, ResidentEdit},
    view::{self, ResidentRow},
};

use super::{
    decide::{Who, once, own},
    doors::{change_card, may_be_one},
};
use crate::{
    app::App,
    fault::Fault,
    storage::{Result, StoreError, log::KeptDocument},
    sync::Applying,
};

/// Writes down what a resident agrees to: these, and nothing else. `seen` are the refusals that they were read out.
///
/// # Errors
/// `card.unknown` for none of this desk; `resident.unknown`; `card.changed` where they refuse by now what was not among `seen`, or the other
/// way round; `store.failed`.
pub fn agree(app: &App, who: &Who, household: Id, resident: Id, seen: &[String], agreed: &[Consent]) -> Result<(), Fault> {
    once(app, |a| {
        let kept = own(a, who, household)?;
        let rows = rows(household, &kept);
        let row = rows.iter().find(|row| row.id == resident.to_string());
        let row = row.ok_or_else(|| StoreError::Unknown { what: "resident", id: resident.to_string() })?;
        if row.refuses != seen {
            return Err(StoreError::Refused("card.changed"));
        }
        write(a, household, kept, &[row], agreed)?;
        let mut doors = vec![household];
        while let Some(door) = doors.pop() {
            for other in a.unit.merged_with(door)? {
                let Some(kept) = a.unit.document(other)?.filter(|kept| kept.doc.content().root.text("into") == door.to_string()) else { continue };
                let there = self::rows(other, &kept);
                let same: Vec<&ResidentRow> = there.iter().filter(|there| may_be_one(there, row)).collect();
                write(a, other, kept, &same, agreed)?;
                doors.push(other);
            }
        }
        Ok(())
    })
}

fn rows(household: Id, kept: &KeptDocument) -> Vec<ResidentRow> {
    if kept.head.kind == DocKind::Card { view::card(household, &kept.doc.content()).residents } else { Vec::new() }
}

fn write(a: &mut Applying<'_>, household: Id, kept: KeptDocument, who: &[&ResidentRow], agreed: &[Consent]) -> Result<()> {
    let words = |row: &ResidentRow, agrees: bool| {
        let changed = Consent::ALL.iter().filter(|c| agreed.contains(c) == agrees && c.is_among(&row.refuses) == agrees);
        changed.map(|c| c.word().to_owned()).collect::<Vec<_>>()
    };
    let edits = who.iter().map(|row| ResidentEdit { id: row.id.clone(), refuses: words(row, false), agrees: words(row, true), ..ResidentEdit::default() });
    let residents: Vec<_> = edits.filter(|edit| !edit.refuses.is_empty() || !edit.agrees.is_empty()).collect();
    if residents.is_empty() {
        return Ok(());
    }
    let now = kept.doc.content();
    change_card(a, household, kept, &now, &HouseholdEdit { residents, ..HouseholdEdit::default() }, &[], None)
}
