//! What phones ask. The functions are never called.
#![allow(dead_code)]

use utoipa::IntoResponses;

use crate::{
    auth::{enrol, office_keys, refresh, renew},
    problem, sync,
};

/// What any JSON route may answer besides.
#[derive(IntoResponses)]
pub(super) enum Trouble {
    /// The body cannot be read, or what it holds is wrong
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(problem::Body<'static>),
    /// The body is over limits.body_bytes
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(problem::Body<'static>),
    /// The body is JSON, and not what it must hold
    #[response(status = 422, content_type = "application/problem+json")]
    Unfit(problem::Body<'static>),
    /// The wrong Content-Type
    #[response(status = 415, content_type = "application/problem+json")]
    MediaType(problem::Body<'static>),
    /// The server failed
    #[response(status = 500, content_type = "application/problem+json")]
    Failed(problem::Body<'static>),
    /// The server is busy, or its database refused; nothing is lost
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(problem::Body<'static>),
}

/// What a route may answer behind which something could be guessed.
#[derive(IntoResponses)]
pub(super) enum Tries {
    /// Too many tries of this code, device or address; Retry-After says for how many seconds
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(problem::Body<'static>),
}

/// Enrols a phone with a code of the office.
#[utoipa::path(post, path = "/v1/enrol", tag = "phones", request_body = enrol::Ask, responses(
    (status = 200, description = "The phone is enrolled; the code is used up", body = enrol::Answer),
    (status = 404, description = "No such code", body = problem::Body, content_type = "application/problem+json"),
    (status = 410, description = "The code was used or has expired", body = problem::Body, content_type = "application/problem+json"),
    Trouble,
    Tries,
))]
pub(super) fn enrol() {}

/// Gives new tokens for the refresh token, which is then used up.
#[utoipa::path(post, path = "/v1/token/refresh", tag = "phones", request_body = refresh::Ask, responses(
    (status = 200, description = "New tokens", body = refresh::Answer),
    (status = 401, description = "An old token, which ends reading if it was used before, or not signed by this device", body = problem::Body, content_type = "application/problem+json"),
    Trouble,
    Tries,
))]
pub(super) fn refresh() {}

/// Gives a challenge to a phone that lost its tokens.
#[utoipa::path(post, path = "/v1/token/challenge", tag = "phones", request_body = renew::Who, responses(
    (status = 200, description = "A challenge, also for a device that does not exist", body = renew::Challenge),
    Trouble,
    Tries,
))]
pub(super) fn challenge() {}

/// Gives new tokens for an answered challenge.
#[utoipa::path(post, path = "/v1/token/renew", tag = "phones", request_body = renew::Ask, responses(
    (status = 200, description = "New tokens", body = refresh::Answer),
    (status = 401, description = "Not ours, too old, or not signed by this device", body = problem::Body, content_type = "application/problem+json"),
    Trouble,
    Tries,
))]
pub(super) fn renew() {}

/// One exchange: brings what the phone wrote, fetches what it may see. Repeatable. The bytes are in docs/WIRE.md.
#[utoipa::path(post, path = "/v1/sync", tag = "phones", security(("access" = [])),
    params(("x-minqing-app" = Option<String>, Header, description = "The app and its version")),
    request_body(content = inline(Frame), content_type = "application/vnd.minqing.sync;v=1", description = "Up, a frame"), responses(
    Trouble,
    (status = 200, description = "Down, a frame", body = inline(Frame), content_type = "application/vnd.minqing.sync;v=1"),
    (status = 401, description = "No access token, or one that does not hold", body = problem::Body, content_type = "application/problem+json"),
    (status = 403, description = "The request brings nothing, and the phone may read no more", body = problem::Body, content_type = "application/problem+json"),
    (status = 415, description = "Another media type, or a version of the wire that is not spoken: Accept and path list those that are", body = problem::Body, content_type = "application/problem+json"),
    (status = 503, description = "The server is busy, or another exchange of this phone is under way; Retry-After says after how many seconds to come again. Nothing is lost", body = problem::Body, content_type = "application/problem+json"),
))]
pub(super) fn sync() {}

