//! `POST /v1/enrol`: a code from the office makes a phone an officer's phone.

use axum::{Json, extract::State, http::StatusCode};
use ed25519_dalek::VerifyingKey;
use minqing_core::{
    Id,
    ids::{Device, normal_code},
};
use serde::{Deserialize, Serialize};

use super::{
    Bytes, base64url, certificate,
    office_keys::OfficeKeys,
    sha256, token,
    tries::{Door, Limit},
};
use crate::{
    app::App,
    entropy,
    problem::{In, Problem},
    storage::{Enrolment, KnownDevice, NewDevice, RefreshToken, Scope},
};

/// Longest name of an app and its version that is kept, in characters.
const MAX_APP: usize = 64;
/// How often another number is drawn before the server gives up: 2²⁴ numbers are never that full.
const DRAWS: usize = 16;

/// What a phone sends.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(as = EnrolAsk)]
pub struct Ask {
    /// The code from the office; case, blanks and dashes do not matter.
    code: String,
    /// The device's Ed25519 key, 32 bytes as base64url.
    #[schema(value_type = String)]
    sign_key: Bytes<32>,
    /// The device's X25519 key, 32 bytes as base64url.
    #[schema(value_type = String)]
    seal_key: Bytes<32>,
    /// The app and its version; cut at 64 characters.
    #[serde(default)]
    app: String,
}

/// Whose phone it is now.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = EnrolledOfficer)]
pub struct Who {
    /// 22 characters.
    #[schema(value_type = String)]
    id: Id,
    /// The name.
    name: String,
}

/// What a phone gets.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = EnrolAnswer)]
pub struct Answer {
    /// The device's number, below 2²⁴.
    #[schema(value_type = u32)]
    device: Device,
    /// Whose phone it is.
    officer: Who,
    /// 12 digits.
    community: String,
    /// What the phone may see.
    scope: Scope,
    /// The server's history, 16 bytes as base64url.
    history: String,
    /// Milliseconds since 1970.
    server_time: i64,
    /// The device's certificate, base64url.
    certificate: String,
    /// The access token.
    access: String,
    /// The refresh token, 32 bytes as base64url.
    refresh: String,
    /// The office's keys, for bundles.
    office_keys: OfficeKeys,
}

/// Enrols a phone.
pub async fn enrol(State(app): State<App>, In(ask): In<Ask>) -> Result<Json<Answer>, Problem> {
    let code = normal_code(&ask.code).unwrap_or_default();
    app.tries.take(Door::Enrol, Limit::Code, &[code.as_bytes()])?;
    app.work(move |app| run(app, ask)).await.map(Json)
}

fn run(app: &App, ask: Ask) -> Result<Answer, Problem> {
    let gone = |code| Problem::new(StatusCode::GONE, code);
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "enrol.code_unknown");
    let malformed = |path| Problem::new(StatusCode::BAD_REQUEST, "enrol.key_malformed").at(path);
    let sign_key = ask.sign_key.0.filter(usable).ok_or_else(|| malformed("sign_key"))?;
    let seal_key = ask.seal_key.0.filter(|k| *k != [0; 32]).ok_or_else(|| malformed("seal_key"))?;
    let code = normal_code(&ask.code).ok_or_else(unknown)?;
    let refresh = RefreshToken::new(0, &entropy::bytes(app.entropy.as_ref()));
    let name: String = ask.app.chars().filter(|c| !c.is_control()).take(MAX_APP).collect();
    let now_ms = app.clock.now_ms();
    // Read before anything is used up: a failure here must leave the code as it was.
    let history = base64url(&app.store.history()?);
    let office_keys = OfficeKeys::of(&app.keys)?;
    for _ in 0..DRAWS {
        let Some(number) = draw(app) else { continue };
        let new = NewDevice { number, sign_key, seal_key, app: name.clone(), refresh };
        let (officer, scope) = match app.store.enrol(&sha256(code.as_bytes()), &new, now_ms)? {
            Enrolment::Done { officer, scope } => (officer, scope),
            Enrolment::NumberTaken => continue,
            Enrolment::CodeUnknown => return Err(unknown()),
            Enrolment::CodeUsed => return Err(gone("enrol.code_used")),
            Enrolment::CodeExpired => return Err(gone("enrol.code_expired")),
        };
        tracing::info!(device = number.0, officer = %officer.id, "phone enrolled");
        let known = KnownDevice { number, officer: officer.id, sign_key, seal_key };
        let minutes = app.config.tokens.access_minutes;
        return Ok(Answer {
            device: number,
            history,
            server_time: now_ms,
            certificate: base64url(&certificate::issue(&app.keys, &known)),
            access: token::issue(&app.keys, app.clock.as_ref(), app.entropy.as_ref(), (number, officer.id), minutes)?,
            refresh: base64url(&refresh.0),
            officer: Who { id: officer.id, name: officer.name },
            community: officer.community,
            scope,
            office_keys,
        });
    }
    tracing::error!("no free device number found");
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "server.failed"))
}

/// 24 random bits; `None` for the zero, which is nobody's number.
fn draw(app: &App) -> Option<Device> {
    let [a, b, c] = entropy::bytes::<3>(app.entropy.as_ref());
    Some(Device(u32::from_be_bytes([0, a, b, c]))).filter(|d| d.0 != 0)
}

