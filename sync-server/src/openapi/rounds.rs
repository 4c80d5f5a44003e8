//! Rounds, for programs of the office. The functions are never called.
#![allow(dead_code)]

use super::aside::Trouble;
use crate::console::wanted::{WantedList, WhichGrid};

/// Whom to visit next in a grid of the session's community, each door with its reasons (docs/ROUNDS.md).
#[utoipa::path(get, path = "/v1/rounds/wanted", tag = "staff", security(("session" = [])), params(WhichGrid), responses(
    (status = 200, description = "The most pressing first", body = WantedList),
    (status = 404, content_type = "application/problem+json", description = "No such grid at this desk", body = crate::problem::Body<'static>),
    Trouble,
))]
pub(super) fn wanted() {}
