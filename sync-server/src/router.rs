//! Every route, by who calls it, and what surrounds all of them.

use std::{any::Any, future::Future, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{from_fn, from_fn_with_state, map_request},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use http_body_util::BodyExt;
use hyper::body::Frame;
use minqing_core::bundle::MAX_BUNDLE;
use tokio::{net::TcpListener, task::JoinSet};
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer};

use crate::{
    app::App,
    archiving, attachment,
    auth::{
        self,
        tries::{Door, guard},
    },
    compaction, console, feed,
    journal::journal,
    metrics, openapi, pack,
    problem::Problem,
    public,
    resident::{self, appointments, pages},
    safety_net::safety_net,
    site, sync,
};

mod connections;
mod office;
mod tasks;

use connections::Bounds;
pub(crate) use connections::listen;
use tasks::{keep_planned, keep_reminded, keep_time};

/// Only what this server serves itself; no inline scripts or styles, no framing.
const CSP: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// The server's routes.
pub fn router(app: App) -> Router {
    let phones = Router::new()
        .route("/v1/enrol", guarded(&app, Door::Enrol, post(auth::enrol::enrol)))
        .route("/v1/token/refresh", guarded(&app, Door::Refresh, post(auth::refresh::refresh)))
        .route("/v1/token/challenge", guarded(&app, Door::Renew, post(auth::renew::challenge)))
        .route("/v1/token/renew", guarded(&app, Door::Renew, post(auth::renew::renew)))
        .route("/v1/sync", post(sync::exchange))
        .route("/v1/sync/events", get(sync::listen))
        .merge(attachments())
        .route("/v1/packs/{stream}/{seq}/{part}", get(pack::to_device))
        .route("/v1/history/{household}/{year}", get(sync::history))
        .route("/v1/office-keys", get(auth::office_keys::office_keys))
        .route("/.well-known/jwks.json", get(auth::jwks::jwks));

    // The only ones that may be larger than other requests.
    let bundles = Router::new().route("/v1/bundles", post(sync::bundle));

    let asking = Router::new()
        .route("/v1/aside", get(console::aside_json))
        .route("/v1/aside/{name}/adopt", post(console::adopt_aside_json))
        .route("/v1/aside/{name}/return", post(console::return_aside_json))
        .route("/v1/matters", get(console::matters_json))
        .route("/v1/matters/{id}", get(console::matter_json))
        .route("/v1/matters/{id}/events", post(console::do_matter_json))
        .route("/v1/appointments", get(console::appointments_json).post(console::ask_json))
        .route("/v1/appointments/{id}", get(console::appointment_json))
        .route("/v1/appointments/{id}/events", post(console::do_appointment_json))
        .route("/v1/paper/rows", post(console::paper_row_json))
        .route("/v1/feeds", get(console::feeds_json).post(console::add_feed_json))
        .route("/v1/feeds/{id}/revoke", post(console::revoke_feed_json))
        .route("/v1/figures", get(console::figures_json))
        .route("/v1/call-backs", get(console::call_backs_json))
        .route("/v1/notices", get(console::notices_json).post(console::add_notice_json))
        .route("/v1/notices/{id}/withdraw", post(console::withdraw_notice_json))
        .route("/v1/rounds", get(console::rounds_json).post(console::plan_json))
        .route("/v1/rounds/wanted", get(console::wanted_json))
        .route("/v1/settings", get(console::settings_json))
        .route("/v1/settings/{kind}/{key}", get(console::setting_json).put(console::set_json))
        .layer(header_layer(header::CACHE_CONTROL, "no-store"));

    let everybody = Router::new()
        .route("/v1/public/matters", get(public::read::public_matters))
        .route("/v1/public/matters/{id}", guarded(&app, Door::Public, get(public::read::public_matter)))
        .route("/v1/public/matters/{id}/photos/{sha256}", guarded(&app, Door::Public, get(public::read::public_photo)))
        // What is taken down is gone at once.
        .layer(header_layer(header::CACHE_CONTROL, "no-store"));

    // Behind each of them a slip's PIN could be guessed, or a token.
    let slip = |route| guarded(&app, Door::LookUp, route);
    let residents = Router::new()
        .route("/v1/resident/token", slip(post(resident::open)))
        .route("/v1/resident/matter", slip(get(resident::matter::matter)))
        .route("/v1/resident/matter/events", slip(post(resident::matter::do_matter)))
        .route("/v1/resident/appointments", slip(get(appointments::appointments).post(appointments::ask_appointment)))
        .route("/v1/resident/openings", slip(get(resident::openings::openings)))
        .route("/v1/resident/appointments/{id}/times", slip(get(appointments::times)))
        .route("/v1/resident/appointments/{id}/events", slip(post(appointments::do_appointment)))
        .layer(header_layer(header::CACHE_CONTROL, "no-store"));

    // What a slip has opened is known by a signature, and nobody is shut out of it for what others mistype at the same address.
    let homes = Router::new()
        .route("/m", get(pages::look_up_page).merge(slip(post(pages::look_up))))
        .route("/m/{code}", get(pages::look_up_code))
        .route("/m/mine", get(pages::mine))
        .route("/m/mine/do", get(pages::to_mine).post(pages::do_mine))
        .route("/m/mine/rate", get(pages::to_mine).post(pages::rate))
        .route("/m/mine/visits", get(pages::to_mine).post(pages::ask_visit))
        .route("/m/mine/visits/{id}", get(pages::times).post(pages::do_visit))
        .route("/m/letter", get(pages::letter_page).post(pages::send_letter))
        .route("/m/screen/{token}", get(pages::screen).post(pages::rate_on_screen))
        .route("/m/done", get(pages::to_mine).post(pages::leave))
        .layer(from_fn(console::remember_language))
        .layer(header_layer(header::CACHE_CONTROL, "no-store"));

    // Without a guard: an address cannot be guessed, and whoever polls one that was revoked must not shut out the calendars of a whole office.
    let calendars = Router::new().route("/calendar/{file}", get(feed::read::calendar));

    let files = Router::new()
        .route("/look", post(site::choose_look))
        .route("/design", get(console::design))
        .route("/static/minqing.css", get(site::minqing_css))
        .route("/static/office.css", get(site::office_css))
        .route("/static/live.js", get(site::live_js))
        .route("/static/home.css", get(site::home_css))
        .route("/static/print.css", get(site::print_css))
        .route("/static/icons.svg", get(site::icons_svg))
        .route("/static/door.svg", get(site::door_svg))
        .route("/static/keys.js", get(site::keys_js))
        .route("/static/cover.js", get(site::cover_js))
        .route("/static/window.js", get(site::window_js))
        .route("/static/daybook.js", get(site::daybook_js))
        .route("/static/htmx.min.js", get(site::htmx_js));

    let operators = Router::new()
        .route("/health", get(site::health))
        .route("/ready", get(site::ready))
        .route("/metrics", get(metrics::metrics))
        .route("/openapi.json", get(openapi::openapi));

    let limit = app.config.limits.body_bytes;
    let most = surround(
        phones.merge(office::all(&app)).merge(asking).merge(everybody).merge(residents).merge(homes).merge(calendars).merge(files).merge(operators),
        &app,
        limit,
    );
    most.merge(surround(bundles, &app, limit.max(MAX_BUNDLE))).with_state(app)
}

