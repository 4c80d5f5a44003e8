//! `POST /v1/token/refresh`: a new access token for a phone that proves to be itself.
//!
//! The answer may be lost on the way, so the shown token stays valid until its successor is shown. After that it is
//! an old one, and who uses an old one again reads no more until the office allows it (docs/adr/0010).

use axum::{Json, extract::State, http::StatusCode};
use ed25519_dalek::{Signature, VerifyingKey};
use minqing_core::ids::Device;
use serde::{Deserialize, Serialize};

use super::{
    Bytes, base64url, token,
    tries::{Caller, Door, Limit},
};
use crate::{
    app::App,
    entropy,
    problem::{In, Problem},
    storage::{KnownDevice, RefreshToken, Rotation},
};

/// What the phone signs begins with this; the 32 bytes of the refresh token follow.
pub const CONTEXT: &[u8] = b"minqing/refresh/1";

/// What a phone sends.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(as = RefreshAsk)]
pub struct Ask {
    /// The device's number.
    device: u32,
    /// The refresh token, 32 bytes as base64url.
    #[schema(value_type = String)]
    refresh: Bytes<32>,
    /// Its signature by the device, 64 bytes as base64url.
    #[schema(value_type = String)]
    signature: Bytes<64>,
}

/// What a phone gets.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Tokens)]
pub struct Answer {
    /// The access token.
    access: String,
    /// The next refresh token, 32 bytes as base64url.
    refresh: String,
    /// Milliseconds since 1970.
    server_time: i64,
}

/// Renews a phone's tokens.
pub async fn refresh(State(app): State<App>, caller: Caller, In(ask): In<Ask>) -> Result<Json<Answer>, Problem> {
    // Of this device at this address: from elsewhere nobody can use its tries up.
    app.tries.take(Door::Refresh, Limit::Code, &[&ask.device.to_be_bytes(), &caller.bytes()])?;
    app.work(move |app| run(app, ask)).await.map(Json)
}

fn run(app: &App, ask: Ask) -> Result<Answer, Problem> {
    let refuse = |code| Problem::new(StatusCode::UNAUTHORIZED, code);
    let shown = ask.refresh.0.ok_or_else(|| refuse("refresh.unknown"))?;
    let known = app.store.device(Device(ask.device))?.ok_or_else(|| refuse("refresh.unknown"))?;
    let signature = ask.signature.0.ok_or_else(|| refuse("refresh.signature"))?;
    let key = VerifyingKey::from_bytes(&known.sign_key).map_err(|_| refuse("refresh.signature"))?;
    let signed = [CONTEXT, &shown].concat();
    // The signature comes first: a stolen token alone must not be able to turn the real phone's away.
    key.verify_strict(&signed, &Signature::from_bytes(&signature)).map_err(|_| refuse("refresh.signature"))?;
    match app.store.rotate_refresh(known.number, &RefreshToken(shown), &entropy::bytes(&*app.entropy), app.clock.now_ms())? {
        Rotation::Next(next) => answer(app, &known, &next),
        Rotation::Reused => {
            tracing::warn!(device = known.number.0, "an old refresh token was used again: reading has ended");
            Err(refuse("refresh.reused"))
        }
        Rotation::Unknown => Err(refuse("refresh.unknown")),
    }
}

