//! Photos and voice by tus 1.0, and reading them. The functions are never called.
#![allow(dead_code)]

use utoipa::IntoResponses;

use crate::problem;

/// What any of these routes may answer besides.
#[derive(IntoResponses)]
pub(super) enum Trouble {
    /// What the headers say cannot be read
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(problem::Body<'static>),
    /// No access token, or one that is not good any more
    #[response(status = 401, content_type = "application/problem+json")]
    NotAllowed(problem::Body<'static>),
    /// No such upload, or somebody else's
    #[response(status = 404, content_type = "application/problem+json")]
    Unknown(problem::Body<'static>),
    /// Another version than the one in Tus-Version
    #[response(status = 412, content_type = "application/problem+json")]
    Version(problem::Body<'static>),
    /// Too large a file, or more bytes than were announced
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(problem::Body<'static>),
    /// Another request writes this upload
    #[response(status = 423, content_type = "application/problem+json")]
    Busy(problem::Body<'static>),
    /// The disk or the database refused; nothing is lost
    #[response(status = 503, content_type = "application/problem+json")]
    Failed(problem::Body<'static>),
}

/// Says which version and extensions of tus the server speaks.
#[utoipa::path(options, path = "/v1/attachments", tag = "phones", responses((status = 204, description = "In Tus-Version, Tus-Extension and Tus-Max-Size")))]
pub(super) fn options() {}

/// Begins an upload, or goes on with the same one of this phone.
#[utoipa::path(post, path = "/v1/attachments", tag = "phones", security(("access" = [])), params(
    ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ("Upload-Length" = u64, Header, description = "How many bytes the file has"),
    ("Upload-Metadata" = String, Header, description = "sha256 and media, each with its value in base64"),
), responses(
    (status = 201, description = "Its address in Location, how far it came in Upload-Offset"),
    (status = 422, description = "A kind of file that the office does not take", body = problem::Body, content_type = "application/problem+json"),
    (status = 429, description = "This phone has too much half sent, or sent too much today", body = problem::Body, content_type = "application/problem+json"),
    Trouble,
))]
pub(super) fn create() {}

/// Says how far an upload came.
#[utoipa::path(head, path = "/v1/attachments/{name}", tag = "phones", security(("access" = [])), params(
    ("name" = String, Path, description = "The upload"),
    ("Tus-Resumable" = String, Header, description = "1.0.0"),
), responses((status = 200, description = "In Upload-Offset and Upload-Length"), Trouble))]
pub(super) fn ask() {}

/// Brings an upload further; with the last byte the file is held against its hash and kept.
#[utoipa::path(patch, path = "/v1/attachments/{name}", tag = "phones", security(("access" = [])), params(
    ("name" = String, Path, description = "The upload"),
    ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ("Upload-Offset" = u64, Header, description = "Where these bytes begin"),
), request_body(content_type = "application/offset+octet-stream", content = Vec<u8>), responses(
    (status = 204, description = "How far it came in Upload-Offset"),
    (status = 409, description = "Not where it stands", body = problem::Body, content_type = "application/problem+json"),
    (status = 415, description = "The wrong Content-Type", body = problem::Body, content_type = "application/problem+json"),
    (status = 422, description = "Not what it was announced as; the bytes are thrown away", body = problem::Body, content_type = "application/problem+json"),
    (status = 460, description = "The bytes do not have their hash; they are thrown away", body = problem::Body, content_type = "application/problem+json"),
    Trouble,
))]
pub(super) fn append() {}

/// Gives an upload up.
#[utoipa::path(delete, path = "/v1/attachments/{name}", tag = "phones", security(("access" = [])), params(
    ("name" = String, Path, description = "The upload"),
    ("Tus-Resumable" = String, Header, description = "1.0.0"),
), responses((status = 204, description = "It is gone; a file that was whole stays"), Trouble))]
pub(super) fn end() {}

/// Gives a photo as the server wrote it anew, or a voice note as it came.
#[utoipa::path(get, path = "/v1/attachments/{name}", tag = "phones", security(("access" = [])), params(
    ("name" = String, Path, description = "SHA-256 of the file, hexadecimal"),
    ("size" = Option<String>, Query, description = "thumb for the small form"),
), responses((status = 200, description = "The file"), Trouble))]
pub(super) fn read() {}
