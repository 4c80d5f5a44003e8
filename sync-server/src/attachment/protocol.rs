//! What tus 1.0 says in headers.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use minqing_core::{Id, envelope::Hash, model::Media};

use crate::{app::App, auth::FromDevice, problem::Problem, storage::Upload};

/// The version of the protocol.
pub const VERSION: &str = "1.0.0";

/// A request in our version of tus. Taking it as a handler's argument refuses all others with 412.
pub struct Tus;

impl<S: Send + Sync> FromRequestParts<S> for Tus {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        if parts.headers.get("tus-resumable").is_some_and(|v| v == VERSION) {
            return Ok(Self);
        }
        let mut refused = Problem::new(StatusCode::PRECONDITION_FAILED, "upload.version").into_response();
        refused.headers_mut().insert("tus-version", HeaderValue::from_static(VERSION));
        Err(refused)
    }
}

/// A header that is a whole number.
pub(super) fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    let text = headers.get(name)?.to_str().ok()?;
    // `parse` would take a plus sign.
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// `sha256` and `media` of `Upload-Metadata`: names and base64, with commas between.
pub(super) fn metadata(headers: &HeaderMap) -> Option<(Hash, Media)> {
    let text = headers.get("upload-metadata")?.to_str().ok().filter(|text| text.len() <= 1_000)?;
    let value = |name: &str| {
        let pairs = text.split(',').filter_map(|pair| pair.trim().split_once(' '));
        let base64 = pairs.into_iter().find(|(key, _)| *key == name)?.1;
        String::from_utf8(STANDARD.decode(base64.trim()).ok()?).ok()
    };
    Some((Hash::from_hex(&value("sha256")?)?, Media::from_word(&value("media")?)?))
}

/// The caller's own upload; somebody else's is as unknown as none.
pub(super) async fn own(app: &App, from: FromDevice, name: &str) -> Result<Upload, Problem> {
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "upload.unknown");
    let id: Id = name.parse().map_err(|_| unknown())?;
    let found = app.work(move |app| app.store.upload(id)).await?;
    found.filter(|upload| upload.device == from.device).ok_or_else(unknown)
}

/// Until when an upload is kept, as HTTP writes dates.
pub(super) fn expires(app: &App, upload: &Upload) -> String {
    let at = upload.created_ms + keep_ms(app);
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// How long uploads are kept.
pub(super) fn keep_ms(app: &App) -> i64 {
    i64::from(app.config.attachments.keep_days) * 24 * 3_600_000
}
