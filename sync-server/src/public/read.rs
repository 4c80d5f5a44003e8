//! `/v1/public/matters`: the shown matters for everybody.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use minqing_core::{Id, envelope::Hash, public::PublicMatter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view;
use crate::{
    app::App,
    attachment,
    openapi::PublicMatterShape,
    problem::Problem,
    storage::{Board, StoreError, Until},
};

/// Most matters in one answer.
const LIMIT: u32 = 20;

/// Which of them.
#[derive(Deserialize, IntoParams)]
pub struct WhichPublic {
    /// Of one community: its 12 digits. Of all where it is not said.
    community: Option<String>,
    /// What the answer before gave as `next`.
    after: Option<String>,
}

/// Shown matters, the newest first.
#[derive(Serialize, ToSchema)]
pub struct PublicList {
    /// At most 20.
    #[schema(value_type = Vec<PublicMatterShape>)]
    matters: Vec<PublicMatter>,
    /// To be sent as `after` for those that were shown before these; none at the end.
    next: Option<String>,
}

/// The list.
pub async fn public_matters(State(app): State<App>, Query(which): Query<WhichPublic>) -> Result<Json<PublicList>, Problem> {
    let unknown = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "code.unknown").at("after");
    let after = which.after.map(|after| read_until(&after).ok_or_else(unknown)).transpose()?;
    let list = app.work(move |app| {
        let (rules, now_ms) = (app.rules.get(), app.clock.now_ms());
        let board = Board { categories: rules.public_categories(), community: which.community, after, limit: LIMIT };
        let kept = app.store.board(&board)?;
        // By what was looked at, not by what may be read of it.
        let next = kept.last().filter(|_| kept.len() == LIMIT as usize).map(|last| written(last.until));
        Ok::<_, StoreError>(PublicList { matters: kept.iter().filter_map(|kept| view(kept, &rules, now_ms)).collect(), next })
    });
    Ok(Json(list.await?))
}

/// One of them.
pub async fn public_matter(State(app): State<App>, Path(id): Path<String>) -> Result<Json<PublicMatter>, Problem> {
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "matter.unknown");
    let wanted: Id = id.parse().map_err(|_| unknown())?;
    let found = app.work(move |app| {
        let kept = app.store.on_board(wanted)?;
        Ok::<_, StoreError>(kept.and_then(|kept| view(&kept, &app.rules.get(), app.clock.now_ms())))
    });
    found.await?.map(Json).ok_or_else(unknown)
}

/// A photo of one of them, covered; not one moment longer than the matter is shown.
pub async fn public_photo(
    State(app): State<App>,
    Path((id, name)): Path<(String, String)>,
    Query(asked): Query<attachment::Asked>,
) -> Result<Response, Problem> {
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "attachment.unknown");
    let wanted: Id = id.parse().map_err(|_| unknown())?;
    let hash = Hash::from_hex(&name).ok_or_else(unknown)?;
    let shown = app.work(move |app| {
        let kept = app.store.on_board(wanted)?;
        let seen = kept.and_then(|kept| view(&kept, &app.rules.get(), app.clock.now_ms()));
        Ok::<_, StoreError>(seen.is_some_and(|seen| seen.photos.each().any(|picture| picture.sha256() == hash.0)))
    });
    if shown.await? { attachment::serve(&app, hash, &asked).await } else { Err(unknown()) }
}

fn written(until: Until) -> String {
    format!("{}.{}", until.shown_ms, until.id)
}

fn read_until(text: &str) -> Option<Until> {
    let (shown_ms, id) = text.split_once('.')?;
    Some(Until { shown_ms: shown_ms.parse().ok()?, id: id.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use crate::testing::World;

    #[tokio::test]
    async fn asking_for_what_is_not_there_ends_and_the_list_stays_open() {
        let world = World::with("[tries]\naddress_at_once = 2");
        let gone = format!("/v1/public/matters/{}", minqing_core::Id([7; 16]));
        for status in [404, 404, 404, 429] {
            assert_eq!(world.get(&gone).await.status, status);
        }
        let list = world.get("/v1/public/matters").await;
        assert_eq!((list.status, list.header("cache-control"), list.body.as_str()), (200, "no-store", r#"{"matters":[],"next":null}"#));
    }
}