/// Tells a phone that something is new for it, not what: server-sent events `poke` without content. It then exchanges.
#[utoipa::path(get, path = "/v1/sync/events", tag = "phones", security(("access" = [])), responses(
    Trouble,
    (status = 200, description = "Ends with the token, when the phone opens another one, and when it may read no more or other streams", content_type = "text/event-stream"),
    (status = 401, description = "No access token, or one that does not hold", body = problem::Body, content_type = "application/problem+json"),
    (status = 403, description = "The phone may read no more", body = problem::Body, content_type = "application/problem+json"),
    (status = 503, description = "Too many phones listen; Retry-After says after how many seconds to come again", body = problem::Body, content_type = "application/problem+json"),
))]
pub(super) fn listen() {}

/// A frame: CBOR, packed with zstd where that is smaller.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
struct Frame(Vec<u8>);

/// Gives the visits of a door in a year that has left the phones: the volume as saved, packed as a frame is.
#[utoipa::path(get, path = "/v1/history/{household}/{year}", tag = "phones", security(("access" = [])), params(
    ("household" = String, Path, description = "The door's id"),
    ("year" = i16, Path, description = "The year"),
), responses(
    (status = 200, description = "The volume", content_type = "application/octet-stream"),
    (status = 401, description = "No access token, or one that does not hold", body = problem::Body, content_type = "application/problem+json"),
    (status = 403, description = "The phone may read no more", body = problem::Body, content_type = "application/problem+json"),
    (status = 404, description = "No such volume, or at a door that this phone does not read", body = problem::Body, content_type = "application/problem+json"),
    Trouble,
))]
pub(super) fn history() {}

/// Gives one part of a pack, or a range of it. The bytes are in docs/WIRE.md.
#[utoipa::path(get, path = "/v1/packs/{stream}/{seq}/{part}", tag = "phones", security(("access" = [])), params(
    ("stream" = String, Path, description = "The stream's name, as `grid:620102001001001`"),
    ("seq" = u64, Path, description = "The place that was offered"),
    ("part" = u32, Path, description = "The part, from 0"),
    ("Range" = Option<String>, Header, description = "As `bytes=0-262143`"),
), responses(
    (status = 200, description = "All of it", content_type = "application/octet-stream"),
    (status = 206, description = "The range", content_type = "application/octet-stream"),
    (status = 401, description = "No access token, or one that does not hold", body = problem::Body, content_type = "application/problem+json"),
    (status = 403, description = "The phone may read no more", body = problem::Body, content_type = "application/problem+json"),
    (status = 404, description = "No such pack, or of a stream this phone does not read", body = problem::Body, content_type = "application/problem+json"),
    (status = 416, description = "No such range"),
    Trouble,
))]
pub(super) fn pack() {}

/// Takes a bundle that a colleague's phone carried here. The bytes are in docs/WIRE.md.
#[utoipa::path(post, path = "/v1/bundles", tag = "phones", security(("access" = [])),
    request_body(content = inline(Frame), content_type = "application/vnd.minqing.bundle;v=1", description = "A bundle"), responses(
    (status = 200, description = "It is taken; the same one again changes nothing", body = sync::BundleAnswer),
    (status = 401, description = "No access token, or one that does not hold", body = problem::Body, content_type = "application/problem+json"),
    Trouble,
))]
pub(super) fn bundle() {}

/// The office's public keys: the one for which bundles are sealed, and all by which it ever signed certificates.
#[utoipa::path(get, path = "/v1/office-keys", tag = "phones", responses(
    (status = 200, description = "The keys", body = office_keys::OfficeKeys),
    (status = 500, description = "The server failed", body = problem::Body, content_type = "application/problem+json"),
))]
pub(super) fn office_keys() {}

/// The public half of the server's key, for whoever checks tokens.
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "phones", responses(
    (status = 200, description = "A JSON Web Key Set with one Ed25519 key", body = serde_json::Value),
))]
pub(super) fn jwks() {}
