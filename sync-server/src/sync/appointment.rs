//! An event of an appointment that a phone brings: its home, whether its author may, and the verdict.

use minqing_core::{
    appointment::{Judgement, Request},
    envelope::Quarantine,
    event::Event,
    frame::from_cbor,
    model::AppointmentEvent,
};

use super::{
    apply::{Applying, Bringer, Outcome},
    event::told,
    place::{self, Place},
    share,
};
use crate::{
    booking::{Case, give},
    pipeline::hear,
    projection,
    storage::{
        Result,
        log::{Entry, KeptAppointment, Pending},
    },
};

/// Takes an event in that is known not to be in the log yet, and whose predecessor is.
pub(super) fn apply(a: &mut Applying<'_>, p: &Pending, event: &Event, bringer: Bringer) -> Result<Outcome> {
    let id = p.item.doc;
    let mut kept = match a.unit.appointment(id)? {
        Some(kept) => kept,
        // Never refused for coming early: the request may still be on its way.
        None if event.code != AppointmentEvent::Request.number() => return Ok(Outcome::Held(id.0.to_vec())),
        None => match new(a, p, event)? {
            Ok(kept) => kept,
            Err(outcome) => return Ok(outcome),
        },
    };
    let may = match bringer {
        Bringer::Device | Bringer::Carrier => place::may_write(a, p, kept.stream, kept.author, Some(kept.household))?,
        Bringer::Office => projection::community_of(&a.unit.stream_name(kept.stream)?) == p.community,
    };
    if !may {
        return Ok(Outcome::Aside(Quarantine::OutOfScope));
    }
    let is_new = kept.appointment.is_none();
    let (name, envelope) = bringer.signs(a, p);
    let entry = Entry { name, item: &p.item, envelope, received_ms: p.received_ms, applied_ms: a.now_ms, counts: true };
    let case = Case { id, event, done_at: event.at.done_at(p.received_ms, p.enrolled_ms) };
    let told = told(a, p, kept.stream, bringer)?;
    let judgement = give(a, &mut kept, &case, &entry, &told)?;
    if let Judgement::Accepted(visit) = judgement {
        if is_new {
            share::like_household(a, kept.stream, id, Some(kept.household))?;
        }
        hear(a, &visit, event, case.done_at)?;
    }
    Ok(Outcome::Applied(vec![event.id.0.to_vec(), id.0.to_vec()]))
}

/// What a request asks for has its home at its door.
fn new(a: &mut Applying<'_>, p: &Pending, event: &Event) -> Result<std::result::Result<KeptAppointment, Outcome>> {
    let aside = |reason| Ok(Err(Outcome::Aside(reason)));
    let Ok(Request { household, .. }) = from_cbor::<Request>(&event.payload) else { return aside(Quarantine::Malformed) };
    // One id is one thing: no matter, no document.
    if !p.item.doc.is_timed() || a.unit.matter(p.item.doc)?.is_some() || a.unit.document_head(p.item.doc)?.is_some() {
        return aside(Quarantine::Malformed);
    }
    match place::of_household(a, household)? {
        Place::Home(stream) => Ok(Ok(KeptAppointment { stream, author: p.officer, household, judged: 0, changed_ms: 0, appointment: None })),
        Place::Waits(missing) => Ok(Err(Outcome::Held(missing.0.to_vec()))),
        Place::Aside(reason) => aside(reason),
    }
}

/// Whether a code is one of an appointment.
pub(super) fn is_one(event: &Event) -> bool {
    AppointmentEvent::from_number(event.code).is_some()
}
