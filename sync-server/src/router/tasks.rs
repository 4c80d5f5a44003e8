//! What the server does by itself, as long as it runs.

use std::time::Duration;

use crate::{
    app::App,
    booking, pipeline, rounds,
    settings::{self, Alarm},
};

/// How often the line's clocks are looked at.
const TICK: Duration = Duration::from_secs(30);

/// Does what the line's clocks come to, as long as the server runs, by the settings that hold then.
pub(super) async fn keep_time(app: App) {
    let mut alarm = Alarm::default();
    loop {
        if let Err(e) = app.work(settings::refresh).await {
            tracing::error!(code = e.code(), "settings could not be read; it is tried again");
        }
        if let Err(e) = app.work(settings::tell_phones).await {
            tracing::error!(code = e.code(), "phones could not be told of the calendar; it is tried again");
        }
        alarm.look(&app);
        if let Err(e) = app.work(pipeline::run_due).await {
            tracing::error!(code = e.code(), "what clocks have come to could not be done; it is tried again");
        }
        if let Err(e) = app.work(booking::run_due).await {
            tracing::error!(code = e.code(), "what is due about appointments could not be done; it is tried again");
        }
        tokio::time::sleep(TICK).await;
    }
}

/// Hands over reminders, as long as the server runs; apart from the clocks, for a gateway may be slow.
pub(super) async fn keep_reminded(app: App) {
    loop {
        if let Err(e) = app.work(booking::send_reminders).await {
            tracing::error!(code = e.code(), "reminders could not be handed over; it is tried again");
        }
        tokio::time::sleep(TICK).await;
    }
}

/// Plans the day each morning, as long as the server runs; apart from the clocks, which are not to wait for it.
pub(super) async fn keep_planned(app: App) {
    loop {
        if let Err(e) = app.work(|app| rounds::plan_mornings(app, std::env::current_exe().ok().as_deref())).await {
            tracing::error!(code = e.code, "rounds could not be planned; it is tried again");
        }
        tokio::time::sleep(TICK).await;
    }
}
