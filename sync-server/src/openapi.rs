//! The description of every route that is no page, as OpenAPI 3.1. One function a route, without a body: only what stands
//! above it matters. A test holds it against the router, and docs/API.md against it.

mod appointments;
mod aside;
mod attachments;
mod feeds;
mod figures;
mod line;
#[cfg(test)]
mod markdown;
mod notices;
mod operators;
mod paper;
mod phones;
mod public;
mod resident;
mod rounds;
mod settings;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};

pub use public::PublicMatterShape;

use crate::problem;

/// The whole description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Minqing",
        description = "What phones and operators ask of a Minqing server. Errors are application/problem+json with a stable code (docs/ERRORS.md).",
        license(name = "MIT OR Apache-2.0")
    ),
    paths(
        phones::enrol,
        phones::refresh,
        phones::challenge,
        phones::renew,
        phones::sync,
        phones::listen,
        attachments::options,
        attachments::create,
        attachments::ask,
        attachments::append,
        attachments::end,
        attachments::read,
        phones::pack,
        phones::history,
        phones::bundle,
        phones::office_keys,
        phones::jwks,
        aside::list,
        aside::adopt,
        aside::give_back,
        line::list,
        line::one,
        line::act,
        appointments::list,
        appointments::one,
        appointments::ask,
        appointments::act,
        paper::enter,
        feeds::list,
        feeds::add,
        feeds::revoke,
        feeds::read,
        figures::figures,
        figures::call_backs,
        notices::list,
        notices::add,
        notices::withdraw,
        rounds::rounds,
        rounds::plan,
        rounds::wanted,
        settings::list,
        settings::one,
        settings::set,
        public::list,
        public::one,
        public::photo,
        resident::token,
        resident::list,
        resident::ask,
        resident::matter,
        resident::do_matter,
        resident::openings,
        resident::times,
        resident::act,
        operators::health,
        operators::ready,
        operators::metrics,
        operators::openapi
    ),
    components(schemas(problem::Body)),
    modifiers(&Access),
    tags((name = "phones", description = "For the app"), (name = "staff", description = "For programs of the office"), (name = "public", description = "For everybody"), (name = "residents", description = "For whoever holds a slip"), (name = "operators", description = "For whoever runs the server"))
)]
pub struct Description;

/// The access token of a phone, and the session of somebody of the office.
struct Access;

impl Modify for Access {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("access", SecurityScheme::Http(scheme));
        let shown = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        components.add_security_scheme("resident", SecurityScheme::Http(shown));
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("minqing_session"))));
    }
}

/// Answers with the description.
pub async fn openapi() -> Response {
    let text = Description::openapi().to_json().unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")], text).into_response()
}

#[cfg(test)]
mod tests;
