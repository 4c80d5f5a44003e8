//! `/v1/appointments`: appointments at the door for programs, under the session of somebody of the office.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use minqing_core::{
    Id,
    appointment::{Appointment, Request, Said, Slot, TABLE},
    clock::{DAY_MS, day_start},
    model::{AppointmentEvent, Role},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    desk::{Asking, AtDesk},
    rounds::day,
};
use crate::{
    app::App,
    auth::rights::Right,
    booking::{Deed, act, ask},
    fault::Fault,
    problem::{In, Problem},
    projection::community_of,
    storage::log::KeptAppointment,
};

/// Which appointments.
#[derive(Deserialize, IntoParams)]
pub struct WhichAppointments {
    /// The day on which they begin, as `2026-09-30`.
    day: String,
    /// Of this officer alone.
    officer: Option<String>,
}

/// The appointments of a day.
#[derive(Serialize, ToSchema)]
pub struct AppointmentList {
    /// The community's 12 digits.
    community: String,
    /// To be sent with what changes something, as long as this session lasts.
    csrf: String,
    /// By the time that was named last.
    appointments: Vec<AppointmentSeen>,
}

/// A time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SlotSeen {
    /// When it begins, milliseconds since 1970.
    start_ms: i64,
    /// How long it is, in minutes.
    minutes: u16,
    /// Who comes.
    officers: Vec<String>,
}

/// An appointment as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentSeen {
    /// The appointment.
    id: String,
    /// Where it stands.
    state: String,
    /// What for.
    purpose: String,
    /// Whose door.
    household: String,
    /// The matter that it is about.
    matter: Option<String>,
    /// The time that was named last.
    slot: Option<SlotSeen>,
    /// Until when that may be confirmed, milliseconds since 1970; 0 where it is not held.
    held_until_ms: i64,
    /// What is promised.
    promised: Option<SlotSeen>,
    /// How often another time was named, or the one that was named was called off.
    sequence: u32,
    /// Why the time that was named cannot be had; empty where it can.
    no_room: String,
    /// Times that can be had in its place.
    offers: Vec<SlotSeen>,
    /// The highest ordinal of it, to be sent as `saw`.
    seen: u64,
}

/// What is asked for.
#[derive(Deserialize, ToSchema)]
pub struct NewAppointment {
    /// As the list gives it.
    csrf: String,
    /// Whose door, what for, windows, minutes and persons: docs/APPOINTMENTS.md, `request`.
    #[schema(value_type = Object)]
    said: serde_json::Value,
}

/// What somebody does.
#[derive(Deserialize, ToSchema)]
pub struct AppointmentDeed {
    /// As the list gives it.
    csrf: String,
    /// A word of the events.
    event: String,
    /// What it says beside, as docs/APPOINTMENTS.md has it for each event.
    #[serde(default)]
    #[schema(value_type = Object)]
    said: serde_json::Value,
    /// The highest ordinal that was seen.
    #[serde(default)]
    saw: u64,
}

/// The appointments of a day.
pub async fn appointments_json(State(app): State<App>, Asking(desk): Asking, Query(which): Query<WhichAppointments>) -> Result<Json<AppointmentList>, Problem> {
    desk.need(Right::ReadResidents)?;
    let from_ms = day_start(day(&which.day)?);
    let malformed = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "request.malformed").at("officer");
    let officer = which.officer.map(|id| id.parse::<Id>().map_err(|_| malformed())).transpose()?;
    let community = desk.community.clone();
    let found = app.work(move |app| app.store.appointments_between(&community, from_ms, from_ms + DAY_MS)).await?;
    let is_asked = |kept: &KeptAppointment| officer.is_none_or(|officer| kept.appointment.as_ref().is_some_and(|a| a.concerns(officer)));
    let appointments = found.into_iter().filter(|(_, kept)| is_asked(kept)).filter_map(|(id, kept)| seen(id, &kept)).collect();
    Ok(Json(AppointmentList { community: desk.community, csrf: desk.session.csrf, appointments }))
}

/// One appointment.
pub async fn appointment_json(State(app): State<App>, Asking(desk): Asking, Path(id): Path<String>) -> Result<Json<AppointmentSeen>, Problem> {
    desk.need(Right::ReadResidents)?;
    Ok(Json(app.work(move |app| look(app, &desk, &id)).await.map_err(problem)?))
}

