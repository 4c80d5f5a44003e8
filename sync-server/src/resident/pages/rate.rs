//! `/m/mine/rate`: five answers of equal weight. Whoever is unhappy is asked why, and whether it is to be taken up once more.

use axum::{
    extract::{Form, State},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{model::EventCode, pipeline::UNHAPPY, words::say};

use super::{
    mine::{Tried, refused},
    porch::Porch,
    session::WithSlip,
    templates::RatePage,
};
use crate::{
    app::App,
    console::{matter::form::Fields, tongue::Tongue},
    fault::Fault,
    problem::Problem,
    resident::{
        matter::{self, MAX_WHY, ResidentMatterDeed},
        standing::Standing,
    },
    site::Look,
};

/// Takes a rating, or asks why first.
pub async fn rate(
    State(app): State<App>,
    slip: WithSlip,
    Tongue(lang): Tongue,
    look: Look,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let fields = Fields::of(fields);
    slip.check(fields.text("csrf"))?;
    let stars: Option<u8> = fields.text("stars").parse().ok().filter(|stars| (1..=5).contains(stars));
    let Some(stars) = stars else { return Ok(Redirect::to("/m/mine").into_response()) };
    let (saw, text, then) = (fields.text("saw").parse().unwrap_or_default(), fields.text("text").to_owned(), fields.word("then").to_owned());
    if stars <= UNHAPPY && then.is_empty() {
        return ask(&app, slip, (lang, look), stars, saw).await;
    }
    let deed = ResidentMatterDeed { event: EventCode::Rate.word().to_owned(), stars: Some(stars), accept: then == "leave", text: text.clone(), saw };
    match matter::carry_out(&app, slip.resident, deed).await? {
        // Whether it is handled once more, the line says.
        Ok(standing) => Ok(Redirect::to(&format!("/m/mine?did={}", if standing.stars.is_some() { "rate" } else { "rate_again" })).into_response()),
        Err(fault) => refused(&app, slip, (lang, look), Tried { event: EventCode::Rate.word().to_owned(), text, ..Tried::default() }, fault).await,
    }
}

async fn ask(app: &App, slip: WithSlip, (lang, look): (minqing_core::words::Lang, Look), stars: u8, saw: u64) -> Result<Response, Problem> {
    let WithSlip { resident, csrf } = slip;
    let page = app.work(move |app| {
        let standing = Standing::find(app, resident)?;
        let porch = Porch { csrf, ..Porch::of(app, (lang, look), Some(&standing.row.community))? };
        // Twice at most: then a rating is only a rating.
        let again = standing.own.merged.is_some() || standing.may(EventCode::Reopen).is_some();
        Ok::<_, Fault>(RatePage { porch, lang, said: say(lang, &format!("home-rate-{stars}"), &[]), stars, saw, again, most: MAX_WHY })
    });
    Ok(page.await?.into_response())
}
