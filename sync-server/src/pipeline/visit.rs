//! The line and the door: what is to be said or fetched at a door asks for a visit, and what came of the visit is the line's feedback.

use minqing_core::{
    Id,
    appointment::{Appointment, Cancel, Request, Said as Visit},
    clock::At,
    event::{Event, Feedback, Said},
    model::{AppointmentEvent, AppointmentPurpose, AppointmentState, CancelReason, EventCode, FeedbackWay, MatterState, Proof, SignedBy},
    pipeline::{Judgement, Matter, SYSTEM},
};

use super::{
    timers::keep,
    verdict::{Case, give_own},
};
use crate::{
    booking,
    projection::community_of,
    storage::{
        Result,
        log::{KeptAppointment, KeptMatter},
    },
    sync::{Applying, is_officer, share_like_household, show_matter},
};

/// How long a visit takes for which the line asks, or a resident, in minutes.
pub(crate) const MINUTES: u16 = 20;

/// Asks for a visit where a step of a matter makes one due, and asks no more where it is due no longer. Visits are due for what an officer wrote
/// down at a door: whoever came to the hall is answered there. Of a sensitive matter the grid hears nothing.
pub(super) fn ask(a: &mut Applying<'_>, kept: &KeptMatter, before: Option<MatterState>) -> Result<()> {
    let Some(m) = kept.matter.as_ref().filter(|m| before != Some(m.state)) else { return Ok(()) };
    let Some(household) = m.about.household.filter(|_| m.about.category.is_some_and(|category| !category.is_sensitive())) else { return Ok(()) };
    let (due, was_due) = (purpose(m.state), before.and_then(purpose));
    if due == was_due || !is_officer(a, m.about.registrar)? {
        return Ok(());
    }
    let mut is_arranged = false;
    for id in a.unit.appointments_at(household, kept.stream)? {
        let Some(mut visit) = a.unit.appointment(id)? else { continue };
        let Some(known) = visit.appointment.as_ref().filter(|visit| visit.matter == Some(m.id) && !visit.state.is_over()) else { continue };
        is_arranged |= Some(known.purpose) == due;
        if Some(known.purpose) == was_due && known.state == AppointmentState::Requested {
            let no_more = Visit::Cancel(Cancel { reason: CancelReason::NotNeeded });
            booking::by_system(a, id, &mut visit, AppointmentEvent::Cancel, &no_more)?;
        }
    }
    match due {
        Some(purpose) if !is_arranged => request(a, kept, m, (household, purpose)),
        _ => Ok(()),
    }
}

/// What somebody has to come for while a matter is in a state.
fn purpose(state: MatterState) -> Option<AppointmentPurpose> {
    match state {
        MatterState::Feedback => Some(AppointmentPurpose::Feedback),
        MatterState::Papers => Some(AppointmentPurpose::Collect),
        _ => None,
    }
}

fn request(a: &mut Applying<'_>, kept: &KeptMatter, m: &Matter, (household, purpose): (Id, AppointmentPurpose)) -> Result<()> {
    let id = a.pen.id(a.entropy, a.now_ms);
    share_like_household(a, kept.stream, id, Some(household))?;
    let said = Visit::Request(Request { household, purpose, matter: Some(m.id), windows: Vec::new(), minutes: MINUTES, persons: 1 });
    let mut visit = KeptAppointment { stream: kept.stream, author: SYSTEM, household, judged: 0, changed_ms: 0, appointment: None };
    booking::by_system(a, id, &mut visit, AppointmentEvent::Request, &said).map(drop)
}

/// Tells a matter what came of the visit that an event ends: its resident was reached, or was not in.
pub(crate) fn hear(a: &mut Applying<'_>, visit: &Appointment, ended: &Event, done_at: i64) -> Result<()> {
    let Some(said) = feedback(visit, ended) else { return Ok(()) };
    let Some(own) = matter_of(a, visit, said.of)? else { return Ok(()) };
    // Whoever follows another matter is told what came of that one.
    let id = own.merged.map_or(own.id, |(master, _)| master);
    let Some(mut kept) = a.unit.matter(id)? else { return Ok(()) };
    let waits = |m: &Matter| matches!(m.state, MatterState::Feedback | MatterState::FollowUp) && !m.told.iter().any(|told| told.of == said.of && told.reached);
    if !kept.matter.as_ref().is_some_and(waits) {
        return Ok(());
    }
    let event = Event {
        id: a.pen.id(a.entropy, a.now_ms),
        code: EventCode::Feedback.number(),
        by: ended.by,
        role: ended.role,
        at: At::by_server(a.now_ms),
        saw: kept.judged,
        after: None,
        payload: Said::Feedback(said).encode(),
    };
    let case = Case { id, event: &event, done_at, works_for: &[] };
    if let Judgement::Accepted { .. } = give_own(a, &mut kept, &case)? {
        show_matter(a, id, &kept)?;
    }
    keep(a, id, &kept)
}

/// The matter that a visit is about, if it is one of the visit's own community: nobody speaks for another one.
fn matter_of(a: &mut Applying<'_>, visit: &Appointment, id: Id) -> Result<Option<Matter>> {
    let (Some(about), Some(at)) = (a.unit.matter(id)?, a.unit.appointment(visit.id)?) else { return Ok(None) };
    let is_own = community_of(&a.unit.stream_name(about.stream)?) == community_of(&a.unit.stream_name(at.stream)?);
    Ok(about.matter.filter(|_| is_own))
}

/// What a visit for an answer comes to on the line, once it is over.
fn feedback(visit: &Appointment, ended: &Event) -> Option<Feedback> {
    let of = visit.matter.filter(|_| matches!(visit.purpose, AppointmentPurpose::Feedback | AppointmentPurpose::Deliver))?;
    let reached = match AppointmentEvent::from_number(ended.code)? {
        AppointmentEvent::Done => true,
        AppointmentEvent::NobodyIn => false,
        _ => return None,
    };
    let is_signed = reached && visit.signed.is_some_and(|by| by != SignedBy::Nobody);
    let proof = if is_signed { Proof::Signature } else { Proof::None };
    Some(Feedback { of, way: FeedbackWay::Appointment, reached, proof })
}
