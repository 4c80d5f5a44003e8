//! The line, for programs of the office. The functions are never called.
#![allow(dead_code)]

use super::aside::{Refusal, Trouble};
use crate::{
    console::line::{MatterDeed, MatterDone, MatterList, Which},
    pipeline::Explained,
};

/// The matters of the session's desk, by id, and its departments.
#[utoipa::path(get, path = "/v1/matters", tag = "staff", security(("session" = [])), params(Which), responses(
    (status = 200, description = "At most 500", body = MatterList),
    (status = 422, content_type = "application/problem+json", description = "A word that is no state, or an id that is none", body = crate::problem::Body<'static>),
    Trouble,
))]
pub(super) fn list() {}

/// One matter: what happened, what its clocks come to, what may be done.
#[utoipa::path(get, path = "/v1/matters/{id}", tag = "staff", security(("session" = [])), params(
    ("id" = String, Path, description = "The matter, as the list names it"),
), responses(
    (status = 200, description = "The matter", body = Explained),
    (status = 404, content_type = "application/problem+json", description = "No such matter at this desk", body = crate::problem::Body<'static>),
    Trouble,
))]
pub(super) fn one() {}

/// Does something with a matter. 409 `line.refused` says in `path` which rule refuses it; nothing was written then.
#[utoipa::path(post, path = "/v1/matters/{id}/events", tag = "staff", security(("session" = [])), params(
    ("id" = String, Path, description = "The matter, as the list names it"),
), request_body = MatterDeed, responses((status = 200, description = "It is done", body = MatterDone), Refusal, Trouble))]
pub(super) fn act() {}
