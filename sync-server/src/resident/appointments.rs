//! `/v1/resident/appointments`: a resident's own appointments, for whoever holds the slip of their matter.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use minqing_core::{
    Id,
    appointment::{Appointment, Cancel, Confirm, Propose, Request, Said},
    model::{AppointmentEvent, AppointmentPurpose, CancelReason, Category, MatterState, RefusalCode, Role},
    pipeline::Matter,
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
    booking::{self, Deed, act},
    fault::Fault,
    pipeline::VISIT_MINUTES,
    problem::{In, Problem},
    projection::community_of,
    storage::log::KeptAppointment,
};

/// How many times are in one answer.
const SHOWN: usize = 12;

/// The appointments of a matter.
#[derive(Serialize, ToSchema)]
pub struct ResidentAppointments {
    /// In the order in which they were asked for.
    pub(super) appointments: Vec<ResidentAppointment>,
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
    pub(super) event: String,
    /// Of `choose`: when it is to begin, milliseconds since 1970, on whole five minutes.
    pub(super) start_ms: Option<i64>,
    /// Of `confirm`: the sequence that was seen.
    pub(super) sequence: Option<u32>,
    /// Of `cancel`: why.
    pub(super) reason: Option<String>,
    /// The highest ordinal that was seen.
    #[serde(default)]
    pub(super) saw: u64,
}

impl ResidentDeed {
    /// One that was sent by a page, without what only some events say.
    pub(super) fn plain(event: &str, saw: u64) -> Self {
        Self { event: event.to_owned(), start_ms: None, sequence: None, reason: None, saw }
    }
}

/// The appointments.
pub async fn appointments(State(app): State<App>, resident: FromResident) -> Result<Json<ResidentAppointments>, Problem> {
    let found = app.work(move |app| Ok::<_, Fault>(all(&app.store.appointments_about(resident.matter)?, app.clock.now_ms())));
    Ok(Json(ResidentAppointments { appointments: found.await.map_err(problem)? }))
}

/// All appointments of a resident's matter, in the order in which they were asked for.
pub(super) fn all(found: &[(Id, KeptAppointment)], now_ms: i64) -> Vec<ResidentAppointment> {
    found.iter().filter_map(|(id, kept)| ResidentAppointment::of(*id, kept, now_ms)).collect()
}

/// Asks for a visit.
pub async fn ask_appointment(State(app): State<App>, resident: FromResident) -> Result<Json<ResidentAppointment>, Problem> {
    app.tries.take(Door::LookUp, Limit::Code, &[&resident.matter.0])?;
    Ok(Json(app.work(move |app| ask(app, resident)).await.map_err(problem)?))
}

/// What a resident may ask somebody to come for now: to bring the answer, to fetch papers, to take the rating. Only at a door that the matter
/// names, one visit at a time, and of a sensitive matter the grid hears nothing.
pub(super) fn may_ask(m: &Matter, found: &[(Id, KeptAppointment)]) -> Option<(Id, AppointmentPurpose)> {
    if m.about.category.is_none_or(Category::is_sensitive) {
        return None;
    }
    let purpose = match m.state {
        MatterState::Feedback => AppointmentPurpose::Feedback,
        MatterState::Papers => AppointmentPurpose::Collect,
        MatterState::FollowUp => AppointmentPurpose::Rating,
        _ => return None,
    };
    let arranged = found.iter().any(|(_, kept)| kept.appointment.as_ref().is_some_and(|a| !a.state.is_over()));
    m.about.household.filter(|_| !arranged).map(|household| (household, purpose))
}

/// Asks for it.
///
/// # Errors
/// `appointment.refused` where nobody can be asked to come now; `store.failed`.
pub(super) fn ask(app: &App, resident: FromResident) -> Result<ResidentAppointment, Fault> {
    let refused = || Fault::new("appointment.refused", RefusalCode::NotAllowed.word());
    let own = app.store.kept_matter(resident.matter)?.and_then(|kept| kept.matter).ok_or_else(refused)?;
    let (household, purpose) = may_ask(&own, &app.store.appointments_about(own.id)?).ok_or_else(refused)?;
    let community = app.store.matter_row(resident.matter)?.map(|row| row.community).ok_or_else(refused)?;
    let request = Request { household, purpose, matter: Some(resident.matter), windows: Vec::new(), minutes: VISIT_MINUTES, persons: 1 };
    let id = booking::ask(app, Id::resident(resident.matter), Role::Resident, &community, request)?;
    Own::find(app, resident, &id.to_string())?.seen(app)
}

/// The next times that one can be moved to.
pub async fn times(State(app): State<App>, resident: FromResident, Path(id): Path<String>) -> Result<Json<ResidentTimes>, Problem> {
    let found = app.work(move |app| next_times(app, resident, &id, app.clock.now_ms(), SHOWN));
    Ok(Json(ResidentTimes { times: found.await.map_err(problem)?.1 }))
}

/// An appointment and the next times from an instant on that it can be moved to.
///
/// # Errors
/// `appointment.unknown`, `store.failed`.
pub(super) fn next_times(app: &App, resident: FromResident, id: &str, from_ms: i64, count: usize) -> Result<(ResidentAppointment, Vec<TimeSeen>), Fault> {
    let own = Own::find(app, resident, id)?;
    let times = Choice::of(app, &own.home, &own.appointment)?.next(app, &own.kept, from_ms, count);
    Ok((own.seen(app)?, times.iter().map(TimeSeen::from).collect()))
}

/// Does something with one.
pub async fn do_appointment(
    State(app): State<App>,
    resident: FromResident,
    Path(id): Path<String>,
    In(deed): In<ResidentDeed>,
) -> Result<Json<ResidentAppointment>, Problem> {
    app.tries.take(Door::LookUp, Limit::Code, &[&resident.matter.0])?;
    Ok(Json(app.work(move |app| carry_out(app, resident, &id, &deed)).await.map_err(problem)?))
}

/// Does it, and says how the appointment stands then.
///
/// # Errors
/// `appointment.unknown`, also for one of another matter; `appointment.refused`, `appointment.no_room`, `request.malformed`, `code.unknown`;
/// `store.failed`.
pub(super) fn carry_out(app: &App, resident: FromResident, id: &str, deed: &ResidentDeed) -> Result<ResidentAppointment, Fault> {
    let own = Own::find(app, resident, id)?;
    let (code, said) = meant(app, &own, deed)?;
    let by = Id::resident(resident.matter);
    // A promise is given up for another one alone, never for a time that cannot be had.
    let deed = Deed { appointment: own.id, by, role: Role::Resident, code, said, saw: deed.saw, only_if_free: true };
    act(app, community_of(&own.home), &deed)?;
    Own::find(app, resident, id)?.seen(app)
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

    /// As its resident sees it.
    fn seen(&self, app: &App) -> Result<ResidentAppointment, Fault> {
        ResidentAppointment::of(self.id, &self.kept, app.clock.now_ms()).ok_or_else(|| unknown(&self.id.to_string()))
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

pub(super) fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "appointment.unknown" => StatusCode::NOT_FOUND,
        "appointment.refused" | "appointment.no_room" => StatusCode::CONFLICT,
        _ if fault.is_failure() => return fault.into(),
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, fault.code).at(fault.what)
}
