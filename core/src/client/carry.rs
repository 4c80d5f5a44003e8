//! Carrying sealed bundles to the office, and asking for the keys that bundles need.

use serde::Deserialize;

use super::{Client, contact::refusal, enrol::unb64, upload::code_of};
use crate::{
    Result,
    store::{
        courier,
        meta::{self, OfficeKeys},
    },
};

/// How old the office's keys may be before they are asked for again, in milliseconds: it may have a new one.
const FRESH_MS: u64 = 7 * 24 * 3_600_000;
/// What the office will never take, however often it is sent.
const REFUSED: [&str; 5] = ["bundle.malformed", "bundle.not_for_me", "bundle.too_large", "bundle.author_unknown", "request.too_large"];

/// The keys as they travel.
#[derive(Deserialize)]
pub(super) struct KeysAnswer {
    seal: String,
    sign: Vec<String>,
}

impl KeysAnswer {
    /// `None` where they are none.
    pub(super) fn read(&self) -> Option<OfficeKeys> {
        let key = |text: &String| unb64(text)?.try_into().ok();
        Some(OfficeKeys { seal: key(&self.seal)?, sign: self.sign.iter().map(key).collect::<Option<_>>()? })
    }
}

/// What became of a bundle that was sent.
pub(super) enum Sent {
    Taken,
    Kept,
    /// The access token was not accepted.
    Renew,
}

impl Client {
    /// Whether the office's keys are to be asked for: at first, and once a week.
    pub(super) fn lacks_keys(&self) -> Result<bool> {
        let asked: Option<i64> = meta::get_as(self.store.read(), meta::KEYS_ASKED)?;
        Ok(asked.is_none_or(|asked| self.at().is_ok_and(|at| at.estimate().abs_diff(asked) > FRESH_MS)))
    }

    /// Takes the answer. An older server has none; bundles can then not be made, and all else is as it was.
    pub(super) fn take_keys(&mut self, status: u16, body: &[u8]) -> Result<()> {
        let keys = serde_json::from_slice::<KeysAnswer>(body).ok().filter(|_| status == 200).and_then(|keys| keys.read());
        if keys.is_none() && status >= 500 {
            return Ok(());
        }
        let now = self.at()?.estimate();
        self.lists.store.write(|tx| {
            keys.map_or(Ok(()), |keys| meta::set_as(tx, meta::OFFICE_KEYS, &keys))?;
            meta::set_as(tx, meta::KEYS_ASKED, &now)
        })
    }

    /// Takes the office's word about the bundle of this number: it has it, or it never will, or it may later.
    pub(super) fn take_bundle_answer(&mut self, id: i64, status: u16, body: &[u8]) -> Result<Sent> {
        let code = code_of(body);
        match status {
            200 => self.lists.store.write(|tx| courier::forget(tx, id).map(|_| Sent::Taken)),
            401 => Ok(Sent::Renew),
            429 | 502..=504 => Err(refusal(status, body)),
            _ => {
                let refused = REFUSED.iter().find(|known| **known == code).copied();
                let said = refused.unwrap_or(if code == "bundle.newer" { "bundle.newer" } else { "office.failed" });
                self.lists.store.write(|tx| courier::set_problem(tx, id, said, refused.is_none()))?;
                Ok(Sent::Kept)
            }
        }
    }
}
