//! The language of a page, and remembering one that was chosen.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderValue, header, request::Parts},
    middleware::Next,
    response::Response,
};
use minqing_core::words::Lang;

use crate::lang;

/// The language that the caller wants.
#[derive(Clone, Copy, Debug)]
pub struct Tongue(pub Lang);

impl<S: Send + Sync> FromRequestParts<S> for Tongue {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(lang::wanted(parts.uri.query(), &parts.headers)))
    }
}

/// Keeps a choice made by `?lang=` in a cookie.
pub async fn remember_language(request: Request, next: Next) -> Response {
    let asked = lang::asked(request.uri().query());
    let mut answer = next.run(request).await;
    if let Some(asked) = asked {
        let cookie = match asked {
            Lang::Zh => "minqing_lang=zh; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
            Lang::En => "minqing_lang=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
        };
        answer.headers_mut().append(header::SET_COOKIE, HeaderValue::from_static(cookie));
    }
    answer
}
