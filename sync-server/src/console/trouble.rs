//! An error as a page: what happened, what to do, and the code.

use axum::response::{IntoResponse, Response};
use minqing_core::words::Lang;

use super::pages::TroublePage;
use crate::{fault::sentence, problem::Problem, site::Look};

/// The page of a problem.
pub fn trouble(lang: Lang, look: Look, problem: &Problem) -> Response {
    let said = sentence(lang, problem.code, problem.path.as_deref().unwrap_or_default());
    (problem.status, TroublePage { lang, look, said, code: problem.code }).into_response()
}
