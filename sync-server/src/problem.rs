//! Errors of the API: `application/problem+json` (RFC 9457) with a stable code.

use axum::{
    Json,
    extract::{FromRequest, Request, rejection::JsonRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use minqing_core::words::Lang;
use serde::Serialize;

use crate::{
    fault::{Fault, sentence},
    storage::StoreError,
};

/// The media type.
pub const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// An error answer. The sentence is added when it leaves, in the caller's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// The stable code that apps branch on.
    pub code: &'static str,
    /// The field it is about, as `residents[0].name`.
    pub path: Option<String>,
    /// After how many seconds it is worth trying again.
    pub retry_after_s: Option<u64>,
}

/// An error answer, RFC 9457.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Body<'a> {
    /// A name, not an address that is served.
    r#type: String,
    /// What happened and what to do, in the language of Accept-Language.
    title: String,
    /// The HTTP status.
    status: u16,
    /// The stable code that apps branch on (docs/ERRORS.md).
    code: &'a str,
    /// The field it is about, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

impl Problem {
    /// Makes a problem of a status and a code.
    pub fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, path: None, retry_after_s: None }
    }

    /// The same, about a field.
    pub fn at(self, path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// The answer in a language.
    pub fn answer(&self, lang: Lang) -> Response {
        let body = Body {
            r#type: format!("/docs/errors#{}", self.code),
            title: sentence(lang, self.code, self.path.as_deref().unwrap_or_default()),
            status: self.status.as_u16(),
            code: self.code,
            path: self.path.as_deref(),
        };
        let mut answer = (self.status, Json(body)).into_response();
        answer.headers_mut().insert(header::CONTENT_TYPE, MEDIA_TYPE);
        answer
    }
}

impl IntoResponse for Problem {
    /// In Chinese, with the problem itself beside it: the safety net says it again in the caller's language.
    fn into_response(self) -> Response {
        let mut answer = self.answer(Lang::Zh);
        if let Some(seconds) = self.retry_after_s {
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        answer.extensions_mut().insert(self);
        answer
    }
}

impl From<StoreError> for Problem {
    fn from(e: StoreError) -> Self {
        let status = match &e {
            StoreError::Backend(_) | StoreError::Damaged(_) | StoreError::Conflict(_) | StoreError::Newer => StatusCode::SERVICE_UNAVAILABLE,
            StoreError::Unknown { .. } => StatusCode::NOT_FOUND,
            StoreError::Exists { .. } | StoreError::Refused(_) => StatusCode::CONFLICT,
        };
        if let StoreError::Backend(text) | StoreError::Damaged(text) | StoreError::Conflict(text) = &e {
            tracing::error!(code = e.code(), error = text, "the store failed");
        }
        Self::new(status, e.code())
    }
}

impl From<Fault> for Problem {
    fn from(e: Fault) -> Self {
        let status = if e.is_failure() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
        tracing::error!(code = e.code, "a request failed");
        Self::new(status, e.code)
    }
}

impl From<JsonRejection> for Problem {
    fn from(refused: JsonRejection) -> Self {
        let code = match refused.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "request.too_large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "request.media_type",
            _ => "request.malformed",
        };
        Self::new(refused.status(), code)
    }
}

/// `Json` whose refusals are problems too.
pub struct In<T>(pub T);

impl<T, S> FromRequest<S> for In<T>
where
    Json<T>: FromRequest<S, Rejection = JsonRejection>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Json(read) = Json::from_request(request, state).await?;
        Ok(Self(read))
    }
}
