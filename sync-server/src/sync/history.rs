//! `GET /v1/history/{household}/{year}`: a volume of visits that has left the phones, for those who read its door.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::IntoResponse,
};
use minqing_core::{Id, document::DocKind, frame::pack};

use crate::{app::App, auth::FromReader, fault::Fault, problem::Problem};

/// Gives the whole volume, as it stands; its size is bounded by what a document may have.
pub async fn history(
    State(app): State<App>,
    FromReader(from): FromReader,
    Path((household, year)): Path<(String, String)>,
) -> Result<impl IntoResponse, Problem> {
    let found = app.work(move |app| volume(app, from.officer, &household, &year)).await?;
    let bytes = found.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "history.unknown"))?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")], bytes))
}

fn volume(app: &App, officer: Id, household: &str, year: &str) -> Result<Option<Vec<u8>>, Fault> {
    let (Ok(household), Ok(year)) = (household.parse::<Id>(), year.parse::<i16>()) else { return Ok(None) };
    let scope = app.store.scope(officer)?.map(|scope| scope.streams).unwrap_or_default();
    if !app.store.read_in(household)?.iter().any(|stream| scope.contains(stream)) {
        return Ok(None);
    }
    let kept = app.store.document(Id::visits(household, year))?.filter(|kept| kept.head.kind == DocKind::Visits);
    Ok(kept.map(|kept| pack(&kept.doc.save())))
}
