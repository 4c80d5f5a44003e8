//! `/office/rounds` 预约与走访: a day of everybody who goes to the doors. Times are agreed, moved and taken back here, and rounds planned.

mod asked;
mod day;
mod page;
mod picture;
mod round;
mod table;
#[cfg(test)]
mod tests;
mod visit;

use std::time::Duration;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::words::{Lang, say};

pub use asked::Words;
pub use page::DaybookView;
pub use table::{Cell, state};
pub use visit::{VisitView, Wanted, ask_visit, ask_visit_page, do_visit, visit_page, wish_facts};

use super::{
    appointments,
    desk::AtDesk,
    inbox::plate,
    matter::why,
    pages::{DaybookPage, Place},
    rounds,
    sent::Sent,
    tongue::Tongue,
};
use crate::{
    app::App,
    auth::rights::Right,
    fault::Fault,
    problem::Problem,
    rounds::{Asked as Plan, plan_day},
};
use asked::Asked;

/// Seconds for a plan: somebody waits before the page.
const SECONDS: u64 = 5;

/// What a page says beside the day.
#[derive(Default)]
pub struct Told {
    /// Why something was not done: sentence and code.
    pub error: Option<(String, &'static str)>,
    /// Doors that were left out of a plan: plate and why.
    pub left_out: Vec<(String, String)>,
}

/// The page.
pub async fn daybook(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(words): Query<Words>) -> Result<DaybookPage, Problem> {
    let asked = Asked::read(&words, app.clock.now_ms());
    show(&app, desk, lang, (asked, words), Told::default()).await
}

async fn show(app: &App, desk: AtDesk, lang: Lang, (asked, words): (Asked, Words), told: Told) -> Result<DaybookPage, Problem> {
    desk.need(Right::ReadResidents)?;
    let rail = desk.rail(app, lang, Place::Rounds).await?;
    let view = app.work(move |app| page::view(app, &desk, lang, &asked, &words)).await.map_err(appointments::problem)?;
    Ok(DaybookPage { lang, desk: rail, day: view, told })
}

/// Plans the day of a grid anew, and sends each officer their round.
pub async fn plan_daybook(State(app): State<App>, Tongue(lang): Tongue, Query(words): Query<Words>, Sent { desk, fields }: Sent) -> Result<Response, Problem> {
    desk.need(Right::ReadResidents)?;
    let grid = fields.text("grid").to_owned();
    desk.check_grid(&grid)?;
    let asked = Asked::read(&words, app.clock.now_ms());
    let plan = Plan { community: desk.community.clone(), grid, day: asked.day, limit: Duration::from_secs(SECONDS), seed: 0 };
    let planned = app.work(move |app| {
        let made = plan_day(app, &plan, std::env::current_exe().ok().as_deref())?;
        let left_out = made.unserved.iter().map(|(household, why)| {
            Ok((plate(app, lang, Some(*household))?.unwrap_or_default(), say(lang, &format!("unserved-{}", why.word().replace('_', "-")), &[])))
        });
        left_out.collect::<Result<Vec<_>, Fault>>()
    });
    match planned.await {
        Ok(left_out) if left_out.is_empty() => Ok(Redirect::to(&format!("{}&did=planned", asked.address())).into_response()),
        Ok(left_out) => Ok(show(&app, desk, lang, (asked, words), Told { left_out, error: None }).await?.into_response()),
        Err(fault) if fault.is_failure() => Err(fault.into()),
        Err(fault) => {
            let status = rounds::problem(fault.clone()).status;
            let told = Told { error: Some((why(lang, &fault), fault.code)), left_out: Vec::new() };
            Ok((status, show(&app, desk, lang, (asked, words), told).await?).into_response())
        }
    }
}
