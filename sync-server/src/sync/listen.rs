//! `GET /v1/sync/events`: tells a phone that something is new for it, not what. Server-sent events without content.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::time::{Instant, sleep_until};

use super::pokes::Ear;
use crate::{
    app::App,
    auth::{FromDevice, FromReader},
    entropy,
    fault::Fault,
    problem::Problem,
};

/// Between two pokes of one phone at least: in a rush it is to fetch many rows at once.
const PAUSE: Duration = Duration::from_secs(1);
/// A line on which nothing goes for so long is taken for dead by what lies between: a comment goes.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// Seconds after which a phone that found no room is to come again, from and to.
const LATER_S: (u64, u64) = (60, 300);

/// A phone that listens.
struct Listening {
    app: App,
    from: FromDevice,
    scope: i64,
    ear: Ear,
    until: Instant,
    /// When the next poke may go.
    next: Instant,
}

/// Opens the stream of events.
pub async fn listen(State(app): State<App>, FromReader(from): FromReader, headers: HeaderMap) -> Result<Response, Problem> {
    let scope = app.work(move |app| app.store.scope(from.officer)).await?;
    let scope = scope.ok_or_else(|| Problem::new(StatusCode::FORBIDDEN, "device.reading_ended"))?;
    let Some(ear) = app.pokes.listen(from.device, scope.streams) else {
        let later_s = entropy::between(&*app.entropy, LATER_S.0, LATER_S.1);
        return Err(Problem { retry_after_s: Some(later_s), ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, "server.busy") });
    };
    let now = Instant::now();
    let left = app.tokens.left_ms(app.clock.as_ref(), token(&headers));
    let listening = Listening { from, scope: scope.version, ear, until: now + Duration::from_millis(left), next: now, app };
    let events = stream::unfold(listening, |listening| async move {
        let listening = listening.poked().await?;
        Some((Ok::<_, Infallible>(Event::default().event("poke").data("new")), listening))
    });
    let answer = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}

fn token(headers: &HeaderMap) -> &str {
    headers.get(header::AUTHORIZATION).and_then(|h| h.to_str().ok()?.split_once(' ')).map_or("", |(_, token)| token.trim())
}

impl Listening {
    /// Waits until there is something new; none when it is over: the token has expired, the phone may read no more or other
    /// streams than when it began, or it opened another one.
    async fn poked(mut self) -> Option<Self> {
        tokio::select! {
            hears = self.ear.hears() => if !hears { return None },
            () = sleep_until(self.until) => return None,
        }
        sleep_until(self.next).await;
        self.next = Instant::now() + PAUSE;
        let (from, scope) = (self.from, self.scope);
        let still = self.app.work(move |app| -> Result<bool, Fault> {
            Ok(!app.store.reading_ended(from.device)? && app.store.scope(from.officer)?.is_some_and(|now| now.version == scope))
        });
        still.await.unwrap_or(false).then_some(self)
    }
}
