//! A form that somebody at a desk sent. Taking it as a handler's argument refuses those without a desk and what another page or site sent,
//! so that no handler can forget to.

use axum::{
    extract::{Form, FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Response},
};

use super::{desk::AtDesk, matter::Fields};
use crate::app::App;

/// Who sent it, and what.
pub struct Sent {
    /// Somebody at their desk.
    pub desk: AtDesk,
    /// What was typed.
    pub fields: Fields,
}

impl FromRequest<App> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let desk = AtDesk::from_request_parts(&mut parts, app).await?;
        let Form(fields) = Form::from_request(Request::from_parts(parts, body), app).await.map_err(IntoResponse::into_response)?;
        let fields = Fields::of(fields);
        desk.check(fields.text("csrf")).map_err(IntoResponse::into_response)?;
        Ok(Self { desk, fields })
    }
}
