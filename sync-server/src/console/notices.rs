//! `/v1/notices`: what officers tell at doors, for programs, under the session of somebody of the office.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use minqing_core::model::Notice;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::desk::Asking;
use crate::{
    app::App,
    auth::rights::Right,
    fault::Fault,
    problem::{In, Problem},
    storage::NoticeKept,
    sync,
};

/// Longest list.
const LIMIT: usize = 200;

/// The notices of the session's desk.
#[derive(Serialize, ToSchema)]
pub struct NoticeList {
    /// To be sent with what changes something, as long as this session lasts.
    csrf: String,
    /// Those first that are told last; at most 200.
    notices: Vec<NoticeListed>,
}

/// A notice.
#[derive(Serialize, ToSchema)]
pub struct NoticeListed {
    /// Its id.
    id: String,
    /// Whether it was taken back.
    withdrawn: bool,
    /// As it was written.
    #[schema(value_type = Object)]
    notice: Notice,
}

/// A notice to be told.
#[derive(Deserialize, ToSchema)]
pub struct NoticeNew {
    /// As the list gives it.
    csrf: String,
    /// `{"title": {"zh", "en"}, "text": {"zh", "en"}, "from": "2026-09-01", "until": "2026-09-30", "needs": ["lives_alone"], "min_age": 80,
    /// "max_age": 120}`: English, needs and ages may be left out. With needs and ages it is for residents of whom both is true.
    #[schema(value_type = Object)]
    notice: Value,
}

/// A notice that was sent.
#[derive(Serialize, ToSchema)]
pub struct NoticeAdded {
    /// Its id.
    id: String,
    /// Whether it was new; the same words for the same days are one notice.
    new: bool,
}

/// What takes something back repeats the list's token.
#[derive(Deserialize, ToSchema)]
pub struct NoticeSure {
    /// As the list gives it.
    csrf: String,
}

/// A notice that is told no more.
#[derive(Serialize, ToSchema)]
pub struct NoticeWithdrawn {
    /// Its id.
    id: String,
    /// Whether it was still told.
    withdrawn: bool,
}

/// The list.
pub async fn notices_json(State(app): State<App>, Asking(desk): Asking) -> Result<Json<NoticeList>, Problem> {
    let csrf = desk.session.csrf.clone();
    let all = app.work(move |app| app.store.notices(&desk.community)).await?;
    let listed = |n: NoticeKept| NoticeListed { id: n.id.to_string(), withdrawn: n.withdrawn, notice: n.notice };
    Ok(Json(NoticeList { csrf, notices: all.into_iter().take(LIMIT).map(listed).collect() }))
}

/// Gives the desk's community a notice.
pub async fn add_notice_json(State(app): State<App>, Asking(desk): Asking, In(new): In<NoticeNew>) -> Result<Json<NoticeAdded>, Problem> {
    desk.check(&new.csrf)?;
    desk.need(Right::WriteNotices)?;
    let added = app.work(move |app| sync::add_notice(app, &desk.community, &sync::read_notice(&new.notice.to_string())?));
    let (id, new) = added.await.map_err(problem)?;
    Ok(Json(NoticeAdded { id: id.to_string(), new }))
}

/// Takes a notice of the desk's community back.
pub async fn withdraw_notice_json(
    State(app): State<App>,
    Asking(desk): Asking,
    Path(id): Path<String>,
    In(sure): In<NoticeSure>,
) -> Result<Json<NoticeWithdrawn>, Problem> {
    desk.check(&sure.csrf)?;
    desk.need(Right::WriteNotices)?;
    let known = id.parse().map_err(|_| problem(Fault::new("notice.unknown", id.clone())))?;
    let withdrawn = app.work(move |app| sync::withdraw_notice(app, Some(&desk.community), known)).await.map_err(problem)?;
    Ok(Json(NoticeWithdrawn { id, withdrawn }))
}

fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "notice.unknown" => StatusCode::NOT_FOUND,
        "notice.too_many" | "notice.withdrawn" => StatusCode::CONFLICT,
        _ if fault.is_failure() => return fault.into(),
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    // Where in a file it would stand says nothing here.
    let at = if fault.code == "notice.malformed" { "notice".to_owned() } else { fault.what };
    Problem::new(status, fault.code).at(at)
}

#[cfg(test)]
mod tests {
    use minqing_core::model::Role;
    use serde_json::{Value, json};

