//! `DELETE /v1/attachments/{upload}`: gives an upload up. What was whole already stays.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use super::protocol::{Tus, own};
use crate::{app::App, auth::FromDevice, fault::Fault, problem::Problem};

/// Gives an upload up.
pub async fn end(State(app): State<App>, from: FromDevice, _: Tus, Path(name): Path<String>) -> Result<StatusCode, Problem> {
    let upload = own(&app, from, &name).await?;
    let Some(turn) = app.files.turns.take(upload.id) else { return Err(Problem::new(StatusCode::LOCKED, "upload.busy")) };
    app.work(move |app| -> Result<(), Fault> {
        let _turn = turn;
        app.store.drop_upload(upload.id)?;
        app.files.drop_part(upload.id)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
