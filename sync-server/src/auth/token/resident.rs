//! A resident's token: which slip was shown with its PIN, for as long as somebody fills in a page.

use serde::{Deserialize, Serialize};

use super::{decode, refuse_expired, sign};
use crate::{auth::Keys, clock::Clock, fault::Fault};

/// How long a token is good, in minutes.
pub const MINUTES: u32 = 30;

/// Another issuer than a phone's, so that neither token is ever taken for the other.
const ISSUER: &str = "minqing/resident";

/// What a token says. What the slip opens is not in it: the database says that, at the moment of asking.
#[derive(Clone, Serialize, Deserialize)]
struct Claims {
    iss: String,
    /// The slip's code.
    sub: String,
    /// When it was made, seconds since 1970.
    iat: i64,
    /// From when it is worth nothing, seconds since 1970.
    exp: i64,
}

/// Makes a token for whoever showed a slip's code and PIN.
///
/// # Errors
/// `token.failed` where the library refuses.
pub fn issue(keys: &Keys, clock: &dyn Clock, code: &str) -> Result<String, Fault> {
    let iat = clock.now_ms().div_euclid(1_000);
    sign(keys, &Claims { iss: ISSUER.to_owned(), sub: code.to_owned(), iat, exp: iat + i64::from(MINUTES) * 60 })
}

/// The code of a token's slip.
///
/// # Errors
/// `token.malformed`, also for one that somebody else signed or that is a phone's; `token.expired`.
pub fn check(keys: &Keys, clock: &dyn Clock, token: &str) -> Result<String, Fault> {
    let (_, claims) = decode::<Claims>(keys, clock, token, MINUTES, ISSUER)?;
    refuse_expired(clock, claims.exp)?;
    Ok(claims.sub)
}

#[cfg(test)]
mod tests {
    use minqing_core::{Id, ids::Device};

    use super::*;
    use crate::testing::{Counting, Hands};

    #[test]
    fn it_lives_for_half_an_hour_and_is_no_phones() {
        let (keys, clock) = (Keys::from_seed([7; 32]), Hands::default());
        let token = issue(&keys, &clock, "K7021150").unwrap();
        assert_eq!(check(&keys, &clock, &token).as_deref(), Ok("K7021150"));
        let phones = super::super::issue(&keys, &clock, &Counting::default(), (Device(5), Id([1; 16])), 15).unwrap();
        assert_eq!(check(&keys, &clock, &phones).unwrap_err().code, "token.malformed");
        assert_eq!(super::super::check(&keys, &clock, &token, 15).unwrap_err().code, "token.malformed");
        assert_eq!(check(&Keys::from_seed([8; 32]), &clock, &token).unwrap_err().code, "token.malformed");
        clock.turn(1_800_000);
        assert_eq!(check(&keys, &clock, &token).unwrap_err().code, "token.expired");
    }
}
