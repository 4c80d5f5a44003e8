//! Who comes to exchange, let in before the body is read, or told when to come again.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};

use crate::{
    app::App,
    auth::Bearer,
    problem::Problem,
    sync::crowd::{Full, Place, Turn},
};

/// A phone's request that was let in.
pub struct Entrance {
    pub(super) bearer: Bearer,
    place: Place,
}

impl FromRequestParts<App> for Entrance {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let bearer = Bearer::from_request_parts(parts, app).await?;
        let place = app.crowd.enter(bearer.device).map_err(|full| later(app, full))?;
        Ok(Self { bearer, place })
    }
}

impl Entrance {
    /// Begins the exchange, its body being here.
    pub(super) fn begin(self, app: &App) -> Result<Arc<Turn>, Problem> {
        self.place.begin().map_err(|full| later(app, full))
    }
}

fn later(app: &App, full: Full) -> Problem {
    let code = match full {
        Full::Crowded => "server.busy",
        Full::UnderWay => "exchange.under_way",
    };
    Problem { retry_after_s: Some(full.later_s(&*app.entropy)), ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, code) }
}
