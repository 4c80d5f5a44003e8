//! When packs are made: at the start, every few minutes, and when a phone would have taken one.

use std::time::Duration;

use super::build;
use crate::{app::App, fault::Fault};

/// How many packs of a stream are kept: phones still fetch the one before the newest.
const KEPT: usize = 2;

/// Makes packs until the server stops.
pub async fn keep_packed(app: App) {
    loop {
        if let Err(e) = app.work(pack_all).await {
            tracing::error!(code = e.code, "packs could not be made");
        }
        let every = tokio::time::sleep(Duration::from_secs(u64::from(app.config.packs.minutes) * 60));
        tokio::select! {
            () = every => {}
            () = app.shelf.lacking.notified() => {}
        }
    }
}

/// Makes a pack of each stream that has grown enough since its last one, and takes old packs away. Returns how many
/// were made.
///
/// # Errors
/// `store.failed`.
pub fn pack_all(app: &App) -> Result<u64, Fault> {
    let mut ends = Vec::new();
    app.store.at_one_moment(&mut |moment| {
        ends = moment.stream_ends()?;
        Ok(())
    })?;
    let mut made = 0;
    for end in ends {
        // No phone reads a desk, and what is shared with a person lies elsewhere.
        if end.name.starts_with("desk:") || end.name.starts_with("person:") || end.seq < app.config.packs.rows {
            continue;
        }
        let packs = app.store.packs(&end.name)?;
        let packed = packs.iter().find(|pack| app.shelf.holds(pack)).map_or(0, |pack| pack.seq);
        // A quarter more: below that the rows after the old pack cost less than a new one.
        if packed == 0 || end.seq - packed >= app.config.packs.rows.max(end.seq / 4) {
            made += u64::from(build(app, &end.name)?.is_some());
        }
        for old in app.store.packs(&end.name)?.iter().skip(KEPT) {
            app.store.drop_pack(old)?;
            app.shelf.clear(old);
        }
    }
    Ok(made)
}
