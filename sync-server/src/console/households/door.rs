//! What is kept of a door, for the pages that show it and the paper that is handed over.

use minqing_core::{
    Id,
    document::{Content, DocKind},
    model::{Outcome, Purpose, community_of_grid},
    view::{self, CardView, VisitRow},
    words::{Lang, say},
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

/// The volumes of a year's visits at these doors.
pub fn volumes_of(app: &App, doors: &[Id], year: i16) -> Result<Vec<(Id, Content)>> {
    let mut volumes = Vec::new();
    for id in doors.iter().map(|door| Id::visits(*door, year)) {
        volumes.extend(app.store.document(id)?.map(|kept| (id, kept.doc.content())));
    }
    Ok(volumes)
}

/// What somebody came for, and how it went.
pub fn visit_said(lang: Lang, visit: &VisitRow) -> String {
    format!("{} · {}", say(lang, &Purpose::key_of(&visit.purpose), &[]), say(lang, &Outcome::key_of(&visit.outcome), &[]))
}

/// The newest matters at each of these doors.
pub fn matters_of(app: &App, doors: &[Id], limit: u32) -> Result<Vec<MatterShown>> {
    let mut matters = Vec::new();
    for door in doors {
        matters.extend(app.store.matters_at(*door, limit)?);
    }
    Ok(matters)
}
