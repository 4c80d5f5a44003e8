//! What is kept of a door, for the pages that show it and the paper that is handed over.

use minqing_core::{
    Id,
    document::{Content, DocKind},
    model::community_of_grid,
    view::{self, CardView, VisitRow},
};

use crate::{app::App, console::desk::AtDesk, fault::Fault, projection::MatterShown, storage::Result};

/// The card of a door of this desk.
///
/// # Errors
/// `household.unknown`, also for one of another community; `store.failed`.
pub fn card_of(app: &App, desk: &AtDesk, id: &str) -> std::result::Result<(Id, Content, CardView), Fault> {
    let unknown = || Fault::new("household.unknown", id);
    let household: Id = id.parse().map_err(|_| unknown())?;
    let kept = app.store.document(household)?.filter(|kept| kept.head.kind == DocKind::Card).ok_or_else(unknown)?;
    let content = kept.doc.content();
    let card = view::card(household, &content);
    if community_of_grid(&card.household.grid) != desk.community {
        return Err(unknown());
    }
    Ok((household, content, card))
}

/// A door, and those that turned out to be it: what was written there is its own, too.
pub fn with_merged(app: &App, household: Id) -> Result<Vec<Id>> {
    let mut doors = app.store.merged_into(household)?;
    doors.insert(0, household);
    Ok(doors)
}

/// The visits of a year at these doors.
pub fn visits_of(app: &App, doors: &[Id], year: i16) -> Result<Vec<VisitRow>> {
    let mut visits = Vec::new();
    for door in doors {
        if let Some(kept) = app.store.document(Id::visits(*door, year))? {
            visits.extend(view::visits(&kept.doc.content()).visits);
        }
    }
    Ok(visits)
}

/// The newest matters at each of these doors.
pub fn matters_of(app: &App, doors: &[Id], limit: u32) -> Result<Vec<MatterShown>> {
    let mut matters = Vec::new();
    for door in doors {
        matters.extend(app.store.matters_at(*door, limit)?);
    }
    Ok(matters)
}
