//! The last byte is here: the file is held against its hash and its kind, shown forms are derived, and all is kept.
//! Killed anywhere in between, it is done once more from the whole part.

use axum::http::StatusCode;
use minqing_core::{
    attachment::{Derived, derive, sniff},
    envelope::Hash,
};

use crate::{app::App, fault::Fault, problem::Problem, storage::Upload};

/// Keeps an upload whose bytes are all here. One that is not what it claims to be is taken away.
///
/// # Errors
/// `attachment.mismatch` (460), `attachment.kind`, `attachment.unreadable` (422); `store.failed`, then the part stays.
pub(super) async fn finish(app: &App, upload: &Upload) -> Result<(), Problem> {
    let _place = app.files.looking.acquire().await;
    let looked_at = *upload;
    let looked = app.work(move |app| app.files.read_part(looked_at.id).map(|bytes| look_at(bytes, &looked_at))).await?;
    let (bytes, derived) = match looked {
        Ok(good) => good,
        Err(problem) => {
            tracing::warn!(device = upload.device.0, code = problem.code, "an upload was refused");
            app.work(move |app| remove(app, &looked_at)).await?;
            return Err(problem);
        }
    };
    app.files.keep(upload.sha256, derived, bytes).await?;
    app.work(move |app| -> Result<(), Fault> {
        app.store.keep_attachment(&looked_at, app.clock.now_ms())?;
        app.files.drop_part(looked_at.id)
    })
    .await?;
    tracing::info!(device = upload.device.0, bytes = upload.length, "a file is kept");
    Ok(())
}

fn look_at(bytes: Vec<u8>, upload: &Upload) -> Result<(Vec<u8>, Option<Derived>), Problem> {
    if Hash::of(&bytes) != upload.sha256 || bytes.len() as u64 != upload.length {
        let mismatch = StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST);
        return Err(Problem::new(mismatch, "attachment.mismatch"));
    }
    let unfit = |code| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code);
    if sniff(&bytes) != Some(upload.media) {
        return Err(unfit("attachment.kind"));
    }
    let derived = upload.media.is_picture().then(|| derive(&bytes)).transpose().map_err(|_| unfit("attachment.unreadable"))?;
    Ok((bytes, derived))
}

/// The row first: a part without a row is swept away, a row without a part would seem to have begun.
pub(super) fn remove(app: &App, upload: &Upload) -> Result<(), Fault> {
    app.store.drop_upload(upload.id)?;
    app.files.drop_part(upload.id)
}
