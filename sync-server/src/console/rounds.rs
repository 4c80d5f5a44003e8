//! `/v1/rounds`: the rounds of a day for programs, under the session of somebody of the office.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
};
use jiff::civil::Date;
use minqing_core::{Id, rounds::Planned, speech::said, words::Lang};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{desk::Asking, wanted::ReasonSeen};
use crate::{
    app::App,
    auth::rights::Right,
    fault::Fault,
    lang,
    problem::{In, Problem},
    rounds::{Asked, plan_day, week_of},
    sync::door_of,
};

/// Seconds for a plan, where nobody says how many.
const SECONDS: u64 = 5;

/// Which day.
#[derive(Deserialize, IntoParams)]
pub struct WhichDay {
    /// As `2026-09-30`.
    day: String,
}

/// What is to be planned.
#[derive(Deserialize, ToSchema)]
pub struct NewRounds {
    /// As the list gives it.
    csrf: String,
    /// The day, as `2026-09-30`: today or later.
    day: String,
    /// The grid's 15 digits.
    grid: String,
    /// How long to look for a better plan, 60 at most; 5 where it is not said.
    seconds: Option<u64>,
}

/// The rounds of a day.
#[derive(Serialize, ToSchema)]
pub struct RoundList {
    /// To be sent with what changes something, as long as this session lasts.
    csrf: String,
    /// By officer.
    rounds: Vec<RoundSeen>,
    /// Doors that each officer has in the week of that day, from Monday to Sunday.
    week: Vec<OfficerWeek>,
    /// The most doors of an officer in that week, less the fewest.
    spread: u32,
}

/// An officer's week.
#[derive(Serialize, ToSchema)]
pub struct OfficerWeek {
    /// Who.
    officer: String,
    /// How many doors.
    doors: u32,
}

/// An officer's round.
#[derive(Serialize, ToSchema)]
pub struct RoundSeen {
    /// Whose.
    officer: String,
    /// When it was planned, milliseconds since 1970.
    made_ms: i64,
    /// All walking, in minutes, rounded up.
    walking_minutes: u64,
    /// In the order in which they are walked.
    stops: Vec<RoundStopSeen>,
}

/// A stop.
#[derive(Serialize, ToSchema)]
pub struct RoundStopSeen {
    /// The household.
    household: String,
    /// Its plate, in the language of the request.
    door: String,
    /// When the visit begins, milliseconds since 1970.
    start_ms: i64,
    /// How long it takes, in minutes.
    minutes: u32,
    /// The walk to it, in minutes, rounded up.
    walk_minutes: u32,
    /// The appointment that is kept there; null for none.
    appointment: Option<String>,
    /// Why, beside that.
    reasons: Vec<ReasonSeen>,
}

/// What was planned.
#[derive(Serialize, ToSchema)]
pub struct RoundsPlanned {
    /// By officer.
    rounds: Vec<RoundSeen>,
    /// Doors to which nobody comes.
    left_out: Vec<LeftOutSeen>,
    /// All walking, in minutes, rounded up.
    walking_minutes: u64,
    /// What the same would have been by cheapest insertion alone.
    insertion_minutes: u64,
}

/// A door to which nobody comes.
#[derive(Serialize, ToSchema)]
pub struct LeftOutSeen {
    /// The household.
    household: String,
    /// `no_officer`, `no_window`, `too_many_doors` or `no_time`.
    why: &'static str,
}

/// The rounds of a day at the session's desk.
pub async fn rounds_json(State(app): State<App>, Asking(desk): Asking, Query(which): Query<WhichDay>, headers: HeaderMap) -> Result<Json<RoundList>, Problem> {
    desk.need(Right::ReadResidents)?;
    let lang = lang::accepted(&headers);
    let day = day(&which.day)?;
    let (csrf, community) = (desk.session.csrf, desk.community);
    let read = move |app: &App| {
        let (monday, sunday) = week_of(day);
        let mut week: BTreeMap<Id, u32> = BTreeMap::new();
        let mut rounds = Vec::new();
        for kept in app.store.rounds(&community, monday, sunday)? {
            *week.entry(kept.officer).or_default() += kept.doors;
            if kept.day == day {
                rounds.push(seen(app, &Planned::read(&kept.json)?, lang)?);
            }
        }
        let spread = week.values().max().copied().unwrap_or(0) - week.values().min().copied().unwrap_or(0);
        let week = week.into_iter().map(|(officer, doors)| OfficerWeek { officer: officer.to_string(), doors }).collect();
        Ok::<_, Fault>(RoundList { csrf, rounds, week, spread })
    };
    Ok(Json(app.work(read).await.map_err(problem)?))
}

