//! `/m`: a matter is looked up by the code and the PIN of its slip. What a slip's QR leads to has its code filled in.

use axum::{
    extract::{Form, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    ids::{normal_code, shown},
    words::{Lang, say},
};
use serde::Deserialize;

use super::{porch::Porch, session, templates::LookUpPage};
use crate::{
    app::App,
    console::{
        session::{is_stale, with_form},
        tongue::Tongue,
    },
    fault::sentence,
    problem::Problem,
    resident::door::opened,
    site::Look,
};

/// Most characters of a code as it is typed.
const MAX_CODE: usize = 20;

/// What the form sends.
#[derive(Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    pin: String,
    #[serde(default)]
    token: String,
}

/// From where somebody comes.
#[derive(Deserialize)]
pub struct From {
    /// The half hour is over.
    ended: Option<u8>,
    /// They left.
    left: Option<u8>,
}

/// The empty form.
pub async fn look_up_page(State(app): State<App>, Tongue(lang): Tongue, look: Look, headers: HeaderMap, Query(from): Query<From>) -> Result<Response, Problem> {
    let note = if from.left.is_some() { "home-left" } else { from.ended.map_or("", |_| "home-ended") };
    form(&app, (lang, look), &headers, StatusCode::OK, "", note, None).await
}

/// The form with the code of a slip.
pub async fn look_up_code(State(app): State<App>, Tongue(lang): Tongue, look: Look, headers: HeaderMap, Path(code): Path<String>) -> Result<Response, Problem> {
    form(&app, (lang, look), &headers, StatusCode::OK, &code, "", None).await
}

/// Looks it up.
pub async fn look_up(State(app): State<App>, Tongue(lang): Tongue, look: Look, headers: HeaderMap, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let seen = (lang, look);
    if is_stale(&headers, &typed.token) {
        return form(&app, seen, &headers, StatusCode::FORBIDDEN, &typed.code, "", Some((sentence(lang, "form.stale", ""), "form.stale"))).await;
    }
    match opened(&app, &typed.code, &typed.pin).await {
        Ok((token, holder)) if holder.matter.is_some() => {
            let mut answer = Redirect::to("/m/mine").into_response();
            session::keep(&mut answer, &headers, &token);
            Ok(answer)
        }
        Ok(_) => {
            let why = (say(lang, "home-unused", &[]), "matter.unknown");
            form(&app, seen, &headers, StatusCode::NOT_FOUND, &typed.code, "", Some(why)).await
        }
        Err(problem) if problem.code == "slip.wrong" => {
            form(&app, seen, &headers, problem.status, &typed.code, "", Some((say(lang, "home-wrong", &[]), problem.code))).await
        }
        Err(problem) if problem.code == "tries.too_many" => {
            let seconds = problem.retry_after_s.unwrap_or_default();
            let why = (say(lang, "home-locked", &[("n", seconds.div_ceil(60).into())]), problem.code);
            let mut answer = form(&app, seen, &headers, problem.status, &typed.code, "", Some(why)).await?;
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            Ok(answer)
        }
        Err(problem) => Err(problem),
    }
}

/// The form: what was typed as the code stays, the PIN never does.
async fn form(
    app: &App,
    seen: (Lang, Look),
    headers: &HeaderMap,
    status: StatusCode,
    code: &str,
    note: &'static str,
    error: Option<(String, &'static str)>,
) -> Result<Response, Problem> {
    let code = normal_code(code).filter(|code| code.len() == 8).map_or_else(|| code.trim().chars().take(MAX_CODE).collect(), |code| shown(&code));
    let porch = app.work(move |app| Porch::of(app, seen, None)).await?;
    Ok(with_form(app, headers, session::HERE, |token| (status, LookUpPage { porch, lang: seen.0, code, token, note, error })))
}