/// Asks for a visit.
pub async fn ask_json(State(app): State<App>, Asking(desk): Asking, In(new): In<NewAppointment>) -> Result<Json<AppointmentSeen>, Problem> {
    desk.check(&new.csrf)?;
    desk.need(Right::ReadResidents)?;
    let asked = move |app: &App| {
        let request: Request = serde_json::from_value(new.said).map_err(|e| Fault::new("request.malformed", e.to_string()))?;
        let id = ask(app, desk.session.staff.id, role_for(&desk, AppointmentEvent::Request)?, &desk.community, request)?;
        look(app, &desk, &id.to_string())
    };
    Ok(Json(app.work(asked).await.map_err(problem)?))
}

/// Does something with an appointment.
pub async fn do_appointment_json(
    State(app): State<App>,
    Asking(desk): Asking,
    Path(id): Path<String>,
    In(deed): In<AppointmentDeed>,
) -> Result<Json<AppointmentSeen>, Problem> {
    desk.check(&deed.csrf)?;
    desk.need(Right::ReadResidents)?;
    let done = move |app: &App| {
        let code = AppointmentEvent::from_word(&deed.event).ok_or_else(|| Fault::new("code.unknown", "event"))?;
        let said = Said::from_json(code, deed.said).map_err(|e| Fault::new("request.malformed", e.to_string()))?;
        let appointment = id.parse().map_err(|_| Fault::new("appointment.unknown", &id))?;
        let deed = Deed { appointment, by: desk.session.staff.id, role: role_for(&desk, code)?, code, said, saw: deed.saw, only_if_free: false };
        act(app, &desk.community, &deed)?;
        look(app, &desk, &id)
    };
    Ok(Json(app.work(done).await.map_err(problem)?))
}

fn look(app: &App, desk: &AtDesk, id: &str) -> Result<AppointmentSeen, Fault> {
    let unknown = || Fault::new("appointment.unknown", id);
    let appointment = id.parse().map_err(|_| unknown())?;
    seen(appointment, &of_desk(app, desk, appointment)?).ok_or_else(unknown)
}

/// An appointment of this desk.
///
/// # Errors
/// `appointment.unknown`, also for one of another community; `store.failed`, `store.damaged`.
pub(super) fn of_desk(app: &App, desk: &AtDesk, id: Id) -> Result<KeptAppointment, Fault> {
    let found = app.store.appointment(id)?.filter(|(home, _)| community_of(home) == desk.community);
    found.map(|(_, kept)| kept).ok_or_else(|| Fault::new("appointment.unknown", id.to_string()))
}

/// The role in which somebody at a desk does something: the first of theirs that may.
pub(super) fn role_for(desk: &AtDesk, code: AppointmentEvent) -> Result<Role, Fault> {
    let may = |role: &Role| TABLE.iter().any(|row| row.event == code && row.who.contains(role));
    desk.roles().find(may).ok_or_else(|| Fault::new("appointment.refused", "role"))
}

fn seen(id: Id, kept: &KeptAppointment) -> Option<AppointmentSeen> {
    let a: &Appointment = kept.appointment.as_ref()?;
    let slot = |slot: &Slot| SlotSeen { start_ms: slot.start_ms, minutes: slot.minutes, officers: slot.officers.iter().map(Id::to_string).collect() };
    Some(AppointmentSeen {
        id: id.to_string(),
        state: a.state.word().to_owned(),
        purpose: a.purpose.word().to_owned(),
        household: a.household.to_string(),
        matter: a.matter.map(|matter| matter.to_string()),
        slot: a.slot.as_ref().map(slot),
        held_until_ms: a.held_until_ms,
        promised: a.promise.as_ref().map(|promise| slot(&promise.slot)),
        sequence: a.sequence,
        no_room: a.no_room.as_ref().map_or_else(String::new, |(why, _)| why.word().to_owned()),
        offers: a.no_room.iter().flat_map(|(_, offers)| offers).map(slot).collect(),
        seen: kept.judged,
    })
}

pub(super) fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "appointment.unknown" | "household.unknown" | "matter.unknown" => StatusCode::NOT_FOUND,
        "appointment.refused" => StatusCode::CONFLICT,
        _ if fault.is_failure() => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, fault.code).at(fault.what)
}
