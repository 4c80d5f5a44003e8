//! `POST /v1/bundles`: what a colleague's phone carried here, sealed for this server. The signatures in it decide; who carried it is only noted.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
};
use minqing_core::{
    bundle::{CONTENT_TYPE, Mode, open},
    ids::{Device, Name},
    wire::ItemState,
};
use serde::Serialize;

use super::{Carrier, apply::apply, exchange::waits, receive::look_at};
use crate::{
    app::App,
    auth::Bearer,
    fault::Fault,
    problem::Problem,
    storage::log::{Delivered, Delivery, Seen},
};

/// What became of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = BundleAnswer)]
pub struct Answer {
    /// The phone that made it.
    #[schema(value_type = u32)]
    pub device: Device,
    /// The number of each item's state, in the bundle's order (docs/WIRE.md, "State").
    pub states: Vec<u8>,
}

/// A bundle whose items are durable.
struct Taken {
    author: Device,
    names: Vec<Name>,
    known: Vec<Option<ItemState>>,
    fresh: Vec<Name>,
}

/// Takes a bundle.
pub async fn bundle(State(app): State<App>, bearer: Bearer, headers: HeaderMap, body: Bytes) -> Result<Json<Answer>, Problem> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if media.replace(' ', "") != CONTENT_TYPE {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "request.media_type"));
    }
    let taken = app.work(move |app| {
        let known = bearer.known(&*app.store)?;
        take_in(app, &Carrier { device: known.number, officer: known.officer, app: None }, &body)
    });
    let taken = taken.await.map_err(problem)?;
    let queued = app.applier.as_ref().filter(|_| !taken.fresh.is_empty()).map(|applier| applier.queue(taken.author, &taken.fresh));
    match queued {
        Some(Some(queued)) => queued.tried().await,
        Some(None) => {}
        None => {
            let fresh = taken.fresh.clone();
            app.work(move |app| apply(app, &fresh)).await?;
        }
    }
    Ok(Json(app.work(move |app| taken.answer(app)).await.map_err(problem)?))
}

/// A whole bundle on this thread: received, applied, answered.
///
/// # Errors
/// `bundle.malformed`, `bundle.newer`, `bundle.not_for_me`, `bundle.too_large`; `bundle.author_unknown` where this server knows nobody who signed anything in
/// it; `store.failed`.
pub fn run_bundle(app: &App, carrier: &Carrier, body: &[u8]) -> Result<Answer, Fault> {
    let taken = take_in(app, carrier, body)?;
    apply(app, &taken.fresh)?;
    taken.answer(app)
}

fn take_in(app: &App, carrier: &Carrier, body: &[u8]) -> Result<Taken, Fault> {
    let keys = app.keys.seal_keys()?;
    let (header, contents) = open(body, &keys)?;
    // One for a phone names another key; this is a lie in the header, which nobody honest makes.
    if header.mode != Mode::Courier {
        return Err(Fault::new("bundle.not_for_me", ""));
    }
    let envelopes = contents.read()?.into_iter().map(|envelope| look_at(&*app.store, envelope, app.guards)).collect::<Result<Vec<Delivered>, _>>()?;
    let (signed, foreign): (Vec<_>, Vec<_>) = envelopes.into_iter().partition(|envelope| envelope.signed);
    if signed.is_empty() {
        return Err(Fault::new("bundle.author_unknown", header.author.0.to_string()));
    }
    if !foreign.is_empty() {
        tracing::warn!(carrier = carrier.device.0, author = header.author.0, envelopes = foreign.len(), "a bundle holds what nobody known here signed");
    }
    let name = |envelope: &Delivered, n| Name { device: envelope.head.device, opening: envelope.head.opening, n };
    let names: Vec<Name> = signed.iter().flat_map(|e| (e.head.first..).take(e.items.len()).map(|n| name(e, n)).collect::<Vec<_>>()).collect();
    let seen =
        Seen { device: carrier.device, shown: None, next: None, fresh: false, bundle: true, app: None, unsent: 0, room_mib: None, now_ms: app.clock.now_ms() };
    let known = app.store.receive(Delivery { envelopes: signed, superseded: Vec::new(), seen, guards: app.guards })?.known;
    (app.received)();
    let fresh: Vec<Name> = names.iter().zip(&known).filter(|(_, state)| waits(state)).map(|(name, _)| *name).collect();
    tracing::info!(carrier = carrier.device.0, author = header.author.0, items = names.len(), new = fresh.len(), "bundle");
    Ok(Taken { author: header.author, names, known, fresh })
}

impl Taken {
    fn answer(self, app: &App) -> Result<Answer, Fault> {
        let mut tried = app.store.states(&self.fresh)?.into_iter();
        let state = |known: &Option<ItemState>| if waits(known) { tried.next() } else { known.clone() }.unwrap_or(ItemState::Received);
        let states: Vec<ItemState> = self.known.iter().map(state).collect();
        debug_assert_eq!(states.len(), self.names.len());
        app.metrics.exchange(&states, 0);
        Ok(Answer { device: self.author, states: states.iter().map(ItemState::number).collect() })
    }
}

fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "bundle.too_large" => StatusCode::PAYLOAD_TOO_LARGE,
        "bundle.malformed" | "bundle.newer" | "bundle.not_for_me" | "bundle.author_unknown" => StatusCode::BAD_REQUEST,
        "device.unknown" => StatusCode::UNAUTHORIZED,
        _ => return fault.into(),
    };
    Problem::new(status, fault.code)
}
