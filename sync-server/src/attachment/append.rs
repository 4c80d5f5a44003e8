//! `PATCH /v1/attachments/{upload}`: brings an upload further. What arrived before a cut is kept.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;

use super::{
    files::Part,
    finish::finish,
    protocol::{Tus, expires, number, own},
};
use crate::{app::App, auth::FromDevice, fault::Fault, problem::Problem, storage::Upload};

/// Bytes that are gathered before they are written.
const GATHER: usize = 32 << 10;

/// Takes bytes; with the last one the file is looked at and kept.
pub async fn append(State(app): State<App>, from: FromDevice, _: Tus, Path(name): Path<String>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let upload = own(&app, from, &name).await?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|t| t != "application/offset+octet-stream") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "request.media_type"));
    }
    let claimed = number(&headers, "upload-offset").ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "upload.malformed"))?;
    let Some(turn) = app.files.turns.take(upload.id) else { return Err(Problem::new(StatusCode::LOCKED, "upload.busy")) };
    // Once more, now that nobody else writes: it may have been finished or given up meanwhile.
    let upload = own(&app, from, &name).await?;
    let wrong_offset = || Problem::new(StatusCode::CONFLICT, "upload.offset");
    if upload.done {
        return if claimed == upload.length { Ok(at(&app, &upload, claimed)) } else { Err(wrong_offset()) };
    }
    let part = app.work(move |app| app.files.open(upload.id, turn)).await?;
    if part.at != claimed {
        return Err(wrong_offset());
    }
    let part = receive(&app, part, upload.length, body).await?;
    let reached = part.at;
    if reached == upload.length {
        finish(&app, &upload).await?;
    }
    drop(part);
    Ok(at(&app, &upload, reached))
}

fn at(app: &App, upload: &Upload, offset: u64) -> Response {
    (StatusCode::NO_CONTENT, [("upload-offset", offset.to_string()), ("upload-expires", expires(app, upload))]).into_response()
}

/// Writes a body piece by piece. One that is longer than the upload leaves nothing; one that is cut leaves what came.
async fn receive(app: &App, mut part: Part, length: u64, mut body: Body) -> Result<Part, Problem> {
    let (begin, mut gathered, mut cut) = (part.at, Vec::new(), false);
    loop {
        let frame = body.frame().await;
        cut |= matches!(frame, Some(Err(_)));
        let over = frame.is_none() || cut;
        if let Some(Ok(data)) = frame.map(|f| f.map(|f| f.into_data())) {
            gathered.extend_from_slice(&data.unwrap_or_default());
        }
        if part.at + gathered.len() as u64 > length {
            app.work(move |_| part.cut(begin)).await?;
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "upload.too_long"));
        }
        if over || gathered.len() >= GATHER {
            let bytes = std::mem::take(&mut gathered);
            // The part travels into the job: if the caller goes away now, the job ends first and gives the turn back then.
            part = app
                .work(move |_| -> Result<Part, Fault> {
                    part.write(&bytes)?;
                    if over {
                        part.sync()?;
                    }
                    Ok(part)
                })
                .await?;
        }
        if cut {
            return Err(Problem::new(StatusCode::BAD_REQUEST, "upload.cut"));
        }
        if over {
            return Ok(part);
        }
    }
}
