//! An error as a page: what happened, what to do, and the code.

use axum::response::{IntoResponse, Response};
use minqing_core::words::Lang;

use super::pages::TroublePage;
use crate::{fault::sentence, problem::Problem};

/// The page of a problem.
pub fn trouble(lang: Lang, problem: &Problem) -> Response {
    let said = sentence(lang, problem.code, problem.path.as_deref().unwrap_or_default());
    (problem.status, TroublePage { lang, said, code: problem.code }).into_response()
}