/// By tus 1.0 uploads are known by their own ids; what is whole is known by its hash.
fn attachments() -> Router<App> {
    Router::new()
        .route("/v1/attachments", post(attachment::create).options(attachment::options))
        .route("/v1/attachments/{name}", get(attachment::to_device).head(attachment::ask).patch(attachment::append).delete(attachment::end))
        .layer(header_layer(HeaderName::from_static("tus-resumable"), attachment::VERSION))
}

/// A route behind which something could be guessed.
fn guarded(app: &App, door: Door, route: MethodRouter<App>) -> MethodRouter<App> {
    route.layer(from_fn_with_state((app.clone(), door), guard))
}

/// From the inside out: what stands last sees a request first.
fn surround(routes: Router<App>, app: &App, body_bytes: usize) -> Router<App> {
    let limits = &app.config.limits;
    routes
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(body_bytes))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(limits.timeout_seconds)))
        .layer(CatchPanicLayer::custom(fell))
        .layer(header_layer(header::CONTENT_SECURITY_POLICY, CSP))
        .layer(header_layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header_layer(header::REFERRER_POLICY, "same-origin"))
        .layer(from_fn(safety_net))
        .layer(from_fn_with_state(app.clone(), journal))
        .layer(from_fn_with_state(app.clone(), metrics::count))
        .layer(map_request(async |request: Request| request.map(without_slack)))
}

