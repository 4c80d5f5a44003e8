//! The outermost net: whatever leaves as a bare error (axum's own 404, 405, 413, a timeout) becomes a problem
//! with a code, and a problem is said in the caller's language. Under /office and /m it becomes a page.

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::{console, lang, problem::Problem, resident::pages, site::Look};

/// Catches bare errors.
pub async fn safety_net(request: Request, next: Next) -> Response {
    let said_in = lang::wanted(request.uri().query(), request.headers());
    let (path, look) = (request.uri().path(), Look::of(request.headers()));
    let (office, home) = (path.starts_with("/office"), path == "/m" || path.starts_with("/m/"));
    let answer = next.run(request).await;
    if !answer.status().is_client_error() && !answer.status().is_server_error() {
        return answer;
    }
    let problem = match answer.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        None if is_bare(&answer) => Problem::new(answer.status(), code_of(answer.status())),
        None => return answer,
    };
    let mut net = match (office, home) {
        (true, _) => console::trouble(said_in, look, &problem),
        (_, true) => pages::trouble(said_in, look, &problem),
        _ => problem.answer(said_in),
    };
    // `Allow`, `Retry-After` and all that layers set stay; only the body is another.
    for (name, value) in answer.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            net.headers_mut().append(name, value.clone());
        }
    }
    net
}

fn is_bare(answer: &Response) -> bool {
    answer.headers().get(header::CONTENT_TYPE).is_none_or(|t| t.as_bytes().starts_with(b"text/plain"))
}

fn code_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "route.unknown",
        StatusCode::METHOD_NOT_ALLOWED => "route.method",
        StatusCode::PAYLOAD_TOO_LARGE => "request.too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "request.media_type",
        StatusCode::SERVICE_UNAVAILABLE => "server.busy",
        s if s.is_server_error() => "server.failed",
        _ => "request.malformed",
    }
}
