//! `HEAD /v1/attachments/{upload}`: how far it came. `OPTIONS /v1/attachments`: what this server speaks.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::protocol::{Tus, VERSION, expires, own};
use crate::{app::App, auth::FromDevice, problem::Problem};

/// Says how far an upload came.
pub async fn ask(State(app): State<App>, from: FromDevice, _: Tus, Path(name): Path<String>) -> Result<Response, Problem> {
    let upload = own(&app, from, &name).await?;
    let offset = if upload.done { upload.length } else { app.work(move |app| app.files.offset(upload.id)).await? };
    let answer = [
        (header::CACHE_CONTROL.as_str(), "no-store".to_owned()),
        ("upload-offset", offset.to_string()),
        ("upload-length", upload.length.to_string()),
        ("upload-expires", expires(&app, &upload)),
    ];
    Ok((StatusCode::OK, answer).into_response())
}

/// Says what this server speaks.
pub async fn options(State(app): State<App>) -> Response {
    let limits = &app.config.attachments;
    let answer = [
        ("tus-version", VERSION.to_owned()),
        ("tus-extension", "creation,termination,expiration".to_owned()),
        ("tus-max-size", limits.photo_bytes.max(limits.voice_bytes).to_string()),
    ];
    (StatusCode::NO_CONTENT, answer).into_response()
}
