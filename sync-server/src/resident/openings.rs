//! `/v1/resident/openings`: when windows and halls are open next, for whoever holds a slip.

use axum::{Json, extract::State};
use minqing_core::{Id, appointment::Opening};
use serde::Serialize;
use utoipa::ToSchema;

use super::FromResident;
use crate::{app::App, booking::next_openings, fault::Fault, problem::Problem};

/// How many are shown.
const SHOWN: usize = 12;

/// When windows and halls are open next.
#[derive(Serialize, ToSchema)]
pub struct ResidentOpenings {
    /// The earliest first; for a door where nobody is free in ordinary hours those outside of them first. At most 12.
    openings: Vec<OpeningSeen>,
}

/// Once that a place is open.
#[derive(Serialize, ToSchema)]
pub struct OpeningSeen {
    /// The window or hall.
    place: String,
    /// From when, milliseconds since 1970.
    from_ms: i64,
    /// Until when, milliseconds since 1970.
    until_ms: i64,
    /// Whether outside of ordinary hours (错时).
    off_hours: bool,
}

impl From<Opening> for OpeningSeen {
    fn from(Opening { place, from_ms, until_ms, off_hours }: Opening) -> Self {
        Self { place, from_ms, until_ms, off_hours }
    }
}

/// The next openings.
pub async fn openings(State(app): State<App>, resident: FromResident) -> Result<Json<ResidentOpenings>, Problem> {
    let found = app.work(move |app| {
        let household = app.store.matter_row(resident.matter)?.and_then(|row| row.household).map(Id);
        Ok::<_, Fault>(next_openings(app, household, SHOWN)?)
    });
    Ok(Json(ResidentOpenings { openings: found.await?.into_iter().map(OpeningSeen::from).collect() }))
}
