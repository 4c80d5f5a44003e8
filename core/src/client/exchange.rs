//! One exchange with the office: the bytes to post, and the answer taken in one transaction.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{Client, download, health::LITTLE_ROOM, moved, rebuild::Pen, repair, restored, taking::Taking};
use crate::{
    Error, Result,
    ids::Opening,
    store::{
        carried, erased,
        meta::{self, Enrolled, TimeBase},
        outbox, packs, streams,
    },
    sync::{Position, build_request, read_answer},
};

/// What an exchange brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchanged {
    /// Items that reached a final state.
    pub settled: u32,
    /// Rows that came down.
    pub rows: u32,
    /// Whether another exchange has something to do at once.
    pub more: bool,
    /// Whether phone and server hold different things though both say they are at the same place.
    pub differs: bool,
    /// Whether the office's log has another history, and all of it is read anew.
    pub anew: bool,
    /// Documents that lists must show anew.
    pub changed: Vec<String>,
}

impl Client {
    /// The body for `POST /v1/sync`. A request that was built before and not answered is forgotten; what
    /// it carried is sent again.
    ///
    /// # Errors
    /// `device.not_enrolled`, `store.failed`.
    pub fn next_exchange(&mut self) -> Result<Vec<u8>> {
        self.not_in_practice()?;
        self.note_scope()?;
        let me = self.me()?.clone();
        let db = self.store.read();
        let more = meta::get(db, meta::MORE)?.is_some();
        let reads = restored::is_reading(db)?;
        let (carried, first) = if reads { (Vec::new(), true) } else { carried::due(db, exchanges(db)?, self.budget)? };
        let room = self.budget.saturating_sub(carried.iter().map(|carried| carried.size).sum());
        // What this phone wrote may rest on what it carries.
        let sends = !(reads || first || room == 0);
        let waiting = self.hand_over(|db| if sends { outbox::waiting(db, exchanges(db)?, room, me.scope) } else { Ok(Vec::new()) })?;
        let db = self.store.read();
        let position = Position {
            ticket: meta::get(db, meta::TICKET)?,
            scope: me.scope,
            seqs: streams::all(db)?.into_iter().map(|(_, seq, _)| seq).collect(),
            // Only where rows of this opening may come back; in a log of another history its names may stand for what somebody else wrote.
            opening: self.opening.map(|(opening, _)| opening).filter(|_| !reads && (more || !waiting.is_empty())),
            superseded: outbox::superseded(db)?,
            recovered: if waiting.is_empty() && self.guards.brought_back { restored::offer(db, self.budget)? } else { None },
            manifests: if self.guards.sums_compared { repair::ask(db, exchanges(db)?)? } else { Vec::new() },
            carried,
            packs: if reads_much(db)? { packs::wanted(db)? } else { Vec::new() },
            claims: moved::to_name(db)?,
            erased: erased::to_tell(db)?,
            unsent: outbox::unsettled(db)?,
            room_mib: self.platform.free_bytes().filter(|free| *free < LITTLE_ROOM).map(|free| u32::try_from(free >> 20).unwrap_or(u32::MAX)),
        };
        let request = build_request(&self.keys, me.device(), &position, waiting);
        self.store.sending().set(&request.names);
        let body = request.body.clone();
        self.request = Some(request);
        Ok(body)
    }

    /// Says that the platform could not send the request, or got no answer it could use: its items are ready again.
    pub fn exchange_failed(&mut self) {
        self.request = None;
        self.store.sending().set(&[]);
    }

