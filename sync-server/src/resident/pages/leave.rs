//! Leaving: nothing of a matter stays on a screen that others use.

use axum::{
    extract::Form,
    http::{HeaderMap, HeaderValue},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::session::{self, WithSlip};
use crate::problem::Problem;

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    csrf: String,
}

/// Forgets the slip, and whatever the browser kept of its pages.
pub async fn leave(slip: WithSlip, headers: HeaderMap, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    slip.check(&typed.csrf)?;
    let mut answer = Redirect::to("/m?left=1").into_response();
    session::forget(&mut answer, &headers);
    answer.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(answer)
}
