//! `GET /metrics`: for this machine alone, unless the settings open it.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{app::App, problem::Problem};

const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// What proxies add. Behind one on this machine everybody comes from this machine.
const FORWARDED: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/// Answers with all counters.
pub async fn metrics(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(from)| *from);
    if !app.config.metrics.public && !is_near(from, request.headers()) {
        return Err(Problem::new(StatusCode::NOT_FOUND, "route.unknown"));
    }
    let inbox = app.work(|app| app.store.inbox()).await?;
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")], app.metrics.text(&inbox)).into_response())
}

fn is_near(from: Option<SocketAddr>, headers: &HeaderMap) -> bool {
    from.is_some_and(|from| from.ip().to_canonical().is_loopback()) && !FORWARDED.iter().any(|name| headers.contains_key(*name))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;
    use crate::testing::World;

    #[test]
    fn only_this_machine_and_not_through_a_proxy() {
        let at = |address: &str| Some(address.parse().unwrap());
        let none = HeaderMap::new();
        assert!(is_near(at("127.0.0.1:1"), &none) && is_near(at("[::1]:1"), &none) && is_near(at("[::ffff:127.0.0.1]:1"), &none));
        assert!(!is_near(at("192.168.1.2:1"), &none) && !is_near(None, &none));
        for name in FORWARDED {
            let forwarded = [(name.parse().unwrap(), "x".parse().unwrap())].into_iter().collect();
            assert!(!is_near(at("127.0.0.1:1"), &forwarded), "{name}");
        }
    }

    #[tokio::test]
    async fn what_is_counted() {
        let mut world = World::open();
        assert_eq!(world.get("/metrics").await.status, 404);
        let config = crate::config::Config { metrics: crate::config::Metrics { public: true }, ..(*world.app.config).clone() };
        world.app.config = std::sync::Arc::new(config);
        world.get("/nowhere/secret").await;
        world.send(Method::from_bytes(b"DANCE").unwrap(), "/health", &[], "").await;
        world.get("/health").await;
        let answer = world.get("/metrics").await;
        assert_eq!((answer.status, answer.header("content-type")), (200, MEDIA_TYPE));
        for line in [
            "minqing_http_requests_total{method=\"GET\",route=\"-\",status=\"404\"} 1",
            "minqing_http_requests_total{method=\"other\",route=\"/health\",status=\"405\"} 1",
            "minqing_http_requests_total{method=\"GET\",route=\"/health\",status=\"204\"} 1",
            "minqing_http_requests_total{method=\"GET\",route=\"/metrics\",status=\"404\"} 1",
            "minqing_inbox_items{state=\"held\"} 0",
            "minqing_exchanges_total 0",
        ] {
            assert!(answer.body.lines().any(|l| l == line), "{line} is not in\n{}", answer.body);
        }
        assert!(!answer.body.contains("secret") && answer.body.ends_with("# EOF\n"));
        // Another server in this process counts for itself.
        let other = World::open();
        assert!(!other.app.metrics.text(&crate::storage::Inbox::default()).contains("/health"));
    }
}
