//! Rounds, for programs of the office. The functions are never called.
#![allow(dead_code)]

use super::aside::Trouble;
use crate::console::{
    rounds::{NewRounds, RoundList, RoundsPlanned, WhichDay},
    wanted::{WantedList, WhichGrid},
};

/// Whom to visit next in a grid of the session's community, each door with its reasons (docs/ROUNDS.md).
#[utoipa::path(get, path = "/v1/rounds/wanted", tag = "staff", security(("session" = [])), params(WhichGrid), responses(
    (status = 200, description = "The most pressing first", body = WantedList),
    (status = 404, content_type = "application/problem+json", description = "No such grid at this desk", body = crate::problem::Body<'static>),
    Trouble,
))]
pub(super) fn wanted() {}

/// The rounds of a day at the session's desk, with the doors of each officer in its week (docs/ROUNDS.md).
#[utoipa::path(get, path = "/v1/rounds", tag = "staff", security(("session" = [])), params(WhichDay), responses(
    (status = 200, description = "By officer", body = RoundList),
    Trouble,
))]
pub(super) fn rounds() {}

/// Plans the day of a grid anew, and sends each officer their round. It takes as many seconds as are asked for.
#[utoipa::path(post, path = "/v1/rounds", tag = "staff", security(("session" = [])), request_body = NewRounds, responses(
    (status = 200, description = "What was planned", body = RoundsPlanned),
    (status = 404, content_type = "application/problem+json", description = "No such grid at this desk", body = crate::problem::Body<'static>),
    (status = 422, content_type = "application/problem+json", description = "A day that is over, or a grid that is nobody's home: `round.day`, `round.officers`", body = crate::problem::Body<'static>),
    Trouble,
))]
pub(super) fn plan() {}
