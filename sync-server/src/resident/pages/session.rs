//! A slip that was shown with its PIN, kept in the browser for half an hour or until its holder leaves: a cookie that no script reads, that goes
//! to these pages alone, and with which no other site can send anything.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    app::App,
    auth::{base64url, sha256, token::short::SLIP},
    console::session::set,
    lang,
    problem::Problem,
    resident::FromResident,
};

/// The cookie.
const COOKIE: &str = "minqing_slip";
/// Where these pages lie, and how far their cookies go.
pub(super) const HERE: &str = "/m";

/// Whoever shows their slip by the cookie. Taking it as a handler's argument sends everybody else to the look-up page.
pub struct WithSlip {
    /// The matter that the slip opens.
    pub(super) resident: FromResident,
    /// What each form of this session repeats.
    pub(super) csrf: String,
}

impl WithSlip {
    /// Refuses a form of another session or another site.
    ///
    /// # Errors
    /// 403 `form.stale`.
    pub(super) fn check(&self, csrf: &str) -> Result<(), Problem> {
        if csrf == self.csrf { Ok(()) } else { Err(Problem::new(StatusCode::FORBIDDEN, "form.stale")) }
    }
}

impl FromRequestParts<App> for WithSlip {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Some(token) = lang::cookie(&parts.headers, COOKIE).filter(|token| !token.is_empty()).map(str::to_owned) else {
            return Err(Redirect::to(HERE).into_response());
        };
        match FromResident::of(app, &token).await {
            Ok(resident) => Ok(Self { resident, csrf: form_of(&token) }),
            Err(problem) if problem.status == StatusCode::UNAUTHORIZED || problem.code == "matter.unknown" => {
                let mut answer = Redirect::to("/m?ended=1").into_response();
                forget(&mut answer, &parts.headers);
                Err(answer)
            }
            Err(problem) => Err(problem.into_response()),
        }
    }
}

/// What the forms of a session repeat: known to nobody who cannot read the cookie.
fn form_of(token: &str) -> String {
    base64url(&sha256(&[b"minqing/resident-form/1", token.as_bytes()].concat()))
}

/// Keeps a token.
pub(super) fn keep(answer: &mut Response, request: &HeaderMap, token: &str) {
    let seconds = u64::from(SLIP.minutes) * 60;
    set(answer, request, COOKIE, token, &format!("; SameSite=Strict; Path={HERE}; Max-Age={seconds}"));
}

/// Forgets it.
pub(super) fn forget(answer: &mut Response, request: &HeaderMap) {
    set(answer, request, COOKIE, "", &format!("; SameSite=Strict; Path={HERE}; Max-Age=0"));
}
