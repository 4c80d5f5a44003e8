//! `POST /v1/sync`: one exchange, repeatable, without a session on the server.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use minqing_core::{
    Id,
    envelope::{Envelope, Hash, Item, Room},
    frame::{MAX_ITEMS, MAX_MANIFEST, decode_frame, encode_frame},
    ids::{Device, Name},
    pack::Offer,
    sync::echo_of,
    wire::{Down, End, ItemState, Up},
};

use super::{
    answer::{Held, rows},
    applier::Queued,
    apply::apply,
    named::Named,
    receive, recover,
    repair::repair,
};
use crate::{
    app::App,
    auth::Bearer,
    fault::Fault,
    pack::{better, offers},
    problem::Problem,
    storage::log::{Batch, Delivered, Delivery, Seen, TicketSeen},
};

mod entrance;
mod spoken;

use entrance::Entrance;

/// Bytes of rows in one answer: with their frame they stay under 1 MiB however badly they compress.
const ANSWER_BUDGET: usize = 800 << 10;
/// The same where documents are mended: then there are few new rows.
const REPAIR_BUDGET: usize = 400 << 10;

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
pub async fn exchange(State(app): State<App>, entrance: Entrance, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let media = match spoken::spoken(&headers) {
        Ok(media) => media,
        Err(refused) => return Ok(*refused),
    };
    let version = headers.get("x-minqing-app").and_then(|v| v.to_str().ok()).filter(|v| v.len() <= 64).map(str::to_owned);
    let bearer = entrance.bearer;
    let turn = entrance.begin(&app)?;
    let answer = match turn.work(&app, move |app| begin(app, bearer, version, &body)).await.map_err(problem)? {
        Begun::Answered(answer) => answer,
        Begun::Queued(taken, queued) => {
            queued.tried().await;
            turn.work(&app, move |app| taken.answer(app)).await.map_err(problem)?
        }
    };
    Ok(([(header::CONTENT_TYPE, media)], answer).into_response())
}

/// How far an exchange came at once.
enum Begun {
    /// To its end.
    Answered(Vec<u8>),
    /// Its items are about to be applied.
    Queued(Box<Taken>, Queued),
}

/// Receives, and answers where there is nothing to wait for: a change of threads costs as much as a small answer.
fn begin(app: &App, bearer: Bearer, version: Option<String>, body: &[u8]) -> Result<Begun, Fault> {
    let known = bearer.known(&*app.store)?;
    let taken = take_in(app, Carrier { device: known.number, officer: known.officer, app: version }, body)?;
    let Some(applier) = &app.applier else { return taken.apply(app)?.answer(app).map(Begun::Answered) };
    if taken.fresh.is_empty() {
        return taken.answer(app).map(Begun::Answered);
    }
    match applier.queue(taken.carrier.device, &taken.fresh) {
        Some(queued) => Ok(Begun::Queued(Box::new(taken), queued)),
        None => taken.answer(app).map(Begun::Answered),
    }
}

fn problem(fault: Fault) -> Problem {
    match fault.code {
        "frame.too_large" => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, fault.code),
        "frame.malformed" | "scope.unknown" | "envelope.unsigned" => Problem::new(StatusCode::BAD_REQUEST, fault.code),
        "device.unknown" => Problem::new(StatusCode::UNAUTHORIZED, fault.code),
        "device.reading_ended" | "device.revoked" => Problem::new(StatusCode::FORBIDDEN, fault.code),
        _ => fault.into(),
    }
}

/// A whole exchange on this thread: received, applied, answered. Item trouble is a state of the item, never an error here.
///
/// # Errors
/// `frame.malformed`, `frame.too_large` and `scope.unknown` for a request that cannot be read; `envelope.unsigned`
/// from a phone that brought too much that nobody signed; `store.failed`.
pub fn run_exchange(app: &App, carrier: &Carrier, body: &[u8]) -> Result<Vec<u8>, Fault> {
    take_in(app, carrier.clone(), body)?.apply(app)?.answer(app)
}

/// A request whose items are durable.
struct Taken {
    carrier: Carrier,
    up: Up,
    scope: Named,
    /// The names of all items.
    sent: Vec<Name>,
    /// What was known of each before.
    known: Vec<Option<ItemState>>,
    /// Those to be applied.
    fresh: Vec<Name>,
    history: [u8; 16],
    /// The ticket that this request gets, should anything be exchanged. The same request again gets the same one,
    /// whichever of its answers arrives.
    next: [u8; 8],
    /// How the shown ticket was found, once it was noted.
    ticket: Option<TicketSeen>,
    echo: [u8; 4],
}

