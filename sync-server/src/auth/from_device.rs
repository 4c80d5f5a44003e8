//! The phone that calls, from its access token and the database.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
};
use minqing_core::{Id, ids::Device};

use crate::{
    app::App,
    fault::Fault,
    problem::Problem,
    storage::{KnownDevice, Store},
};

/// Whom the caller's token names; whether there is such a phone was not asked yet. For an exchange, which asks together
/// with all else it reads; others take [`FromDevice`].
#[derive(Clone, Copy, Debug)]
pub struct Bearer {
    /// The phone's number.
    pub device: Device,
    /// Whose phone it is.
    pub officer: Id,
}

impl Bearer {
    /// The phone, if it is known.
    ///
    /// # Errors
    /// `device.unknown`, `store.failed`.
    pub fn known(self, store: &dyn Store) -> Result<KnownDevice, Fault> {
        // A number restored from elsewhere might name another officer's phone.
        store.device(self.device)?.filter(|known| known.officer == self.officer).ok_or_else(|| Fault::new("device.unknown", self.device.0.to_string()))
    }
}

impl FromRequestParts<App> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let read = app.tokens.check(&app.keys, app.clock.as_ref(), bearer(parts)?, app.config.tokens.access_minutes);
        let (device, officer) = read.map_err(|e| refuse(e.code))?;
        Ok(Self { device, officer })
    }
}

/// The token of a request, whoever's it is.
///
/// # Errors
/// 401 `token.missing`, `token.malformed`.
pub fn bearer(parts: &Parts) -> Result<&str, Problem> {
    let header = parts.headers.get(header::AUTHORIZATION).ok_or_else(|| refuse("token.missing"))?;
    let (kind, token) = header.to_str().ok().and_then(|h| h.split_once(' ')).ok_or_else(|| refuse("token.malformed"))?;
    if kind.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(refuse("token.missing")) }
}

fn refuse(code: &'static str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, code)
}

/// The phone that calls. Taking it as a handler's argument refuses everybody else with 401.
#[derive(Clone, Copy, Debug)]
pub struct FromDevice {
    /// Its number.
    pub device: Device,
    /// Whose phone it is.
    pub officer: Id,
}

impl FromRequestParts<App> for FromDevice {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let bearer = Bearer::from_request_parts(parts, app).await?;
        match app.work(move |app| bearer.known(&*app.store)).await {
            Ok(known) => Ok(Self { device: known.number, officer: known.officer }),
            Err(fault) if fault.code == "device.unknown" => Err(refuse("device.unknown")),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// A phone that may also read. What gives rows, packs or files to phones takes this; an exchange takes [`FromDevice`],
/// for what a phone uploads is always taken.
#[derive(Clone, Copy, Debug)]
pub struct FromReader(pub FromDevice);

impl FromRequestParts<App> for FromReader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let from = FromDevice::from_request_parts(parts, app).await?;
        let ended = app.work(move |app| app.store.reading_ended(from.device)).await?;
        if ended { Err(Problem::new(StatusCode::FORBIDDEN, "device.reading_ended")) } else { Ok(Self(from)) }
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, http::Method, routing::get};

    use crate::{
        auth::token,
        testing::{Phone, World},
    };

    use super::*;

    #[tokio::test]
    async fn who_may_not_read_is_refused_by_name() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        let ask = async || {
            let who = async |FromReader(from): FromReader| from.device.0.to_string();
            let routes = Router::new().route("/rows", get(who)).with_state(world.app.clone());
            let bearer = format!("Bearer {}", phone.access);
            let answer = world.send_to(routes, Method::GET, "/rows", &[("authorization", &bearer)], "").await;
            (answer.status, answer.body)
        };
        assert_eq!(ask().await, (200, phone.number.to_string()));
        world.store().end_reading(Device(phone.number), 1).unwrap();
        let (status, body) = ask().await;
        assert_eq!(status, 403);
        assert!(body.contains("device.reading_ended"), "{body}");
        world.store().allow_reading(Device(phone.number)).unwrap();
        assert_eq!(ask().await.0, 200);
    }

    #[tokio::test]
    async fn everybody_else_is_refused() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        let ask = async |header: Option<&str>| {
            let who = async |from: FromDevice| format!("{} {}", from.device.0, from.officer);
            let routes = Router::new().route("/who", get(who)).with_state(world.app.clone());
            let headers: Vec<_> = header.map(|h| ("authorization", h)).into_iter().collect();
            let answer = world.send_to(routes, Method::GET, "/who", &headers, "").await;
            if answer.status == 200 { answer.body } else { format!("{} {}", answer.status, answer.json()["code"].as_str().unwrap()) }
        };
        let bearer = format!("Bearer {}", phone.access);
        assert_eq!(ask(Some(&bearer)).await, format!("{} {}", phone.number, phone.officer));
        assert_eq!(ask(None).await, "401 token.missing");
        assert_eq!(ask(Some("Basic abc")).await, "401 token.missing");
        assert_eq!(ask(Some("Bearer abc")).await, "401 token.malformed");
        assert_eq!(ask(Some(&phone.access)).await, "401 token.malformed");
        let who = (Device(phone.number ^ 1), phone.officer);
        let ghost = token::issue(&world.app.keys, &*world.clock, &*world.entropy, who, 15).unwrap();
        assert_eq!(ask(Some(&format!("Bearer {ghost}"))).await, "401 device.unknown");
        world.clock.turn(15 * 60_000);
        assert_eq!(ask(Some(&bearer)).await, "401 token.expired");
    }
}