    /// Takes the answer: states, rows and cursors in one transaction, all or nothing.
    ///
    /// # Errors
    /// `exchange.not_running`; `frame.malformed` and `frame.too_large` for bytes that are not this request's
    /// answer, which may still come; `exchange.stale` if another process of this phone was faster; `store.failed`.
    /// Nothing is lost: what waits is sent again.
    pub fn take_answer(&mut self, answer: Vec<u8>) -> Result<Exchanged> {
        let request = self.request.as_ref().ok_or(Error::State("exchange.not_running"))?;
        let answer = read_answer(request, &answer, self.guards)?;
        let (seqs, ticket, superseded, packs, manifests) =
            (request.seqs.clone(), request.ticket.clone(), request.superseded.clone(), request.packs.clone(), request.manifests.clone());
        let me = self.me()?.clone();
        if let Some(history) = answer.end.history.as_ref().filter(|history| history[..] != me.history[..] && self.guards.new_history) {
            return self.begin_anew(history.to_vec());
        }
        let (offered, scope, told) = (request.offered, request.scope, request.erased.clone());
        let base = TimeBase { server_ms: answer.end.server_ms, monotonic_ms: self.platform.monotonic_ms(), boot_id: self.platform.boot_id() };
        let mut pen = self.fresh_pen()?;
        let guards = self.guards;
        if !guards.cursor_with_data {
            self.lists.store.write(|tx| streams::all(tx)?.iter().zip(&answer.cursors).try_for_each(|((name, ..), seq)| streams::advance(tx, name, *seq)))?;
        }
        let exchanged = self.lists.store.write(|tx| {
            let streams = streams::all(tx)?;
            let is_another = moved::enrolled(tx)?.is_none_or(|me| me.scope != scope);
            let has_moved = guards.cursor_with_data && streams.iter().map(|(_, seq, _)| *seq).ne(seqs);
            if is_another || has_moved || meta::get(tx, meta::TICKET)? != ticket {
                return Err(Error::State("exchange.stale"));
            }
            let names: Vec<String> = streams.into_iter().map(|(name, _, _)| name).collect();
            download::offered(tx, &packs, &answer)?;
            let exchange = exchanges(tx)? + 1;
            outbox::set_told(tx, &superseded)?;
            erased::told(tx, &told)?;
            offered.map_or(Ok(()), |items| restored::offered(tx, items))?;
            let mut exchanged = Taking::new(tx, exchange, me.device(), names).guarded(guards).take(&answer, &mut pen)?;
            exchanged.more |= repair::answered(tx, exchange, &manifests, answer.repair.as_ref())?;
            meta::set_as(tx, meta::EXCHANGE, &exchange)?;
            meta::set_as(tx, meta::TIME_BASE, &base)?;
            Ok(exchanged)
        })?;
        self.exchange_failed();
        self.put_down(&pen);
        self.note_scope()?;
        Ok(exchanged)
    }

    /// A pen in a fresh opening, for what may have to be written again.
    pub(super) fn fresh_pen(&self) -> Result<Pen> {
        Ok(Pen { device: self.me()?.device(), opening: Opening(self.random()), next: 1, time_s: self.at()?.estimate() / 1000, used: false })
    }

    /// What was written again was written in a fresh opening; the old one must not go on.
    pub(super) fn put_down(&mut self, pen: &Pen) {
        if pen.used {
            self.opening = Some((pen.opening, pen.next));
        }
    }
}

impl Client {
    /// The server has another history: it was restored from a backup.
    fn begin_anew(&mut self, history: Vec<u8>) -> Result<Exchanged> {
        let me = Enrolled { history, ..self.me()?.clone() };
        self.lists.store.write(|tx| {
            restored::forget_the_log(tx)?;
            meta::set_as(tx, meta::ENROLLED, &me)
        })?;
        self.store.copy_identity();
        self.lists.enrolled = Some(me);
        self.exchange_failed();
        Ok(Exchanged { more: true, anew: true, ..Exchanged::default() })
    }
}

/// Whether there may be whole streams to read: at first, and until all has come. Later a stream without rows is just empty.
fn reads_much(db: &Connection) -> Result<bool> {
    Ok(meta::get(db, meta::TICKET)?.is_none() || packs::more_to_come(db)?)
}

/// How many exchanges this phone has had.
pub(super) fn exchanges(db: &Connection) -> Result<u64> {
    Ok(meta::get_as(db, meta::EXCHANGE)?.unwrap_or(0))
}
