//! An error as a residents' page: what happened, what to do, the code, and whom to call.

use axum::response::{IntoResponse, Response};
use minqing_core::words::Lang;

use super::{porch::Porch, templates::HomeTroublePage};
use crate::{fault::sentence, problem::Problem, site::Look};

/// The page of a problem. Of the database it asks nothing, which may be what fails.
pub fn trouble(lang: Lang, look: Look, problem: &Problem) -> Response {
    let said = sentence(lang, problem.code, problem.path.as_deref().unwrap_or_default());
    let porch = Porch { look, community: String::new(), phone: String::new(), dial: String::new(), openings: Vec::new(), csrf: String::new() };
    (problem.status, HomeTroublePage { porch, lang, said, code: problem.code }).into_response()
}
