//! Counts every request by its route's template, never by its address.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};

use crate::app::App;

/// The route whose time is an exchange's.
const EXCHANGE: &str = "/v1/sync";

/// Counts a request when it is answered.
pub async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let begun = Instant::now();
    let answer = next.run(request).await;
    if route == EXCHANGE {
        app.metrics.exchange_seconds.observe(begun.elapsed().as_secs_f64());
    }
    let request = super::Request { method, route, status: answer.status().as_u16() };
    app.metrics.requests.get_or_create(&request).inc();
    answer
}

/// Anybody can invent methods: each would be a row for ever.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
