//! `POST /v1/attachments`: begins an upload.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use minqing_core::{Id, model::Media};

use super::protocol::{Tus, expires, metadata, number};
use crate::{
    app::App,
    auth::FromDevice,
    entropy,
    problem::Problem,
    storage::{Begun, Quota, Upload},
};

/// Begins an upload, or says how far the same one of this phone came. A file that only others brought is asked for again:
/// whoever could ask without holding it would learn what the office has.
pub async fn create(State(app): State<App>, from: FromDevice, _: Tus, headers: HeaderMap) -> Result<Response, Problem> {
    let malformed = || Problem::new(StatusCode::BAD_REQUEST, "upload.malformed");
    let length = number(&headers, "upload-length").filter(|n| *n > 0).ok_or_else(malformed)?;
    let (sha256, media) = metadata(&headers).ok_or_else(malformed)?;
    let limits = &app.config.attachments;
    let most = match media {
        Media::Jpeg => limits.photo_bytes,
        m if m.is_picture() => return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "attachment.kind")),
        _ => limits.voice_bytes,
    };
    if length > most {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "attachment.too_large"));
    }
    let quota = Quota { half_bytes: limits.half_bytes, day_bytes: limits.day_bytes };
    let now_ms = app.clock.now_ms();
    let id = Id::timed(now_ms, &entropy::bytes(app.entropy.as_ref()));
    let new = Upload { id, device: from.device, sha256, media, length, created_ms: now_ms, done: false };
    let sent = app.work(move |app| -> Result<bool, Problem> {
        let stored = app.store.attachment(sha256)?.is_some_and(|s| s.bytes == length && s.media == media);
        Ok(stored && app.store.attachment_sent_by(sha256, from.device)?)
    });
    // A file that went missing since is taken again.
    let known = sent.await? && app.files.has(sha256).await?;
    let upload = match app.work(move |app| app.store.begin_upload(&new, quota, known)).await? {
        Begun::Upload(upload) => upload,
        Begun::HalfFull => return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "upload.too_many_halves")),
        Begun::DayFull => return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "upload.too_much_today")),
    };
    let offset = if upload.done { upload.length } else { app.work(move |app| app.files.offset(upload.id)).await? };
    let answer = [
        (header::LOCATION.as_str(), format!("/v1/attachments/{}", upload.id)),
        ("upload-offset", offset.to_string()),
        ("upload-expires", expires(&app, &upload)),
    ];
    Ok((StatusCode::CREATED, answer).into_response())
}
