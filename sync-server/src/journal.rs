//! One log line a request: method, path template, status, time, request id. Never queries, bodies or names.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

use crate::{app::App, auth::base64url, entropy};

/// The header that carries the request's id back.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id and writes the line when it is answered.
pub async fn journal(State(app): State<App>, request: Request, next: Next) -> Response {
    // Never the caller's own id: whatever a stranger writes there would stand in our logs.
    let id = base64url(&entropy::bytes::<9>(app.entropy.as_ref()));
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let begun = Instant::now();
    let mut answer = next.run(request).await;
    let (status, ms) = (answer.status().as_u16(), u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX));
    let path = path.as_ref().map_or("-", MatchedPath::as_str);
    tracing::info!(%method, path, status, ms, request = id, "answered");
    if let Ok(id) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(REQUEST_ID, id);
    }
    answer
}
