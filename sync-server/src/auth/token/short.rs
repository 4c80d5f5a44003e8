//! Tokens that say one thing for a few minutes: which slip was shown with its PIN, whose password was right.

use serde::{Deserialize, Serialize};

use super::{decode, refuse_expired, sign};
use crate::{auth::Keys, clock::Clock, fault::Fault};

/// A kind of them. Each has an issuer of its own, so that no token is ever taken for one of another kind or for a phone's.
pub struct Short {
    issuer: &'static str,
    /// How long one is good, in minutes.
    pub minutes: u32,
}

/// A resident's: the code of the slip that was shown with its PIN, for as long as somebody fills in a page. What the slip opens is not in it: the
/// database says that, at the moment of asking.
pub const SLIP: Short = Short { issuer: "minqing/resident", minutes: 30 };

/// Between the two steps of signing in: the name whose password was right, for as long as somebody looks for a phone.
pub const HALF: Short = Short { issuer: "minqing/second", minutes: 5 };

/// A window's screen: which matter was just handled there, and by whom, for as long as somebody stands before it.
pub const SCREEN: Short = Short { issuer: "minqing/screen", minutes: 10 };

#[derive(Clone, Serialize, Deserialize)]
struct Claims {
    iss: String,
    /// What it says.
    sub: String,
    /// When it was made, seconds since 1970.
    iat: i64,
    /// From when it is worth nothing, seconds since 1970.
    exp: i64,
}

impl Short {
    /// Makes one.
    ///
    /// # Errors
    /// `token.failed` where the library refuses.
    pub fn issue(&self, keys: &Keys, clock: &dyn Clock, says: &str) -> Result<String, Fault> {
        let iat = clock.now_ms().div_euclid(1_000);
        sign(keys, &Claims { iss: self.issuer.to_owned(), sub: says.to_owned(), iat, exp: iat + i64::from(self.minutes) * 60 })
    }

    /// What one says.
    ///
    /// # Errors
    /// `token.malformed`, also for one that somebody else signed or of another kind; `token.expired`.
    pub fn check(&self, keys: &Keys, clock: &dyn Clock, token: &str) -> Result<String, Fault> {
        let (_, claims) = decode::<Claims>(keys, clock, token, self.minutes, self.issuer)?;
        refuse_expired(clock, claims.exp)?;
        Ok(claims.sub)
    }
}

#[cfg(test)]
mod tests {
    use minqing_core::{Id, ids::Device};

    use super::*;
    use crate::testing::{Counting, Hands};

    #[test]
    fn it_lives_for_its_minutes_and_is_of_no_other_kind_nor_a_phones() {
        let (keys, clock) = (Keys::from_seed([7; 32]), Hands::default());
        let phones = super::super::issue(&keys, &clock, &Counting::default(), (Device(5), Id([1; 16])), 15).unwrap();
        let [slip, half, screen] = [&SLIP, &HALF, &SCREEN].map(|kind| kind.issue(&keys, &clock, "K7021150").unwrap());
        for (kind, token, others) in [(&SLIP, &slip, &half), (&HALF, &half, &screen), (&SCREEN, &screen, &slip)] {
            assert_eq!(kind.check(&keys, &clock, token).as_deref(), Ok("K7021150"));
            for other in [&phones, others] {
                assert_eq!(kind.check(&keys, &clock, other).unwrap_err().code, "token.malformed");
            }
            assert_eq!(super::super::check(&keys, &clock, token, 15).unwrap_err().code, "token.malformed");
            assert_eq!(kind.check(&Keys::from_seed([8; 32]), &clock, token).unwrap_err().code, "token.malformed");
        }
        clock.turn(300_000);
        assert_eq!(HALF.check(&keys, &clock, &half).unwrap_err().code, "token.expired");
        assert!(SLIP.check(&keys, &clock, &slip).is_ok());
        clock.turn(1_500_000);
        assert_eq!(SLIP.check(&keys, &clock, &slip).unwrap_err().code, "token.expired");
    }
}
