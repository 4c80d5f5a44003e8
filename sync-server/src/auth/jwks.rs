//! `GET /.well-known/jwks.json`: the public half of the server's key, for whoever checks tokens.

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::base64url;
use crate::app::App;

/// The keys that tokens are signed with.
pub async fn jwks(State(app): State<App>) -> Json<Value> {
    let x = base64url(app.keys.public().as_bytes());
    Json(json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": app.keys.kid(), "x": x}]}))
}
