//! `POST /v1/token/challenge` and `/v1/token/renew`: new tokens for a phone whose refresh token is an
//! old one, because its file was restored from a backup or copied.
//!
//! It proves by its key, over a challenge of ours, that it is here and now: a recorded request is worth
//! nothing. It goes on, and the office is told (docs/adr/0003).

use axum::{Json, extract::State, http::StatusCode};
use ed25519_dalek::{Signature, VerifyingKey};
use minqing_core::ids::Device;
use serde::{Deserialize, Serialize};

use super::{
    Bytes, base64url,
    refresh::{Answer, answer},
    tries::{Caller, Door, Limit},
};
use crate::{
    app::App,
    entropy,
    problem::{In, Problem},
};

/// What the server signs in a challenge begins with this; 8 bytes of milliseconds, 4 of device and 8 of the hash of
/// its present refresh token follow. Renewing changes that token, so a challenge is answered once.
const CHALLENGE: &[u8] = b"minqing/challenge/1";
/// What the phone signs begins with this; the 84 bytes of the challenge follow.
pub const CONTEXT: &[u8] = b"minqing/renew/1";
/// How long a challenge may be answered.
const MINUTES: i64 = 5;
const BODY: usize = 20;

/// Who asks for a challenge.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(as = ChallengeAsk)]
pub struct Who {
    /// The device's number.
    device: u32,
}

/// The challenge, base64url.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Challenge {
    /// 84 bytes as base64url.
    challenge: String,
}

/// What a phone answers to a challenge.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(as = RenewAsk)]
pub struct Ask {
    /// The device's number.
    device: u32,
    /// The challenge, 84 bytes as base64url.
    #[schema(value_type = String)]
    challenge: Bytes<84>,
    /// Its signature by the device, 64 bytes as base64url.
    #[schema(value_type = String)]
    signature: Bytes<64>,
}

/// Gives a challenge. It is kept nowhere: its own signature says that it is ours. A device that does not exist
/// gets one too, so that nobody can find out which do.
pub async fn challenge(State(app): State<App>, caller: Caller, In(who): In<Who>) -> Result<Json<Challenge>, Problem> {
    app.tries.take(Door::Renew, Limit::Code, &[b"challenge", &who.device.to_be_bytes(), &caller.bytes()])?;
    app.work(move |app| give(app, who.device)).await.map(Json)
}

fn give(app: &App, device: u32) -> Result<Challenge, Problem> {
    let mark = app.store.refresh_mark(Device(device))?.unwrap_or_else(|| no_mark(app, device));
    let body = [app.clock.now_ms().to_be_bytes().as_slice(), &device.to_be_bytes(), &mark].concat();
    let signature = app.keys.newest().sign(&[CHALLENGE, &body].concat());
    Ok(Challenge { challenge: base64url(&[body, signature.to_vec()].concat()) })
}

/// The mark of a device that does not exist: always the same, as that of one which does, so from the key that stays.
fn no_mark(app: &App, device: u32) -> [u8; 8] {
    let signed = app.keys.first().sign(&[b"minqing/no-device/1", &device.to_be_bytes()[..]].concat());
    let [a, b, c, d, e, f, g, h, ..] = signed;
    [a, b, c, d, e, f, g, h]
}

/// Renews the tokens of a phone that signed its challenge.
pub async fn renew(State(app): State<App>, caller: Caller, In(ask): In<Ask>) -> Result<Json<Answer>, Problem> {
    app.tries.take(Door::Renew, Limit::Code, &[b"renew", &ask.device.to_be_bytes(), &caller.bytes()])?;
    app.work(move |app| run(app, &ask)).await.map(Json)
}

