//! `/v1/figures` and `/v1/call-backs`: how the line does, and who is to be asked again.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::desk::{Asking, AtDesk};
use crate::{
    app::App,
    area,
    auth::rights::Right,
    figures::{self, Asked, Table, Why, to_call_back},
    problem::Problem,
    storage::{Result, Store},
};

/// Most who are to be asked again in one answer.
const LIMIT: usize = 500;

/// Whose figures, of which days.
#[derive(Deserialize, IntoParams)]
pub struct WhichFigures {
    /// An area's id; the session's community where it is not said.
    area: Option<String>,
    /// The first day, as 2026-09-14; from the beginning where it is not said.
    #[param(value_type = Option<String>)]
    from: Option<Date>,
    /// The last day; until now where it is not said.
    #[param(value_type = Option<String>)]
    to: Option<Date>,
}

/// Figures of an area, with numerator and denominator of each rate.
#[derive(Serialize, ToSchema)]
pub struct FiguresSeen {
    /// The area's id.
    pub area: String,
    /// The first day.
    #[schema(value_type = Option<String>)]
    pub from: Option<Date>,
    /// The last day.
    #[schema(value_type = Option<String>)]
    pub to: Option<Date>,
    /// The figures.
    #[serde(flatten)]
    pub figures: Table,
    /// What areas and departments are called, by id.
    pub names: BTreeMap<String, String>,
}

/// The figures.
pub async fn figures_json(State(app): State<App>, Asking(desk): Asking, Query(which): Query<WhichFigures>) -> Result<Json<FiguresSeen>, Problem> {
    let area = which.area.unwrap_or_else(|| desk.community.clone());
    // Digits alone, and no more of the city than somebody's grants cover.
    let is_area = area.len() >= 4 && area.bytes().all(|b| b.is_ascii_digit());
    if !is_area || !desk.session.staff.grants.iter().any(|grant| grant.covers(&area)) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "right.missing"));
    }
    let asked = Asked { area, from: which.from, to: which.to };
    Ok(Json(app.work(move |app| seen(app.store.as_ref(), asked)).await?))
}

/// Figures with the names of what they name.
///
/// # Errors
/// `store.failed`.
pub fn seen(store: &dyn Store, asked: Asked) -> Result<FiguresSeen> {
    let figures = figures::table(store, &asked)?;
    let mut names = BTreeMap::new();
    for community in store.open_communities(&asked.area)? {
        names.extend(store.departments(&community.id)?.into_iter().map(|d| (d.id.to_string(), d.name)));
        names.insert(community.id, area::short_name(&community.name).to_owned());
    }
    names.retain(|id, _| figures.by_area.contains_key(id) || figures.by_department.contains_key(id));
    let Asked { area, from, to } = asked;
    Ok(FiguresSeen { area, from, to, figures, names })
}

/// Who is to be asked again after rating.
#[derive(Serialize, ToSchema)]
pub struct CallBackList {
    /// To be sent with what changes something, as long as this session lasts.
    csrf: String,
    /// The oldest first, at most 500.
    due: Vec<CallBackDue>,
    /// How many were chosen so far, asked or not.
    chosen: usize,
    /// How many have rated.
    rated: usize,
}

/// A resident to ask: do `call_back` on the matter, with `of` as it stands here.
#[derive(Serialize, ToSchema)]
pub struct CallBackDue {
    /// The matter that was rated.
    matter: String,
    /// The matter whose resident rated.
    of: String,
    /// That one's code, without its dash.
    code: String,
    /// In which cycle.
    cycle: u16,
    /// When the server took the rating, milliseconds since 1970.
    at_ms: i64,
    /// 1–5.
    stars: u8,
    /// Why this one.
    why: Why,
}

/// Who is to be asked again.
pub async fn call_backs_json(State(app): State<App>, Asking(desk): Asking) -> Result<Json<CallBackList>, Problem> {
    desk.need(Right::ReadResidents)?;
    Ok(Json(app.work(move |app| call_backs(app.store.as_ref(), &desk)).await?))
}

fn call_backs(store: &dyn Store, desk: &AtDesk) -> Result<CallBackList> {
    let ratings = store.ratings(&desk.community)?;
    let chosen = to_call_back(&ratings);
    let mut due = Vec::new();
    for (rating, why) in chosen.iter().filter(|(rating, _)| rating.call_back.is_none()).take(LIMIT) {
        let code = store.matter_row(rating.of)?.map(|row| row.code).unwrap_or_default();
        let (matter, of) = (rating.matter.to_string(), rating.of.to_string());
        due.push(CallBackDue { matter, of, code, cycle: rating.cycle, at_ms: rating.at_ms, stars: rating.stars, why: *why });
    }
    Ok(CallBackList { csrf: desk.session.csrf.clone(), due, chosen: chosen.len(), rated: ratings.len() })
}
