//! What stands before a door: failures from one address are counted, and when they are used up it is shut for a while.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{Door, address};
use crate::{app::App, problem::Problem};

/// From where a request comes, as far as the settings let us believe it.
#[derive(Clone, Copy, Debug)]
pub struct Caller(pub IpAddr);

impl Caller {
    /// Its bytes, as a part of a key.
    pub fn bytes(self) -> Vec<u8> {
        address::bytes(self.0)
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // Without a socket, as in a test that asks the router itself, everybody is one caller.
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |c| c.0.ip());
        Ok(Self(address::of(socket, &parts.headers, &app.tries.proxies)))
    }
}

/// Refuses who has failed too often, and counts failures.
pub async fn guard(State((app, door)): State<(App, Door)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Caller(from)) = Caller::from_request_parts(&mut parts, &app).await;
    if let Err(wait) = app.tries.open(door, from) {
        return Problem::from(wait).into_response();
    }
    let answer = next.run(Request::from_parts(parts, body)).await;
    if matches!(answer.status(), StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND | StatusCode::GONE) {
        app.tries.failed(door, from);
    }
    answer
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use serde_json::json;

    use crate::testing::{Phone, World};

    #[tokio::test]
    async fn guessing_codes_shuts_the_door_for_that_address_only() {
        let world = World::with("[tries]\naddress_at_once = 3\ntrusted_proxies = ['0.0.0.0']");
        let code = world.code(world.officer());
        let enrol = async |from: &str, code: &str| {
            let headers = [("content-type", "application/json"), ("x-forwarded-for", from)];
            world.send(Method::POST, "/v1/enrol", &headers, &Phone::new(1).ask(code).to_string()).await
        };
        for n in 0..4 {
            assert_eq!(enrol("198.51.100.1", &format!("00000000{n:02}")).await.status, 404);
        }
        let shut = enrol("198.51.100.1", &code).await;
        assert_eq!((shut.status, shut.json()["code"].as_str()), (429, Some("tries.too_many")));
        assert_eq!(shut.header("content-type"), "application/problem+json");
        let wait: i64 = shut.header("retry-after").parse().unwrap();
        assert!(wait > 0 && shut.headers.get_all("retry-after").iter().count() == 1);
        assert_eq!(enrol("198.51.100.2", &code).await.status, 200, "another address");
        world.clock.turn(wait * 1_000);
        assert_eq!(enrol("198.51.100.1", "0000000099").await.status, 404, "open again");
    }

    #[tokio::test]
    async fn thousands_of_good_renewals_from_one_address_are_fine_but_not_of_one_phone() {
        let world = World::with("[tries]\naddress_at_once = 1\ncode_at_once = 5");
        for n in 1..=4 {
            let phone = Phone::enrolled(&world, n).await;
            assert_eq!(world.post_json("/v1/token/refresh", &phone.renewal(&phone.refresh)).await.status, 200);
        }
        let phone = Phone::enrolled(&world, 9).await;
        let mut ends = Vec::new();
        for _ in 0..6 {
            ends.push(world.post_json("/v1/token/refresh", &phone.renewal(&phone.refresh)).await.status);
        }
        assert_eq!(ends, [200, 200, 200, 200, 200, 429]);
        let mut ends = Vec::new();
        for _ in 0..6 {
            ends.push(world.post_json("/v1/token/challenge", &json!({"device": phone.number})).await.status);
        }
        assert_eq!(ends, [200, 200, 200, 200, 200, 429]);
    }

    #[tokio::test]
    async fn forged_renewals_shut_the_door() {
        let world = World::with("[tries]\naddress_at_once = 2");
        let mut forged = Phone::enrolled(&world, 1).await.renewal(&crate::auth::base64url(&[1; 32]));
        forged["signature"] = "AAAA".into();
        let mut ends = Vec::new();
        for _ in 0..4 {
            ends.push(world.post_json("/v1/token/refresh", &forged).await.status);
        }
        assert_eq!(ends, [401, 401, 401, 429]);
        let challenge = json!({"device": 7, "challenge": "AAAA", "signature": "AAAA"});
        for status in [401, 401, 401, 429] {
            assert_eq!(world.post_json("/v1/token/renew", &challenge).await.status, status);
        }
    }
}
