//! `GET /.well-known/jwks.json`: the public halves of the keys, for whoever checks tokens.

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::{base64url, token};
use crate::app::App;

/// The newest key, and older ones until the last token that they signed has expired.
pub async fn jwks(State(app): State<App>) -> Json<Value> {
    let (now_ms, life_ms) = (app.clock.now_ms(), token::life_ms(app.config.tokens.access_minutes));
    let all = app.work(move |app| app.keys.all()).await;
    let shown = all.iter().rev().filter(|k| k.is_honoured(now_ms, life_ms));
    let keys: Vec<_> =
        shown.map(|k| json!({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": k.kid(), "x": base64url(k.public().as_bytes())})).collect();
    Json(json!({"keys": keys}))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Phone, World};

    #[tokio::test]
    async fn old_keys_stay_until_their_last_token_has_expired() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        let kids = async || {
            let keys = world.get("/.well-known/jwks.json").await.json();
            keys["keys"].as_array().unwrap().iter().map(|k| k["kid"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let first = kids().await;
        assert_eq!(first.len(), 1);
        // Another process rotates; the running server notices.
        let other = crate::auth::Keys::open(world.dir.path(), &*world.entropy).unwrap();
        let new = other.rotate(&*world.clock, &*world.entropy).unwrap();
        assert_eq!(kids().await, [new.kid(), &first[0]]);
        let sync = async |token: &str| world.send(axum::http::Method::POST, "/v1/sync", &[("authorization", &format!("Bearer {token}"))], "").await.status;
        assert_eq!(sync(&phone.access).await, 415, "the old key's token is still good");
        let fresh = world.post_json("/v1/token/refresh", &phone.renewal(&phone.refresh)).await.json();
        let fresh = fresh["access"].as_str().unwrap();
        assert_eq!(sync(fresh).await, 415);
        world.clock.turn(14 * 60_000);
        assert_eq!(sync(&phone.access).await, 415);
        assert_eq!(kids().await.len(), 2);
        world.clock.turn(2 * 60_000);
        assert_eq!(sync(&phone.access).await, 401);
        assert_eq!(kids().await, [new.kid()]);
    }
}
