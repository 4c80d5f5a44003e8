//! `/v1/resident/appointments`: a resident's own appointments, for whoever holds the slip of their matter.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use minqing_core::{
    Id,
    appointment::{Appointment, Cancel, Confirm, Propose, Said},
    model::{AppointmentEvent, CancelReason, RefusalCode, Role},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    FromResident,
    times::Choice,
    view::{ResidentAppointment, TimeSeen},
};
use crate::{
    app::App,
    auth::tries::{Door, Limit},
    booking::{Deed, act},
    fault::Fault,
    problem::{In, Problem},
    projection::community_of,
    storage::log::KeptAppointment,
};

/// The appointments of a matter.
#[derive(Serialize, ToSchema)]
pub struct ResidentAppointments {
    /// In the order in which they were asked for.
    appointments: Vec<ResidentAppointment>,
}

/// Times that can be had.
#[derive(Serialize, ToSchema)]
pub struct ResidentTimes {
    /// The earliest first; at most 12.
    times: Vec<TimeSeen>,
}

/// What a resident does.
#[derive(Deserialize, ToSchema)]
pub struct ResidentDeed {
    /// `choose` a time or another one, `confirm` the one that is held, `cancel`, or say that nobody came: `missed`.
    event: String,
    /// Of `choose`: when it is to begin, milliseconds since 1970, on whole five minutes.
    start_ms: Option<i64>,
    /// Of `confirm`: the sequence that was seen.
    sequence: Option<u32>,
    /// Of `cancel`: why.
    reason: Option<String>,
    /// The highest ordinal that was seen.
    #[serde(default)]
    saw: u64,
}

/// The appointments.
pub async fn appointments(State(app): State<App>, resident: FromResident) -> Result<Json<ResidentAppointments>, Problem> {
    let found = app.work(move |app| Ok::<_, Fault>((app.store.appointments_about(resident.matter)?, app.clock.now_ms())));
    let (found, now_ms) = found.await.map_err(problem)?;
    Ok(Json(ResidentAppointments { appointments: found.iter().filter_map(|(id, kept)| ResidentAppointment::of(*id, kept, now_ms)).collect() }))
}

/// The next times that one can be moved to.
pub async fn times(State(app): State<App>, resident: FromResident, Path(id): Path<String>) -> Result<Json<ResidentTimes>, Problem> {
    let found = app.work(move |app| {
        let own = Own::find(app, resident, &id)?;
        Ok(Choice::of(app, &own.home, &own.appointment)?.next(app, &own.kept))
    });
    let times: Vec<_> = found.await.map_err(problem)?;
    Ok(Json(ResidentTimes { times: times.iter().map(TimeSeen::from).collect() }))
}

/// Does something with one.
pub async fn do_appointment(
    State(app): State<App>,
    resident: FromResident,
    Path(id): Path<String>,
    In(deed): In<ResidentDeed>,
) -> Result<Json<ResidentAppointment>, Problem> {
    app.tries.take(Door::LookUp, Limit::Code, &[&resident.matter.0])?;
    let done = app.work(move |app| {
        let own = Own::find(app, resident, &id)?;
        let (code, said) = meant(app, &own, &deed)?;
        let by = Id::resident(resident.matter);
        // A promise is given up for another one alone, never for a time that cannot be had.
        let deed = Deed { appointment: own.id, by, role: Role::Resident, code, said, saw: deed.saw, only_if_free: true };
        act(app, community_of(&own.home), &deed)?;
        let own = Own::find(app, resident, &id)?;
        ResidentAppointment::of(own.id, &own.kept, app.clock.now_ms()).ok_or_else(|| unknown(&id))
    });
    Ok(Json(done.await.map_err(problem)?))
}

/// An appointment of the resident's matter.
struct Own {
    id: Id,
    home: String,
    kept: KeptAppointment,
    appointment: Appointment,
}

impl Own {
    /// Finds it; one of another matter is not there.
    fn find(app: &App, resident: FromResident, id: &str) -> Result<Self, Fault> {
        let known: Id = id.parse().map_err(|_| unknown(id))?;
        let (home, kept) = app.store.appointment(known)?.ok_or_else(|| unknown(id))?;
        let own = kept.appointment.clone().filter(|a| a.matter == Some(resident.matter));
        own.map(|appointment| Self { id: known, home, kept, appointment }).ok_or_else(|| unknown(id))
    }
}

/// The event of the machine that is meant, and what it says.
fn meant(app: &App, own: &Own, deed: &ResidentDeed) -> Result<(AppointmentEvent, Said), Fault> {
    let lacks = |field: &str| Fault::new("request.malformed", field);
    match deed.event.as_str() {
        "choose" => {
            let start_ms = deed.start_ms.ok_or_else(|| lacks("start_ms"))?;
            let nobody = || Fault::new("appointment.refused", RefusalCode::NothingSuch.word());
            let slot = Choice::of(app, &own.home, &own.appointment)?.at(app, start_ms).ok_or_else(nobody)?;
            Ok((own.appointment.state.naming(), Said::Propose(Propose { slot })))
        }
        "confirm" => Ok((AppointmentEvent::Confirm, Said::Confirm(Confirm { sequence: deed.sequence.ok_or_else(|| lacks("sequence"))? }))),
        "cancel" => {
            let reason = deed.reason.as_deref().and_then(CancelReason::from_word).ok_or_else(|| lacks("reason"))?;
            Ok((AppointmentEvent::Cancel, Said::Cancel(Cancel { reason })))
        }
        "missed" => Ok((AppointmentEvent::Missed, Said::Nothing)),
        _ => Err(Fault::new("code.unknown", "event")),
    }
}

fn unknown(id: &str) -> Fault {
    Fault::new("appointment.unknown", id)
}

fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "appointment.unknown" => StatusCode::NOT_FOUND,
        "appointment.refused" | "appointment.no_room" => StatusCode::CONFLICT,
        _ if fault.is_failure() => return fault.into(),
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, fault.code).at(fault.what)
}