/// Receives: everything the request brought is durable after this.
fn take_in(app: &App, carrier: Carrier, body: &[u8]) -> Result<Taken, Fault> {
    let up: Up = decode_frame(body).map_err(|e| Fault::new(e.code(), ""))?;
    if up.manifests.iter().flatten().map(|manifest| manifest.docs().count()).sum::<usize>() > MAX_MANIFEST {
        return Err(Fault::new("frame.too_large", ""));
    }
    let scope = Named::read(app, &carrier, &up)?;
    if let Some(erasures) = &up.erased {
        app.store.erasures_done(carrier.device, erasures, app.clock.now_ms())?;
    }
    let mut room = Room::default();
    let (sent, envelopes) = look_at_all(app, &up, &mut room)?;
    if let Some(packed) = up.recovered.as_ref().filter(|_| recover::is_open(app).unwrap_or(false)) {
        let items = Item::unpack_within(packed, &mut room).map_err(|e| Fault::new(e.code(), ""))?;
        recover::recover(app, carrier.device, carrier.officer, &scope.streams, items)?;
    }
    let history = app.store.history()?;
    let next = ticket(&history, carrier.device, body);
    let mut taken = Taken { carrier, up, scope, sent, known: Vec::new(), fresh: Vec::new(), history, next, ticket: None, echo: echo_of(body) };
    let superseded =
        taken.up.superseded.iter().flatten().take(MAX_ITEMS).map(|s| Name { device: taken.carrier.device, opening: s.opening, n: s.n }).collect::<Vec<_>>();
    if envelopes.is_empty() && superseded.is_empty() {
        return Ok(taken);
    }
    let received = app.store.receive(Delivery { envelopes, superseded, seen: taken.seen(app, Some(next)), guards: app.guards })?;
    (app.received)();
    taken.fresh = taken.sent.iter().zip(&received.known).filter(|(_, state)| waits(state)).map(|(name, _)| *name).collect();
    (taken.known, taken.ticket) = (received.known, Some(received.ticket));
    Ok(taken)
}

/// What an earlier request had received and could not apply is tried again.
pub(super) fn waits(state: &Option<ItemState>) -> bool {
    matches!(state, None | Some(ItemState::Received))
}

impl Taken {
    fn seen(&self, app: &App, next: Option<[u8; 8]>) -> Seen {
        let shown = self.up.ticket.as_ref().map(|t| t.to_vec());
        Seen {
            device: self.carrier.device,
            shown,
            next,
            fresh: false,
            bundle: false,
            app: self.carrier.app.clone(),
            unsent: self.up.unsent.unwrap_or(0),
            room_mib: self.up.room_mib,
            now_ms: app.clock.now_ms(),
        }
    }

    /// Applies on this thread.
    fn apply(self, app: &App) -> Result<Self, Fault> {
        apply(app, &self.fresh)?;
        Ok(self)
    }

    /// Answers: a state for each item, and the rows after the phone's cursors.
    fn answer(self, app: &App) -> Result<Vec<u8>, Fault> {
        let is_new = self.known.iter().any(Option::is_none);
        let mut tried = app.store.states(&self.fresh)?.into_iter();
        let states = self.known.iter().map(|state| if waits(state) { tried.next() } else { state.clone() }.unwrap_or(ItemState::Received));
        let states: Vec<ItemState> = states.collect();
        // A phone whose reading has ended still brings what it has, and hears what became of it; rows it gets none.
        let reads = !app.store.reading_ended(self.carrier.device)?;
        if !reads && self.sent.is_empty() && self.up.superseded.is_none() && self.up.recovered.is_none() {
            let revoked = app.store.standing(self.carrier.device)?.is_some_and(|standing| standing.revoked);
            return Err(Fault::new(if revoked { "device.revoked" } else { "device.reading_ended" }, ""));
        }
        let mut asked = self.up.packs.clone().filter(|_| reads).unwrap_or_default();
        asked.retain(|stream| self.scope.is_read(*stream));
        let packs = offers(app, &self.scope.streams, &self.up.seqs, &asked)?;
        let budget = match (reads, &self.up.manifests) {
            (false, _) => 0,
            (true, None) => ANSWER_BUDGET,
            (true, Some(_)) => ANSWER_BUDGET - REPAIR_BUDGET,
        };
        let mut batch = self.rows(app, &packs, budget)?;
        batch.more &= reads;
        let must_snapshot = if batch.more { self.must_snapshot(app, &batch, &packs)? } else { None };
        let next = (self.ticket.is_some() || !batch.rows.is_empty() || self.up.ticket.is_none()).then_some(self.next);
        let ticket = match self.ticket {
            Some(ticket) => ticket,
            None => app.store.seen(self.seen(app, next))?,
        };
        // A request that was long on its way must not spoil the ticket the phone has by now.
        let next = next.filter(|_| ticket != TicketSeen::Old || is_new);
        if ticket == TicketSeen::Old && is_new {
            tracing::warn!(device = self.carrier.device.0, "old ticket: a restored phone, or a copy of it");
        }
        let history = (ticket != TicketSeen::Fits).then(|| self.history.to_vec().into());
        let cursors = if batch.cursors == self.up.seqs || !self.scope.is_known { Vec::new() } else { batch.cursors.clone() };
        let (sum, more) = (batch.sum, batch.more);
        // Only what is in the log under this very name is surely the phone's own.
        let in_log = self.sent.iter().zip(&states).filter(|(_, state)| state.seq().is_some()).map(|(name, _)| *name).collect();
        let held = Held { device: self.carrier.device, opening: self.up.opening.zip(self.up.first), sent: in_log, guards: app.guards };
        let end = End { history, cursors, sum, ticket: next.map(|t| t.to_vec().into()), more, server_ms: app.clock.now_ms(), echo: self.echo };
        app.metrics.exchange(&states, batch.rows.len());
        tracing::info!(device = self.carrier.device.0, items = states.len(), rows = batch.rows.len(), more, "exchange");
        let mut manifests = self.up.manifests.clone().filter(|_| reads);
        manifests.iter_mut().for_each(|all| all.retain(|manifest| self.scope.is_read(manifest.stream)));
        let repair = manifests.map(|manifests| repair(app, &self.scope.streams, &self.up.seqs, &manifests, REPAIR_BUDGET)).transpose()?;
        let scope = self.scope.now.clone().filter(|_| reads);
        if scope.is_some() {
            app.store.note_told(self.carrier.device)?;
        }
        let packs = Some(packs).filter(|packs| !packs.is_empty());
        Ok(encode_frame(&Down { states, rows: rows(batch, &held), end, packs, repair, scope, ended: (!reads).then_some(true), must_snapshot }))
    }

