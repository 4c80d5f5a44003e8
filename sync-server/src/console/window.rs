//! `/office/window` 窗口登记: whoever comes to the window or calls is written down in under a minute, with the keyboard alone.
//!
//! One form does it all: each button sends what was typed, and whatever is answered has it still.

mod form;
mod like;
mod paper;
mod queue;
#[cfg(test)]
mod tests;

use axum::{
    extract::{Form, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::words::{Lang, say};
use serde::Deserialize;

pub use form::{Shown, Typed};
pub use like::{AlikeLine, DueLine};
pub use paper::PaperLine;
pub use queue::{QueueLine, number_paper};

use super::{
    desk::AtDesk,
    doors,
    matter::why,
    pages::{Place, WindowDoors, WindowLike, WindowPage},
    tongue::Tongue,
};
use crate::{app::App, auth::rights::Right, fault::Fault, problem::Problem};

/// How the page is asked for.
#[derive(Deserialize)]
pub struct Asked {
    /// Said, whatever it says: a draft in the browser is thrown away.
    clear: Option<String>,
}

/// The empty form.
pub async fn window_page(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    need(&desk)?;
    let typed = Typed::fresh(&app);
    let page = page(&app, desk, lang, typed, None, String::new()).await?;
    Ok(WindowPage { fresh: true, clear: asked.clear.is_some(), ..page }.into_response())
}

/// Who registers reads residents: they look for the door by a name.
fn need(desk: &AtDesk) -> Result<(), Problem> {
    desk.need(Right::Register).and_then(|()| desk.need(Right::ReadResidents))
}

/// What a button of the form does.
pub async fn do_window(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    desk.check(&typed.csrf)?;
    need(&desk)?;
    let typed = typed.tidied();
    match typed.act.split_once(':').unwrap_or((&typed.act, "")) {
        ("find" | "like", _) => Ok(page(&app, desk, lang, typed, None, String::new()).await?.into_response()),
        (what @ ("take" | "next" | "done"), _) => {
            let did = queue::act(&app, &desk, lang, what, typed.served.parse().ok()).await?;
            Ok(page(&app, desk, lang, typed, None, did).await?.into_response())
        }
        ("follow", master) => save(app, desk, lang, typed.clone(), Some(master.to_owned())).await,
        _ => save(app, desk, lang, typed, None).await,
    }
}

/// The doors that are meant, while somebody types.
pub async fn window_doors(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(typed): Form<Typed>) -> Result<WindowDoors, Problem> {
    desk.check(&typed.csrf)?;
    need(&desk)?;
    let typed = typed.tidied();
    Ok(app.work(move |app| doors::found(app, &desk.community, &typed.who).map(|found| doors::part(lang, &typed.who, &typed.household, &found))).await?)
}

/// What may be the same, and until when it is promised, while somebody types.
pub async fn window_like(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(typed): Form<Typed>) -> Result<WindowLike, Problem> {
    desk.check(&typed.csrf)?;
    need(&desk)?;
    let typed = typed.tidied();
    Ok(app.work(move |app| like::part(app, &desk, lang, &typed, &doors::found(app, &desk.community, &typed.who)?)).await?)
}

/// The page with what was typed.
async fn page(app: &App, desk: AtDesk, lang: Lang, typed: Typed, error: Option<&Fault>, did: String) -> Result<WindowPage, Problem> {
    let rail = desk.rail(app, lang, Place::Window).await?;
    let error = error.map(|fault| (form::field(fault), why(lang, fault), fault.code));
    let read = app.work(move |app| {
        let found = doors::found(app, &desk.community, &typed.who)?;
        let (doors, like, queue) =
            (doors::part(lang, &typed.who, &typed.household, &found), like::part(app, &desk, lang, &typed, &found)?, queue::line(app, &desk, lang)?);
        Ok::<_, Problem>((typed, doors, like, queue))
    });
    let (typed, doors, like, queue) = read.await?;
    Ok(WindowPage { lang, desk: rail, shown: Shown::of(lang), typed, doors, like, queue, error, did, fresh: false, clear: false })
}

/// Registers it, and gives its paper; where it is refused, the form with why.
async fn save(app: App, desk: AtDesk, lang: Lang, typed: Typed, master: Option<String>) -> Result<Response, Problem> {
    let (by, given) = (desk.clone(), typed.clone());
    let done = app.work(move |app| form::save(app, &by, &given, master.as_deref()).and_then(|saved| paper::page(app, &by, lang, &saved))).await;
    match done {
        Ok(paper) => Ok(paper.into_response()),
        // Sent twice: it is there.
        Err(fault) if fault.code == "matter.registered" => Ok(Redirect::to(&format!("/office/matters/{}", typed.once)).into_response()),
        Err(fault) if fault.is_failure() => Err(fault.into()),
        Err(fault) => {
            let status = if fault.code == "line.refused" { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let told = if fault.code == "line.refused" { say(lang, "window-not-followed", &[]) } else { String::new() };
            let page = page(&app, desk, lang, typed, Some(&fault), String::new()).await?;
            let error = page.error.map(|(field, said, code)| (field, format!("{told}{said}"), code));
            Ok((status, WindowPage { error, ..page }).into_response())
        }
    }
}
