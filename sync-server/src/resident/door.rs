//! Code and PIN give a short token, for to check a PIN is slow on purpose; what the slip opens is asked of the database each time.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{StatusCode, request::Parts},
};
use minqing_core::{Id, ids::normal_code};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    auth::{bearer, token::short::SLIP},
    problem::{In, Problem},
    slip,
};

/// What stands on a slip.
#[derive(Deserialize, ToSchema)]
pub struct SlipShown {
    /// The code, as it is typed.
    code: String,
    /// The PIN.
    pin: String,
}

/// What a slip opens.
#[derive(Serialize, ToSchema)]
pub struct SlipOpened {
    /// To be sent as `Authorization: Bearer`.
    token: String,
    /// How long it is good, in minutes.
    minutes: u32,
}

/// Takes a slip's code and PIN and gives a token.
pub async fn open(State(app): State<App>, In(shown): In<SlipShown>) -> Result<Json<SlipOpened>, Problem> {
    let (token, _) = opened(&app, &shown.code, &shown.pin).await?;
    Ok(Json(SlipOpened { token, minutes: SLIP.minutes }))
}

/// The token for a code and a PIN as they were typed, and what the slip opens.
///
/// # Errors
/// What [`slip::check`] says; `token.failed`.
pub(super) async fn opened(app: &App, code: &str, pin: &str) -> Result<(String, slip::Holder), Problem> {
    let holder = slip::check(app, code, pin).await?;
    let code = normal_code(code).unwrap_or_else(|| code.to_owned());
    Ok((SLIP.issue(&app.keys, app.clock.as_ref(), &code)?, holder))
}

/// Whoever holds the slip of a matter. Taking it as a handler's argument refuses everybody else.
#[derive(Clone, Copy, Debug)]
pub struct FromResident {
    /// The matter; no other is theirs.
    pub matter: Id,
}

impl FromRequestParts<App> for FromResident {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Self::of(app, bearer(parts)?).await
    }
}

impl FromResident {
    /// Whoever shows a token.
    ///
    /// # Errors
    /// 401 `token.malformed`, `token.expired` and `slip.wrong`; 404 `matter.unknown` where nothing was registered with the slip yet.
    pub(super) async fn of(app: &App, token: &str) -> Result<Self, Problem> {
        let refuse = |code| Problem::new(StatusCode::UNAUTHORIZED, code);
        let code = SLIP.check(&app.keys, app.clock.as_ref(), token).map_err(|e| refuse(e.code))?;
        let slip = app.work(move |app| app.store.slip(&code)).await?.ok_or_else(|| refuse("slip.wrong"))?;
        // Handed out, and nothing registered with it yet.
        slip.matter.map(|matter| Self { matter }).ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "matter.unknown"))
    }
}
