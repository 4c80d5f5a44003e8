//! `/v1/aside`: the same for programs, under the session of somebody of the office.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use minqing_core::document::DocKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{super::desk::Asking, LIMIT, list, settle};
use crate::{
    app::App,
    auth::rights::Right,
    fault::Fault,
    problem::{In, Problem},
    sync,
};

/// What is put aside at a desk.
#[derive(Serialize, ToSchema)]
pub struct AsideList {
    /// The community's 12 digits.
    community: String,
    /// To be sent with what changes something, as long as this session lasts.
    csrf: String,
    /// Oldest first, at most 100.
    aside: Vec<AsideItem>,
}

/// A record that was put aside.
#[derive(Serialize, ToSchema)]
pub struct AsideItem {
    /// Device, opening and number.
    item: String,
    /// The officer's name.
    officer: String,
    /// `card`, `visits`, `matter` or `form`; none where that is not known.
    about: Option<&'static str>,
    /// The document or matter.
    id: String,
    /// What happened, if it is an event, as `note`.
    event: Option<&'static str>,
    /// Why, as `out-of-scope`.
    reason: &'static str,
    /// When it came, milliseconds since 1970.
    received_ms: i64,
    /// How large it is.
    bytes: u64,
    /// How many items wait for it.
    parked: u64,
    /// Whether it can be read.
    readable: bool,
    /// What it says.
    says: Vec<AsideValue>,
}

/// A value of a record.
#[derive(Serialize, ToSchema)]
pub struct AsideValue {
    /// The field, as `note`.
    field: String,
    /// As it was written, at most 1,000 letters.
    value: String,
}

/// The list.
pub async fn aside_json(State(app): State<App>, Asking(desk): Asking) -> Result<Json<AsideList>, Problem> {
    desk.need(Right::ReadResidents)?;
    let (community, csrf) = (desk.community.clone(), desk.session.csrf.clone());
    let all = app.work(move |app| list(app, &desk.community, LIMIT)).await?;
    let item = |(row, officer, said): (crate::storage::log::Aside, String, sync::Said)| AsideItem {
        item: row.name.to_string(),
        officer,
        about: said.kind.map(word),
        id: row.doc.to_string(),
        event: said.event.map(|event| event.word()),
        reason: row.reason.word(),
        received_ms: row.received_ms,
        bytes: row.size,
        parked: row.parked,
        readable: said.readable,
        says: said.values.into_iter().map(|(field, value)| AsideValue { field, value }).collect(),
    };
    Ok(Json(AsideList { community, csrf, aside: all.into_iter().map(item).collect() }))
}

fn word(kind: DocKind) -> &'static str {
    match kind {
        DocKind::Card => "card",
        DocKind::Visits => "visits",
        DocKind::Matter => "matter",
        DocKind::Notice => "notice",
        DocKind::Form => "form",
    }
}

/// What changes something repeats the list's token.
#[derive(Deserialize, ToSchema)]
pub struct AsideSure {
    /// As `GET /v1/aside` gives it.
    csrf: String,
}

/// What became of a record.
#[derive(Serialize, ToSchema)]
pub struct AsideSettled {
    /// Device, opening and number.
    item: String,
    /// Whether the office wrote its content; not where that stood there already, nor of what was returned.
    wrote: bool,
}

/// Writes a record's content in its officer's name.
pub async fn adopt_aside_json(
    State(app): State<App>,
    Asking(desk): Asking,
    Path(item): Path<String>,
    In(sure): In<AsideSure>,
) -> Result<Json<AsideSettled>, Problem> {
    let wrote = settle(&app, &desk, &sure.csrf, &item, sync::adopt).await?.map_err(refused)?;
    Ok(Json(AsideSettled { item, wrote }))
}

/// Tells a record's officer to write it anew.
pub async fn return_aside_json(
    State(app): State<App>,
    Asking(desk): Asking,
    Path(item): Path<String>,
    In(sure): In<AsideSure>,
) -> Result<Json<AsideSettled>, Problem> {
    settle(&app, &desk, &sure.csrf, &item, sync::give_back).await?.map_err(refused)?;
    Ok(Json(AsideSettled { item, wrote: false }))
}

fn refused(fault: Fault) -> Problem {
    Problem::new(StatusCode::CONFLICT, fault.code)
}
