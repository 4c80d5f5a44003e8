//! When windows and halls are open next, as a door is offered them.

use minqing_core::{Id, appointment::Opening, document::wishes::wishes};

use crate::{app::App, storage::Result};

/// The next openings for a household, or for somebody of whom nothing is known.
///
/// # Errors
/// `store.failed`.
pub fn next_openings(app: &App, household: Option<Id>, count: usize) -> Result<Vec<Opening>> {
    let card = household.map_or(Ok(None), |id| app.store.document(id))?.map(|kept| kept.doc.content());
    let free = card.map(|card| wishes(&card).spans).unwrap_or_default();
    let rules = app.rules.get();
    Ok(rules.openings.next(&free, &rules.calendar, app.clock.now_ms(), count))
}
