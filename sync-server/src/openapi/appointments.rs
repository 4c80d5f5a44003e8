//! Appointments, for programs of the office. The functions are never called.
#![allow(dead_code)]

use super::aside::{Refusal, Trouble};
use crate::console::appointments::{AppointmentDeed, AppointmentList, AppointmentSeen, NewAppointment, WhichAppointments};

/// The appointments of a day at the session's desk.
#[utoipa::path(get, path = "/v1/appointments", tag = "staff", security(("session" = [])), params(WhichAppointments), responses(
    (status = 200, description = "By the time that was named last", body = AppointmentList),
    (status = 422, content_type = "application/problem+json", description = "A day or an officer that is none", body = crate::problem::Body<'static>),
    Trouble,
))]
pub(super) fn list() {}

/// One appointment.
#[utoipa::path(get, path = "/v1/appointments/{id}", tag = "staff", security(("session" = [])), params(
    ("id" = String, Path, description = "The appointment, as the list names it"),
), responses(
    (status = 200, description = "The appointment", body = AppointmentSeen),
    (status = 404, content_type = "application/problem+json", description = "No such appointment at this desk", body = crate::problem::Body<'static>),
    Trouble,
))]
pub(super) fn one() {}

/// Asks for a visit at a door. 409 `appointment.refused` says in `path` which rule refuses it; nothing was written then.
#[utoipa::path(post, path = "/v1/appointments", tag = "staff", security(("session" = [])), request_body = NewAppointment, responses(
    (status = 200, description = "It is asked for", body = AppointmentSeen), Refusal, Trouble,
))]
pub(super) fn ask() {}

/// Does something with an appointment. A time that is named is held at once, or three others are offered with the reason. 409
/// `appointment.refused` says in `path` which rule refuses it; nothing was written then.
#[utoipa::path(post, path = "/v1/appointments/{id}/events", tag = "staff", security(("session" = [])), params(
    ("id" = String, Path, description = "The appointment, as the list names it"),
), request_body = AppointmentDeed, responses((status = 200, description = "It is done", body = AppointmentSeen), Refusal, Trouble))]
pub(super) fn act() {}
