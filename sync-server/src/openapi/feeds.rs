//! Calendars of appointments. The functions are never called.
#![allow(dead_code)]

use super::aside::{Refusal, Trouble};
use crate::{
    console::feeds::{FeedList, FeedMade, FeedNew, FeedRevoked, FeedSure},
    problem,
};

/// The calendars that were made at the session's desk. Their addresses are not known any more.
#[utoipa::path(get, path = "/v1/feeds", tag = "staff", security(("session" = [])), responses(
    (status = 200, description = "The oldest first", body = FeedList), Trouble,
))]
pub(super) fn list() {}

/// Makes a calendar of the community or of one officer, at a secret address that is shown this once.
#[utoipa::path(post, path = "/v1/feeds", tag = "staff", security(("session" = [])), request_body = FeedNew, responses(
    (status = 200, description = "It is made", body = FeedMade), Refusal, Trouble,
))]
pub(super) fn add() {}

/// Revokes a calendar: its address is not there any more.
#[utoipa::path(post, path = "/v1/feeds/{id}/revoke", tag = "staff", security(("session" = [])), params(
    ("id" = String, Path, description = "The feed, as the list names it"),
), request_body = FeedSure, responses((status = 200, description = "It is revoked, or was before", body = FeedRevoked), Refusal, Trouble))]
pub(super) fn revoke() {}

/// A calendar of appointments (RFC 5545), from 30 days back to 60 days ahead, without names, rooms or telephones. `If-None-Match` makes a poll
/// cheap.
#[utoipa::path(get, path = "/calendar/{file}", tag = "public", params(
    ("file" = String, Path, description = "The secret part of the address, with .ics behind it"),
), responses(
    (status = 200, content_type = "text/calendar; charset=utf-8", description = "The calendar, with its ETag", body = String),
    (status = 304, description = "The caller has it"),
    (status = 404, content_type = "application/problem+json", description = "No such calendar, or it was revoked", body = problem::Body<'static>),
    (status = 503, content_type = "application/problem+json", description = "The disk or the database refused", body = problem::Body<'static>),
))]
pub(super) fn read() {}