/// New tokens for a phone that has proved to be itself.
pub(super) fn answer(app: &App, known: &KnownDevice, next: &RefreshToken) -> Result<Answer, Problem> {
    let minutes = app.config.tokens.access_minutes;
    let access = token::issue(&app.keys, app.clock.as_ref(), app.entropy.as_ref(), (known.number, known.officer), minutes)?;
    Ok(Answer { access, refresh: base64url(&next.0), server_time: app.clock.now_ms() })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Phone, World};

    #[tokio::test]
    async fn the_shown_token_stays_until_its_successor_is_shown() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        let first = phone.refresh.clone();
        let renew = async |token: &str| {
            let answer = world.post_json("/v1/token/refresh", &phone.renewal(token)).await;
            let next = answer.json()["refresh"].as_str().map(str::to_owned);
            (answer.status, next.unwrap_or_else(|| answer.json()["code"].as_str().unwrap().to_owned()))
        };
        // The answer was lost twice: the first token works again, and only its last successor is known.
        let (_, lost) = renew(&first).await;
        let (status, second) = renew(&first).await;
        assert_eq!(status, 200);
        assert_ne!(lost, second);
        assert_eq!(renew(&lost).await, (401, "refresh.unknown".to_owned()));
        // Once the successor is shown, the shown one may be repeated and its own first answer is replaced.
        let (status, third) = renew(&second).await;
        assert_eq!(status, 200);
        assert_eq!(renew(&second).await.0, 200);
        assert_eq!(renew(&third).await, (401, "refresh.unknown".to_owned()), "replaced by the renewal just made");
        let device = minqing_core::ids::Device(phone.number);
        assert!(!world.store().reading_ended(device).unwrap(), "none of these was an old one");
        // The first one is old: reading ends, and the phone itself still renews.
        assert_eq!(renew(&first).await, (401, "refresh.reused".to_owned()));
        assert!(world.store().reading_ended(device).unwrap());
        assert_eq!(renew(&second).await.0, 200);
        world.store().allow_reading(device).unwrap();
        assert!(!world.store().reading_ended(device).unwrap());
    }

    #[tokio::test]
    async fn nobody_else_ends_a_phones_reading() {
        let world = World::open();
        let (phone, other) = (Phone::enrolled(&world, 1).await, Phone::enrolled(&world, 2).await);
        let first = phone.refresh.clone();
        let next = world.post_json("/v1/token/refresh", &phone.renewal(&first)).await.json()["refresh"].as_str().unwrap().to_owned();
        assert_eq!(world.post_json("/v1/token/refresh", &phone.renewal(&next)).await.status, 200);
        // A thief of the old token without the phone's key.
        let mut stolen = phone.renewal(&first);
        stolen["signature"] = other.renewal(&first)["signature"].clone();
        assert_eq!(world.post_json("/v1/token/refresh", &stolen).await.json()["code"], "refresh.signature");
        let made_up = crate::auth::base64url(&[7; 32]);
        assert_eq!(world.post_json("/v1/token/refresh", &phone.renewal(&made_up)).await.json()["code"], "refresh.unknown");
        assert!(!world.store().reading_ended(minqing_core::ids::Device(phone.number)).unwrap());
    }

    #[tokio::test]
    async fn after_a_renewal_by_challenge_both_older_tokens_are_old() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        let next = world.post_json("/v1/token/refresh", &phone.renewal(&phone.refresh)).await.json()["refresh"].as_str().unwrap().to_owned();
        let challenge = world.post_json("/v1/token/challenge", &serde_json::json!({"device": phone.number})).await.json();
        assert_eq!(world.post_json("/v1/token/renew", &phone.answer_to(challenge["challenge"].as_str().unwrap())).await.status, 200);
        for old in [&phone.refresh, &next] {
            assert_eq!(world.post_json("/v1/token/refresh", &phone.renewal(old)).await.json()["code"], "refresh.reused");
        }
    }

    #[tokio::test]
    async fn only_the_phone_itself_renews() {
        let world = World::open();
        let (phone, other) = (Phone::enrolled(&world, 1).await, Phone::enrolled(&world, 2).await);
        let renew = async |ask: serde_json::Value| {
            let answer = world.post_json("/v1/token/refresh", &ask).await;
            (answer.status, answer.json()["code"].as_str().unwrap_or_default().to_owned())
        };
        let stolen = other.renewal(&phone.refresh);
        assert_eq!(renew(stolen).await, (401, "refresh.unknown".to_owned()), "another phone's token");
        let mut forged = phone.renewal(&phone.refresh);
        forged["signature"] = other.renewal(&phone.refresh)["signature"].clone();
        assert_eq!(renew(forged).await, (401, "refresh.signature".to_owned()));
        let mut nobody = phone.renewal(&phone.refresh);
        nobody["device"] = 0.into();
        assert_eq!(renew(nobody).await, (401, "refresh.unknown".to_owned()));
        let mut short = phone.renewal(&phone.refresh);
        short["signature"] = "AAAA".into();
        assert_eq!(renew(short).await, (401, "refresh.signature".to_owned()));
        assert_eq!(renew(phone.renewal(&phone.refresh)).await.0, 200, "nothing of this turned the phone away");
    }
}