/// Plans the day of a grid anew, and sends each officer their round.
pub async fn plan_json(State(app): State<App>, Asking(desk): Asking, headers: HeaderMap, In(new): In<NewRounds>) -> Result<Json<RoundsPlanned>, Problem> {
    desk.check(&new.csrf)?;
    desk.need(Right::ReadResidents)?;
    let lang = lang::accepted(&headers);
    let day = day(&new.day)?;
    desk.check_grid(&new.grid)?;
    let limit = Duration::from_secs(new.seconds.unwrap_or(SECONDS).clamp(1, 60));
    let asked = Asked { community: desk.community, grid: new.grid, day, limit, seed: 0 };
    let planned = move |app: &App| {
        let program = std::env::current_exe().ok();
        let made = plan_day(app, &asked, program.as_deref())?;
        let rounds = made.rounds.iter().map(|round| seen(app, round, lang)).collect::<Result<_, Fault>>()?;
        let left_out = made.unserved.iter().map(|(household, why)| LeftOutSeen { household: household.to_string(), why: why.word() }).collect();
        Ok(RoundsPlanned { rounds, left_out, walking_minutes: made.walking_s.div_ceil(60), insertion_minutes: made.insertion_s.div_ceil(60) })
    };
    Ok(Json(app.work(planned).await.map_err(problem)?))
}

/// A day of a request.
pub(super) fn day(text: &str) -> Result<Date, Problem> {
    text.parse().map_err(|_| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "request.malformed").at("day"))
}

fn seen(app: &App, planned: &Planned, lang: Lang) -> Result<RoundSeen, Fault> {
    let mut stops = Vec::new();
    for visit in planned.plan.visits() {
        let household = Id::or_zero(&visit.stop);
        let door = door_of(app.store.as_ref(), household)?.map(|door| said::plate(lang, &door));
        let errand = planned.errand(household);
        stops.push(RoundStopSeen {
            household: household.to_string(),
            door: door.unwrap_or_default(),
            start_ms: planned.moment_ms(visit.start_s),
            minutes: (visit.leave_s - visit.start_s) / 60,
            walk_minutes: visit.walk_s.div_ceil(60),
            appointment: errand.and_then(|errand| errand.appointment).map(|id| id.to_string()),
            reasons: errand.map_or(&[][..], |errand| &errand.reasons).iter().map(|reason| ReasonSeen::of(reason, lang)).collect(),
        });
    }
    Ok(RoundSeen { officer: planned.officer.to_string(), made_ms: planned.made_ms, walking_minutes: planned.plan.walking_s.div_ceil(60), stops })
}

pub(super) fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        _ if fault.is_failure() => return fault.into(),
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, fault.code).at(fault.what)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use minqing_core::{
        clock::local_date,
        model::{Address, NewHousehold, Role},
    };
    use serde_json::{Value, json};

    use crate::{
        sync::add_households,
        testing::{COMMUNITY, MORNING, World},
    };

    const DAY: i64 = 24 * 3_600_000;

    fn door(building: u32) -> NewHousehold {
        let address =
            Address { community: COMMUNITY.into(), estate: "槐荫".into(), building: building.to_string(), room: "302".into(), ..Address::default() };
        NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }
    }

    #[tokio::test]
    async fn a_day_is_planned_kept_and_listed_with_the_week_of_each_officer() {
        let world = World::open();
        let officer = world.officer().to_string();
        add_households(&world.app, &(1..=4).map(door).collect::<Vec<_>>()).unwrap();
        world.clock.turn(40 * DAY);
        let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
        let day = local_date(MORNING + 40 * DAY);
        let empty = desk.get(&format!("/v1/rounds?day={day}")).await.json();
        assert_eq!((&empty["rounds"], &empty["week"], &empty["spread"]), (&json!([]), &json!([]), &json!(0)));
        let asked = |day: String, grid: &str| json!({"csrf": empty["csrf"], "day": day, "grid": grid, "seconds": 1});
        let grid = format!("{COMMUNITY}001");
        let made = desk.post_json("/v1/rounds", &asked(day.to_string(), &grid)).await;
        assert_eq!(made.status, 200, "{}", made.body);
        let made: Value = made.json();
        let stops = made["rounds"][0]["stops"].as_array().unwrap().clone();
        assert_eq!((stops.len(), &made["rounds"][0]["officer"], &made["left_out"]), (4, &json!(officer), &json!([])));
        assert_eq!((&stops[0]["reasons"][0]["why"], stops[0]["door"].as_str().unwrap().starts_with("槐荫")), (&json!("cycle"), true));
        assert!(made["walking_minutes"].as_u64() <= made["insertion_minutes"].as_u64());
        let list = desk.get(&format!("/v1/rounds?day={day}")).await.json();
        assert_eq!((&list["rounds"], &list["week"], &list["spread"]), (&made["rounds"], &json!([{"officer": officer, "doors": 4}]), &json!(0)));
        let refused = |answer: crate::testing::Answer| (answer.status, answer.json()["code"].clone());
        let over = day.saturating_sub(1.days()).to_string();
        assert_eq!(refused(desk.post_json("/v1/rounds", &asked(over, &grid)).await), (422, json!("round.day")));
        assert_eq!(refused(desk.post_json("/v1/rounds", &asked(day.to_string(), "620102001002001")).await), (404, json!("grid.unknown")));
        assert_eq!(refused(desk.get("/v1/rounds?day=today").await), (422, json!("request.malformed")));
        let admin = world.desk("Admin", Role::Administrator, COMMUNITY).await;
        assert_eq!(admin.get(&format!("/v1/rounds?day={day}")).await.status, 403);
    }
}
