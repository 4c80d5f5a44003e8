//! `GET /office/live`: tells an open page that something in its community is new, not what. Server-sent events without content.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::time::{Instant, sleep, timeout_at};

use super::desk::AtDesk;
use crate::{app::App, problem::Problem};

/// Between two events at least: in a rush a page fetches many changes at once.
const PAUSE: Duration = Duration::from_secs(1);
/// A line on which nothing goes for so long is taken for dead by what lies between: a comment goes.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// After so long the page opens it again, and shows that it is still signed in.
const LENGTH: Duration = Duration::from_secs(600);

/// Opens the stream of events.
pub async fn live(State(app): State<App>, desk: AtDesk) -> Result<Response, Problem> {
    let busy = || Problem { retry_after_s: Some(60), ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, "server.busy") };
    let ear = app.growth.hear(&desk.community).ok_or_else(busy)?;
    let events = stream::unfold((ear, Instant::now() + LENGTH), |(mut ear, until)| async move {
        timeout_at(until, ear.changed()).await.ok()?.ok()?;
        sleep(PAUSE).await;
        ear.mark_unchanged();
        Some((Ok::<_, Infallible>(Event::default().event("poke").data("new")), (ear, until)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response())
}
