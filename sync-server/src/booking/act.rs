//! What somebody at the office does with an appointment, or a resident: judged like everybody's event, and refused to their face.

use minqing_core::{
    Id,
    appointment::{Judgement, Request, Said},
    clock::At,
    envelope::{Item, ItemKind},
    event::Event,
    model::{AppointmentEvent, NoRoomReason, Role},
};

use super::verdict::{Case, give};
use crate::{
    app::App,
    fault::Fault,
    pipeline::{Told, hear},
    projection::community_of,
    storage::{StoreError, log::KeptAppointment},
    sync::{Applying, Trials, card_in, share_like_household},
};

/// What somebody does.
#[derive(Clone, Debug)]
pub struct Deed {
    /// The appointment.
    pub appointment: Id,
    /// Who.
    pub by: Id,
    /// In which role.
    pub role: Role,
    /// What.
    pub code: AppointmentEvent,
    /// What it says.
    pub said: Said,
    /// The highest ordinal that they had seen.
    pub saw: u64,
    /// A time is named only if it can be had: else all stays as it was.
    pub only_if_free: bool,
}

/// Asks for a visit at a door of a community; returns the appointment.
///
/// # Errors
/// `household.unknown` and `matter.unknown`, also for those of another community; `appointment.refused` with the word of a
/// [`minqing_core::model::RefusalCode`]; `store.failed`.
pub fn ask(app: &App, by: Id, role: Role, community: &str, request: Request) -> Result<Id, Fault> {
    let id = app.pen.id(&*app.entropy, app.clock.now_ms());
    let (household, matter) = (request.household, request.matter);
    let deed = Deed { appointment: id, by, role, code: AppointmentEvent::Request, said: Said::Request(request), saw: 0, only_if_free: false };
    do_in(app, &deed, &mut |a| {
        let stream = card_in(a, household, community)?;
        if let Some(matter) = matter {
            let unknown = || StoreError::Unknown { what: "matter", id: matter.to_string() };
            let kept = a.unit.matter(matter)?.ok_or_else(unknown)?;
            if community_of(&a.unit.stream_name(kept.stream)?) != community {
                return Err(unknown());
            }
        }
        share_like_household(a, stream, id, Some(household))?;
        Ok(KeptAppointment { stream, author: by, household, judged: 0, changed_ms: 0, appointment: None })
    })?;
    Ok(id)
}

/// Does it, with what the server does about it at once; returns the event.
///
/// # Errors
/// `appointment.unknown`, also for one of another community; `appointment.refused` with the word of a
/// [`minqing_core::model::RefusalCode`] where the rules refuse it, and `appointment.no_room` with that of a
/// [`minqing_core::model::NoRoomReason`] where only a time that is free was wanted: then nothing was written; `store.failed`.
pub fn act(app: &App, community: &str, deed: &Deed) -> Result<Id, Fault> {
    do_in(app, deed, &mut |a| {
        let unknown = || StoreError::Unknown { what: "appointment", id: deed.appointment.to_string() };
        let kept = a.unit.appointment(deed.appointment)?.ok_or_else(unknown)?;
        if community_of(&a.unit.stream_name(kept.stream)?) == community { Ok(kept) } else { Err(unknown()) }
    })
}

type Find<'f> = dyn FnMut(&mut Applying<'_>) -> Result<KeptAppointment, StoreError> + 'f;

fn do_in(app: &App, deed: &Deed, find: &mut Find<'_>) -> Result<Id, Fault> {
    let now_ms = app.clock.now_ms();
    let at = At::by_server(now_ms);
    let id = app.pen.id(&*app.entropy, now_ms);
    let event = Event { id, code: deed.code.number(), by: deed.by, role: deed.role.number(), at, saw: deed.saw, after: None, payload: deed.said.encode() };
    let mut refused = None;
    let done = app.store.apply(&mut |unit| {
        let mut trials = Trials::default();
        let mut a = Applying::new(app, unit, &mut trials, now_ms);
        let mut kept = find(&mut a)?;
        let item = Item { kind: ItemKind::Event.number(), doc: deed.appointment, bytes: event.encode() };
        let entry = a.pen.row(&item, now_ms);
        let case = Case { id: deed.appointment, event: &event, done_at: now_ms };
        match give(&mut a, &mut kept, &case, &entry, &Told::Nobody)? {
            Judgement::Accepted(visit) => match no_room(deed, &kept) {
                Some(why) => {
                    refused = Some(Fault::new("appointment.no_room", why.word()));
                    Err(StoreError::Refused("appointment.no_room"))
                }
                None => hear(&mut a, &visit, &event, now_ms),
            },
            Judgement::Refused { code, .. } => {
                // Whoever sits at the desk is told at once, so nothing of it is kept.
                refused = Some(Fault::new("appointment.refused", code.word()));
                Err(StoreError::Refused("appointment.refused"))
            }
        }
    });
    done.map_err(|e| refused.unwrap_or_else(|| e.into()))?;
    Ok(id)
}

/// Why a time that was named only if it is free cannot be had.
fn no_room(deed: &Deed, kept: &KeptAppointment) -> Option<NoRoomReason> {
    let names_a_time = matches!(deed.code, AppointmentEvent::Propose | AppointmentEvent::Reschedule);
    let told = kept.appointment.as_ref().filter(|_| deed.only_if_free && names_a_time)?.no_room.as_ref();
    told.map(|(why, _)| *why)
}
