//! When volumes of visits of years that are over leave the phones (docs/SYNC.md, "Archive"): by one process, once a day.

use std::time::Duration;

use crate::{app::App, sync::archive_all};

/// How often it is looked for years that are over.
const EVERY: Duration = Duration::from_secs(86_400);

/// Archives now and every day, until the server stops.
pub async fn keep_archived(app: App) {
    loop {
        if let Err(e) = app.work(|app| archive_all(app, app.config.log.archive_days)).await {
            tracing::error!(code = e.code, "old volumes could not be archived; it is tried again");
        }
        tokio::time::sleep(EVERY).await;
    }
}
