//! `/v1/feeds`: calendars to be subscribed to, for programs, under the session of somebody of the office.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use minqing_core::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::desk::Asking;
use crate::{
    app::App,
    auth::rights::Right,
    fault::Fault,
    feed,
    problem::{In, Problem},
    storage::KeptFeed,
};

/// The feeds of the session's desk.
#[derive(Serialize, ToSchema)]
pub struct FeedList {
    /// To be sent with what changes something, as long as this session lasts.
    csrf: String,
    /// The oldest first.
    feeds: Vec<FeedListed>,
}

/// A feed. Its address was shown once.
#[derive(Serialize, ToSchema)]
pub struct FeedListed {
    /// Its id.
    id: String,
    /// Of this officer alone; none = of the whole community.
    officer: Option<String>,
    /// When it was made, milliseconds since 1970.
    made_ms: i64,
    /// Since when it answers nobody, milliseconds since 1970; none while it does.
    revoked_ms: Option<i64>,
}

/// A feed to be made.
#[derive(Deserialize, ToSchema)]
pub struct FeedNew {
    /// As the list gives it.
    csrf: String,
    /// Of this officer alone; of the whole community where it is not said.
    officer: Option<String>,
}

/// A feed that was made.
#[derive(Serialize, ToSchema)]
pub struct FeedMade {
    /// Its id.
    id: String,
    /// Where a calendar program reads it. It is shown this once: whoever has it reads the calendar.
    address: String,
}

/// What revokes something repeats the list's token.
#[derive(Deserialize, ToSchema)]
pub struct FeedSure {
    /// As the list gives it.
    csrf: String,
}

/// A feed that answers nobody any more.
#[derive(Serialize, ToSchema)]
pub struct FeedRevoked {
    /// Its id.
    id: String,
    /// Whether it answered until now.
    revoked: bool,
}

/// The list.
pub async fn feeds_json(State(app): State<App>, Asking(desk): Asking) -> Result<Json<FeedList>, Problem> {
    desk.need(Right::ReadResidents)?;
    let csrf = desk.session.csrf.clone();
    let all = app.work(move |app| app.store.feeds(&desk.community)).await?;
    let listed = |feed: KeptFeed| FeedListed {
        id: feed.id.to_string(),
        officer: feed.officer.map(|officer| officer.to_string()),
        made_ms: feed.made_ms,
        revoked_ms: feed.revoked_ms,
    };
    Ok(Json(FeedList { csrf, feeds: all.into_iter().map(listed).collect() }))
}

/// Makes a feed of the desk's community or of one of its officers.
pub async fn add_feed_json(State(app): State<App>, Asking(desk): Asking, In(new): In<FeedNew>) -> Result<Json<FeedMade>, Problem> {
    desk.check(&new.csrf)?;
    desk.need(Right::ReadResidents)?;
    let unknown = |id: &String| problem(Fault::new("officer.unknown", id));
    let officer = new.officer.map(|id| id.parse::<Id>().map_err(|_| unknown(&id))).transpose()?;
    let made = app.work(move |app| feed::make(app, &desk.community, officer)).await.map_err(problem)?;
    Ok(Json(FeedMade { id: made.id.to_string(), address: made.address }))
}

/// Revokes a feed of the desk's community.
pub async fn revoke_feed_json(
    State(app): State<App>,
    Asking(desk): Asking,
    Path(id): Path<String>,
    In(sure): In<FeedSure>,
) -> Result<Json<FeedRevoked>, Problem> {
    desk.check(&sure.csrf)?;
    desk.need(Right::ReadResidents)?;
    let known = id.parse().map_err(|_| problem(Fault::new("feed.unknown", id.clone())))?;
    let revoked = app.work(move |app| app.store.revoke_feed(&desk.community, known, app.clock.now_ms())).await.map_err(|e| problem(e.into()))?;
    Ok(Json(FeedRevoked { id, revoked }))
}

fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "feed.unknown" | "officer.unknown" => StatusCode::NOT_FOUND,
        "officer.disabled" => StatusCode::CONFLICT,
        _ => return fault.into(),
    };
    Problem::new(status, fault.code).at(fault.what)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use minqing_core::model::Role;
    use serde_json::{Value, json};

    use crate::testing::{Answer, COMMUNITY, SignedIn, World};

    async fn post(world: &World, desk: &SignedIn<'_>, path: &str, body: Value) -> Answer {
        let headers = [("content-type", "application/json"), ("cookie", desk.cookie.as_str())];
        world.send(Method::POST, path, &headers, &body.to_string()).await
    }

    #[tokio::test]
    async fn a_calendar_is_made_shown_once_listed_and_revoked() {
        let world = World::open();
        let officer = world.officer();
        let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
        let made = post(&world, &desk, "/v1/feeds", json!({"csrf": desk.csrf(), "officer": officer})).await.json();
        let path = made["address"].as_str().unwrap().strip_prefix("http://127.0.0.1:8311").unwrap().to_owned();
        assert_eq!((world.get(&path).await.status, path.len()), (200, "/calendar/".len() + 43 + ".ics".len()));
        let secret = &path["/calendar/".len()..path.len() - ".ics".len()];
        let listed = desk.get("/v1/feeds").await;
        assert!(!listed.body.contains(secret));
        assert_eq!((&listed.json()["feeds"][0]["id"], &listed.json()["feeds"][0]["officer"]), (&made["id"], &json!(officer)));
        let revoke = format!("/v1/feeds/{}/revoke", made["id"].as_str().unwrap());
        assert_eq!(post(&world, &desk, &revoke, json!({"csrf": "guess"})).await.status, 403);
        for revoked in [true, false] {
            assert_eq!(post(&world, &desk, &revoke, json!({"csrf": desk.csrf()})).await.json()["revoked"], revoked);
        }
        assert_eq!(world.get(&path).await.status, 404);
        for (officer, code) in [("x".to_owned(), "officer.unknown"), (minqing_core::Id([9; 16]).to_string(), "officer.unknown")] {
            let refused = post(&world, &desk, "/v1/feeds", json!({"csrf": desk.csrf(), "officer": officer})).await;
            assert_eq!((refused.status, refused.json()["code"].as_str()), (404, Some(code)));
        }
        assert_eq!(post(&world, &desk, "/v1/feeds/x/revoke", json!({"csrf": desk.csrf()})).await.json()["code"], "feed.unknown");
        let kept = std::fs::read(world.dir.path().join("minqing.db-wal")).unwrap();
        assert!(!kept.windows(secret.len()).any(|w| w == secret.as_bytes()), "the database has the hash alone");
    }

    #[tokio::test]
    async fn whoever_reads_no_residents_has_no_calendars() {
        let world = World::open();
        let desk = world.desk("Admin", Role::Administrator, COMMUNITY).await;
        assert_eq!(desk.get("/v1/feeds").await.json()["code"], "right.missing");
        assert_eq!(post(&world, &desk, "/v1/feeds", json!({"csrf": desk.csrf()})).await.status, 403);
        assert_eq!(world.get("/v1/feeds").await.json()["code"], "session.missing");
    }
}