    use crate::testing::{Answer, COMMUNITY, SignedIn, World};

    fn example() -> Value {
        serde_json::from_str(include_str!("../../data/notices/old_age_allowance.json")).unwrap()
    }

    async fn post(world: &World, desk: &SignedIn<'_>, path: &str, body: Value) -> Answer {
        let headers = [("content-type", "application/json"), ("cookie", desk.cookie.as_str())];
        world.send(axum::http::Method::POST, path, &headers, &body.to_string()).await
    }

    async fn add(world: &World, desk: &SignedIn<'_>, notice: Value) -> Answer {
        post(world, desk, "/v1/notices", json!({"csrf": desk.csrf(), "notice": notice})).await
    }

    fn refused(answer: &Answer) -> (u16, Value, Value) {
        (answer.status, answer.json()["code"].clone(), answer.json()["path"].clone())
    }

    #[tokio::test]
    async fn a_notice_is_written_listed_and_taken_back() {
        let world = World::open();
        let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
        let added = add(&world, &desk, example()).await.json();
        let id = added["id"].as_str().unwrap().to_owned();
        assert_eq!((&added["new"], &add(&world, &desk, example()).await.json()["new"]), (&json!(true), &json!(false)));
        let listed = async || desk.get("/v1/notices").await.json()["notices"].clone();
        assert_eq!(listed().await, json!([{"id": id, "withdrawn": false, "notice": example()}]));
        let withdraw = format!("/v1/notices/{id}/withdraw");
        for withdrawn in [true, false] {
            assert_eq!(post(&world, &desk, &withdraw, json!({"csrf": desk.csrf()})).await.json(), json!({"id": id, "withdrawn": withdrawn}));
        }
        assert_eq!(listed().await[0]["withdrawn"], true);
        assert_eq!(refused(&add(&world, &desk, example()).await), (409, json!("notice.withdrawn"), json!("")));
    }

    #[tokio::test]
    async fn clerk_and_lead_write_for_their_own_community_and_nobody_else() {
        let world = World::open();
        crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
        let lead = world.desk("L", Role::Lead, COMMUNITY).await;
        let id = add(&world, &lead, example()).await.json()["id"].as_str().unwrap().to_owned();
        for (name, role) in [("H", Role::Department), ("S", Role::Supervisor), ("D", Role::Delegate), ("A", Role::Administrator)] {
            let desk = world.desk(name, role, COMMUNITY).await;
            assert_eq!(add(&world, &desk, example()).await.status, 403, "{name}");
            assert_eq!(post(&world, &desk, &format!("/v1/notices/{id}/withdraw"), json!({"csrf": desk.csrf()})).await.status, 403, "{name}");
            assert_eq!(desk.get("/v1/notices").await.status, 200, "{name} may read what is told at every door");
        }
        let neighbour = world.desk("Neighbour", Role::Clerk, "620102001002").await;
        let elsewhere = post(&world, &neighbour, &format!("/v1/notices/{id}/withdraw"), json!({"csrf": neighbour.csrf()})).await;
        assert_eq!((elsewhere.status, neighbour.get("/v1/notices").await.json()["notices"].clone()), (404, json!([])));
        let forged = post(&world, &lead, "/v1/notices", json!({"csrf": "guess", "notice": example()})).await;
        assert_eq!(refused(&forged).1, "form.stale");
        assert_eq!(world.get("/v1/notices").await.status, 401);
    }

    #[tokio::test]
    async fn what_does_not_fit_has_a_code_and_a_place() {
        let world = World::open();
        let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
        let with = |field: &str, value: Value| {
            let mut notice = example();
            notice[field] = value;
            notice
        };
        for (notice, code, path) in [
            (with("until", json!("2026-08-01")), "notice.period", json!("until")),
            (with("needs", json!(["rich"])), "code.unknown", json!("needs[0]")),
            (with("max_age", json!(20)), "notice.age", json!("max_age")),
            (with("title", json!({"en": "only"})), "text.empty", json!("title.zh")),
            (with("languages", json!(["hui"])), "notice.malformed", json!("notice")),
        ] {
            let answer = add(&world, &desk, notice).await;
            assert_eq!(refused(&answer), (422, json!(code), path));
        }
        let unknown = post(&world, &desk, "/v1/notices/nonsense/withdraw", json!({"csrf": desk.csrf()})).await;
        assert_eq!(refused(&unknown).1, "notice.unknown");
    }
}
