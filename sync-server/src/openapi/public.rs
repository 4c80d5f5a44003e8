//! What everybody may read. The functions are never called.
#![allow(dead_code)]

use utoipa::ToSchema;

use crate::{
    problem,
    public::read::{PublicList, WhichPublic},
};

/// A matter as everybody may read it: masked by the kind of each field, codes as the words of docs/PIPELINE.md, days as `2026-09-14`.
#[derive(ToSchema)]
#[schema(as = PublicMatter)]
pub struct PublicMatterShape {
    /// How everybody names it; neither the residents' code nor the office's id.
    id: String,
    /// What it is about.
    category: String,
    /// What it is.
    kind: Option<String>,
    /// How it came in.
    channel: Option<String>,
    /// Stage; none where it has left the line.
    stage: Option<String>,
    /// Main state.
    state: String,
    /// Type; none until it is accepted.
    handling: Option<String>,
    /// What came of it.
    outcome: Option<String>,
    /// When it was received.
    received: String,
    /// When it is to be handled, or was; none where that is not counted.
    due: Option<String>,
    /// When it was closed.
    closed: Option<String>,
    /// Since when it is shown.
    shown: Option<String>,
    /// Who handles it.
    department: Option<String>,
    /// Where; none without a door.
    place: Option<PlaceShape>,
    /// Who raised it, as surname and two stars; none unless that is known, and that they are of age.
    raised_by: Option<String>,
    /// What the office writes for everybody.
    text: Option<String>,
    /// The reply of its result, where a second person has read it.
    reply: Option<String>,
    /// Covered copies of its photos, by the SHA-256 of their bytes: /v1/public/matters/{id}/photos/{sha256}.
    photos: Vec<String>,
}

/// A building at most; each may be empty.
#[derive(ToSchema)]
#[schema(as = PublicPlace)]
struct PlaceShape {
    /// 小区
    estate: String,
    /// 楼栋
    building: String,
}

/// The matters that are shown, the newest first.
#[utoipa::path(get, path = "/v1/public/matters", tag = "public", params(WhichPublic), responses(
    (status = 200, description = "At most 20", body = PublicList),
    (status = 422, content_type = "application/problem+json", description = "An `after` that no answer gave", body = problem::Body<'static>),
    (status = 503, content_type = "application/problem+json", description = "The disk or the database refused", body = problem::Body<'static>),
))]
pub(super) fn list() {}

/// One of them.
#[utoipa::path(get, path = "/v1/public/matters/{id}", tag = "public", params(
    ("id" = String, Path, description = "The matter, as the list names it"),
), responses(
    (status = 200, description = "The matter", body = PublicMatterShape),
    (status = 404, content_type = "application/problem+json", description = "None that is shown", body = problem::Body<'static>),
    (status = 429, content_type = "application/problem+json", description = "Too many that are not there, from this address", body = problem::Body<'static>),
    (status = 503, content_type = "application/problem+json", description = "The disk or the database refused", body = problem::Body<'static>),
))]
pub(super) fn one() {}

/// A photo of one of them, with patches over faces and plates.
#[utoipa::path(get, path = "/v1/public/matters/{id}/photos/{sha256}", tag = "public", params(
    ("id" = String, Path, description = "The matter, as the list names it"),
    ("sha256" = String, Path, description = "The copy, as the matter names it"),
    ("size" = Option<String>, Query, description = "`thumb`, or the large form"),
), responses(
    (status = 200, content_type = "image/jpeg", description = "The picture", body = Vec<u8>),
    (status = 404, content_type = "application/problem+json", description = "None of a matter that is shown", body = problem::Body<'static>),
    (status = 429, content_type = "application/problem+json", description = "Too many that are not there, from this address", body = problem::Body<'static>),
    (status = 503, content_type = "application/problem+json", description = "The disk or the database refused", body = problem::Body<'static>),
))]
pub(super) fn photo() {}
