//! What operators ask. The functions are never called.
#![allow(dead_code)]

use crate::problem;

/// Whether the process answers.
#[utoipa::path(get, path = "/health", tag = "operators", responses((status = 204, description = "It does")))]
pub(super) fn health() {}

/// Whether the store answers too.
#[utoipa::path(get, path = "/ready", tag = "operators", responses(
    (status = 204, description = "It does"),
    (status = 503, description = "It does not", body = problem::Body, content_type = "application/problem+json"),
))]
pub(super) fn ready() {}

/// Counters and times in the OpenMetrics format.
#[utoipa::path(get, path = "/metrics", tag = "operators", responses(
    (status = 200, description = "All of them", body = String, content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8"),
    (status = 404, description = "For others than this machine, unless metrics.public is true", body = problem::Body, content_type = "application/problem+json"),
    (status = 503, description = "The database refused", body = problem::Body, content_type = "application/problem+json"),
))]
pub(super) fn metrics() {}

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "operators", responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
pub(super) fn openapi() {}
