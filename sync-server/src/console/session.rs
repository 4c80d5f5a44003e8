//! Who is signed in: a random cookie, of which only the hash is kept.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    app::App,
    auth::{base64url, sha256},
    entropy, lang,
    problem::Problem,
    storage::Session,
};

/// The cookie of a session.
const SESSION: &str = "minqing_session";
/// The cookie that a sign-in form must repeat: another site cannot read it, so it cannot send the form.
const FORM: &str = "minqing_form";
/// Where those who are not signed in go.
pub const SIGN_IN: &str = "/office/sign-in";

/// Somebody who is signed in. Taking it as a handler's argument sends everybody else to the sign-in page.
#[derive(Clone, Debug)]
pub struct FromStaff(pub Session);

impl FromRequestParts<App> for FromStaff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let to_sign_in = || {
            // htmx would put the sign-in page into the middle of this one; it is told to leave instead.
            if parts.headers.contains_key("hx-request") {
                return (StatusCode::OK, [("hx-redirect", SIGN_IN)]).into_response();
            }
            Redirect::to(SIGN_IN).into_response()
        };
        match of(parts, app).await {
            Ok(Some(session)) => Ok(Self(session)),
            Ok(None) => Err(to_sign_in()),
            Err(e) => Err(e.into_response()),
        }
    }
}

/// The session of a request, if somebody is signed in.
pub async fn of(parts: &Parts, app: &App) -> Result<Option<Session>, Problem> {
    let Some(hash) = session_hash(&parts.headers) else { return Ok(None) };
    let now_ms = app.clock.now_ms();
    Ok(app.work(move |app| app.store.session(&hash, now_ms)).await?)
}

/// The hash of the session cookie.
pub fn session_hash(headers: &HeaderMap) -> Option<[u8; 32]> {
    lang::cookie(headers, SESSION).filter(|c| c.len() == 43).map(|c| sha256(c.as_bytes()))
}

/// The token of the sign-in form, if the browser has one.
pub fn form_token(headers: &HeaderMap) -> Option<&str> {
    let letters = |t: &str| t.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    lang::cookie(headers, FORM).filter(|t| t.len() == 22 && letters(t))
}

/// Whether a form was shown to another browser, or repeats nothing.
pub fn is_stale(headers: &HeaderMap, typed: &str) -> bool {
    form_token(headers).is_none_or(|token| token != typed)
}

/// An answer with a form that repeats a token: the browser's, or a new one that it keeps for the pages below a path.
pub fn with_form<A: IntoResponse>(app: &App, request: &HeaderMap, path: &str, form: impl FnOnce(String) -> A) -> Response {
    let known = form_token(request).map(str::to_owned);
    let token = known.clone().unwrap_or_else(|| base64url(&entropy::bytes::<16>(app.entropy.as_ref())));
    let mut answer = form(token.clone()).into_response();
    if known.is_none() {
        set(&mut answer, request, FORM, &token, &format!("; SameSite=Lax; Path={path}"));
    }
    answer
}

/// Sets the session cookie for so many seconds; 0 takes it away. It goes to the pages and to what staff ask under /v1.
pub fn set_session(answer: &mut Response, request: &HeaderMap, value: &str, seconds: i64) {
    set(answer, request, SESSION, value, &format!("; SameSite=Lax; Path=/; Max-Age={seconds}"));
}

/// Sets a cookie that no script reads; `reach` says where it goes and how long.
pub fn set(answer: &mut Response, request: &HeaderMap, name: &str, value: &str, reach: &str) {
    // The proxy in front says whether the browser came by https; a lie here only costs the liar the cookie.
    let https = request.get("x-forwarded-proto").is_some_and(|p| p.as_bytes().eq_ignore_ascii_case(b"https"));
    let secure = if https { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; HttpOnly{reach}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
