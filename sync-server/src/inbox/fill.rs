//! Filling the inbox's projections once in a database that an older server made.

use minqing_core::{Id, document::Doc};

use crate::{
    app::App,
    projection,
    storage::{Result, StoreError},
    sync::{Applying, Trials, show_document},
};

/// Documents shown again in one transaction.
const BATCH: usize = 200;

/// Shows every card, volume and matter as this version does, where an older one did. Begun again if it is cut short.
///
/// # Errors
/// `store.failed`, `store.damaged`.
pub fn fill(app: &App) -> Result<()> {
    if !app.store.cards_to_fill()? {
        return Ok(());
    }
    let ids = app.store.all_ids()?;
    tracing::info!(documents = ids.len(), "the inbox is filled from what older servers kept");
    for batch in ids.chunks(BATCH) {
        app.store.apply(&mut |unit| {
            let mut trials = Trials::default();
            let mut a = Applying::new(app, unit, &mut trials, app.clock.now_ms());
            batch.iter().try_for_each(|id| match show_again(&mut a, *id) {
                // What cannot be read is shown as before, and hinders nobody.
                Err(StoreError::Damaged(_)) => {
                    tracing::warn!(%id, "what cannot be read is not shown anew");
                    Ok(())
                }
                done => done,
            })
        })?;
    }
    app.store.cards_filled()
}

fn show_again(a: &mut Applying<'_>, id: Id) -> Result<()> {
    if let Some(kept) = a.unit.matter(id)? {
        let (events, facts) = a.unit.told_of(id)?;
        let home = a.unit.stream_name(kept.stream)?;
        projection::all_refused(id, projection::community_of(&home), &events, facts.iter()).iter().try_for_each(|row| a.unit.show_refused(row))?;
        if let Some(mut row) = a.unit.shown_matter(id)? {
            row.read_affected(&events);
            a.unit.show_matter(&row)?;
        }
    }
    let Some(kept) = a.unit.document(id)? else { return Ok(()) };
    a.unit.show_reviews(id, &projection::reviews(id, &kept.doc))?;
    show_document(a.unit, id, &kept.head, &kept.doc, &Doc::empty().content())
}
