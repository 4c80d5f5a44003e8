//! At the start and every hour: what a stop left whole is finished, what nobody finished in days is taken away, and so is what was
//! erased and still lies in files.

use std::{collections::BTreeSet, time::Duration};

use super::{finish::finish, protocol::keep_ms};
use crate::{app::App, fault::Fault, sync};

/// How often.
const EVERY: Duration = Duration::from_secs(3_600);

/// Tidies now and every hour, until the server stops.
pub async fn keep_tidy(app: App) {
    loop {
        if let Err(e) = tidy(&app).await {
            tracing::error!(code = e.code, "uploads could not be tidied");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Finishes uploads whose bytes are all here, takes old ones away, and parts that belong to none.
///
/// # Errors
/// `store.failed`.
pub async fn tidy(app: &App) -> Result<(), Fault> {
    let halves = app.work(|app| app.store.half_uploads()).await?;
    for upload in halves {
        let Some(turn) = app.files.turns.take(upload.id) else { continue };
        if app.work(move |app| app.files.offset(upload.id)).await? == upload.length {
            // A file that is refused is taken away by `finish`; what failed is tried again in an hour.
            let _ = finish(app, &upload).await;
        }
        drop(turn);
    }
    app.work(sweep).await
}

fn sweep(app: &App) -> Result<(), Fault> {
    let now_ms = app.clock.now_ms();
    sync::scrub(app)?;
    let old = app.store.drop_uploads_before(now_ms - keep_ms(app), &app.files.turns.taken())?;
    let parts = app.files.parts()?;
    // In this order: an upload that begins now has its row before its part.
    let known: BTreeSet<_> = app.store.half_uploads()?.into_iter().map(|u| u.id).collect();
    let stray: Vec<_> = parts.into_iter().filter(|id| !known.contains(id)).collect();
    for id in old.iter().chain(&stray) {
        if let Some(_turn) = app.files.turns.take(*id) {
            app.files.drop_part(*id)?;
        }
    }
    if !old.is_empty() || !stray.is_empty() {
        tracing::info!(old = old.len(), stray = stray.len(), "uploads tidied");
    }
    Ok(())
}
