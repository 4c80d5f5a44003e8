//! Access tokens: short, signed, and read against our own clock.

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode_header, errors::ErrorKind};
use minqing_core::{Id, ids::Device};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Keys, base64url, keys::Key};
use crate::{
    clock::Clock,
    entropy::{self, Entropy},
    fault::Fault,
};

pub mod short;
mod verified;

pub use verified::Verified;

const ISSUER: &str = "minqing";

/// How long tokens of so many minutes may be in use, milliseconds: a minute more, for a token that was being signed
/// while the key was replaced.
pub fn life_ms(minutes: u32) -> i64 {
    (i64::from(minutes) + 1) * 60_000
}

/// What a token says. Roles and scope are not in it: the database says those, at the moment of asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Always `minqing`.
    pub iss: String,
    /// The officer.
    pub sub: Id,
    /// The device's number.
    pub dev: u32,
    /// When it was made, seconds since 1970.
    pub iat: i64,
    /// From when it is worth nothing, seconds since 1970.
    pub exp: i64,
    /// Random, so that no two are equal.
    pub jti: String,
}

/// Makes a phone's access token.
///
/// # Errors
/// `token.failed` where the library refuses.
pub fn issue(keys: &Keys, clock: &dyn Clock, entropy: &dyn Entropy, who: (Device, Id), minutes: u32) -> Result<String, Fault> {
    let now = clock.now_ms().div_euclid(1_000);
    let claims = Claims {
        iss: ISSUER.to_owned(),
        sub: who.1,
        dev: who.0.0,
        iat: now,
        exp: now + i64::from(minutes) * 60,
        jti: base64url(&entropy::bytes::<12>(entropy)),
    };
    sign(keys, &claims)
}

/// Signs what a token says with the newest key.
fn sign(keys: &Keys, claims: &impl Serialize) -> Result<String, Fault> {
    let signs = keys.newest();
    let header = Header { kid: Some(signs.kid().to_owned()), ..Header::new(Algorithm::EdDSA) };
    // "der" is only a name: our provider takes the seed as it is.
    let key = EncodingKey::from_ed_der(signs.seed());
    jsonwebtoken::encode(&header, claims, &key).map_err(|_| Fault::new("token.failed", ""))
}

/// What a good token says.
#[derive(Clone, Debug)]
struct Read {
    /// The key that signed it.
    kid: String,
    /// From when it is worth nothing, seconds since 1970.
    exp: i64,
    who: (Device, Id),
}

/// Reads a token; those of an older key are good until the last honest one, made for so many minutes, has expired.
///
/// # Errors
/// `token.malformed`, also for one that somebody else signed; `token.expired`.
pub fn check(keys: &Keys, clock: &dyn Clock, token: &str, minutes: u32) -> Result<(Device, Id), Fault> {
    read(keys, clock, token, minutes).map(|read| read.who)
}

fn read(keys: &Keys, clock: &dyn Clock, token: &str, minutes: u32) -> Result<Read, Fault> {
    let (kid, claims) = decode::<Claims>(keys, clock, token, minutes, ISSUER)?;
    refuse_expired(clock, claims.exp)?;
    Ok(Read { kid, exp: claims.exp, who: (Device(claims.dev), claims.sub) })
}

/// The key that signed a token of an issuer, and what it says; whether it has expired the caller asks.
fn decode<C: DeserializeOwned + Clone>(keys: &Keys, clock: &dyn Clock, token: &str, minutes: u32, issuer: &str) -> Result<(String, C), Fault> {
    let kid = decode_header(token).ok().and_then(|h| h.kid).ok_or_else(malformed)?;
    let signed_by = honoured(keys, clock, &kid, minutes)?;
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_issuer(&[issuer]);
    rules.validate_exp = false; // the library would read the wall clock
    let key = DecodingKey::from_ed_der(signed_by.public().as_bytes());
    match jsonwebtoken::decode::<C>(token, &key, &rules) {
        Ok(read) => Ok((kid, read.claims)),
        Err(e) if matches!(e.kind(), ErrorKind::ExpiredSignature) => Err(expired()),
        Err(_) => Err(malformed()),
    }
}

/// The key of a name, as long as tokens that it signed may still be in use.
fn honoured(keys: &Keys, clock: &dyn Clock, kid: &str, minutes: u32) -> Result<Arc<Key>, Fault> {
    keys.named(kid, clock.now_ms(), life_ms(minutes)).ok_or_else(malformed)
}

fn refuse_expired(clock: &dyn Clock, exp: i64) -> Result<(), Fault> {
    if clock.now_ms() >= exp.saturating_mul(1_000) { Err(expired()) } else { Ok(()) }
}

fn malformed() -> Fault {
    Fault::new("token.malformed", "")
}

fn expired() -> Fault {
    Fault::new("token.expired", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counting, Hands};

    #[test]
    fn a_token_lives_as_long_as_our_clock_says() {
        let (keys, clock, who) = (Keys::from_seed([7; 32]), Hands::default(), (Device(5), Id([1; 16])));
        let token = issue(&keys, &clock, &Counting::default(), who, 15).unwrap();
        assert_eq!(check(&keys, &clock, &token, 15), Ok(who));
        clock.turn(15 * 60_000 - 1_000);
        assert_eq!(check(&keys, &clock, &token, 15), Ok(who));
        clock.turn(1_000);
        assert_eq!(check(&keys, &clock, &token, 15).unwrap_err().code, "token.expired");
    }

    #[test]
    fn nothing_else_is_a_token() {
        let (keys, clock, who) = (Keys::from_seed([7; 32]), Hands::default(), (Device(5), Id([1; 16])));
        let token = issue(&keys, &clock, &Counting::default(), who, 15).unwrap();
        let refused = |t: &str| check(&keys, &clock, t, 15).unwrap_err().code;
        assert_eq!(refused(""), "token.malformed");
        assert_eq!(refused(&token[..token.len() - 1]), "token.malformed");
        let foreign = issue(&Keys::from_seed([8; 32]), &clock, &Counting::default(), who, 15).unwrap();
        assert_eq!(refused(&foreign), "token.malformed");
        let (_, rest) = token.split_once('.').unwrap();
        let unsigned = format!("{}.{rest}", base64url(b"{\"alg\":\"none\"}"));
        assert_eq!(refused(&unsigned), "token.malformed");
    }
}
