//! Signing out.

use axum::{
    extract::{Form, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::session::{FromStaff, SIGN_IN, session_hash, set_session};
use crate::{app::App, problem::Problem};

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    csrf: String,
}

/// Ends the session on the server and in the browser.
pub async fn sign_out(State(app): State<App>, FromStaff(session): FromStaff, headers: HeaderMap, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    if typed.csrf != session.csrf {
        return Err(Problem::new(StatusCode::FORBIDDEN, "form.stale"));
    }
    if let Some(hash) = session_hash(&headers) {
        app.work(move |app| app.store.end_session(&hash)).await?;
    }
    let mut answer = Redirect::to(SIGN_IN).into_response();
    set_session(&mut answer, &headers, "", 0);
    Ok(answer)
}
