//! Tokens whose signature was verified: a phone shows the same one for minutes.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use minqing_core::{Id, ids::Device};

use super::{Read, honoured, read, refuse_expired};
use crate::{
    auth::{Keys, sha256},
    clock::Clock,
    fault::Fault,
};

/// Most tokens that are remembered.
const MOST: usize = 10_000;

/// Tokens by their hash, so that none can be read out of memory. Only the signature is not looked at again: time and
/// key are, each time.
#[derive(Default)]
pub struct Verified(Mutex<HashMap<[u8; 32], Read>>);

impl Verified {
    /// As [`super::check`], cheaper for a token that was shown before.
    ///
    /// # Errors
    /// Those of [`super::check`].
    pub fn check(&self, keys: &Keys, clock: &dyn Clock, token: &str, minutes: u32) -> Result<(Device, Id), Fault> {
        let hash = sha256(token.as_bytes());
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).cloned();
        if let Some(known) = known {
            honoured(keys, clock, &known.kid, minutes)?;
            refuse_expired(clock, known.exp)?;
            return Ok(known.who);
        }
        let read = read(keys, clock, token, minutes)?;
        let who = read.who;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.retain(|_, read| refuse_expired(clock, read.exp).is_ok());
        }
        if all.len() < MOST {
            all.insert(hash, read);
        }
        Ok(who)
    }

    /// For how many milliseconds more a token that was just checked is good; 0 where it is not remembered.
    pub fn left_ms(&self, clock: &dyn Clock, token: &str) -> u64 {
        let exp = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&sha256(token.as_bytes())).map_or(0, |read| read.exp);
        u64::try_from(exp.saturating_mul(1_000).saturating_sub(clock.now_ms())).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        auth::token::issue,
        testing::{Counting, Hands},
    };

    const WHO: (Device, Id) = (Device(5), Id([1; 16]));

    #[test]
    fn a_token_shown_again_is_good_no_longer_than_one_shown_first() {
        let (keys, clock, verified) = (Keys::from_seed([7; 32]), Hands::default(), Verified::default());
        let token = issue(&keys, &clock, &Counting::default(), WHO, 15).unwrap();
        let shown = || verified.check(&keys, &clock, &token, 15).map_err(|e| e.code);
        assert_eq!((shown(), shown()), (Ok(WHO), Ok(WHO)));
        let other = issue(&Keys::from_seed([8; 32]), &clock, &Counting::default(), WHO, 15).unwrap();
        assert_eq!(verified.check(&keys, &clock, &other, 15).unwrap_err().code, "token.malformed");
        assert_eq!(verified.check(&Keys::from_seed([8; 32]), &clock, &token, 15).unwrap_err().code, "token.malformed", "its key is honoured no more");
        clock.turn(15 * 60_000);
        assert_eq!(shown(), Err("token.expired"));
    }

    #[test]
    fn only_so_many_are_remembered() {
        let (keys, clock, verified) = (Keys::from_seed([7; 32]), Hands::default(), Verified::default());
        let held = || verified.0.lock().unwrap().len();
        let read = |exp| Read { kid: keys.newest().kid().to_owned(), exp, who: WHO };
        let soon = clock.now_ms() / 1_000 + 60;
        verified.0.lock().unwrap().extend((0..MOST).map(|n| (sha256(&n.to_be_bytes()), read(soon))));
        let token = issue(&keys, &clock, &Counting::default(), WHO, 15).unwrap();
        assert_eq!(verified.check(&keys, &clock, &token, 15), Ok(WHO));
        assert_eq!(held(), MOST);
        clock.turn(60_000);
        assert_eq!(verified.check(&keys, &clock, &token, 15), Ok(WHO));
        assert_eq!(held(), 1, "those that ran out made room");
    }
}
