//! `/v1/rounds/wanted`: whom to visit next, for programs, under the session of somebody of the office.

use axum::{
    Json,
    extract::{Query, State},
    http::HeaderMap,
};
use minqing_core::{model::WhyVisit, rounds::Reason, speech::said, words::Lang};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::desk::Asking;
use crate::{
    app::App,
    auth::rights::Right,
    lang,
    problem::Problem,
    rounds::{WantedDoor, wanted_in},
};

/// Longest list.
const LIMIT: usize = 500;

/// Which grid.
#[derive(Deserialize, IntoParams)]
pub struct WhichGrid {
    /// Its 15 digits.
    grid: String,
}

/// Whom to visit next in a grid.
#[derive(Serialize, ToSchema)]
pub struct WantedList {
    /// The grid's 15 digits.
    grid: String,
    /// How many doors are wanted.
    wanted: usize,
    /// The most pressing first, at most 500.
    doors: Vec<WantedSeen>,
}

/// A door at which somebody is to knock.
#[derive(Serialize, ToSchema)]
pub struct WantedSeen {
    /// The household.
    household: String,
    /// Its plate, in the language of the request.
    door: String,
    /// Whether somebody there is old, ill or disabled, and comes first.
    first: bool,
    /// How long it will take, in minutes.
    minutes: u16,
    /// Why, the most pressing first.
    reasons: Vec<ReasonSeen>,
    /// An appointment there in the next seven days, milliseconds since 1970.
    appointment_ms: Option<i64>,
}

/// One reason to knock.
#[derive(Serialize, ToSchema)]
pub struct ReasonSeen {
    /// `feedback_overdue`, `feedback_due`, `papers`, `follow_up`, `untold`, `cycle`.
    #[schema(value_type = String)]
    why: WhyVisit,
    /// The matter, follow-up or notice; null for a cycle.
    about: Option<String>,
    /// Days: since it was due, left until it is, or without a visit; null where nobody set a day.
    days: Option<u32>,
    /// The sentence, in the language of the request.
    said: String,
}

/// Whom to visit next in a grid of the session's community.
pub async fn wanted_json(
    State(app): State<App>,
    Asking(desk): Asking,
    Query(which): Query<WhichGrid>,
    headers: HeaderMap,
) -> Result<Json<WantedList>, Problem> {
    desk.need(Right::ReadResidents)?;
    let grid = which.grid;
    desk.check_grid(&grid)?;
    let lang = lang::accepted(&headers);
    let asked = grid.clone();
    let found = app.work(move |app| wanted_in(app, &asked)).await?;
    let doors = found.iter().take(LIMIT).map(|door| seen(door, lang)).collect();
    Ok(Json(WantedList { grid, wanted: found.len(), doors }))
}

impl ReasonSeen {
    /// One as it is shown.
    pub(super) fn of(reason: &Reason, lang: Lang) -> Self {
        let (about, said) = (reason.about.map(|id| id.to_string()), said::why_visit(lang, reason.why, reason.days));
        Self { why: reason.why, about, days: reason.days, said }
    }
}

fn seen(door: &WantedDoor, lang: Lang) -> WantedSeen {
    WantedSeen {
        household: door.row.id.clone(),
        door: said::plate(lang, &door.row.address()),
        first: door.wanted.first,
        minutes: door.wanted.minutes,
        reasons: door.wanted.reasons.iter().map(|reason| ReasonSeen::of(reason, lang)).collect(),
        appointment_ms: door.appointment_ms,
    }
}

#[cfg(test)]
mod tests {
    use minqing_core::model::{Address, NewHousehold, NewResident, Role};
    use serde_json::json;

    use crate::{
        sync::add_households,
        testing::{COMMUNITY, World},
    };

    const DAY: i64 = 24 * 3_600_000;

    fn door(room: &str, birth_year: u16) -> NewHousehold {
        let address = Address { community: COMMUNITY.into(), estate: "槐荫".into(), building: "3".into(), room: room.into(), ..Address::default() };
        let residents = vec![NewResident { name: "王秀兰".into(), birth_year, ..NewResident::default() }];
        NewHousehold { grid: format!("{COMMUNITY}001"), address, residents, ..NewHousehold::default() }
    }

    #[tokio::test]
    async fn whom_to_visit_next_is_listed_with_reasons_and_without_names() {
        let world = World::open();
        add_households(&world.app, &[door("101", 1990), door("102", 1940)]).unwrap();
        let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
        let path = format!("/v1/rounds/wanted?grid={COMMUNITY}001");
        assert_eq!(desk.get(&path).await.json(), json!({"grid": format!("{COMMUNITY}001"), "wanted": 0, "doors": []}));
        world.clock.turn(14 * DAY);
        let list = desk.again().await.get(&path).await;
        assert!(!list.body.contains("王秀兰"));
        let list = list.json();
        assert_eq!((&list["wanted"], &list["doors"][0]["door"]), (&json!(1), &json!("槐荫 3 号楼 102")));
        let reasons = json!([{"why": "cycle", "about": null, "days": 14, "said": "已有 14 天没有走访"}]);
        assert_eq!((&list["doors"][0]["reasons"], &list["doors"][0]["first"], &list["doors"][0]["minutes"]), (&reasons, &json!(true), &json!(15)));
        world.clock.turn(16 * DAY);
        assert_eq!(desk.again().await.get(&path).await.json()["wanted"], 2);
    }

    #[tokio::test]
    async fn a_grid_of_another_community_is_unknown_and_who_reads_no_residents_reads_no_list() {
        let world = World::open();
        let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
        for grid in ["620102001002001", "620102001001", "", "62010200100100x", "620102001001001%00"] {
            let answer = desk.get(&format!("/v1/rounds/wanted?grid={grid}")).await;
            assert_eq!((answer.status, answer.json()["code"].clone()), (404, json!("grid.unknown")), "{grid}");
        }
        let admin = world.desk("Admin", Role::Administrator, COMMUNITY).await;
        assert_eq!(admin.get(&format!("/v1/rounds/wanted?grid={COMMUNITY}001")).await.status, 403);
    }
}