/// A point on the curve that is not one of the few everybody can sign for.
fn usable(key: &[u8; 32]) -> bool {
    VerifyingKey::from_bytes(key).is_ok_and(|k| !k.is_weak())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::testing::{COMMUNITY, Counting, MORNING, Phone, World};

    #[tokio::test]
    async fn a_phone_gets_all_it_needs() {
        let world = World::open();
        let officer = world.officer();
        let phone = Phone::new(1);
        // As a person types it from a slip.
        let code = minqing_core::ids::shown(&world.code(officer)).to_lowercase();
        let answer = world.post_json("/v1/enrol", &phone.ask(&code)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let got = answer.json();
        assert_eq!(got["officer"], json!({"id": officer, "name": "马志强"}));
        assert_eq!(got["community"], COMMUNITY);
        let streams = [format!("person:{officer}"), format!("grid:{COMMUNITY}001"), format!("commons:{COMMUNITY}")];
        assert_eq!(got["scope"], json!({"version": 1, "streams": streams}));
        assert_eq!(got["history"], base64url(&world.store().history().unwrap()));
        assert_eq!(got["server_time"], MORNING);
        let number = Device(u32::try_from(got["device"].as_u64().unwrap()).unwrap());
        assert!((1..=Device::MAX).contains(&number.0));
        let known = world.store().device(number).unwrap().unwrap();
        assert_eq!((known.officer, known.sign_key, known.seal_key), (officer, phone.sign_key(), [2; 32]));
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        let bytes = URL_SAFE_NO_PAD.decode(got["certificate"].as_str().unwrap()).unwrap();
        assert_eq!(certificate::check(&world.app.keys, &bytes), Some(known));
        let (device, who) = token::check(&world.app.keys, &*world.clock, got["access"].as_str().unwrap(), 15).unwrap();
        assert_eq!((device, who), (number, officer));
        assert_eq!(got["refresh"].as_str().unwrap().len(), 43);
    }

    #[tokio::test]
    async fn a_code_works_once_and_for_a_day() {
        let world = World::open();
        let officer = world.officer();
        let code = world.code(officer);
        let enrol = async |code: &str, n| {
            let answer = world.post_json("/v1/enrol", &Phone::new(n).ask(code)).await;
            (answer.status, answer.json()["code"].as_str().map(str::to_owned))
        };
        let refused = |status, code: &str| (status, Some(code.to_owned()));
        assert_eq!(enrol(&code, 1).await.0, 200);
        assert_eq!(enrol(&code, 2).await, refused(410, "enrol.code_used"));
        assert_eq!(enrol("0000000000", 2).await, refused(404, "enrol.code_unknown"));
        assert_eq!(enrol("not a code!", 2).await, refused(404, "enrol.code_unknown"));
        let late = world.code(officer);
        world.clock.turn(24 * 3_600_000);
        assert_eq!(enrol(&late, 2).await, refused(410, "enrol.code_expired"));
        assert_eq!(world.store().phones(COMMUNITY).unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_bad_key_uses_no_code_up() {
        let world = World::open();
        let code = world.code(world.officer());
        for (field, value) in [("sign_key", base64url(&[0; 32])), ("sign_key", "short".into()), ("seal_key", String::new()), ("seal_key", base64url(&[0; 32]))]
        {
            let mut ask = Phone::new(1).ask(&code);
            ask[field] = json!(value);
            let answer = world.post_json("/v1/enrol", &ask).await;
            assert_eq!((answer.status, answer.json()["code"].as_str()), (400, Some("enrol.key_malformed")));
            assert_eq!(answer.json()["path"], field);
        }
        assert_eq!(world.post_json("/v1/enrol", &Phone::new(1).ask(&code)).await.status, 200);
    }

    #[test]
    fn of_two_at_once_exactly_one_wins() {
        let world = World::open();
        let code = sha256(world.code(world.officer()).as_bytes());
        let store = &world.app.store;
        let start = Arc::new(std::sync::Barrier::new(4));
        let ends: Vec<_> = std::thread::scope(|s| {
            let phones: Vec<_> = (1..=4u32)
                .map(|n| {
                    let start = start.clone();
                    s.spawn(move || {
                        let new = NewDevice { number: Device(n), sign_key: [1; 32], seal_key: [2; 32], app: String::new(), refresh: RefreshToken([3; 32]) };
                        start.wait();
                        store.enrol(&code, &new, MORNING).unwrap()
                    })
                })
                .collect();
            phones.into_iter().map(|p| p.join().unwrap()).collect()
        });
        assert_eq!(ends.iter().filter(|e| matches!(e, Enrolment::Done { .. })).count(), 1);
        assert_eq!(ends.iter().filter(|e| **e == Enrolment::CodeUsed).count(), 3);
    }

    #[tokio::test]
    async fn a_number_is_never_given_twice() {
        let mut world = World::open();
        let officer = world.officer();
        let (first, second) = (world.code(officer), world.code(officer));
        // The same randomness twice: the second phone draws the first one's number first.
        let mut number = async |code: &str, n| {
            world.app.entropy = Arc::new(Counting::from(5));
            let answer = world.post_json("/v1/enrol", &Phone::new(n).ask(code)).await;
            answer.json()["device"].as_u64().unwrap()
        };
        let a = number(&first, 1).await;
        let b = number(&second, 2).await;
        assert_ne!(a, b);
    }
}
