//! Papers of the office: an appointment for its resident, an officer's round, a stairwell; and what comes back on them.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Html,
};
use jiff::civil::Date;
use minqing_core::{
    Id,
    model::{Address, AppointmentEvent, Outcome},
    paper::Row,
    rounds::Planned,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    appointments::{of_desk, role_for},
    desk::{Asking, AtDesk},
    tongue::Tongue,
};
use crate::{
    app::App,
    auth::rights::Right,
    booking::next_openings,
    fault::Fault,
    paper::{Doors, Entered, Round, as_planned, enter, of_day, round_page, stairwell_page},
    problem::{In, Problem},
    slip,
    sync::door_of,
};

/// How many openings of windows and halls stand on a resident's paper.
const OPENINGS: usize = 2;

/// Whose round, and of which day.
#[derive(Deserialize)]
pub struct WhichRound {
    officer: String,
    day: String,
}

/// Which stairwell.
#[derive(Deserialize)]
pub struct WhichStairwell {
    grid: String,
    #[serde(default)]
    estate: String,
    #[serde(default)]
    building: String,
    #[serde(default)]
    stairwell: String,
}

/// A row of a paper that came back.
#[derive(Deserialize, ToSchema)]
pub struct PaperRow {
    /// As any list of this session gives it.
    csrf: String,
    /// What the row's QR says.
    code: String,
    /// What was ticked: `talked`, `nobody_in`, `refused`.
    outcome: String,
    /// Whether a card was left where nobody was in.
    #[serde(default)]
    card: bool,
    /// What was written beside it.
    #[serde(default)]
    note: String,
}

/// A row that was entered.
#[derive(Serialize, ToSchema)]
pub struct PaperEntered {
    /// The visit that the row stands for, whoever enters it.
    visit: String,
}

/// An appointment on paper, for its resident.
pub async fn appointment_slip(State(app): State<App>, desk: AtDesk, Path(id): Path<String>) -> Result<Html<String>, Problem> {
    desk.need(Right::ReadResidents)?;
    let made = app.work(move |app| {
        let unknown = || Fault::new("appointment.unknown", &id);
        let appointment = of_desk(app, &desk, id.parse().map_err(|_| unknown())?)?.appointment.ok_or_else(unknown)?;
        let code = match appointment.matter {
            Some(matter) => app.store.matter_row(matter)?.map(|row| row.code).unwrap_or_default(),
            None => String::new(),
        };
        let community = slip::community(app, Some(&desk.community))?;
        let openings = next_openings(app, Some(appointment.household), OPENINGS)?;
        let desk = slip::Desk { public_url: &app.config.public_url, community: &community, phone: &app.config.office.phone, openings: &openings };
        slip::visit_page(&desk, &appointment, &code)
    });
    made.await.map(Html).map_err(problem)
}

/// An officer's round of a day as a sheet to take along: as it was planned, or the appointments where it was not.
pub async fn paper_round(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(which): Query<WhichRound>) -> Result<Html<String>, Problem> {
    desk.need(Right::ReadResidents)?;
    let made = app.work(move |app| {
        let unknown = || Fault::new("officer.unknown", &which.officer);
        let day: Date = which.day.parse().map_err(|_| Fault::new("date.malformed", "day"))?;
        let id: Id = which.officer.parse().map_err(|_| unknown())?;
        let officer = app.store.officer(id)?.filter(|officer| officer.community == desk.community).ok_or_else(unknown)?;
        let (from, until) = crate::paper::span(day);
        let promised = of_day(app.store.on_calendar(&desk.community, from, until)?, id, day, lang);
        let planned = app.store.rounds(&desk.community, day, day)?.into_iter().find(|round| round.officer == id);
        let place = |door| Ok::<_, Fault>(door_of(app.store.as_ref(), door)?);
        let rows = match planned {
            Some(round) => as_planned(promised, &Planned::read(&round.json)?, lang, place)?,
            None => promised,
        };
        let community = desk.community_name().to_owned();
        round_page(&Round { community, officer: officer.name, day }, &rows, lang)
    });
    made.await.map(Html).map_err(problem)
}

/// A stairwell as a grid to take along.
pub async fn paper_stairwell(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(which): Query<WhichStairwell>) -> Result<Html<String>, Problem> {
    desk.need(Right::ReadResidents)?;
    desk.check_grid(&which.grid)?;
    let made = app.work(move |app| {
        let WhichStairwell { grid, estate, building, stairwell } = which;
        let place = Address { estate, building, stairwell, ..Address::default() };
        let doors = app.store.doors(&grid, &place)?;
        let community = desk.community_name().to_owned();
        stairwell_page(&Doors { community, place }, &doors, lang)
    });
    made.await.map(Html).map_err(problem)
}

/// Enters a row that came back.
pub async fn paper_row_json(State(app): State<App>, Asking(desk): Asking, In(row): In<PaperRow>) -> Result<Json<PaperEntered>, Problem> {
    desk.check(&row.csrf)?;
    desk.need(Right::ReadResidents)?;
    let done = app.work(move |app| {
        let outcome = Outcome::from_word(&row.outcome).ok_or_else(|| Fault::new("code.unknown", "outcome"))?;
        let role = role_for(&desk, if outcome == Outcome::Talked { AppointmentEvent::Done } else { AppointmentEvent::NobodyIn })?;
        let entered = Entered { row: Row::read(&row.code)?, outcome, card: row.card, note: row.note };
        enter(app, &desk.community, (desk.session.staff.id, role), &entered)?;
        Ok(PaperEntered { visit: entered.row.visit().to_string() })
    });
    done.await.map(Json).map_err(problem)
}

fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "appointment.unknown" | "household.unknown" | "officer.unknown" => StatusCode::NOT_FOUND,
        "appointment.refused" | "appointment.no_time" | "paper.entered" | "paper.early" => StatusCode::CONFLICT,
        _ if fault.is_failure() => return fault.into(),
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, fault.code).at(fault.what)
}
