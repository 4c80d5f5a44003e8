//! The second step: six digits of one's own phone.

use axum::{
    extract::{Form, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use minqing_core::words::Lang;
use serde::Deserialize;

use super::{Place, enter, find, form};
use crate::{
    app::App,
    auth::{
        second,
        token::short::HALF,
        tries::{Caller, Door, Limit},
    },
    console::{
        pages::SecondPage,
        session::{form_token, is_stale},
        tongue::Tongue,
    },
    fault::sentence,
    problem::Problem,
    site::Look,
    storage::{self, Staff},
};

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    half: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    token: String,
}

/// Asks for the code of whoever gave the right password.
pub(super) fn ask(app: &App, lang: Lang, headers: &HeaderMap, name: &str) -> Result<Response, Problem> {
    let half = HALF.issue(&app.keys, app.clock.as_ref(), name)?;
    Ok(page(lang, headers, StatusCode::OK, half, None))
}

fn page(lang: Lang, headers: &HeaderMap, status: StatusCode, half: String, error: Option<&'static str>) -> Response {
    let token = form_token(headers).unwrap_or_default().to_owned();
    let error = error.map(|code| (sentence(lang, code, ""), code));
    (status, SecondPage { lang, look: Look::of(headers), token, half, error }).into_response()
}

/// Takes the code and signs in. A code is good once.
pub async fn sign_in_second(
    State(app): State<App>,
    Tongue(lang): Tongue,
    caller: Caller,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let again = |status, code| Ok(form(&app, lang, &headers, status, "", Some(code)));
    if is_stale(&headers, &typed.token) {
        return again(StatusCode::FORBIDDEN, "form.stale");
    }
    let Ok(name) = HALF.check(&app.keys, app.clock.as_ref(), &typed.half) else { return again(StatusCode::UNAUTHORIZED, "second.expired") };
    // By the one whose code is guessed, from wherever: a right password was given before.
    if let Err(wait) = app.tries.take(Door::SignIn, Limit::Name, &[b"second", name.as_bytes()]) {
        let mut answer = page(lang, &headers, StatusCode::TOO_MANY_REQUESTS, typed.half, Some("tries.too_many"));
        answer.headers_mut().insert(header::RETRY_AFTER, wait.0.into());
        return Ok(answer);
    }
    let Some((staff, place)) = app.work(move |app| taken(app, &name, &typed.code, caller)).await? else {
        tracing::info!("second step refused");
        return Ok(page(lang, &headers, StatusCode::UNAUTHORIZED, typed.half, Some("second.wrong")));
    };
    enter(&app, &headers, &staff, place, "/office").await
}

/// Whoever may come in, and from where, if the code is theirs and was not used.
fn taken(app: &App, name: &str, code: &str, caller: Caller) -> storage::Result<Option<(Staff, Place)>> {
    let (found, place) = find(app, name, caller)?;
    let Some(staff) = found.map(|(staff, _)| staff).filter(|staff| staff.disabled_ms.is_none()) else { return Ok(None) };
    let Some(secret) = app.store.second(staff.id)? else { return Ok(None) };
    let Some(step) = second::step_of(&secret, code, app.clock.now_ms()) else { return Ok(None) };
    Ok(app.store.take_second(staff.id, step)?.then_some((staff, place)))
}