fn run(app: &App, ask: &Ask) -> Result<Answer, Problem> {
    let refuse = |code| Problem::new(StatusCode::UNAUTHORIZED, code);
    let challenge = ask.challenge.0.filter(|c| is_ours(app, c, ask.device)).ok_or_else(|| refuse("challenge.unknown"))?;
    let known = app.store.device(Device(ask.device))?.ok_or_else(|| refuse("device.unknown"))?;
    let signature = ask.signature.0.ok_or_else(|| refuse("refresh.signature"))?;
    let key = VerifyingKey::from_bytes(&known.sign_key).map_err(|_| refuse("refresh.signature"))?;
    key.verify_strict(&[CONTEXT, &challenge].concat(), &Signature::from_bytes(&signature)).map_err(|_| refuse("refresh.signature"))?;
    let mark = challenge[12..BODY].first_chunk().ok_or_else(|| refuse("challenge.unknown"))?;
    let renewed = app.store.renew(known.number, mark, &entropy::bytes(&*app.entropy), app.clock.now_ms())?;
    let next = renewed.ok_or_else(|| refuse("challenge.unknown"))?;
    tracing::warn!(device = known.number.0, "tokens renewed by challenge: a restored phone, or a copy of it");
    answer(app, &known, &next)
}

fn is_ours(app: &App, challenge: &[u8; 84], device: u32) -> bool {
    let (body, signature) = challenge.split_at(BODY);
    let ms = body.first_chunk().map_or(0, |b| i64::from_be_bytes(*b));
    let fresh = (0..=MINUTES * 60_000).contains(&(app.clock.now_ms().saturating_sub(ms)));
    let signed = Signature::from_slice(signature).is_ok_and(|s| app.keys.signed(&[CHALLENGE, body].concat(), &s, &*app.clock, Some(MINUTES * 60_000)));
    fresh && signed && body[8..12] == device.to_be_bytes()
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use serde_json::json;

    use crate::testing::{Phone, World};

    #[tokio::test]
    async fn a_restored_phone_goes_on_and_the_office_is_told() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        let ask = async |device: u32| world.post_json("/v1/token/challenge", &json!({"device": device})).await.json()["challenge"].as_str().unwrap().to_owned();
        let renew = async |body: serde_json::Value| {
            let answer = world.post_json("/v1/token/renew", &body).await;
            (answer.status, answer.json()["code"].as_str().unwrap_or_default().to_owned(), answer.json()["refresh"].as_str().unwrap_or_default().to_owned())
        };
        let (status, _, refresh) = renew(phone.answer_to(&ask(phone.number).await)).await;
        assert_eq!(status, 200);
        let recorded = phone.answer_to(&ask(phone.number).await);
        assert_eq!(renew(recorded.clone()).await.0, 200);
        assert_eq!(renew(recorded).await.1, "challenge.unknown", "a recorded answer is worth nothing");
        assert_eq!(world.post_json("/v1/token/refresh", &phone.renewal(&refresh)).await.status, 401, "it was renewed since");
        let (_, _, refresh) = renew(phone.answer_to(&ask(phone.number).await)).await;
        assert_eq!(world.post_json("/v1/token/refresh", &phone.renewal(&refresh)).await.status, 200);
        assert_eq!(world.post_json("/v1/token/refresh", &phone.renewal(&phone.refresh)).await.status, 401);
        world.sql("UPDATE device SET app = 'told' WHERE clone_suspected_ms IS NOT NULL");
        let told = rusqlite::Connection::open(world.dir.path().join("minqing.db")).unwrap();
        assert_eq!(told.query_row("SELECT count(*) FROM device WHERE app = 'told'", [], |r| r.get::<_, i64>(0)).unwrap(), 1);

        let mark = async |device: u32| URL_SAFE_NO_PAD.decode(ask(device).await).unwrap()[12..20].to_vec();
        assert_eq!(mark(4_000_000).await, mark(4_000_000).await, "a device that does not exist looks like one that does");

        let other = Phone::enrolled(&world, 2).await;
        assert_eq!(renew(phone.answer_to(&ask(other.number).await)).await.1, "challenge.unknown", "a challenge for another phone");
        let mut forged = phone.answer_to(&ask(phone.number).await);
        forged["signature"] = other.answer_to(&ask(phone.number).await)["signature"].clone();
        assert_eq!(renew(forged).await.1, "refresh.signature");
        let late = phone.answer_to(&ask(phone.number).await);
        world.clock.turn(5 * 60_000 + 1);
        assert_eq!(renew(late).await.1, "challenge.unknown", "an old challenge");
    }
}