    /// Streams of which so many old rows are still to come that a pack is better. Whoever does not know what that means goes on with
    /// the rows.
    fn must_snapshot(&self, app: &App, batch: &Batch, packs: &[Offer]) -> Result<Option<Vec<u32>>, Fault> {
        let mut streams = Vec::new();
        for ((index, stream), seq) in (0..).zip(&self.scope.streams).zip(&batch.cursors) {
            let is_read = self.scope.is_read(index) && packs.iter().all(|offer| offer.stream != index);
            if is_read && better(app, stream, *seq)?.is_some() {
                streams.push(index);
            }
        }
        Ok(Some(streams).filter(|streams| !streams.is_empty()))
    }

    /// Rows after the phone's cursors, but of streams for which it gets a pack.
    fn rows(&self, app: &App, packs: &[Offer], budget: usize) -> Result<Batch, Fault> {
        let is_offered = |index: u32| packs.iter().any(|offer| offer.stream == index);
        let rest: Vec<(u32, &String, u64)> = (0..)
            .zip(&self.scope.streams)
            .zip(&self.up.seqs)
            .filter(|((index, _), _)| self.scope.is_read(*index) && !is_offered(*index))
            .map(|((i, name), seq)| (i, name, *seq))
            .collect();
        let (names, seqs): (Vec<String>, Vec<u64>) = rest.iter().map(|(_, name, seq)| ((*name).clone(), *seq)).unzip();
        let mut batch = app.store.rows_after(&names, &seqs, budget)?;
        // What has come of an offered stream is counted where it stands.
        for (stream, seq) in self.scope.streams.iter().zip(&self.up.seqs).zip(0..).filter(|(_, index)| is_offered(*index)).map(|(at, _)| at) {
            batch.sum = batch.sum.wrapping_add(app.store.rows_after(std::slice::from_ref(stream), &[*seq], 0)?.sum);
        }
        let mut cursors = self.up.seqs.clone();
        for ((index, ..), cursor) in rest.iter().zip(&batch.cursors) {
            if let Some(place) = cursors.get_mut(*index as usize) {
                *place = *cursor;
            }
        }
        for (stream, _) in &mut batch.rows {
            *stream = rest.get(*stream as usize).map_or(*stream, |(index, ..)| *index);
        }
        Ok(Batch { cursors, ..batch })
    }
}

fn ticket(history: &[u8; 16], device: Device, body: &[u8]) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = Hash::of(&[b"minqing/ticket/1", &history[..], &device.0.to_be_bytes(), body].concat()).0;
    [a, b, c, d, e, f, g, h]
}

/// Opens all envelopes within the frame's limits; the names of all items, and what is to be received.
fn look_at_all(app: &App, up: &Up, room: &mut Room) -> Result<(Vec<Name>, Vec<Delivered>), Fault> {
    let (mut sent, mut delivery) = (Vec::new(), Vec::new());
    for envelope in up.envelopes.iter().flatten() {
        let envelope = Envelope::decode_within(envelope, room).map_err(|e| Fault::new(e.code(), ""))?;
        let (device, opening, first) = (envelope.device, envelope.opening, envelope.first);
        sent.extend((first..).take(envelope.items.len()).map(|n| Name { device, opening, n }));
        delivery.push(receive::look_at(&*app.store, envelope, app.guards)?);
    }
    Ok((sent, delivery))
}
