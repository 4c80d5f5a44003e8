//! The verdict on one event of an appointment: given once, and logged with the event, with whatever the server does about it at once.

use minqing_core::{
    Id,
    appointment::{Judgement, RULES, Said, judge},
    clock::At,
    envelope::{Item, ItemKind},
    event::{Event, FactKind, Verdict},
    frame::to_cbor,
    model::{AppointmentEvent, Role},
    pipeline::SYSTEM,
};

use super::{hold, timers::next_ms};
use crate::{
    pipeline::{Told, log_fact},
    storage::{
        Result,
        log::{Entry, KeptAppointment},
    },
    sync::{Applying, append_shared},
};

/// An event that is about to be judged.
pub(crate) struct Case<'a> {
    /// The appointment.
    pub(crate) id: Id,
    /// The event.
    pub(crate) event: &'a Event,
    /// When the server holds it done, milliseconds since 1970.
    pub(crate) done_at: i64,
}

/// Judges an event and logs it with its verdict; what follows from it (a time is kept free, or given back) stands with it or not at all.
pub(crate) fn give(a: &mut Applying<'_>, kept: &mut KeptAppointment, case: &Case<'_>, entry: &Entry<'_>, told: &Told) -> Result<Judgement> {
    let judgement = judge(case.id, kept.appointment.as_ref(), kept.judged + 1, case.event, case.done_at);
    log(a, kept, case, entry, &judgement, told)?;
    if let Judgement::Accepted(_) = judgement {
        let names_a_time = matches!(AppointmentEvent::from_number(case.event.code), Some(AppointmentEvent::Propose | AppointmentEvent::Reschedule));
        if names_a_time {
            hold::answer(a, case.id, kept)?;
        }
    }
    let next = next_ms(kept);
    a.unit.keep_appointment(case.id, kept, next)?;
    Ok(judgement)
}

/// What the server does by itself. It is logged and kept only where the rules accept it; whether they did.
pub(crate) fn by_system(a: &mut Applying<'_>, id: Id, kept: &mut KeptAppointment, code: AppointmentEvent, said: &Said) -> Result<bool> {
    let done = step(a, id, kept, code, said)?;
    if done {
        a.unit.keep_appointment(id, kept, next_ms(kept))?;
    }
    Ok(done)
}

/// The same, not kept yet.
pub(super) fn step(a: &mut Applying<'_>, id: Id, kept: &mut KeptAppointment, code: AppointmentEvent, said: &Said) -> Result<bool> {
    let at = At::by_server(a.now_ms);
    let name = a.pen.id(a.entropy, a.now_ms);
    let event = Event { id: name, code: code.number(), by: SYSTEM, role: Role::System.number(), at, saw: kept.judged, after: None, payload: said.encode() };
    let case = Case { id, event: &event, done_at: a.now_ms };
    let judgement = judge(id, kept.appointment.as_ref(), kept.judged + 1, &event, a.now_ms);
    if let Judgement::Refused { .. } = judgement {
        return Ok(false);
    }
    let item = Item { kind: ItemKind::Event.number(), doc: id, bytes: event.encode() };
    let entry = a.pen.row(&item, a.now_ms);
    log(a, kept, &case, &entry, &judgement, &Told::Nobody)?;
    Ok(true)
}

/// Logs an event that was judged, and its verdict. `kept` becomes what it says; a time that it needs no more is given back.
fn log(a: &mut Applying<'_>, kept: &mut KeptAppointment, case: &Case<'_>, entry: &Entry<'_>, judgement: &Judgement, told: &Told) -> Result<()> {
    append_shared(a.unit, kept.stream, entry)?;
    let ordinal = kept.judged + 1;
    let mut verdict = Verdict { event: case.event.id, ordinal, refused: None, by: None, done_at: case.done_at, rules: RULES, calendar: 0, started: None };
    let also = told.stream(matches!(judgement, Judgement::Refused { .. }));
    match judgement {
        Judgement::Accepted(after) => {
            let had = kept.appointment.as_ref().and_then(|a| a.claims()).is_some();
            kept.appointment = Some((**after).clone());
            (kept.household, kept.changed_ms) = (after.household, a.now_ms);
            if had && after.claims().is_none() {
                a.unit.release(case.id)?;
            }
        }
        Judgement::Refused { code, by } => (verdict.refused, verdict.by) = (Some(code.number()), *by),
    }
    kept.judged = ordinal;
    let item = a.pen.fact(a.entropy, a.now_ms, FactKind::Verdict, case.id, to_cbor(&verdict));
    log_fact(a, kept.stream, &item, also)?;
    a.unit.keep_event(case.event.id, case.id)
}
