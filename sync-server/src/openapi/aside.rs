//! What the office makes of records that were put aside. The functions are never called.
#![allow(dead_code)]

use utoipa::IntoResponses;

use crate::{
    console::asked::{AsideList, AsideSettled, AsideSure},
    problem,
};

/// What any of these routes may answer besides.
#[derive(IntoResponses)]
pub(super) enum Trouble {
    /// Nobody is signed in
    #[response(status = 401, content_type = "application/problem+json")]
    NotSignedIn(problem::Body<'static>),
    /// Not with this role at this desk, or without the list's token
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(problem::Body<'static>),
    /// The disk or the database refused; nothing is lost
    #[response(status = 503, content_type = "application/problem+json")]
    Failed(problem::Body<'static>),
}

/// What may also go wrong where something is changed.
#[derive(IntoResponses)]
pub(super) enum Refusal {
    /// The body cannot be read
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(problem::Body<'static>),
    /// Nothing of this name is put aside at this desk
    #[response(status = 404, content_type = "application/problem+json")]
    Unknown(problem::Body<'static>),
    /// It cannot come in: unreadable, against the documents' rules, or without a place in its officer's community
    #[response(status = 409, content_type = "application/problem+json")]
    Refused(problem::Body<'static>),
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

/// What is put aside at the desk of the session, and what it says.
#[utoipa::path(get, path = "/v1/aside", tag = "staff", security(("session" = [])), responses(
    (status = 200, description = "The oldest 100", body = AsideList),
    Trouble,
))]
pub(super) fn list() {}

/// Writes a record's content in its officer's name.
#[utoipa::path(post, path = "/v1/aside/{name}/adopt", tag = "staff", security(("session" = [])), params(
    ("name" = String, Path, description = "The record, as the list names it"),
), request_body = AsideSure, responses((status = 200, description = "It is adopted", body = AsideSettled), Refusal, Trouble))]
pub(super) fn adopt() {}

/// Tells a record's officer to write it anew.
#[utoipa::path(post, path = "/v1/aside/{name}/return", tag = "staff", security(("session" = [])), params(
    ("name" = String, Path, description = "The record, as the list names it"),
), request_body = AsideSure, responses((status = 200, description = "It is returned", body = AsideSettled), Refusal, Trouble))]
pub(super) fn give_back() {}
