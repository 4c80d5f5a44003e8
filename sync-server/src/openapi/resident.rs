//! What a resident does with the code and the PIN of a slip. The functions are never called.
#![allow(dead_code)]

use utoipa::IntoResponses;

use crate::{
    problem,
    resident::{
        appointments::{ResidentAppointments, ResidentDeed, ResidentTimes},
        door::{SlipOpened, SlipShown},
        matter::{ResidentMatter, ResidentMatterDeed},
        openings::ResidentOpenings,
        view::ResidentAppointment,
    },
};

/// What any of these routes may answer besides.
#[derive(IntoResponses)]
enum Trouble {
    /// Code and PIN do not belong together; or the token lacks, is none or has expired
    #[response(status = 401, content_type = "application/problem+json")]
    Refused(problem::Body<'static>),
    /// Nothing was registered with the slip yet, or no such appointment is about its matter
    #[response(status = 404, content_type = "application/problem+json")]
    Unknown(problem::Body<'static>),
    /// Too many tries
    #[response(status = 429, content_type = "application/problem+json")]
    Tries(problem::Body<'static>),
    /// The disk or the database refused
    #[response(status = 503, content_type = "application/problem+json")]
    Failed(problem::Body<'static>),
}

/// What may also be wrong with a body.
#[derive(IntoResponses)]
enum Body {
    /// The body cannot be read
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(problem::Body<'static>),
    /// Too large a body
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(problem::Body<'static>),
    /// The wrong Content-Type
    #[response(status = 415, content_type = "application/problem+json")]
    MediaType(problem::Body<'static>),
    /// Fields are missing
    #[response(status = 422, content_type = "application/problem+json")]
    Fields(problem::Body<'static>),
}

/// Gives a token for the code and the PIN of a slip.
#[utoipa::path(post, path = "/v1/resident/token", tag = "residents", request_body = SlipShown, responses(
    (status = 200, description = "They belong together", body = SlipOpened), Body, Trouble,
))]
pub(super) fn token() {}

/// The appointments about the slip's matter: no name, and nobody's who comes.
#[utoipa::path(get, path = "/v1/resident/appointments", tag = "residents", security(("resident" = [])), responses(
    (status = 200, description = "In the order in which they were asked for", body = ResidentAppointments), Trouble,
))]
pub(super) fn list() {}

/// Asks somebody to come to the door that the slip's matter names: to bring the answer, to fetch papers, to take the rating. 409
/// `appointment.refused` where nobody can be asked now, or a visit is arranged already.
#[utoipa::path(post, path = "/v1/resident/appointments", tag = "residents", security(("resident" = [])), responses(
    (status = 200, description = "It is asked for; a time is to be chosen", body = ResidentAppointment),
    (status = 409, content_type = "application/problem+json", description = "The rules refuse it", body = problem::Body<'static>),
    Trouble,
))]
pub(super) fn ask() {}

/// Where the slip's matter stands, and what may be done with it: no name but the department's.
#[utoipa::path(get, path = "/v1/resident/matter", tag = "residents", security(("resident" = [])), responses(
    (status = 200, description = "As it stands", body = ResidentMatter), Trouble,
))]
pub(super) fn matter() {}

/// Rates it, objects, has it taken up once more, takes it out of another one or back, asks where it is. 409 `line.refused` says in `path` which
/// rule refuses it; nothing was written then.
#[utoipa::path(post, path = "/v1/resident/matter/events", tag = "residents", security(("resident" = [])), request_body = ResidentMatterDeed, responses(
    (status = 200, description = "It is done", body = ResidentMatter),
    (status = 409, content_type = "application/problem+json", description = "The rules refuse it", body = problem::Body<'static>),
    Body,
    Trouble,
))]
pub(super) fn do_matter() {}

/// When windows and halls are open next; ordinary hours and those besides (错时).
#[utoipa::path(get, path = "/v1/resident/openings", tag = "residents", security(("resident" = [])), responses(
    (status = 200, description = "The earliest first, or those besides first where nobody is free in ordinary hours", body = ResidentOpenings), Trouble,
))]
pub(super) fn openings() {}

/// The next times that one of them can be had at.
#[utoipa::path(get, path = "/v1/resident/appointments/{id}/times", tag = "residents", security(("resident" = [])), params(
    ("id" = String, Path, description = "The appointment, as the list names it"),
), responses((status = 200, description = "The earliest first", body = ResidentTimes), Trouble))]
pub(super) fn times() {}

/// Chooses a time or another one, confirms, takes back, or says that nobody came. 409 `appointment.refused` says in `path` which rule refuses it,
/// `appointment.no_room` why the time cannot be had; nothing was changed then.
#[utoipa::path(post, path = "/v1/resident/appointments/{id}/events", tag = "residents", security(("resident" = [])), params(
    ("id" = String, Path, description = "The appointment, as the list names it"),
), request_body = ResidentDeed, responses(
    (status = 200, description = "It is done", body = ResidentAppointment),
    (status = 409, content_type = "application/problem+json", description = "The rules refuse it, or the time cannot be had", body = problem::Body<'static>),
    Body,
    Trouble,
))]
pub(super) fn act() {}
