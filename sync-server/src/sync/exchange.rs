//! `POST /v1/sync`: one exchange, repeatable, without a session on the server.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use minqing_core::{
    Id,
    envelope::{Envelope, Hash, Room},
    frame::{decode_frame, encode_frame},
    ids::{Device, Name},
    sync::echo_of,
    wire::{CONTENT_TYPE, Down, End, ItemState, Up},
};

use super::{
    answer::{Held, rows},
    apply::{BATCH, apply},
    receive,
};
use crate::{
    app::App,
    auth::FromDevice,
    fault::Fault,
    problem::Problem,
    storage::log::{Delivered, Seen, TicketSeen},
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
        "frame.malformed" | "scope.unknown" | "envelope.unsigned" => Problem::new(StatusCode::BAD_REQUEST, fault.code),
        _ => fault.into(),
    }
}

/// The exchange itself: receive, apply, answer. Item trouble is a state of the item, never an error here.
///
/// # Errors
/// `frame.malformed`, `frame.too_large` and `scope.unknown` for a request that cannot be read; `envelope.unsigned`
/// from a phone that brought too much that nobody signed; `store.failed`.
pub fn run_exchange(app: &App, carrier: &Carrier, body: &[u8]) -> Result<Vec<u8>, Fault> {
    let up: Up = decode_frame(body).map_err(|e| Fault::new(e.code(), ""))?;
    // Reading is by the present scope; what was written under an older one is judged by that one.
    let scope = app.store.scope(carrier.officer)?.filter(|s| s.version == i64::from(up.scope) && s.streams.len() == up.seqs.len());
    let streams = scope.ok_or_else(|| Fault::new("scope.unknown", up.scope.to_string()))?.streams;
    let (sent, delivery) = look_at_all(app, &up)?;
    let (states, fresh) = take_in(app, carrier, &sent, &delivery)?;
    let batch = app.store.rows_after(&streams, &up.seqs, ANSWER_BUDGET)?;
    let changed = !states.is_empty() || !batch.rows.is_empty();
    let (now_ms, own_history) = (app.clock.now_ms(), app.store.history()?);
    // The same request again gets the same ticket, whichever of its answers arrives.
    let next = (changed || up.ticket.is_none()).then(|| ticket(&own_history, carrier.device, body));
    let shown = up.ticket.as_ref().map(|t| &t[..]);
    let seen = app.store.seen(&Seen { device: carrier.device, shown, next, fresh, app: carrier.app.as_deref(), now_ms })?;
    // A request that was long on its way must not spoil the ticket the phone has by now.
    let next = next.filter(|_| seen != TicketSeen::Old || fresh);
    if seen == TicketSeen::Old && fresh {
        tracing::warn!(device = carrier.device.0, "old ticket: a restored phone, or a copy of it");
    }
    let history = (seen != TicketSeen::Fits).then(|| own_history.to_vec().into());
    let cursors = if batch.cursors == up.seqs { Vec::new() } else { batch.cursors.clone() };
    let (sum, more) = (batch.sum, batch.more);
    // Only what is in the log under this very name is surely the phone's own.
    let in_log = sent.iter().zip(&states).filter(|(_, state)| state.seq().is_some()).map(|(name, _)| *name).collect();
    let held = Held { device: carrier.device, opening: up.opening.zip(up.first), sent: in_log };
    let end = End { history, cursors, sum, ticket: next.map(|t| t.to_vec().into()), more, server_ms: now_ms, echo: echo_of(body) };
    tracing::info!(device = carrier.device.0, items = states.len(), rows = batch.rows.len(), more, "exchange");
    Ok(encode_frame(&Down { states, rows: rows(batch, &held), end }))
}

fn ticket(history: &[u8; 16], device: Device, body: &[u8]) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = Hash::of(&[b"minqing/ticket/1", &history[..], &device.0.to_be_bytes(), body].concat()).0;
    [a, b, c, d, e, f, g, h]
}

/// Opens all envelopes within the frame's limits; the names of all items, and what is to be received.
fn look_at_all(app: &App, up: &Up) -> Result<(Vec<Name>, Vec<Delivered>), Fault> {
    let mut room = Room::default();
    let (mut sent, mut delivery) = (Vec::new(), Vec::new());
    for envelope in up.envelopes.iter().flatten() {
        let envelope = Envelope::decode_within(envelope, &mut room).map_err(|e| Fault::new(e.code(), ""))?;
        let (device, opening, first) = (envelope.device, envelope.opening, envelope.first);
        sent.extend((first..).take(envelope.items.len()).map(|n| Name { device, opening, n }));
        delivery.push(receive::look_at(&*app.store, envelope)?);
    }
    Ok((sent, delivery))
}

/// Received, then applied, in the same request for now. What an earlier request had received and could not apply
/// is tried again. The states, and whether anything was new.
fn take_in(app: &App, carrier: &Carrier, sent: &[Name], delivery: &[Delivered]) -> Result<(Vec<ItemState>, bool), Fault> {
    if delivery.is_empty() {
        return Ok((Vec::new(), false));
    }
    let known = app.store.receive(carrier.device, delivery, app.clock.now_ms())?;
    (app.received)();
    let waits = |state: &Option<ItemState>| matches!(state, None | Some(ItemState::Received));
    let fresh: Vec<Name> = sent.iter().zip(&known).filter(|(_, state)| waits(state)).map(|(name, _)| *name).collect();
    for some in fresh.chunks(BATCH) {
        apply(&*app.store, &app.pen, &*app.entropy, app.clock.now_ms(), some)?;
    }
    let mut applied = app.store.states(&fresh)?.into_iter();
    let is_new = known.iter().any(Option::is_none);
    let states = known.into_iter().map(|state| if waits(&state) { applied.next() } else { state }.unwrap_or(ItemState::Received));
    Ok((states.collect(), is_new))
}
