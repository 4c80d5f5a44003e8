//! `/m/mine`: a resident's matter, and what they may do with it.

use axum::{
    extract::{Form, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::words::Lang;

use super::{
    did::{Did, why},
    porch::Porch,
    said,
    session::WithSlip,
    templates::MinePage,
    visits,
};
use crate::{
    app::App,
    console::{matter::form::Fields, tongue::Tongue},
    fault::Fault,
    problem::Problem,
    resident::{
        FromResident, appointments,
        matter::{self, ResidentMatterDeed},
        standing::Standing,
    },
    site::Look,
};

/// What somebody tried and could not: the event, what they wrote, and why.
#[derive(Clone, Default)]
pub struct Tried {
    pub(super) event: String,
    pub(super) text: String,
    /// Sentence and code.
    pub(super) why: Option<(String, &'static str)>,
}

/// The page.
pub async fn mine(State(app): State<App>, slip: WithSlip, Tongue(lang): Tongue, look: Look, Query(did): Query<Did>) -> Result<MinePage, Problem> {
    page(&app, slip, (lang, look), did.said(lang), Tried::default()).await
}

/// Back to it, for whoever asks for a page that only answers a form.
pub async fn to_mine() -> Redirect {
    Redirect::to("/m/mine")
}

/// Does something with the matter.
pub async fn do_mine(
    State(app): State<App>,
    slip: WithSlip,
    Tongue(lang): Tongue,
    look: Look,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let fields = Fields::of(fields);
    slip.check(fields.text("csrf"))?;
    let event = fields.word("event").to_owned();
    let text = fields.text("text").to_owned();
    let deed = ResidentMatterDeed { event: event.clone(), stars: None, accept: false, text: text.clone(), saw: fields.text("saw").parse().unwrap_or_default() };
    match matter::carry_out(&app, slip.resident, deed).await? {
        Ok(standing) => {
            let asked = minqing_core::model::EventCode::from_word(&event).is_some_and(|code| standing.waits_for_second(code));
            Ok(Redirect::to(&format!("/m/mine?did={event}{}", if asked { "_asked" } else { "" })).into_response())
        }
        Err(fault) => refused(&app, slip, (lang, look), Tried { event, text, ..Tried::default() }, fault).await,
    }
}

/// The page with why something could not be done; what was written is still there.
pub(super) async fn refused(app: &App, slip: WithSlip, seen: (Lang, Look), tried: Tried, fault: Fault) -> Result<Response, Problem> {
    if fault.is_failure() || fault.code == "matter.unknown" {
        return Err(fault.into());
    }
    let status = if fault.code.ends_with(".refused") || fault.code == "appointment.no_room" { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let tried = Tried { why: Some(why(seen.0, &fault)), ..tried };
    Ok((status, page(app, slip, seen, String::new(), tried).await?).into_response())
}

async fn page(app: &App, slip: WithSlip, (lang, look): (Lang, Look), toast: String, tried: Tried) -> Result<MinePage, Problem> {
    let WithSlip { resident, csrf } = slip;
    let made = app.work(move |app| make(app, resident, csrf, (lang, look), toast, &tried));
    made.await.map_err(appointments::problem)
}

fn make(app: &App, resident: FromResident, csrf: String, (lang, look): (Lang, Look), toast: String, tried: &Tried) -> Result<MinePage, Fault> {
    let now_ms = app.clock.now_ms();
    let standing = Standing::find(app, resident)?;
    let porch = Porch { csrf, ..Porch::of(app, (lang, look), Some(&standing.row.community))? };
    let found = app.store.appointments_about(resident.matter)?;
    let seen = appointments::all(&found, now_ms);
    let asks = appointments::may_ask(&standing.own, &found).map(|(_, purpose)| purpose);
    Ok(MinePage {
        lang,
        visits: visits::lines(lang, standing.category(), &seen, now_ms),
        ask: asks.map_or_else(String::new, |purpose| minqing_core::words::say(lang, &format!("home-ask-{}", purpose.word().replace('_', "-")), &[])),
        mine: said::view(lang, &standing, &app.rules.get(), now_ms, tried),
        porch,
        toast,
    })
}
