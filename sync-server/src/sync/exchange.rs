//! `POST /v1/sync`: one exchange, repeatable, without a session on the server.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use minqing_core::{
    Id,
    envelope::Envelope,
    frame::{MAX_UNPACKED, decode_frame, encode_frame},
    ids::{Device, Name},
    sync::echo_of,
    wire::{CONTENT_TYPE, Down, End, ItemState, Up},
};

use super::{
    answer::{Held, rows},
    apply, receive,
};
use crate::{
    app::App,
    auth::FromDevice,
    entropy::bytes,
    fault::Fault,
    problem::Problem,
    storage::log::{Delivered, Receipt, Seen, TicketSeen},
};

/// Bytes of rows in one answer: with their frame they stay under 1 MiB however badly they compress.
const ANSWER_BUDGET: usize = 800 << 10;

/// Who brings a request.
#[derive(Clone, Debug)]
pub struct Carrier {
    /// The device of the token.
    pub device: Device,
    /// Its officer.
    pub officer: Id,
    /// The app's version, from its header.
    pub app: Option<String>,
}

/// Answers one exchange.
pub async fn exchange(State(app): State<App>, from: FromDevice, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if media.replace(' ', "") != CONTENT_TYPE {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "request.media_type"));
    }
    let version = headers.get("x-minqing-app").and_then(|v| v.to_str().ok()).filter(|v| v.len() <= 64).map(str::to_owned);
    let carrier = Carrier { device: from.device, officer: from.officer, app: version };
    let answer = app.work(move |app| run_exchange(app, &carrier, &body)).await.map_err(problem)?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], answer).into_response())
}

fn problem(fault: Fault) -> Problem {
    match fault.code {
        "frame.too_large" => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, fault.code),
        "frame.malformed" | "scope.unknown" => Problem::new(StatusCode::BAD_REQUEST, fault.code),
        _ => fault.into(),
    }
}

/// The exchange itself: receive, apply, answer. Item trouble is a state of the item, never an error here.
///
/// # Errors
/// `frame.malformed`, `frame.too_large` and `scope.unknown` for a request that cannot be read; `store.failed`.
pub fn run_exchange(app: &App, carrier: &Carrier, body: &[u8]) -> Result<Vec<u8>, Fault> {
    let up: Up = decode_frame(body).map_err(|e| Fault::new(e.code(), ""))?;
    let streams = app.store.scope_at(carrier.officer, up.scope)?.filter(|s| s.len() == up.seqs.len());
    let streams = streams.ok_or_else(|| Fault::new("scope.unknown", up.scope.to_string()))?;
    let mut delivery = Vec::new();
    let mut sent = Vec::new();
    let mut left = MAX_UNPACKED;
    for envelope in up.envelopes.iter().flatten() {
        let envelope = Envelope::decode_within(envelope, &mut left).map_err(|e| Fault::new(e.code(), ""))?;
        let (device, opening, first) = (envelope.device, envelope.opening, envelope.first);
        sent.extend((first..).take(envelope.items.len()).map(|n| Name { device, opening, n }));
        delivery.push(receive::look_at(&*app.store, envelope)?);
    }
    let states = take_in(app, carrier, &delivery)?;
    let batch = app.store.rows_after(&streams, &up.seqs, ANSWER_BUDGET)?;
    let changed = !states.is_empty() || !batch.rows.is_empty();
    let now_ms = app.clock.now_ms();
    let next = (changed || up.ticket.is_none()).then(|| bytes::<8>(&*app.entropy));
    let shown = up.ticket.as_ref().map(|t| &t[..]);
    let ticket = app.store.seen(&Seen { device: carrier.device, shown, next, app: carrier.app.as_deref(), now_ms })?;
    if ticket == TicketSeen::Old {
        tracing::warn!(device = carrier.device.0, "old ticket: a restored phone, or a copy of it");
    }
    let history = if ticket == TicketSeen::Fits { None } else { Some(app.store.history()?.to_vec().into()) };
    let cursors = if batch.cursors == up.seqs { Vec::new() } else { batch.cursors.clone() };
    let (sum, more) = (batch.sum, batch.more);
    let held = Held { device: carrier.device, opening: up.opening.zip(up.first), sent: &sent };
    let end = End { history, cursors, sum, ticket: next.map(|t| t.to_vec().into()), more, server_ms: now_ms, echo: echo_of(body) };
    tracing::info!(device = carrier.device.0, items = states.len(), rows = batch.rows.len(), more, "exchange");
    Ok(encode_frame(&Down { states, rows: rows(batch, &held), end }))
}

/// Received, then applied, in the same request for now.
fn take_in(app: &App, carrier: &Carrier, delivery: &[Delivered]) -> Result<Vec<ItemState>, Fault> {
    if delivery.is_empty() {
        return Ok(Vec::new());
    }
    let receipts = app.store.receive(carrier.device, delivery, app.clock.now_ms())?;
    (app.received)();
    let fresh: Vec<Name> = receipts.iter().filter_map(|r| if let Receipt::New(name) = r { Some(*name) } else { None }).collect();
    apply(&*app.store, &app.pen, &*app.entropy, app.clock.now_ms(), &fresh)?;
    let mut applied = app.store.states(&fresh)?.into_iter();
    let mut state = |receipt| match receipt {
        Receipt::New(_) => applied.next().unwrap_or(ItemState::Received),
        Receipt::Known(state) => state,
    };
    Ok(receipts.into_iter().map(&mut state).collect())
}
