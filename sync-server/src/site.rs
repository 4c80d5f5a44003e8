//! Files of the pages, compiled in, how they look, and the health of the server.

mod look;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

pub use look::{Look, choose_look};

use crate::{app::App, problem::Problem};

/// Alive: the process answers.
pub async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Ready: the store answers too.
pub async fn ready(State(app): State<App>) -> Result<StatusCode, Problem> {
    app.work(|app| app.store.ready()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The house's style sheet.
pub async fn minqing_css() -> Response {
    file("text/css; charset=utf-8", include_str!("../static/minqing.css"))
}

/// What the office's tables need beyond it.
pub async fn office_css() -> Response {
    file("text/css; charset=utf-8", include_str!("../static/office.css"))
}

/// What the residents' pages need beyond it.
pub async fn home_css() -> Response {
    file("text/css; charset=utf-8", include_str!("../static/home.css"))
}

/// What papers need that the office prints.
pub async fn print_css() -> Response {
    file("text/css; charset=utf-8", include_str!("../static/print.css"))
}

/// The icons, one symbol each.
pub async fn icons_svg() -> Response {
    file("image/svg+xml", include_str!("../static/icons.svg"))
}

/// The door, for the browser's tab.
pub async fn door_svg() -> Response {
    file("image/svg+xml", include_str!("../static/door.svg"))
}

/// The keys of the desk's pages.
pub async fn keys_js() -> Response {
    file("text/javascript; charset=utf-8", include_str!("../static/keys.js"))
}

/// Pages that hear of what is new.
pub async fn live_js() -> Response {
    file("text/javascript; charset=utf-8", include_str!("../static/live.js"))
}

/// Patches drawn over a photo.
pub async fn cover_js() -> Response {
    file("text/javascript; charset=utf-8", include_str!("../static/cover.js"))
}

/// The form of the window.
pub async fn window_js() -> Response {
    file("text/javascript; charset=utf-8", include_str!("../static/window.js"))
}

/// Keys and the mouse on the calendar.
pub async fn daybook_js() -> Response {
    file("text/javascript; charset=utf-8", include_str!("../static/daybook.js"))
}

/// htmx, vendored.
pub async fn htmx_js() -> Response {
    file("text/javascript; charset=utf-8", include_str!("../static/htmx.min.js"))
}

fn file(media: &'static str, text: &'static str) -> Response {
    // Short, since the names carry no version: an updated server is seen within minutes.
    ([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "public, max-age=300")], text).into_response()
}
