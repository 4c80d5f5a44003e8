//! Reading: for phones that hold a document which names the file, and for staff of its community. Photos are served as
//! they were written anew, never as they came.

use axum::{
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use minqing_core::{envelope::Hash, model::Media};
use serde::Deserialize;

use super::files::Form;
use crate::{
    app::App,
    auth::{
        FromReader,
        rights::{self, Right},
    },
    console::FromStaff,
    problem::Problem,
    projection::community_of,
};

/// What a reader asks for.
#[derive(Deserialize)]
pub struct Asked {
    /// `thumb`, or anything else for the large form.
    #[serde(default)]
    size: String,
}

fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "attachment.unknown")
}

/// For a phone.
pub async fn to_device(
    State(app): State<App>,
    FromReader(from): FromReader,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let hash = Hash::from_hex(&name).ok_or_else(unknown)?;
    let may = app.work(move |app| -> Result<bool, Problem> {
        let scope = app.store.scope(from.officer)?.map(|s| s.streams).unwrap_or_default();
        Ok(app.store.attachment_homes(hash)?.iter().any(|home| scope.contains(home)) || app.store.attachment_sent_by(hash, from.device)?)
    });
    if may.await? { serve(&app, hash, &asked).await } else { Err(unknown()) }
}

/// For staff.
pub async fn to_staff(
    State(app): State<App>,
    FromStaff(session): FromStaff,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let hash = Hash::from_hex(&name).ok_or_else(unknown)?;
    let homes = app.work(move |app| app.store.attachment_homes(hash)).await?;
    let may = homes.iter().any(|home| rights::may(&session.staff.grants, Right::ReadResidents, community_of(home)));
    if may { serve(&app, hash, &asked).await } else { Err(unknown()) }
}

/// A file, for a handler that knows that its caller may see it. Whatever it is, a browser must run nothing of it.
///
/// # Errors
/// 404 `attachment.unknown`, `store.failed`.
pub async fn serve(app: &App, hash: Hash, asked: &Asked) -> Result<Response, Problem> {
    let stored = app.work(move |app| app.store.attachment(hash)).await?.ok_or_else(unknown)?;
    let form = match (stored.media.is_picture(), asked.size.as_str()) {
        (true, "thumb") => Form::Thumb,
        (true, _) => Form::Display,
        // Voice is not written anew; it is sniffed and bounded, and handed over as a file.
        (false, _) => Form::Original,
    };
    let bytes = app.files.get(hash, form).await?.ok_or_else(unknown)?;
    let media = if form == Form::Original { stored.media } else { Media::Jpeg };
    let manner = if stored.media.is_picture() { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, media.word()),
        (header::CONTENT_DISPOSITION, manner),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, bytes).into_response())
}