/// Bytes of a body's piece from which on it may lie in the buffer that it was read into.
const LARGE_PIECE: usize = 4_096;

/// A piece of one byte keeps the 8 KiB that it was read into as long as the body is collected: who sends a body byte by byte
/// would take thousands of times its length. Small pieces are copied.
fn without_slack(body: Body) -> Body {
    Body::new(body.map_frame(|frame| match frame.into_data() {
        Ok(data) if data.len() < LARGE_PIECE => Frame::data(Bytes::copy_from_slice(&data)),
        Ok(data) => Frame::data(data),
        Err(trailers) => trailers,
    }))
}

fn header_layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// The panic's text may hold what a resident said: it goes nowhere.
fn fell(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "server.failed").into_response()
}

/// How often limits forget what has come back.
const TIDY: Duration = Duration::from_secs(600);

/// Catches up with what was received before the last stop, then serves until `stop` is done, then answers what has
/// begun, as long as the settings allow.
///
/// # Errors
/// None today: a connection that cannot be taken ends nothing.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    app.work(App::catch_up).await;
    let tries = app.tries.clone();
    // Dropped, they end.
    let mut tasks = JoinSet::new();
    tasks.spawn(attachment::keep_tidy(app.clone()));
    tasks.spawn(pack::keep_packed(app.clone()));
    tasks.spawn(compaction::keep_compacted(app.clone()));
    tasks.spawn(archiving::keep_archived(app.clone()));
    tasks.spawn(keep_time(app.clone()));
    tasks.spawn(keep_planned(app.clone()));
    tasks.spawn(keep_reminded(app.clone()));
    tasks.spawn(async move {
        loop {
            tokio::time::sleep(TIDY).await;
            tries.tidy();
        }
    });
    let patience = Duration::from_secs(app.config.limits.stop_seconds);
    let (stopping, told) = tokio::sync::oneshot::channel();
    let (pokes, growth) = (app.pokes.clone(), app.growth.clone());
    let stop = async move {
        stop.await;
        pokes.end();
        growth.end();
        let _ = stopping.send(());
    };
    let limits = &app.config.limits;
    let bounds = Bounds { at_once: limits.connections, slow: Duration::from_secs(limits.slow_seconds) };
    let served = connections::serve(listener, router(app.with_applier()), bounds, stop);
    tokio::select! {
        () = served => {}
        // A request that never ends must not keep the server up.
        () = async { if told.await.is_ok() { tokio::time::sleep(patience).await } else { std::future::pending().await } } => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;
    use crate::testing::World;

    #[tokio::test]
    async fn what_is_not_there_is_a_problem() {
        let world = World::open();
        let lost = world.get("/nothing?name=secret").await;
        assert_eq!((lost.status, lost.json()["code"].as_str()), (404, Some("route.unknown")));
        assert_eq!(lost.header("content-type"), "application/problem+json");
        assert_eq!(lost.json()["type"], "/docs/errors#route.unknown");
        assert!(lost.header("content-security-policy").starts_with("default-src 'self'"));
        assert_eq!(lost.header("x-request-id").len(), 12);

        let wrong = world.get("/v1/enrol").await;
        assert_eq!((wrong.status, wrong.json()["code"].as_str()), (405, Some("route.method")));
        assert_eq!(wrong.header("allow"), "POST");

        let large = world.send(Method::POST, "/v1/enrol", &[("content-type", "application/json")], &"x".repeat(1_200_000)).await;
        assert_eq!((large.status, large.json()["code"].as_str()), (413, Some("request.too_large")));
        // Bundles may be larger.
        for (bytes, told) in [(1_200_000, (401, "token.missing")), (MAX_BUNDLE + 1, (413, "request.too_large"))] {
            let bundle = world.send(Method::POST, "/v1/bundles", &[("content-length", &bytes.to_string())], &"x".repeat(bytes)).await;
            assert_eq!((bundle.status, bundle.json()["code"].as_str()), (told.0, Some(told.1)));
        }
        let plain = world.send(Method::POST, "/v1/enrol", &[], "{}").await;
        assert_eq!((plain.status, plain.json()["code"].as_str()), (415, Some("request.media_type")));
        let broken = world.send(Method::POST, "/v1/enrol", &[("content-type", "application/json")], "{").await;
        assert_eq!((broken.status, broken.json()["code"].as_str()), (400, Some("request.malformed")));
    }

    #[tokio::test]
    async fn a_problem_speaks_the_callers_language() {
        let world = World::open();
        let title = |answer: crate::testing::Answer| answer.json()["title"].as_str().unwrap().to_owned();
        let zh = title(world.get("/nothing").await);
        let en = title(world.send(Method::GET, "/nothing", &[("accept-language", "en")], "").await);
        assert_ne!(zh, en);
        assert!(en.is_ascii() && !zh.is_ascii(), "{zh} / {en}");
        let page = world.send(Method::GET, "/office/nothing", &[("accept-language", "en")], "").await;
        assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
        assert!(page.body.contains("route.unknown"));
    }

    #[tokio::test]
    async fn files_and_health() {
        let world = World::open();
        for (path, media) in [
            ("/static/minqing.css", "text/css; charset=utf-8"),
            ("/static/office.css", "text/css; charset=utf-8"),
            ("/static/print.css", "text/css; charset=utf-8"),
            ("/static/icons.svg", "image/svg+xml"),
            ("/static/door.svg", "image/svg+xml"),
            ("/static/htmx.min.js", "text/javascript; charset=utf-8"),
        ] {
            let file = world.get(path).await;
            assert_eq!((file.status, file.header("content-type")), (200, media));
        }
        assert_eq!(world.get("/health").await.status, 204);
        assert_eq!(world.get("/ready").await.status, 204);
        let keys = world.get("/.well-known/jwks.json").await.json();
        assert_eq!(keys["keys"][0]["crv"], "Ed25519");
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_without_its_text() {
        let world = World::open();
        async fn panics() {
            panic!("what a resident said")
        }
        let routes = surround(Router::new().route("/panics", get(panics)), &world.app, 1_000).with_state(world.app.clone());
        let answer = world.send_to(routes, Method::GET, "/panics", &[], "").await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (500, Some("server.failed")));
        assert!(!answer.body.contains("resident said"));
    }

    #[tokio::test]
    async fn a_broken_store_is_said_and_kept_apart() {
        let world = World::open();
        let code = world.code(world.officer());
        world.sql("DROP TABLE meta; DROP TABLE session;");
        let ready = world.get("/ready").await;
        assert_eq!((ready.status, ready.json()["code"].as_str()), (503, Some("store.failed")));
        assert!(!ready.body.contains("meta"), "the database's own words went out");
        assert_eq!(world.get("/health").await.status, 204);
        let cookie = format!("minqing_session={}", "s".repeat(43));
        let page = world.with_cookie(Method::GET, "/office", &cookie).await;
        assert_eq!((page.status, page.header("content-type")), (503, "text/html; charset=utf-8"));
        let enrol = world.post_json("/v1/enrol", &crate::testing::Phone::new(1).ask(&code)).await;
        assert_eq!(enrol.status, 503, "{}", enrol.body);
        assert!(world.store().phones(crate::testing::COMMUNITY).unwrap().iter().all(|p| p.number.is_none()), "the code was used up");
    }
}
