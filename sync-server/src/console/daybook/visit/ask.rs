//! `/office/appointments/new`: somebody asks for a visit at a door; its time is chosen on the calendar then.

use axum::{
    extract::{Form, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    Id,
    appointment::Request,
    ids::shown,
    model::{AppointmentEvent, AppointmentPurpose, Category},
    view::HouseholdRow,
    words::{Lang, say},
};
use serde::Deserialize;

use super::act::said;
use crate::{
    app::App,
    auth::rights::Right,
    booking,
    console::{
        appointments::{problem, role_for},
        desk::AtDesk,
        doors,
        lines::short_plate,
        matter::Choice,
        pages::{AskVisitPage, Place},
        tongue::Tongue,
    },
    fault::Fault,
    problem::Problem,
    sync::door_of,
};

/// Longest title of a matter that is offered, in characters.
const TITLE: usize = 24;
/// Most matters of a door that are offered.
const MATTERS: u32 = 20;

/// What the address or the form says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    pub csrf: String,
    #[serde(rename = "do")]
    pub act: String,
    /// By which the door is looked for.
    pub who: String,
    pub household: String,
    pub matter: String,
    pub purpose: String,
    pub minutes: String,
    pub persons: String,
    /// The day on which a time is looked for.
    pub day: String,
}

impl Wanted {
    /// With what most choose.
    fn usual(mut self) -> Self {
        let usual = [(&mut self.purpose, if self.matter.is_empty() { "routine" } else { "feedback" }), (&mut self.minutes, "30"), (&mut self.persons, "1")];
        for (field, value) in usual {
            if field.is_empty() {
                *field = value.to_owned();
            }
        }
        self.who = self.who.trim().to_owned();
        self
    }

    /// Where a time is chosen for it.
    fn calendar(&self, id: Id) -> String {
        let day = self.day.parse::<jiff::civil::Date>().map(|day| format!("&day={day}")).unwrap_or_default();
        format!("/office/rounds?move={id}{day}")
    }
}

/// The form.
pub async fn ask_visit_page(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(wanted): Query<Wanted>) -> Result<AskVisitPage, Problem> {
    page(&app, desk, lang, wanted.usual(), None).await
}

/// Asks, and goes on to the calendar.
pub async fn ask_visit(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(wanted): Form<Wanted>) -> Result<Response, Problem> {
    desk.check(&wanted.csrf)?;
    desk.need(Right::ReadResidents)?;
    let wanted = wanted.usual();
    if wanted.act == "find" {
        return Ok(page(&app, desk, lang, wanted, None).await?.into_response());
    }
    let (by, given) = (desk.clone(), wanted.clone());
    match app.work(move |app| ask(app, &by, &given)).await {
        Ok(id) => Ok(Redirect::to(&wanted.calendar(id)).into_response()),
        Err(fault) if fault.is_failure() => Err(fault.into()),
        Err(fault) => {
            let status = problem(fault.clone()).status;
            Ok((status, page(&app, desk, lang, wanted, Some(fault)).await?).into_response())
        }
    }
}

fn ask(app: &App, desk: &AtDesk, wanted: &Wanted) -> Result<Id, Fault> {
    let lacks = |field: &str| Fault::new("request.malformed", field);
    let found = doors::found(app, &desk.community, &wanted.who)?;
    let household = doors::chosen(&wanted.who, &wanted.household, &found)?.ok_or_else(|| Fault::new("window.door", "who"))?;
    let matter = Some(&wanted.matter).filter(|id| !id.is_empty()).map(|id| id.parse().map_err(|_| lacks("matter"))).transpose()?;
    let request = Request {
        household,
        purpose: AppointmentPurpose::from_word(&wanted.purpose).ok_or_else(|| lacks("purpose"))?,
        matter,
        windows: Vec::new(),
        minutes: wanted.minutes.trim().parse().map_err(|_| lacks("minutes"))?,
        persons: wanted.persons.parse().map_err(|_| lacks("persons"))?,
    };
    booking::ask(app, desk.session.staff.id, role_for(desk, AppointmentEvent::Request)?, &desk.community, request)
}

async fn page(app: &App, desk: AtDesk, lang: Lang, wanted: Wanted, fault: Option<Fault>) -> Result<AskVisitPage, Problem> {
    desk.need(Right::ReadResidents)?;
    let rail = desk.rail(app, lang, Place::Rounds).await?;
    let error = fault.map(|fault| (said(lang, &fault), fault.code));
    let read = app.work(move |app| {
        let wanted = known(app, &desk, wanted)?;
        let found = doors::found(app, &desk.community, &wanted.who)?;
        let household = doors::chosen(&wanted.who, &wanted.household, &found).ok().flatten();
        let matters = household.map(|household| matters(app, lang, household)).transpose()?.unwrap_or_default();
        Ok::<_, Fault>((doors::part(lang, &wanted.who, &wanted.household, &found), matters, wanted))
    });
    let (doors, matters, wanted) = read.await.map_err(problem)?;
    let purposes = AppointmentPurpose::ALL.iter().map(|purpose| Choice { value: purpose.word().to_owned(), said: say(lang, &purpose.key(), &[]) }).collect();
    Ok(AskVisitPage { lang, desk: rail, doors, matters, purposes, wanted, error })
}

/// A door that was named by its id or by its matter, as somebody would have typed it.
fn known(app: &App, desk: &AtDesk, mut wanted: Wanted) -> Result<Wanted, Fault> {
    if !wanted.who.is_empty() {
        return Ok(wanted);
    }
    let of_matter = || {
        let row = wanted.matter.parse().ok().map(|id| app.store.matter_row(id)).transpose()?.flatten();
        Ok::<_, Fault>(row.filter(|row| row.community == desk.community).and_then(|row| row.household.or(row.door)).map(Id))
    };
    let household = wanted.household.parse().ok().map_or_else(of_matter, |id| Ok(Some(id)))?;
    let Some(household) = household else { return Ok(wanted) };
    let own = app.store.doors_of(&desk.community)?.iter().any(|row: &HouseholdRow| row.id == household.to_string());
    if let Some(door) = door_of(app.store.as_ref(), household)?.filter(|_| own) {
        wanted.who = short_plate(Lang::Zh, &door);
        wanted.household = household.to_string();
    }
    Ok(wanted)
}

/// The open matters of a door that a visit may be about: of a sensitive one the grid hears nothing.
fn matters(app: &App, lang: Lang, household: Id) -> Result<Vec<Choice>, Fault> {
    let rows = app.store.matters_at(household, MATTERS)?;
    let may = |category: &str| Category::from_word(category).is_some_and(|category| !category.is_sensitive());
    let is_open = |state: &str| minqing_core::model::MatterState::from_word(state).is_some_and(|state| !state.is_terminal());
    let open = rows.into_iter().filter(|row| may(&row.category) && is_open(&row.state));
    let choice = |row: crate::projection::MatterShown| Choice {
        value: Id(row.id).to_string(),
        said: format!("{} {}", shown(&row.code), row.text.lines().next().unwrap_or_default().chars().take(TITLE).collect::<String>()),
    };
    let none = Choice { value: String::new(), said: say(lang, "choose-none", &[]) };
    Ok(std::iter::once(none).chain(open.map(choice)).collect())
}
